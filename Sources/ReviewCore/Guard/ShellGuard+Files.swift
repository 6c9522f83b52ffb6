extension ShellGuard {
  /// Programs that change the files they are given.
  static let fileChangers: Set<String> = [
    "rm", "rmdir", "unlink", "shred", "mv", "cp", "install", "ln", "chmod", "chown", "chattr",
    "truncate", "tee", "touch", "dd", "sed", "ed", "ex", "vi", "vim", "nvim", "nano", "emacs",
    "patch", "rsync", "sponge", "jq", "yq", "setfacl", "trash", "gio",
  ]

  private static let removers: Set<String> = [
    "rm", "rmdir", "unlink", "shred", "mv", "chmod", "chown", "chattr", "setfacl", "trash", "gio",
  ]

  /// The last operand is written, the others are only read.
  private static let copiers: Set<String> = ["cp", "install", "ln", "rsync"]

  /// Looks at the operands of a program that changes files.
  mutating func changeFiles(_ program: String, _ arguments: [String]) {
    let words = [program] + arguments
    var operands = arguments.filter { !$0.hasPrefix("-") || $0 == "-" }
    switch program {
    case "sed", "perl", "yq", "jq", "ruby", "awk", "gawk":
      let inPlace = arguments.contains {
        $0 == "--in-place" || $0.hasPrefix("--in-place=") || $0 == "inplace"
          || ($0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("i"))
      }
      guard inPlace else { return }
    case "dd": operands = arguments.filter { $0.hasPrefix("of=") }.map { String($0.dropFirst(3)) }
    case _ where Self.copiers.contains(program):
      let target = option("-t", "--target-directory", in: arguments)
      operands = target.map { [$0] } ?? Array(operands.suffix(1))
      // A directory as target: what is copied keeps its name.
      if let folder = operands.first {
        let names = arguments.filter { !$0.hasPrefix("-") }.map(Self.base)
        operands += names.map { folder + "/" + $0 }
      }
    case "find": return findDelete(arguments)
    case "chmod" where Self.grantsExecution(operands.first ?? ""): return
    case _ where Self.fileChangers.contains(program): break
    default: return
    }
    let removes = Self.removers.contains(program)
    for operand in operands {
      let isHit =
        removes
        ? GuardedPath.isGuardedFromRemoval(operand, in: directory)
        : GuardedPath.isGuarded(operand, in: directory)
      if isHit { add(.files, words) }
    }
  }

  private mutating func findDelete(_ arguments: [String]) {
    guard arguments.contains("-delete") else { return }
    let roots = arguments.prefix { !$0.hasPrefix("-") }
    let isFiltered = arguments.contains { $0 == "-name" || $0 == "-path" || $0 == "-iname" }
    let isHit = roots.contains { root in
      isFiltered
        ? GuardedPath.isGuarded(root, in: directory)
        : GuardedPath.isGuardedFromRemoval(root, in: directory)
    }
    if isHit { add(.files, ["find"] + arguments) }
  }

  /// Whether a mode leaves a hook runnable: `+x`, `u+x`, `755`.
  private static func grantsExecution(_ mode: String) -> Bool {
    if mode.hasSuffix("+x") { return true }
    let digits = Array(mode.utf8)
    guard digits.count >= 3, digits.allSatisfy(Bytes.isDigit) else { return false }
    return digits[digits.count - 3] & 1 == 1
  }

  private func option(_ short: String, _ long: String, in arguments: [String]) -> String? {
    for (index, word) in arguments.enumerated() {
      if word == short || word == long { return arguments.dropFirst(index + 1).first }
      if word.hasPrefix(long + "=") { return String(word.dropFirst(long.utf8.count + 1)) }
    }
    return nil
  }
}
