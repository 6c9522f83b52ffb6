import Foundation
import Glibc
import TestSupport
import Testing

@testable import ReviewGate

/// `pre-receive` behind git's own ways of pushing to another machine.
@Suite struct TransportTests {
  private static let daemon = ["/usr/lib/git-core/git-daemon", "/usr/libexec/git-core/git-daemon"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Only root may start a server that other accounts log in to, and only with its own account.
  private static let sshd = ["/usr/sbin/sshd"].first {
    FileManager.default.isExecutableFile(atPath: $0) && geteuid() == 0
  }

  /// Pushes what nobody read, is refused, has it read, and pushes again.
  private func story(_ server: PushServer, at address: String, env: [String: String]) throws {
    let place = server.place
    try place.repository.git("remote", "set-url", "origin", address)
    try place.land(["a.swift": Workplace.block])
    let before = try server.references()
    let refused = try place.repository.runDetached(["git", "push", "origin", "main"], env: env)
    #expect(refused.status != 0)
    #expect(refused.stderr.contains("remote: reviewgate: push blocked."), "\(refused.stderr)")
    #expect(refused.stderr.contains("remote:   a.swift:1-10"), "\(refused.stderr)")
    #expect(try server.references() == before)
    try place.approve("--range", "HEAD~1..HEAD")
    let sync = try place.gate("sync", env: env)
    #expect(sync.status == 0, "\(sync)")
    let passed = try place.repository.runDetached(["git", "push", "origin", "main"], env: env)
    #expect(passed.status == 0, "\(passed.stderr)")
    #expect(passed.stderr.contains("remote: reviewgate: passed."), "\(passed.stderr)")
  }

  // Case 53.
  @Test(.enabled(if: daemon != nil, "git-daemon is not here"))
  func `over git's own protocol`() throws {
    let program = try #require(Self.daemon)
    let server = try PushServer()
    let base = server.place.repository.sandbox
    let listener = try LoopbackServer(server.place.repository) { port in
      [
        program, "--reuseaddr", "--listen=127.0.0.1", "--port=\(port)", "--base-path=\(base)",
        "--export-all", "--enable=receive-pack",
      ]
    }
    try story(server, at: "git://127.0.0.1:\(listener.port)/server.git", env: [:])
  }

  // Case 53.
  @Test(.enabled(if: sshd != nil, "sshd is not here, or the tests do not run as root"))
  func `over ssh`() throws {
    let program = try #require(Self.sshd)
    let server = try PushServer()
    let place = server.place
    let folder = place.repository.sandbox + "/ssh"
    try place.repository.write("../ssh/README", "")
    for name in ["host", "user"] {
      let words = [
        "/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder + "/" + name,
      ]
      let made = try place.repository.run(words)
      try #require(made.status == 0)
    }
    let key = try String(contentsOfFile: folder + "/user.pub", encoding: .utf8)
    try place.repository.write("../ssh/authorized_keys", key)
    let config = """
      HostKey \(folder)/host
      AuthorizedKeysFile \(folder)/authorized_keys
      PidFile none
      StrictModes no
      UsePAM no
      PermitRootLogin prohibit-password
      PasswordAuthentication no

      """
    try place.repository.write("../ssh/config", config)
    try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
    let listener = try LoopbackServer(place.repository) { port in
      [program, "-D", "-e", "-f", folder + "/config", "-o", "ListenAddress=127.0.0.1:\(port)"]
    }
    let ssh = """
      ssh -i \(folder)/user -F /dev/null -o IdentitiesOnly=yes -o StrictHostKeyChecking=no \
      -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR
      """
    let address = "ssh://root@127.0.0.1:\(listener.port)\(server.path)"
    try story(server, at: address, env: ["GIT_SSH_COMMAND": ssh])
  }
}
