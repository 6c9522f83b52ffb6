import Glibc

/// Why no person can be asked at a terminal.
enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The process has no controlling terminal.
  case none
  /// The terminal belongs to another job at the moment; touching it would stop this one.
  case background
  /// A call on the terminal failed.
  case failed(call: StaticString, code: Int32)

  var description: String {
    switch self {
    case .none: "there is no terminal to ask at"
    case .background: "the terminal is in use by another job"
    case .failed(let call, let code): "\(call) failed on the terminal (errno \(code))"
    }
  }

  static func == (left: Self, right: Self) -> Bool { left.description == right.description }

  func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
