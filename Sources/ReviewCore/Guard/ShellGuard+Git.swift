extension ShellGuard {
  /// Looks at one call of git.
  mutating func git(_ arguments: [String], _ command: ShellCommand) {
    var rest = arguments[...]
    let whole = ["git"] + arguments
    while let word = rest.first, word.hasPrefix("-") {
      rest = rest.dropFirst()
      let name = word.prefix { $0 != "=" }
      if name == "--help" || name == "--version" { return }
      guard Self.globalWithValue.contains(String(name)) else { continue }
      let value: String
      if word.contains("=") {
        value = String(word[word.index(after: name.endIndex)...])
      } else {
        value = rest.first ?? ""
        rest = rest.dropFirst()
      }
      globalOption(String(name), value, whole)
    }
    guard let verb = rest.first else { return }
    let operands = Array(rest.dropFirst())
    switch verb {
    case "commit", "merge", "push", "pull", "rebase", "am", "cherry-pick", "revert":
      if skipsHooks(verb, operands) { add(.skipsHooks, whole) }
      if verb == "push" { push(operands, whole) }
    case "config": config(operands, whole)
    case "notes": notes(operands, whole, command)
    case "update-ref", "symbolic-ref", "fast-import":
      references(verb, operands, whole, command)
    case "commit-tree": commitTree(whole)
    case "send-pack": add(.plumbing, whole)
    case "rm", "mv":
      for path in operands where GuardedPath.isGuardedFromRemoval(path, in: directory) {
        add(.files, whole)
      }
    default: break
    }
    if let made = madeCommit, Self.movers.contains(verb) { add(.plumbing, [made, "; git", verb]) }
  }

  private static let globalWithValue: Set<String> = [
    "-C", "-c", "--git-dir", "--work-tree", "--namespace", "--config-env", "--attr-source",
  ]

  private static let movers: Set<String> = [
    "update-ref", "reset", "branch", "checkout", "switch", "merge", "push", "symbolic-ref",
  ]

  private mutating func globalOption(_ name: String, _ value: String, _ whole: [String]) {
    switch name {
    case "-C":
      let target = value.hasPrefix("/") || value.hasPrefix("~") ? value : directory + "/" + value
      visit(target)
    case "--git-dir", "--work-tree": visit(value)
    case "-c", "--config-env":
      let key = value.prefix { $0 != "=" }.lowercased()
      let text = value.dropFirst(key.utf8.count + 1)
      if key == "core.hookspath" || key.hasPrefix("hook.reviewgate") { add(.hooksPath, whole) }
      if key.hasPrefix("alias.") { alias(String(text)) }
    default: break
    }
  }

  private mutating func alias(_ text: String) {
    run(text.hasPrefix("!") ? String(text.dropFirst()) : "git " + text)
  }

  // MARK: - Hooks

  /// Whether options of a command that runs hooks switch them off.
  private func skipsHooks(_ verb: String, _ operands: [String]) -> Bool {
    let hasShort = verb == "commit" || verb == "am"
    var index = 0
    while index < operands.count {
      let word = operands[index]
      index += 1
      if word == "--" { return false }
      // A variable nobody knows may well be empty.
      if word.hasPrefix("$"), word.hasSuffix("--no-verify") { return true }
      if word.hasPrefix("--") {
        // git takes an option by any unambiguous beginning.
        if word.hasPrefix("--no-veri"), "--no-verify".hasPrefix(word) { return true }
        if !word.contains("="), Self.longWithValue.contains(word) { index += 1 }
      } else if word.hasPrefix("-"), word.count > 1 {
        let cluster = cluster(word, of: verb)
        if hasShort, cluster.hasN { return true }
        if cluster.takesNext { index += 1 }
      }
    }
    return false
  }

  /// Reads combined short options up to one that takes the rest as its value.
  private func cluster(_ word: String, of verb: String) -> (hasN: Bool, takesNext: Bool) {
    var letters = word.dropFirst()
    var hasN = false
    let values: String = verb == "commit" ? "mFCct" : verb == "am" ? "Cp" : "mFXsox"
    while let letter = letters.popFirst() {
      if letter == "n" { hasN = true }
      if values.contains(letter) { return (hasN, letters.isEmpty) }
      if verb == "commit", letter == "S" || letter == "u" { break }
    }
    return (hasN, false)
  }

  private static let longWithValue: Set<String> = [
    "--message", "--file", "--author", "--date", "--template", "--reuse-message",
    "--reedit-message", "--fixup", "--squash", "--cleanup", "--trailer", "--pathspec-from-file",
    "--strategy", "--strategy-option", "--onto", "--exec", "--push-option", "--receive-pack",
    "--repo",
  ]

  private mutating func config(_ operands: [String], _ whole: [String]) {
    let words = operands.filter { !$0.hasPrefix("-") }
    let reads = ["get", "list"].contains(words.first ?? "")
    let options = Set(operands.filter { $0.hasPrefix("-") }.map { String($0.prefix { $0 != "=" }) })
    if reads || !options.isDisjoint(with: ["--get", "--get-all", "--get-regexp", "--list", "-l"]) {
      return
    }
    let isUnset = options.contains("--unset") || options.contains("--unset-all")
    let sections = ["remove-section", "rename-section"]
    for (index, word) in words.enumerated() {
      let key = word.lowercased()
      let isWritten =
        isUnset || index + 1 < words.count || ["set", "unset"].contains(words.first ?? "")
      if key == "core.hookspath" || key.hasPrefix("hook.reviewgate"), isWritten {
        add(.hooksPath, whole)
      }
      if key.hasPrefix("alias."), index + 1 < words.count { alias(words[index + 1]) }
    }
    let removed = options.contains("--remove-section") || sections.contains(words.first ?? "")
    if removed, words.contains(where: { $0.lowercased() == "core" }) { add(.hooksPath, whole) }
  }

  // MARK: - References

  private static func isRecord(_ text: String) -> Bool {
    text.contains("refs/reviewgate") || text.contains("notes/reviewgate-ai")
      || text == "reviewgate-ai"
  }

  private mutating func push(_ operands: [String], _ whole: [String]) {
    if operands.contains(where: Self.isRecord) { add(.records, whole) }
  }

  private mutating func notes(_ operands: [String], _ whole: [String], _ command: ShellCommand) {
    let isOurs =
      operands.contains { $0.hasPrefix("--ref") && $0.contains("reviewgate-ai") }
      || zip(operands, operands.dropFirst()).contains { $0 == "--ref" && Self.isRecord($1) }
      || command.assignments.contains { $0.name == "GIT_NOTES_REF" && Self.isRecord($0.value) }
    let verbs: Set<String> = ["add", "append", "copy", "edit", "remove", "merge", "prune"]
    if isOurs, operands.contains(where: verbs.contains) { add(.records, whole) }
  }

  private mutating func references(
    _ verb: String,
    _ operands: [String],
    _ whole: [String],
    _ command: ShellCommand
  ) {
    if operands.contains(where: Self.isRecord) || command.inputs.contains(where: Self.isRecord) {
      return add(.records, whole)
    }
    if operands.contains("--stdin"), piped(into: command).contains(where: Self.isRecord) {
      return add(.records, whole)
    }
    guard verb == "update-ref", !operands.contains("-d"), !operands.contains("--stdin") else {
      return
    }
    let names = operands.filter { !$0.hasPrefix("-") }
    if let name = names.first, name == "HEAD" || name.hasPrefix("refs/heads/") {
      add(.plumbing, whole)
    }
  }
}
