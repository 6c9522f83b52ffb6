/// A key press, as a terminal reports it.
package enum TerminalKey: Hashable, Sendable {
  /// A printable character.
  case character(Unicode.Scalar)
  /// An arrow key.
  case up, down, left, right
  /// A paging key.
  case pageUp, pageDown
  /// The return key.
  case enter
  /// The escape key alone.
  case escape
  /// End of input: Ctrl-D, or the terminal is gone.
  case end
  /// Anything else; it means nothing here.
  case other
}

/// Turns the bytes a terminal sends into keys, one byte at a time.
package struct KeyDecoder: Sendable {
  private var pending: [UInt8] = []

  /// Starts between two keys.
  package init() {}

  /// Whether more bytes are needed before the key is known.
  package var isWaiting: Bool { !pending.isEmpty }

  /// Takes one byte; nil while the key is incomplete.
  package mutating func feed(_ byte: UInt8) -> TerminalKey? {
    pending.append(byte)
    let key: TerminalKey? = pending[0] == 0x1b ? sequence() : character()
    if key != nil { pending = [] }
    return key
  }

  /// Ends an incomplete key, because nothing followed in time.
  package mutating func finish() -> TerminalKey? {
    defer { pending = [] }
    return switch pending.count {
    case 0: nil
    case 1 where pending[0] == 0x1b: .escape
    default: .other
    }
  }

  private func character() -> TerminalKey? {
    let first = pending[0]
    guard first >= 0x80 else { return Self.ascii(first) }
    if let text = String(validating: pending, as: UTF8.self), let scalar = text.unicodeScalars.first
    {
      return .character(scalar)
    }
    return pending.count < Self.length(first) ? nil : .other
  }

  private static func ascii(_ byte: UInt8) -> TerminalKey {
    switch byte {
    case 0x04: .end
    case 0x0a, 0x0d: .enter
    case 0x20..<0x7f: .character(Unicode.Scalar(byte))
    default: .other
    }
  }

  private static func length(_ first: UInt8) -> Int {
    switch first {
    case 0xc2..<0xe0: 2
    case 0xe0..<0xf0: 3
    case 0xf0..<0xf5: 4
    default: 1
    }
  }

  /// CSI (`ESC [`) and SS3 (`ESC O`) sequences; a longer one than any key sends is given up.
  private func sequence() -> TerminalKey? {
    guard pending.count > 1 else { return nil }
    guard pending[1] == UInt8(ascii: "[") || pending[1] == UInt8(ascii: "O") else { return .other }
    guard pending.count > 2, let last = pending.last else { return nil }
    guard (0x40...0x7e).contains(last) else { return pending.count < 16 ? nil : .other }
    switch last {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    case UInt8(ascii: "C"): return .right
    case UInt8(ascii: "D"): return .left
    case UInt8(ascii: "~") where pending[2...].elementsEqual("5~".utf8): return .pageUp
    case UInt8(ascii: "~") where pending[2...].elementsEqual("6~".utf8): return .pageDown
    default: return .other
    }
  }
}
