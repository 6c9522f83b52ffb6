import ArgumentParser
import ReviewCore

/// `reviewgate override`: a person lets code land unread, with a reason and an end.
struct OverrideCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "override",
    abstract: "Let a blocked change pass unread for a while; it stays a debt until it is reviewed",
    usage: "reviewgate override [<selection>] --reason <text> --until <when> ...",
    discussion: """
      Needs a person at a terminal. The policy says who may, and for how long (override). Nothing \
      that somebody rejected passes. `status` and `audit` list it until a review pays it.
      """
  )

  @OptionGroup(title: "Selection") var selected: SelectionOptions

  @Option(help: "Why; everybody who looks at the change sees it")
  var reason: String

  @Option(help: ArgumentHelp("The last day, YYYY-MM-DD, or a number of days: 7d"))
  var until: String

  @Option(help: "The ticket of the incident")
  var ticket: String?

  @Argument(help: "Only these files or folders")
  var paths: [String] = []

  mutating func validate() throws {
    let isWritten = reason.utf8.contains { $0 > 0x20 }
    guard isWritten else { throw ValidationError("--reason needs words") }
  }

  func run() async throws {
    try await reporting {
      let surroundings = Surroundings()
      let terminal = try HumanGuard.terminal(surroundings)
      let statement = try await Statement(surroundings, selected, paths) { _ in true }
      let policy = statement.evaluation.policy.policy.override
      let end = try OverrideEnd(until, now: surroundings.now, policy)
      guard !statement.isEmpty else { return statement.nothing("override") }
      let question = [
        "Letting pass UNREAD until \(end.day): \(VisibleText.line(reason))",
        "Listed as a debt until somebody reviews it.",
      ]
      guard try statement.confirms(question, "override", at: terminal) else {
        return statement.unconfirmed
      }
      let exception = RecordException(until: end.text, ticket: ticket)
      try await statement.record(.override, note: reason, exception: exception, at: terminal)
      return 0
    }
  }
}

/// `reviewgate vouch`: a person says that people wrote lines that nothing attributes.
struct VouchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vouch",
    abstract: "Sign that people wrote unattributed lines (for origin.unattributed: agent)",
    usage: "reviewgate vouch [<selection>] [--note <note>] [<paths> ...]",
    discussion: """
      Needs a person at a terminal and a key of the roster. Lines that evidence says an agent wrote \
      are left out: those need a review.
      """
  )

  @OptionGroup(title: "Selection") var selected: SelectionOptions

  @Option(help: "What you want to say about it")
  var note: String?

  @Argument(help: "Only these files or folders")
  var paths: [String] = []

  func run() async throws {
    try await reporting {
      let surroundings = Surroundings()
      let terminal = try HumanGuard.terminal(surroundings)
      let statement = try await Statement(surroundings, selected, paths) { finding in
        !finding.isAccused
      }
      guard !statement.isEmpty else { return statement.nothing("vouch for") }
      try statement.requireSignature()
      let question = ["Signing that people wrote this, and no agent any of it:"]
      guard try statement.confirms(question, "vouch for", at: terminal) else {
        return statement.unconfirmed
      }
      try await statement.record(.authored, note: note, at: terminal)
      return 0
    }
  }
}

/// Open findings that a person makes a statement about.
struct Statement {
  let project: Project
  let evaluation: Gate.Evaluation
  private let author: RecordAuthor
  private let numbers: [Int]
  private let filter: PathFilter

  /// Looks the selection up and keeps the open findings that are meant.
  init(
    _ surroundings: Surroundings,
    _ selected: SelectionOptions,
    _ paths: [String],
    where isMeant: (Finding) -> Bool
  ) async throws {
    project = try await Project(surroundings)
    let selection = selected.selection ?? ReviewCommandLine.pendingOrBranch(project)
    evaluation = try await Gate(project: project).evaluate(selection, at: .manual)
    filter = try await PathFilter(paths, project, evaluation)
    numbers = filter.numbers(of: evaluation) {
      $0.outcome.blocks && $0.outcome != .rejected && isMeant($0)
    }
    author = try await RecordAuthor(project, evaluation)
  }

  var isEmpty: Bool { numbers.isEmpty }

  private var findings: [Finding] { numbers.map { evaluation.verdict.findings[$0] } }

  func nothing(_ verb: String) -> Int32 {
    Output.answer("reviewgate: nothing to \(verb) in \(evaluation.subject)\(filter.words).")
    return 0
  }

  var unconfirmed: Int32 {
    Output.talk("reviewgate: nothing recorded; the number did not match.")
    return Failure.Status.blocked.rawValue
  }

  /// Refuses where the person has no key of the roster: a promise is what an agent can make too.
  func requireSignature() throws {
    guard !author.reach.satisfies(.signed) else { return }
    throw SigningProblem.tooWeak(required: .signed, reach: author.reach)
  }

  /// Shows what it is about; true only when the number of changed lines was typed.
  func confirms(
    _ question: [String],
    _ verb: String,
    at terminal: ControllingTerminal
  ) throws -> Bool {
    try author.check(stating: findings, evaluation.policy.policy)
    let byPath = Dictionary(grouping: findings, by: \.path).sorted { $0.key < $1.key }
    let files = byPath.map { path, own in
      BulkApproval.File(
        path: path.display,
        changedLines: own.reduce(0) { $0 + $1.changedLines }
      )
    }
    let words = BulkApproval.Words.other(question, verb: verb)
    return try ApprovePrompt(terminal: terminal).confirms(BulkApproval(files: files, words: words))
  }

  /// Signs and stores the statement.
  func record(
    _ verdict: ReviewRecord.Verdict,
    note: String?,
    exception: RecordException? = nil,
    at terminal: ControllingTerminal
  ) async throws {
    let writer = try await RecordWriter(project, evaluation, author: author, isBulk: true)
    try Recorder(evaluation, writer).state(
      verdict,
      about: numbers,
      note: note,
      exception: exception,
      at: author.isSilent ? nil : terminal
    )
    Output.answer("reviewgate: \(numbers.count) recorded. \(author.statement)")
  }
}

/// The end of an override, as a person names it.
struct OverrideEnd {
  /// As the record has it.
  let text: String
  /// The day alone.
  var day: String { String(text.prefix(10)) }

  /// Why there is no such end.
  enum Problem: Error {
    /// Not a day, or a day that is over.
    case unreadable(String)
    /// The policy lets nobody override.
    case forbidden
    /// Later than the policy allows.
    case tooLate(String, limit: Int)
  }

  /// Reads `YYYY-MM-DD`, the end of that day in UTC, or `7d`.
  init(_ given: String, now: Int, _ policy: Policy.Override) throws(Problem) {
    guard policy.maxDays > 0 else { throw .forbidden }
    let day = 86_400
    let end: Int?
    if given.utf8.last == UInt8(ascii: "d"), let days = Int(given.dropLast()) {
      end = days > 0 && days <= 3_650 ? now + days * day : nil
    } else {
      end = RecordTime.seconds(given + "T23:59:59Z")
    }
    guard let end, end > now, let text = RecordTime.text(end) else { throw .unreadable(given) }
    guard end - now <= policy.maxDays * day else {
      throw .tooLate(given, limit: policy.maxDays)
    }
    self.text = text
  }
}
