import Glibc

/// Whole lines from standard input, as git gives them to hooks.
enum StandardInput {
  /// Bytes above which the input is not what git writes.
  private static let limit = 16 << 20

  /// Whole lines up to the end.
  static func lines() throws -> [String] {
    String(decoding: try bytes(), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  /// Reads to the end; more than `limit` bytes are an error.
  static func bytes(limit: Int = limit) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < limit {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress, $0.count) }
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw InputProblem.unreadable
      }
      bytes += buffer[..<count]
    }
    guard bytes.count < limit else { throw InputProblem.tooLarge }
    return bytes
  }

  /// Why standard input is not used.
  enum InputProblem: Error, CustomStringConvertible {
    case unreadable
    case tooLarge

    var description: String {
      switch self {
      case .unreadable: "Standard input cannot be read."
      case .tooLarge: "Standard input is larger than anything that is read there."
      }
    }
  }
}
