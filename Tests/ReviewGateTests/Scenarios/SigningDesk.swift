import Foundation
import TestSupport
import Testing

/// A repository whose roster lists a key of Ada's, and an agent's change in the index.
struct SigningDesk {
  let work: Workplace
  let base: String
  var home: String { work.repository.sandbox + "/home" }

  init(passphrase: String = "", type: String = "ed25519", isListed: Bool = true) throws {
    work = try Workplace()
    try Self.makeKey(work, type: type, passphrase: passphrase)
    if isListed {
      let output = try work.gate("reviewers", "add")
      try #require(output.status == 0, "\(output)")
      try work.repository.git("add", "--all")
      try work.passes("commit", "--quiet", "-m", "list the reviewers")
    }
    base = try work.repository.head
    try work.stage(["a.txt": Workplace.block])
  }

  private static func makeKey(_ work: Workplace, type: String, passphrase: String) throws {
    let folder = work.repository.sandbox + "/home/.ssh"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let arguments = ["-q", "-t", type, "-N", passphrase, "-f", "\(folder)/id_\(type)"]
    let made = try work.repository.run(["/usr/bin/ssh-keygen"] + arguments)
    try #require(made.status == 0, "\(made)")
  }

  func records() throws -> [String] {
    try work.gate("records", "list").stdout.split(separator: "\n").map(String.init)
  }

  /// Starts a command at a terminal.
  func atTerminal(_ arguments: String..., env: [String: String] = [:]) throws -> PseudoTerminal {
    try PseudoTerminal(
      Workplace.program,
      arguments,
      environment: work.repository.environment.merging(env) { $1 },
      directory: work.path,
      columns: 120,
      rows: 40
    )
  }

  func commit() throws -> CommandOutput {
    try work.git("commit", "--quiet", "-m", Workplace.message("work"))
  }
}
