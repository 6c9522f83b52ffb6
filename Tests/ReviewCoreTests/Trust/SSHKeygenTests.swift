import Foundation
import ReviewCore
import TestSupport
import Testing

/// OpenSSH itself as the oracle, both ways.
@Suite struct SSHKeygenTests {
  private let directory: String
  private static let program = "/usr/bin/ssh-keygen"
  private static let message = Array("DSSEv1 28 application/vnd.in-toto+json 2 {}".utf8)

  init() throws {
    directory = NSTemporaryDirectory() + "reviewgate-ssh-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  private func run(_ arguments: [String], stdin: String? = nil) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: Self.program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory)
    process.environment = ["HOME": directory, "PATH": "/usr/bin:/bin"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput =
      try stdin.map { try FileHandle(forReadingFrom: URL(filePath: directory + "/" + $0)) }
      ?? FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: directory + "/" + name))
  }

  private func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: directory + "/" + name)))
  }

  @Test(arguments: ["ed25519", "ecdsa"], ["sha256", "sha512"])
  func `verifies what ssh-keygen signs`(type: String, hash: String) throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    #expect(try run(["-q", "-t", type, "-N", "", "-f", "key"]) == 0)
    let line = String(decoding: try read("key.pub"), as: UTF8.self)
    let key = try SSHPublicKey(line: line)
    for length in [0, 1, 64, 100_000] {
      let message = [UInt8](repeating: 0x61, count: length)
      try write("message", message)
      try? FileManager.default.removeItem(atPath: directory + "/message.sig")
      let options = ["-n", SSHSignature.namespace, "-O", "hashalg=\(hash)", "-f", "key", "message"]
      #expect(try run(["-q", "-Y", "sign"] + options) == 0)
      let signature = try SSHSignature(armoured: try read("message.sig"))
      #expect(try signature.presence(over: message, by: key).strength == .signed)
      #expect(throws: SignatureProblem.mismatch) {
        try signature.presence(over: message + [0x61], by: key)
      }
    }
    try write("message", Self.message)
    try? FileManager.default.removeItem(atPath: directory + "/message.sig")
    #expect(try run(["-q", "-Y", "sign", "-n", "git", "-f", "key", "message"]) == 0)
    let git = try SSHSignature(armoured: try read("message.sig"))
    #expect(throws: SignatureProblem.foreignNamespace("git")) {
      try git.presence(over: Self.message, by: key)
    }
  }

  /// What `ssh-keygen -Y verify` says of a signature by a listed key.
  private func openSSHAccepts(_ key: TestKey, _ form: TestKey.Form) throws -> Bool {
    try write("signers", Array("ada@example.com \(key.line)\n".utf8))
    try write("signature", Array(try key.armoured(Self.message, form).utf8))
    try write("message", Self.message)
    let options = ["-f", "signers", "-I", "ada@example.com", "-n", SSHSignature.namespace]
    return try run(["-Y", "verify"] + options + ["-s", "signature"], stdin: "message") == 0
  }

  @Test(arguments: TestKey.Kind.allCases)
  func `the test keys sign as OpenSSH understands it`(kind: TestKey.Kind) throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let key = TestKey(kind)
    #expect(try openSSHAccepts(key, TestKey.Form()))
    var other = TestKey.Form()
    other.namespace = "git"
    #expect(try !openSSHAccepts(key, other))
  }

  @Test func `OpenSSH calls a hardware signature without a touch good, and we do not`() throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let key = TestKey(.hardwareEd25519)
    var form = TestKey.Form()
    form.flags = 0
    #expect(try openSSHAccepts(key, form))
    let signature = try SSHSignature(blob: try key.sign(Self.message, form))
    let presence = try signature.presence(over: Self.message, by: SSHPublicKey(blob: key.blob))
    #expect(presence.strength == .signed)
  }

  @Test(arguments: ["rsa"])
  func `refuses keys of other kinds that OpenSSH makes`(type: String) throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    #expect(try run(["-q", "-t", type, "-N", "", "-f", "key"]) == 0)
    let line = String(decoding: try read("key.pub"), as: UTF8.self)
    #expect(throws: SignatureProblem.unsupportedKey("ssh-rsa")) { try SSHPublicKey(line: line) }
    try write("message", Self.message)
    #expect(
      try run(["-q", "-Y", "sign", "-n", SSHSignature.namespace, "-f", "key", "message"]) == 0
    )
    let signature = try SSHSignature(armoured: try read("message.sig"))
    #expect(throws: SignatureProblem.self) { try SSHPublicKey(blob: signature.keyBlob) }
  }

  @Test func `refuses certificates that OpenSSH makes`() throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    for name in ["ca", "key"] {
      #expect(try run(["-q", "-t", "ed25519", "-N", "", "-f", name]) == 0)
    }
    #expect(try run(["-q", "-s", "ca", "-I", "ada", "-n", "ada@example.com", "key.pub"]) == 0)
    let line = String(decoding: try read("key-cert.pub"), as: UTF8.self)
    #expect(throws: SignatureProblem.unsupportedKey("ssh-ed25519-cert-v01@openssh.com")) {
      try SSHPublicKey(line: line)
    }
  }
}
