import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

@testable import ReviewGate

/// A bare repository with the real `pre-receive`, and Ada who pushes to it.
struct PushServer {
  /// Ada's worktree, without hooks of its own.
  let place: Workplace
  /// The bare repository.
  let path: String

  /// The key the roster gives to Grace.
  static let grace = TestKey(.hardwareEd25519, seed: 2)

  /// Makes both; the settings are in the first commit, which is there before the hook is.
  ///
  /// With a roster Ada has a key of `ssh-keygen` in her home, and her reviews are signed with it.
  init(policy: String? = nil, hasRoster: Bool = false, isEmpty: Bool = false) throws {
    place = try Workplace(isEmpty: isEmpty, hooks: false)
    path = place.repository.sandbox + "/server.git"
    try place.repository.git("init", "--quiet", "--bare", "--initial-branch=main", path)
    try place.repository.git("remote", "add", "origin", path)
    if hasRoster { try makeKey() }
    if !isEmpty {
      if let policy { try place.repository.write(".reviewgate/policy.yml", policy) }
      if hasRoster { try place.repository.write(".reviewgate/reviewers", try roster()) }
      try place.repository.commit("settings")
      try place.repository.git("push", "--quiet", "origin", "main")
    }
    try install()
  }

  private var keyFile: String { place.repository.sandbox + "/home/.ssh/id_ed25519" }

  private func makeKey() throws {
    try place.repository.write("../home/.ssh/README", "")
    let command = ["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keyFile]
    let made = try place.repository.run(command)
    try #require(made.status == 0, "\(made)")
  }

  /// Ada's public key, as rosters have it.
  func adasKey() throws -> String {
    let line = try String(contentsOfFile: keyFile + ".pub", encoding: .utf8)
    return line.split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// A roster with Ada and Grace.
  func roster() throws -> String {
    "ada@example.com \(try adasKey())\ngrace@example.com \(Self.grace.line)\n"
  }

  /// Puts the hook in place as `docs/server.md` says; `prefix` are words before the program.
  func install(before prefix: String = "") throws {
    var text = HookScripts.text(of: .preReceive, program: Workplace.program)
    if !prefix.isEmpty { text = text.replacing("; then exec ", with: "; then exec \(prefix) ") }
    try place.repository.write("../server.git/hooks/pre-receive", text, executable: true)
  }

  // MARK: - Pushing

  @discardableResult
  func push(_ arguments: String...) throws -> CommandOutput {
    try place.repository.runDetached(["git", "push", "origin"] + arguments)
  }

  /// Pushes, expects a refusal that moves no reference, and returns what the server said.
  @discardableResult
  func refuses(
    _ arguments: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let before = try references()
    let output = try place.repository.runDetached(["git", "push", "origin"] + arguments)
    #expect(output.status != 0, "\(output.stderr)", sourceLocation: sourceLocation)
    #expect(try references() == before, sourceLocation: sourceLocation)
    #expect(
      output.stderr.contains("remote: reviewgate: "),
      "\(output.stderr)",
      sourceLocation: sourceLocation
    )
    return output.stderr
  }

  /// Pushes, expects success, and returns what the server said.
  @discardableResult
  func accepts(
    _ arguments: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let output = try place.repository.runDetached(["git", "push", "origin"] + arguments)
    #expect(output.status == 0, "\(output.stderr)", sourceLocation: sourceLocation)
    return output.stderr
  }

  /// What every reference of the server points to.
  func references() throws -> String {
    try place.repository.git("for-each-ref", "--format=%(refname) %(objectname)", at: path)
  }

  // MARK: - Records

  /// The logs of Ada's clone.
  func logs() throws -> [String] {
    try place.repository.git("for-each-ref", "--format=%(refname)", "refs/reviewgate/v1/log")
      .split(separator: "\n").map(String.init)
  }

  /// The one log of Ada's clone.
  func log() throws -> String {
    let logs = try logs()
    try #require(logs.count == 1, "\(logs)")
    return logs[0]
  }

  /// Signs every record that is here with a key instead, in the key's own log.
  @discardableResult
  func sign(
    with key: TestKey,
    as principal: String? = nil,
    flags: UInt8 = 1,
    into log: String? = nil,
    change: (inout ReviewRecord) -> Void = { _ in }
  ) throws -> String {
    let repository = try Repository(gitDirectory: place.path + "/.git")
    let records = RecordLog(repository)
    var form = TestKey.Form()
    form.flags = flags
    var reference = ""
    let here = try records.entries(below: "refs/reviewgate/v1/log/")
    for name in try logs() { try place.repository.git("update-ref", "-d", name) }
    for entry in here {
      let promise = try Envelope.decode(entry.envelope)
      var record = try RecordPayload.decode(promise.payload)
      if let principal { record.principal = principal }
      change(&record)
      var envelope = Envelope(payload: RecordPayload.encode(record))
      let bytes = try key.sign(envelope.preAuthenticationEncoding(), form)
      envelope.signatures = [Envelope.Signature(keyID: key.fingerprint, bytes: bytes)]
      let name = RecordLogName.signed(principal: record.principal, publicKey: key.blob)
      reference = log ?? name.reference
      try records.append(envelope.encode(), to: reference, message: "m", time: 1)
    }
    return reference
  }

  /// Changes the one promise that is here, which nobody signed, and returns its log.
  func promise(change: (inout ReviewRecord) throws -> Void) throws -> String {
    let repository = try Repository(gitDirectory: place.path + "/.git")
    let log = try log()
    let entries = try RecordLog(repository).entries(below: log)
    try #require(entries.count == 1)
    var record = try RecordPayload.decode(try Envelope.decode(entries[0].envelope).payload)
    try change(&record)
    try place.repository.git("update-ref", "-d", log)
    let envelope = Envelope(payload: RecordPayload.encode(record))
    try RecordLog(repository).append(envelope.encode(), to: log, message: "m", time: 1)
    return log
  }

  /// Puts any bytes into a log as a record's file.
  func append(_ bytes: [UInt8], to log: String) throws {
    let repository = try Repository(gitDirectory: place.path + "/.git")
    try RecordLog(repository).append(bytes, to: log, message: "m", time: 1)
  }
}
