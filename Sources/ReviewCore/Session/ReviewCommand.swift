/// What a key asks of a review session.
package enum ReviewCommand: Hashable, Sendable {
  /// Approve, reject or skip the item.
  case approve, reject, skip
  /// Open the file in an editor.
  case edit
  /// Take the answer of this item back.
  case undo
  /// Go to another item.
  case next, previous
  /// Move inside a long item.
  case lineDown, lineUp, pageDown, pageUp
  /// Stop, keeping what was answered.
  case quit
  /// Show what the keys do.
  case help
  /// A key without a meaning.
  case none

  /// Reads a key; there is none that approves more than one item.
  package init(_ key: TerminalKey) {
    switch key {
    case .character(let scalar): self = Self.letters[scalar] ?? .none
    case .up: self = .lineUp
    case .down: self = .lineDown
    case .left: self = .previous
    case .right: self = .next
    case .pageUp: self = .pageUp
    case .pageDown: self = .pageDown
    case .end: self = .quit
    case .enter, .escape, .other: self = .none
    }
  }

  private static let letters: [Unicode.Scalar: ReviewCommand] = [
    "y": .approve, "n": .reject, "s": .skip, "e": .edit, "u": .undo, "q": .quit, "?": .help,
    "J": .next, "K": .previous, "j": .lineDown, "k": .lineUp, " ": .pageDown, "b": .pageUp,
  ]
}
