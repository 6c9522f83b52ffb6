/// Why a pattern cannot be used.
package enum GlobError: Error, Hashable, Sendable {
  /// Nothing is left to match.
  case empty
  /// Longer than this many bytes.
  case tooLong(Int)
  /// A `[` without its `]` in the same component.
  case unclosedClass
  /// A range whose end comes before its start.
  case emptyRange
  /// A class that names something other than ASCII characters.
  case unsupportedClass
  /// A `\` at the end.
  case danglingEscape
  /// An empty, `.` or `..` component, which no path of a repository has.
  case component(String)
  /// A leading `!`.
  case negation
}

extension GlobError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "it is empty"
    case .tooLong(let limit): "it is longer than \(limit) bytes"
    case .unclosedClass: "a '[' has no ']'; write '\\[' for the character"
    case .emptyRange: "a range in '[...]' ends before it starts"
    case .unsupportedClass: "'[...]' takes single ASCII characters and ranges of them"
    case .danglingEscape: "it ends in a '\\'"
    case .component(""): "it has two slashes in a row"
    case .component(let name): "it has the component '\(name)', which no path has"
    case .negation: "it starts with '!'; patterns can not be negated, write '\\!' for the character"
    }
  }
}

/// A set of bytes.
struct ByteSet: Hashable, Sendable {
  private var words: SIMD4<UInt64> = .zero

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  mutating func remove(_ byte: UInt8) { words[Int(byte >> 6)] &= ~(1 << UInt64(byte & 63)) }

  mutating func invert() { words = ~words }
}

/// Turns the bytes of a pattern into steps.
struct GlobReader {
  private var rest: ArraySlice<UInt8>
  private var tokens: [Glob.Token] = []
  private static let slash = UInt8(ascii: "/")

  static func tokens(of pattern: [UInt8]) throws(GlobError) -> [Glob.Token] {
    guard pattern.count <= Glob.maxBytes else { throw .tooLong(Glob.maxBytes) }
    if pattern.first == UInt8(ascii: "!") { throw .negation }
    var body = pattern[...]
    let isAnchored = body.first == slash
    if isAnchored { body = body.dropFirst() }
    let isFolder = body.last == slash
    if isFolder { body = body.dropLast() }
    guard !body.isEmpty else { throw .empty }
    try checkComponents(body)
    var reader = GlobReader(rest: body)
    if !isAnchored, !body.contains(slash) { reader.tokens.append(.folders) }
    try reader.read()
    if isFolder { reader.tokens += [.byte(slash), .anything] }
    return reader.tokens
  }

  private init(rest: ArraySlice<UInt8>) { self.rest = rest }

  private static func checkComponents(_ body: ArraySlice<UInt8>) throws(GlobError) {
    for part in body.split(separator: slash, omittingEmptySubsequences: false) {
      let name = String(decoding: part, as: UTF8.self)
      if name.isEmpty || name == "." || name == ".." { throw .component(name) }
    }
  }

  private mutating func read() throws(GlobError) {
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "?"): tokens.append(.one)
      case UInt8(ascii: "*"): readStars()
      case UInt8(ascii: "["): tokens.append(.any(of: try readClass()))
      case UInt8(ascii: "\\"): tokens.append(.byte(try readEscaped()))
      default: tokens.append(.byte(byte))
      }
    }
  }

  /// `**/` at the start of a component takes whole folders; any other run of stars crosses them.
  private mutating func readStars() {
    let startsComponent = tokens.last.map { $0 == .byte(Self.slash) || $0 == .folders } ?? true
    var count = 1
    while rest.first == UInt8(ascii: "*") {
      rest.removeFirst()
      count += 1
    }
    guard count > 1 else { return tokens.append(.component) }
    guard startsComponent, rest.first == Self.slash else { return tokens.append(.anything) }
    rest.removeFirst()
    tokens.append(.folders)
  }

  private mutating func readEscaped() throws(GlobError) -> UInt8 {
    guard let byte = rest.popFirst() else { throw .danglingEscape }
    return byte
  }

  private mutating func readClass() throws(GlobError) -> ByteSet {
    var set = ByteSet()
    let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegated { rest.removeFirst() }
    var isFirst = true
    while isFirst || rest.first != UInt8(ascii: "]") {
      isFirst = false
      let low = try readMember()
      var high = low
      if rest.first == UInt8(ascii: "-"), let after = rest.dropFirst().first,
        after != UInt8(ascii: "]")
      {
        rest.removeFirst()
        high = try readMember()
      }
      guard low <= high else { throw .emptyRange }
      for byte in low...high { set.insert(byte) }
    }
    rest.removeFirst()
    if isNegated { set.invert() }
    set.remove(Self.slash)
    return set
  }

  private mutating func readMember() throws(GlobError) -> UInt8 {
    guard let byte = rest.popFirst(), byte != Self.slash else { throw .unclosedClass }
    let isNamed =
      byte == UInt8(ascii: "[") && rest.first.map { ":.=".utf8.contains($0) } ?? false
    guard byte < 0x80, !isNamed else { throw .unsupportedClass }
    guard byte == UInt8(ascii: "\\") else { return byte }
    guard let escaped = rest.popFirst(), escaped != Self.slash else { throw .unclosedClass }
    guard escaped < 0x80 else { throw .unsupportedClass }
    return escaped
  }
}
