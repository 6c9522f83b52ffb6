/// Looks through a shell command for what a guarded agent may not do.
///
/// A seat belt: it reads what the command says, not what programs it starts will do. A script in a
/// file, a variable set elsewhere or another language passes.
package struct ShellGuard {
  private(set) var scan = GuardScan()
  /// Where the command would be at this point.
  var directory: String
  /// How many scripts inside scripts may still follow.
  private var depth: Int
  /// Variables that hold for later commands.
  private var exported: [ShellCommand.Assignment] = []
  private var makesCommit: String?
  private var previous: ShellCommand?

  init(directory: String, depth: Int = 6) {
    self.directory = directory
    self.depth = depth
  }

  /// What a command line would do, started in `directory`.
  package static func scan(_ script: String, in directory: String) -> GuardScan {
    var guardian = ShellGuard(directory: directory)
    guardian.run(script)
    return guardian.scan
  }

  /// What a command would do that is given as its words.
  package static func scan(words: [String], in directory: String) -> GuardScan {
    var guardian = ShellGuard(directory: directory)
    var command = ShellCommand()
    command.words = words
    guardian.look(at: command)
    return guardian.scan
  }

  mutating func add(_ rule: GuardRule, _ words: some Collection<String>) {
    scan.add(rule, words.joined(separator: " "))
  }

  mutating func visit(_ directory: String) { scan.visit(directory) }

  /// Follows a script that is part of this one.
  mutating func run(_ script: String) {
    guard depth > 0 else {
      scan.isComplete = false
      return
    }
    depth -= 1
    defer { depth += 1 }
    let script = ShellScript(script)
    if !script.isComplete { scan.isComplete = false }
    for command in script.commands { look(at: command) }
  }

  // MARK: - One command

  private mutating func look(at command: ShellCommand) {
    defer { previous = command }
    for output in command.outputs where GuardedPath.isGuarded(output, in: directory) {
      add(.files, ["> \(output)"])
    }
    var words = command.words[...]
    var set = command.assignments
    if command.isPiped, words.first.map(Self.base) == "xargs" {
      words += previous?.words.dropFirst() ?? []
    }
    Self.unwrap(&words, &set)
    guard let program = words.first.map(Self.base) else {
      for one in set { judge(one, for: nil, isExported: false) }
      return
    }
    for one in set { judge(one, for: program, isExported: false) }
    switch program {
    case "export", "declare", "typeset", "readonly", "local", "setenv":
      for one in words.dropFirst().compactMap(ShellReader.assignment) {
        judge(one, for: nil, isExported: true)
      }
    case "cd", "pushd": changeDirectory(words.dropFirst())
    case "git":
      for one in exported where set.allSatisfy({ $0.name != one.name }) {
        judge(one, for: program, isExported: false)
      }
      git(Array(words.dropFirst()), command)
    case "reviewgate": reviewgate(Array(words.dropFirst()))
    case "eval": run(words.dropFirst().joined(separator: " "))
    case _ where Self.shells.contains(program): shell(Array(words.dropFirst()), command)
    case _ where Self.drivers.contains(program): drive(Array(words), command)
    case _ where Self.isInterpreter(program): interpret(Array(words), command)
    case "apply_patch", "applypatch":
      for path in PatchPaths.of(
        command.inputs.joined() + words.dropFirst().joined(separator: "\n")
      )
      where GuardedPath.isGuarded(path, in: directory) {
        add(.files, ["apply_patch \(path)"])
      }
    default: changeFiles(program, Array(words.dropFirst()))
    }
  }

  private mutating func changeDirectory(_ operands: ArraySlice<String>) {
    guard let target = operands.first(where: { !$0.hasPrefix("-") }) else { return }
    directory =
      target.hasPrefix("/") || target.hasPrefix("~") || target.hasPrefix("$")
      ? target : directory + "/" + target
    visit(directory)
  }

  /// Variables that switch hooks off.
  private mutating func judge(
    _ set: ShellCommand.Assignment,
    for program: String?,
    isExported: Bool
  ) {
    let text = set.name + "=" + set.value
    let value = set.value.lowercased()
    switch set.name {
    case "REVIEWGATE_SKIP", "REVIEWGATE_BIN": add(.variable, [text])
    case "HUSKY", "LEFTHOOK", "HUSKY_SKIP_HOOKS", "SKIP", "LEFTHOOK_EXCLUDE", "PREK_SKIP":
      let isOff =
        set.name == "HUSKY_SKIP_HOOKS" || value == "0" || value == "false"
        || value.contains("reviewgate")
      guard isOff else { return }
      if program == "git" { add(.variable, [text]) } else if isExported { exported.append(set) }
    case "GIT_CONFIG_PARAMETERS" where value.contains("core.hookspath"): add(.hooksPath, [text])
    case _ where set.name.hasPrefix("GIT_CONFIG_KEY_") && value == "core.hookspath":
      add(.hooksPath, [text])
    default: break
    }
  }

  // MARK: - Programs that run programs

  private mutating func shell(_ arguments: [String], _ command: ShellCommand) {
    if let flag = arguments.firstIndex(where: { $0.hasPrefix("-") && $0.hasSuffix("c") }),
      let script = arguments[(flag + 1)...].first(where: { !$0.hasPrefix("-") })
    {
      return run(script)
    }
    guard !arguments.contains(where: { !$0.hasPrefix("-") }) else { return }
    for input in command.inputs { run(input) }
    for input in piped(into: command) { run(input) }
  }

  /// What the command before prints into a command, as far as it is written out.
  func piped(into command: ShellCommand) -> [String] {
    guard command.isPiped, let previous, let program = previous.words.first.map(Self.base),
      ["echo", "printf", "cat", "git"].contains(program)
    else { return [] }
    let printed = program == "echo" || program == "printf" || program == "git"
    return (printed ? [previous.words.dropFirst().joined(separator: " ")] : []) + previous.inputs
  }

  /// Programs that type into a terminal, so that nobody seems to be somebody.
  private mutating func drive(_ words: [String], _ command: ShellCommand) {
    for text in [words.joined(separator: " ")] + command.inputs where Self.approves(text) {
      add(.approves, words)
    }
    if let flag = words.firstIndex(where: { $0.hasPrefix("-") && $0.hasSuffix("c") }),
      flag + 1 < words.count
    {
      run(words[flag + 1])
    }
  }

  /// Code of another language: only what it says in plain words is seen.
  private mutating func interpret(_ words: [String], _ command: ShellCommand) {
    var code = command.inputs
    for (flag, text) in zip(words, words.dropFirst())
    where flag.hasPrefix("-") && (flag.hasSuffix("c") || flag.hasSuffix("e")) {
      code.append(text)
    }
    for text in code { lookAt(code: text, words) }
    changeFiles(Self.base(words[0]), Array(words.dropFirst()))
  }

  private mutating func lookAt(code: String, _ words: [String]) {
    let lower = code.lowercased()
    if lower.contains("--no-verify"), lower.contains("git") { add(.skipsHooks, words) }
    if lower.contains("core.hookspath") { add(.hooksPath, words) }
    if lower.contains("refs/reviewgate") || lower.contains("reviewgate_skip") {
      add(.records, words)
    }
    if Self.approves(code) { add(.approves, words) }
  }

  /// What code in a tool call of its own would do.
  package static func scan(code: String, in directory: String) -> GuardScan {
    var guardian = ShellGuard(directory: directory)
    guardian.lookAt(code: code, [String(code.prefix(60))])
    return guardian.scan
  }

  // MARK: - ReviewGate itself

  private mutating func reviewgate(_ arguments: [String]) {
    var arguments = arguments[...]
    while arguments.first == "-C", arguments.count > 1 { arguments = arguments.dropFirst(2) }
    guard !arguments.contains("--help"), !arguments.contains("-h"), let verb = arguments.first
    else { return }
    let words = ["reviewgate"] + arguments
    let sub = arguments.dropFirst().first ?? ""
    switch verb {
    case _ where Self.approvals.contains(verb): add(.approves, words)
    case "uninstall": add(.uninstalls, words)
    case "agents" where sub == "uninstall": add(.uninstalls, words)
    case "records" where ["import", "withdraw", "revoke"].contains(sub): add(.records, words)
    case "reviewers" where ["add", "remove", "revoke", "enrol", "enroll"].contains(sub):
      add(.files, words)
    default: break
    }
  }

  static let approvals: Set<String> = [
    "review", "approve", "reject", "override", "withdraw", "revoke", "waive", "vouch",
  ]

  /// Whether a text tells somebody to approve: `reviewgate`, then a verb, few words apart.
  static func approves(_ text: String) -> Bool {
    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" }
    return words.indices.contains { index in
      words[index] == "reviewgate"
        && words[(index + 1)...].prefix(4).contains { approvals.contains(String($0)) }
    }
  }

  // MARK: - commit-tree

  /// Notes that a commit was made without `git commit`, and whether a branch is then moved to it.
  mutating func commitTree(_ words: [String]) { makesCommit = words.joined(separator: " ") }

  var madeCommit: String? { makesCommit }
}
