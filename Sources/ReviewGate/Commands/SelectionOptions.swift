import ArgumentParser
import ReviewCore

/// What is judged; exactly one, or the default of the command.
struct SelectionOptions: ParsableArguments {
  @Flag(help: "The index against HEAD (what `git commit` would commit)")
  var staged = false

  @Option(
    help: ArgumentHelp("The index, with the commit message in FILE", valueName: "file")
  )
  var message: String?

  @Option(help: ArgumentHelp("One commit against its first parent", valueName: "rev"))
  var commit: String?

  @Option(help: ArgumentHelp("Commits reachable from B and not from A", valueName: "a..b"))
  var range: String?

  @Option(
    name: .customLong("branch"),
    defaultAsFlag: "",
    help: ArgumentHelp(
      """
      Commits of this branch since its base; the default when nothing else is named. The word \
      after it is the base: paths come after --
      """,
      valueName: "base"
    )
  )
  private var branchBase: String?

  @Option(
    name: .customLong("base"),
    help: ArgumentHelp("The same as --branch REV", valueName: "rev")
  )
  private var namedBase: String?

  /// The base that was named for the branch.
  var base: String? { namedBase ?? branchBase.flatMap { $0.isEmpty ? nil : $0 } }

  private var isBranch: Bool { branchBase != nil || namedBase != nil }

  /// How many ways of selecting were given.
  private var given: [String] {
    var names: [String] = []
    if staged || message != nil { names.append("--staged") }
    if commit != nil { names.append("--commit") }
    if range != nil { names.append("--range") }
    if isBranch { names.append("--branch") }
    return names
  }

  mutating func validate() throws {
    guard given.count <= 1 else {
      throw ValidationError("\(given.joined(separator: " and ")) exclude each other")
    }
    if let branchBase, let namedBase, !branchBase.isEmpty, branchBase != namedBase {
      throw ValidationError("--branch and --base name two bases")
    }
    if let range, !range.contains("..") || range.contains("...") {
      throw ValidationError("--range takes A..B, not '\(VisibleText.line(range))'")
    }
  }

  /// What was selected; nil when nothing was named.
  var selection: Selection? {
    if staged || message != nil { return .staged(message: message) }
    if let commit { return .commit(commit) }
    if let range {
      let dots = range.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
      return .range(
        from: dots[0].isEmpty ? "HEAD" : String(dots[0]),
        to: dots[1].isEmpty ? "HEAD" : String(dots[1])
      )
    }
    return isBranch ? .branch(base: base) : nil
  }

  /// The same selection as arguments, to be printed.
  var arguments: String {
    switch selection ?? .branch(base: nil) {
    case .staged: "--staged"
    case .commit(let name): "--commit \(ShellWord.revision(name))"
    case .range: "--range \(ShellWord.revision(range ?? ""))"
    case .branch(let base): base.map { "--base \(ShellWord.revision($0))" } ?? "--branch"
    }
  }
}

/// The forms `check` answers in.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}
