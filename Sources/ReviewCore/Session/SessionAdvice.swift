/// A remark on how a review session goes; it blocks nothing.
package enum SessionAdvice: Hashable, Sendable {
  /// More lines than one sitting is good for.
  case manyLines(Int)
  /// Faster than reading usually is.
  case fast(linesPerHour: Int)

  /// Attention is found to fade beyond this many changed lines in one session.
  package static let lineLimit = 400
  /// Three times the speed at which reviews still find what they should.
  package static let hourlyLimit = 1_500
  /// Below this many lines a speed says nothing.
  package static let leastLines = 50

  /// What to say before the first item.
  package static func before(changedLines: Int) -> SessionAdvice? {
    changedLines > lineLimit ? .manyLines(changedLines) : nil
  }

  /// What to say after an answer, given the lines answered and the time they took.
  package static func after(changedLines: Int, seconds: Int) -> SessionAdvice? {
    guard changedLines >= leastLines else { return nil }
    let rate = changedLines * 3_600 / max(1, seconds)
    return rate > hourlyLimit ? .fast(linesPerHour: rate) : nil
  }
}

extension SessionAdvice: CustomStringConvertible {
  package var description: String {
    switch self {
    case .manyLines(let count):
      "\(count) changed lines; attention fades past \(Self.lineLimit). q keeps your answers."
    case .fast(let rate):
      "That was \(rate) lines an hour; above \(Self.hourlyLimit) little is found."
    }
  }
}
