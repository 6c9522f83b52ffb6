import ReviewCore

/// Walks a person through items at a terminal and hands over each answer as it is given.
struct ReviewScreen {
  /// Where the person is.
  let terminal: ControllingTerminal
  /// The variables that choose the editor, the colours and the kind of screen.
  let environment: [String: String]
  /// What the person says about colours.
  var colour = ColourOptions.Choice.auto
  /// Keeps an answer before the next item is shown; skipped items come here too.
  let record: (ReviewItem, Answer) throws -> Void
  /// Takes back what was kept for an item.
  let withdraw: (ReviewItem, Answer) throws -> Void
  /// Is told of an item whose file an editor is about to open.
  var willEdit: (ReviewItem) -> Void = { _ in }
  /// The item as the editor left it; nil when it is what it was.
  var edited: (ReviewItem) throws -> ReviewItem? = { _ in nil }

  /// Runs the session to its end and returns it.
  func run(_ items: [ReviewItem]) throws -> ReviewSession {
    guard Style.canMoveCursor(environment) else { return try runLines(items) }
    var session = ReviewSession(items: items, viewport: terminal.size)
    let start = ContinuousClock.now
    try terminal.withRawInput {
      draw(session)
      while session.phase != .finished {
        let effects = nextEffects(&session)
        try perform(effects, &session, since: start)
      }
      terminal.write(clear)
    }
    terminal.write(session.summary + "\n")
    return session
  }

  private func nextEffects(_ session: inout ReviewSession) -> [ReviewSession.Effect] {
    switch terminal.nextInput() {
    case .key(let key): return session.handle(ReviewCommand(key))
    case .idle:
      let effects = session.resize(terminal.size)
      return terminal.takeContinued() ? [.redraw] : effects
    }
  }

  private func perform(
    _ effects: [ReviewSession.Effect],
    _ session: inout ReviewSession,
    since start: ContinuousClock.Instant
  ) throws {
    for effect in effects {
      switch effect {
      case .redraw: draw(session)
      case .finish: break
      case .record(let answer, let item):
        try record(item, answer)
        session.noteElapsed(seconds: seconds(since: start))
        terminal.discardTypeAhead()
      case .withdraw(let answer, let item): try withdraw(item, answer)
      case .askReason:
        let reason = try terminal.readLine(prompt: "\nReason (empty: none): ")
        try perform(session.giveReason(reason), &session, since: start)
      case .openEditor(let path, let line):
        try perform(edit(path, line, &session), &session, since: start)
      }
    }
  }

  private func edit(
    _ path: String,
    _ line: Int,
    _ session: inout ReviewSession
  ) -> [ReviewSession.Effect] {
    let command = EditorCommand(environment: environment)
    let arguments = command.arguments(path: path, line: line)
    let item = session.current
    item.map(willEdit)
    let status = try? terminal.run(arguments: arguments, environment: environment)
    if status == 0, let item, let fresh = try? edited(item) { return session.noteEdited(as: fresh) }
    return session.noteEdited(succeeded: status == 0)
  }

  private var clear: String { "\u{1b}[H\u{1b}[2J" }

  private func draw(_ session: ReviewSession) {
    let style =
      colour == .auto ? Style(environment: environment) : Style(colour: colour == .always)
    let rows = session.screen.map { style.paint($0.text, $0.role) }
    terminal.write(clear + rows.joined(separator: "\n"))
  }

  private func seconds(since start: ContinuousClock.Instant) -> Int {
    Int((ContinuousClock.now - start).components.seconds)
  }
}

/// The same walk on a terminal that prints lines and nothing else.
extension ReviewScreen {
  private func runLines(_ items: [ReviewItem]) throws -> ReviewSession {
    // Everything printed stays on such a terminal, so that an item is shown whole at once.
    let paper = Viewport(width: terminal.size.width, height: Int.max / 4)
    var session = ReviewSession(items: items, viewport: paper)
    let start = ContinuousClock.now
    var shown: Int?
    while session.phase != .finished {
      printItem(session, &shown)
      let line = try terminal.readLine(prompt: prompt(session))
      let effects = session.handle(line.map(command) ?? .quit)
      if effects.contains(.redraw), session.phase == .help { printHelp(&session) }
      try perform(lines: effects, &session, since: start)
    }
    terminal.write(session.summary + "\n")
    return session
  }

  private func perform(
    lines effects: [ReviewSession.Effect],
    _ session: inout ReviewSession,
    since start: ContinuousClock.Instant
  ) throws {
    let effects = effects.filter { $0 != .redraw }
    if effects.contains(.askReason) {
      let reason = try terminal.readLine(prompt: "Reason (empty: none): ")
      return try perform(lines: session.giveReason(reason), &session, since: start)
    }
    if case .openEditor(let path, let line)? = effects.first {
      let after = edit(path, line, &session)
      return try perform(after.filter { $0 != .redraw }, &session, since: start)
    }
    try perform(effects, &session, since: start)
  }

  private func printItem(_ session: ReviewSession, _ shown: inout Int?) {
    if session.phase == .reading, shown != session.index || session.isShownAgain {
      shown = session.index
      terminal.write(session.transcript.map { $0.text + "\n" }.joined())
    }
    // The skipped ones are shown again.
    if session.phase == .offeringSkipped { shown = nil }
    if let message = session.message { terminal.write(message + "\n") }
  }

  private func printHelp(_ session: inout ReviewSession) {
    terminal.write(session.help.map { $0.text + "\n" }.joined())
    _ = session.handle(.none)
  }

  private func prompt(_ session: ReviewSession) -> String {
    session.phase == .offeringSkipped
      ? "All answered, some skipped [s,q]? "
      : "(\(session.index + 1)/\(session.items.count)) Approve this [y,n,s,e,u,J,K,q,?]? "
  }

  private func command(_ line: String) -> ReviewCommand {
    line.trimmingBlanks.unicodeScalars.first.map { ReviewCommand(.character($0)) } ?? .none
  }
}
