/// A pattern for paths of a repository, in the manner of `.gitignore`, over bytes.
///
/// - `*` and `?` stay within one component, `**` crosses slashes, `[a-z]` and `[!a-z]` are classes,
///   `\` takes the next byte literally.
/// - A pattern without a slash is for the last component at any depth (`*.lock`). Any other is
///   for the whole path; a leading `/` says so for a pattern that has no other slash.
/// - A trailing `/` means everything below.
///
/// Case counts. There is no negation: a leading `!` is an error, because ignoring it would turn a
/// pattern into its opposite.
package struct Glob: Hashable, Sendable {
  /// The pattern as it was written.
  package let text: String
  private let tokens: [Token]

  /// The longest pattern that is read, in bytes.
  static let maxBytes = 1024

  /// Reads a pattern.
  package init(_ text: String) throws(GlobError) {
    self.text = text
    tokens = try GlobReader.tokens(of: Array(text.utf8))
  }

  /// Whether the pattern is for this path.
  package func matches(_ path: RepositoryPath) -> Bool { Self.match(tokens, path.bytes) }

  /// The deepest folder that holds every path the pattern is for; empty for the root.
  package var literalFolder: String {
    let body = text.hasPrefix("/") ? text.dropFirst() : text[...]
    guard body.dropLast().contains("/") || text.hasPrefix("/") else { return "" }
    let parts = body.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return parts.prefix { !$0.utf8.contains { "*?[\\".utf8.contains($0) } }.joined(separator: "/")
  }

  /// One step of a pattern.
  enum Token: Hashable, Sendable {
    case byte(UInt8)
    /// `?`: one byte that is not a slash.
    case one
    /// `[...]`: one byte of the set, which never holds the slash.
    case any(of: ByteSet)
    /// `*`: bytes that are not slashes.
    case component
    /// `**`: any bytes.
    case anything
    /// `**/`: no or more whole components with their slashes.
    case folders
  }

  /// Whether it takes the next byte alone; wildcards of any length do not.
  private static func takes(_ token: Token, _ byte: UInt8) -> Bool {
    switch token {
    case .byte(let wanted): byte == wanted
    case .one: byte != UInt8(ascii: "/")
    case .any(let set): set.contains(byte)
    case .component, .anything, .folders: false
    }
  }
}

extension Glob {
  /// Where to go on when the bytes after a wildcard do not fit: it takes more and tries again.
  private struct Retry {
    var token: Int
    var byte: Int
  }

  /// Walks both once, with two places to return to.
  ///
  /// The earliest place a wildcard was reached at leaves open all that a later one would, so only
  /// the last wildcard of each kind is ever retried: polynomial time, whatever the pattern.
  private static func match(_ tokens: [Token], _ bytes: [UInt8]) -> Bool {
    var (token, byte) = (0, 0)
    var component: Retry?
    var crossing: Retry?
    while token < tokens.count || byte < bytes.count {
      if token < tokens.count {
        switch tokens[token] {
        case .component:
          component = Retry(token: token, byte: byte)
          token += 1
          continue
        case .anything, .folders:
          (component, crossing) = (nil, Retry(token: token, byte: byte))
          token += 1
          continue
        case let single where byte < bytes.count && takes(single, bytes[byte]):
          (token, byte) = (token + 1, byte + 1)
          continue
        default: break
        }
      }
      if var retry = component, retry.byte < bytes.count, bytes[retry.byte] != UInt8(ascii: "/") {
        retry.byte += 1
        (component, token, byte) = (retry, retry.token + 1, retry.byte)
      } else if let retry = crossing.flatMap({ advanced($0, tokens, bytes) }) {
        (component, crossing, token, byte) = (nil, retry, retry.token + 1, retry.byte)
      } else {
        return false
      }
    }
    return true
  }

  /// Lets a crossing wildcard take one byte more, or one component more.
  private static func advanced(_ retry: Retry, _ tokens: [Token], _ bytes: [UInt8]) -> Retry? {
    var retry = retry
    guard tokens[retry.token] == .folders else {
      retry.byte += 1
      return retry.byte <= bytes.count ? retry : nil
    }
    while retry.byte < bytes.count {
      retry.byte += 1
      if bytes[retry.byte - 1] == UInt8(ascii: "/") { return retry }
    }
    return nil
  }
}
