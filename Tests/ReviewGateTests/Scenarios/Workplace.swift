import Foundation
import TestSupport
import Testing

/// A repository where somebody works, with the real program in its hooks.
///
/// Every command runs detached: what a test sees does not depend on who started the tests.
struct Workplace {
  let repository: TempRepository
  /// Another worktree of the same sandbox, where it is not the repository's own.
  private var elsewhere: String?

  static let program = BuiltProgram.path

  /// The most common way an agent says that it was there.
  static let trailer = "Co-Authored-By: Claude <noreply@anthropic.com>"

  /// The refusal's last line, for agents.
  static let closing = "If you are an AI agent: stop and ask a person to run the review."

  /// Ten lines worth reading.
  static let block = lines(1...10)

  static func lines(_ numbers: ClosedRange<Int>, _ word: String = "value") -> String {
    numbers.map { "let \(word)\($0) = compute(\($0))\n" }.joined()
  }

  static func message(_ subject: String) -> String { "\(subject)\n\n\(trailer)\n" }

  /// Makes a repository with one commit by a person, and the hooks.
  init(named name: String = "repository", isEmpty: Bool = false, hooks: Bool = true) throws {
    repository = try TempRepository(named: name)
    try repository.git("config", "user.name", "Ada Example")
    try repository.git("config", "user.email", "ada@example.com")
    if !isEmpty {
      try repository.write("README", "A project.\n")
      try repository.commit("start")
    }
    if hooks { try install() }
  }

  /// The same person at another clone.
  init(copying other: Workplace, at path: String) {
    repository = other.repository
    elsewhere = path
  }

  var path: String { elsewhere ?? repository.path }

  func install(_ arguments: String...) throws {
    let output = try run(["install"] + arguments)
    try #require(output.status == 0, "\(output.stderr)")
  }

  // MARK: - Running

  @discardableResult
  func git(
    _ arguments: String...,
    env: [String: String] = [:],
    stdin: String = "",
    at directory: String? = nil
  ) throws -> CommandOutput {
    try repository.runDetached(["git"] + arguments, env: env, stdin: stdin, at: directory)
  }

  func gate(
    _ arguments: String...,
    env: [String: String] = [:],
    stdin: String = "",
    at directory: String? = nil
  ) throws -> CommandOutput {
    try run(arguments, env: env, stdin: stdin, at: directory)
  }

  func run(
    _ arguments: [String],
    env: [String: String] = [:],
    stdin: String = "",
    at directory: String? = nil
  ) throws -> CommandOutput {
    try repository.runDetached([Self.program] + arguments, env: env, stdin: stdin, at: directory)
  }

  /// Runs git, expects success, and returns everything it wrote.
  @discardableResult
  func passes(
    _ arguments: String...,
    env: [String: String] = [:],
    at directory: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let output = try repository.runDetached(["git"] + arguments, env: env, at: directory)
    let text = output.stdout + output.stderr
    #expect(output.status == 0, "\(text)", sourceLocation: sourceLocation)
    return text
  }

  /// Runs git, expects that the gate refuses and no commit is made, and returns what was said.
  @discardableResult
  func blocks(
    _ arguments: String...,
    env: [String: String] = [:],
    at directory: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let place = directory ?? path
    let before = try repository.tryGit("rev-parse", "HEAD", at: place).stdout
    let output = try repository.runDetached(["git"] + arguments, env: env, at: directory)
    #expect(output.status != 0, sourceLocation: sourceLocation)
    #expect(output.stderr.contains("reviewgate: "), "\(output)", sourceLocation: sourceLocation)
    let after = try repository.tryGit("rev-parse", "HEAD", at: place).stdout
    #expect(before == after, sourceLocation: sourceLocation)
    return output.stderr
  }

  // MARK: - Work

  /// Writes files and stages them.
  func stage(_ files: [String: String]) throws {
    for (file, text) in files.sorted(by: { $0.key < $1.key }) { try repository.write(file, text) }
    try repository.git(["add", "--"] + files.keys.sorted())
  }

  /// A commit made where no hooks are, by an agent unless a message is given.
  @discardableResult
  func land(_ files: [String: String], message: String = message("work")) throws -> String {
    try stage(files)
    return try commitUnhooked(message: message)
  }

  /// What is staged as a commit made where no hooks are; of that only `paths`, where some are named.
  @discardableResult
  func commitUnhooked(message: String = message("work"), _ paths: String...) throws -> String {
    let unhooked = ["-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--allow-empty"]
    let chosen = paths.isEmpty ? [] : ["--"] + paths
    try repository.git(unhooked + ["-m", message] + chosen)
    return try repository.head
  }

  /// Approves everything open in a selection, as a person at a terminal.
  func approve(_ selection: String..., at directory: String? = nil) throws {
    let terminal = try PseudoTerminal(
      Self.program,
      ["approve"] + selection,
      environment: repository.environment,
      directory: directory ?? path
    )
    try terminal.waitFor("(the record says bulk):")
    try terminal.waitFor("to approve them:")
    let counts = terminal.output.split(whereSeparator: \.isNewline).compactMap { line -> Int? in
      let words = line.split(separator: " ")
      return words.count > 2 && words[1].hasPrefix("line") ? Int(words[0]) : nil
    }
    terminal.send("\(counts.reduce(0, +))\r")
    let status = try terminal.waitForExit()
    try #require(status == 0, "\(terminal.output)")
  }

  // MARK: - Looking

  /// What a CI job without a network, where nobody has recorded anything yet, says about a range.
  func sealedCI(
    _ range: String,
    env: [String: String] = [:],
    at directory: String? = nil
  ) throws -> CommandOutput {
    let sealed = ["check", "--ci", "--no-fetch", "--no-require-records", "--range", range]
    return try run(sealed, env: env, at: directory)
  }

  /// What `check --range` says about everything since a commit.
  func check(since base: String) throws -> CommandOutput {
    try gate("check", "--range", "\(base)..HEAD")
  }

  /// Every file of the sandbox's repository with its content, without what a refusal may change.
  func snapshot() throws -> [String] {
    let script = """
      find . \\( -path ./.git/objects -o -path ./.git/reviewgate -o -name COMMIT_EDITMSG \\) -prune \
      -o -type f -printf '%m %p ' -exec sha1sum {} \\;
      """
    let output = try repository.run(["/bin/sh", "-c", script])
    return output.stdout.split(separator: "\n").map(String.init).sorted()
  }

  func read(_ file: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path).appending(path: file)), as: UTF8.self)
  }

  func exists(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/" + file)
  }

  /// Writes an executable script outside the repository and returns its path.
  func script(_ name: String, _ text: String) throws -> String {
    try repository.write("../tools/" + name, "#!/bin/sh\n" + text, executable: true)
    return repository.sandbox + "/tools/" + name
  }
}
