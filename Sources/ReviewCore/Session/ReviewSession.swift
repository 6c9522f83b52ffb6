/// A walk through items that somebody has to read: keys in, effects out.
///
/// An answer is an effect of its own, so that a caller that records each one at once loses at most
/// the answer that was being given. No key answers more than the item on the screen.
package struct ReviewSession: Sendable {
  /// What the next key means.
  package enum Phase: Hashable, Sendable {
    /// An item is on the screen.
    case reading
    /// The reason of a rejection is being typed.
    case askingReason
    /// The keys are explained.
    case help
    /// All is answered, and some of it with "skip".
    case offeringSkipped
    /// Nothing more happens.
    case finished
  }

  /// What the caller has to do.
  package enum Effect: Hashable, Sendable {
    /// Draw the screen again.
    case redraw
    /// Open this file at this line, then draw again.
    case openEditor(path: String, line: Int)
    /// Ask for a line of text and call `giveReason`.
    case askReason
    /// Keep this answer now.
    case record(Answer, ReviewItem)
    /// Take back what was kept for this item.
    case withdraw(Answer, ReviewItem)
    /// End the session.
    case finish
  }

  /// What is walked through, in order.
  package private(set) var items: [ReviewItem]
  /// The answers so far, by item id.
  package private(set) var answers: [Int: Answer] = [:]
  /// What the next key means.
  package private(set) var phase: Phase
  /// The position of the item on the screen.
  package private(set) var index = 0
  /// What the last key led to, in words.
  package private(set) var message: String?
  /// The size of the screen.
  package private(set) var viewport: Viewport
  private(set) var place = ReviewPlace(rows: [])
  private var places: [Int: ReviewPlace] = [:]
  private var advised = false
  /// Whether an edit changed the item on the screen since the last key.
  package private(set) var isShownAgain = false

  /// Starts with the first item on the screen.
  package init(items: [ReviewItem], viewport: Viewport) {
    self.items = items
    self.viewport = viewport
    phase = items.isEmpty ? .finished : .reading
    let lines = items.reduce(0) { $0 + $1.changedLines }
    if !items.isEmpty { show(0) }
    message = SessionAdvice.before(changedLines: lines)?.description
  }

  /// The item on the screen; nil when there are none.
  package var current: ReviewItem? { items.indices.contains(index) ? items[index] : nil }

  /// How many items have an answer, skipped ones included.
  package var answered: Int { answers.count }

  /// The changed lines of items that were approved or rejected.
  package var answeredLines: Int {
    items.filter { answers[$0.id].map { $0 != .skipped } ?? false }
      .reduce(0) { $0 + $1.changedLines }
  }

  /// Takes one key.
  package mutating func handle(_ command: ReviewCommand) -> [Effect] {
    guard let item = current else { return [.finish] }
    isShownAgain = false
    switch phase {
    case .finished: return [.finish]
    case .askingReason: return []
    case .offeringSkipped: return handleOffer(command)
    case .help:
      phase = .reading
      return command == .quit ? finish() : [.redraw]
    case .reading:
      message = nil
      return handleReading(command, item)
    }
  }

  /// Takes the typed reason of a rejection; nil or blank text rejects nothing.
  package mutating func giveReason(_ text: String?) -> [Effect] {
    guard phase == .askingReason, let item = current else { return [] }
    phase = .reading
    let reason = (text ?? "").trimmingBlanks
    guard !reason.isEmpty else {
      message = "Nothing recorded: a rejection needs a reason."
      return [.redraw]
    }
    return answer(.rejected(reason: reason), item)
  }

  /// Takes a new screen size.
  package mutating func resize(_ viewport: Viewport) -> [Effect] {
    guard viewport != self.viewport else { return [] }
    self.viewport = viewport
    if current != nil { show(index) }
    return [.redraw]
  }

  /// Says that the editor is closed: what is answered is what is shown, not what was edited.
  package mutating func noteEdited(succeeded: Bool) -> [Effect] {
    message =
      succeeded
      ? "Answers are about the lines shown here, not about edits made since."
      : "The editor failed; set GIT_EDITOR or EDITOR."
    return [.redraw]
  }

  /// Shows what an edit made of an item; what was answered about it before does not hold for this.
  package mutating func noteEdited(as item: ReviewItem) -> [Effect] {
    guard let position = items.firstIndex(where: { $0.id == item.id }) else { return [.redraw] }
    var effects: [Effect] = []
    if let old = answers.removeValue(forKey: item.id) {
      effects.append(.withdraw(old, items[position]))
    }
    items[position] = item
    places[item.id] = nil
    show(position)
    isShownAgain = true
    message = "Edited. This is what it is now, and what an answer is about."
    return effects + [.redraw]
  }

  /// Says, once, when the answers came faster than reading goes.
  package mutating func noteElapsed(seconds: Int) {
    guard !advised, message == nil, phase == .reading,
      let advice = SessionAdvice.after(changedLines: answeredLines, seconds: seconds)
    else { return }
    advised = true
    message = advice.description
  }

  private mutating func handleReading(_ command: ReviewCommand, _ item: ReviewItem) -> [Effect] {
    switch command {
    case .approve: return approve(item)
    case .skip: return answer(.skipped, item)
    case .undo: return undo(item)
    case .quit: return finish()
    case .edit: return edit(item)
    case .reject:
      phase = .askingReason
      return [.askReason]
    case .help: phase = .help
    case .next: step(1)
    case .previous: step(-1)
    case .lineDown: if !scroll(1) { step(1) }
    case .lineUp: if !scroll(-1) { step(-1) }
    case .pageDown: if !scroll(viewport.bodyHeight) { step(1) }
    case .pageUp: _ = scroll(-viewport.bodyHeight)
    case .none: message = "No such key here; ? explains the keys."
    }
    return [.redraw]
  }

  private mutating func approve(_ item: ReviewItem) -> [Effect] {
    guard place.isWhollySeen else {
      scrollToUnseen()
      message = "Not all of it was shown yet: here is more. y counts at the end."
      return [.redraw]
    }
    return answer(.approved, item)
  }

  private mutating func edit(_ item: ReviewItem) -> [Effect] {
    guard let path = item.editPath else {
      message = "There is no file to edit here."
      return [.redraw]
    }
    return [.openEditor(path: path, line: item.editLine)]
  }

  private mutating func undo(_ item: ReviewItem) -> [Effect] {
    guard let old = answers.removeValue(forKey: item.id) else {
      message = "This one has no answer yet."
      return [.redraw]
    }
    message = "Taken back: \(old.name)."
    return [.withdraw(old, item), .redraw]
  }

  private mutating func answer(_ answer: Answer, _ item: ReviewItem) -> [Effect] {
    answers[item.id] = answer
    let effect = Effect.record(answer, item)
    if let next = nextUnanswered() {
      show(next)
      return [effect, .redraw]
    }
    guard answers.values.contains(.skipped) else { return [effect] + finish() }
    phase = .offeringSkipped
    return [effect, .redraw]
  }

  /// The first item without an answer after this one, then from the start.
  private func nextUnanswered() -> Int? {
    let order = Array(items.indices[(index + 1)...]) + Array(items.indices[...index])
    return order.first { answers[items[$0].id] == nil }
  }

  private mutating func handleOffer(_ command: ReviewCommand) -> [Effect] {
    switch command {
    case .skip:
      for item in items where answers[item.id] == .skipped { answers[item.id] = nil }
      phase = .reading
      index = items.count - 1
      if let next = nextUnanswered() { show(next) }
      return [.redraw]
    case .previous:
      phase = .reading
      return [.redraw]
    case .quit: return finish()
    default: return [.redraw]
    }
  }

  private mutating func finish() -> [Effect] {
    phase = .finished
    return [.finish]
  }

  private mutating func step(_ offset: Int) {
    guard items.indices.contains(index + offset) else {
      message = offset > 0 ? "This is the last one." : "This is the first one."
      return
    }
    show(index + offset)
  }

  private mutating func scroll(_ offset: Int) -> Bool {
    guard place.move(by: offset, height: viewport.bodyHeight) else { return false }
    notePlace()
    return true
  }

  private mutating func scrollToUnseen() {
    _ = place.move(by: place.seen - place.top, height: viewport.bodyHeight)
    notePlace()
  }

  /// Puts an item on the screen, where it was left.
  private mutating func show(_ position: Int) {
    index = position
    let rows = HunkLayout.rows(of: items[position], width: viewport.width)
    if let known = places[items[position].id] {
      place = known
      if known.rows != rows { place.relayout(rows) }
      _ = place.move(by: 0, height: viewport.bodyHeight)
    } else {
      place = ReviewPlace(rows: rows)
    }
    notePlace()
  }

  private mutating func notePlace() {
    place.noteShown(viewport.bodyHeight)
    places[items[index].id] = place
  }
}
