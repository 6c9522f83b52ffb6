/// Lets only the part of YAML that a policy needs through to the YAML parser.
///
/// A general parser follows aliases, hashes keys of any shape and nests a thousand levels deep,
/// each a way for a small file to cost a lot. What passes here has no anchors, tags, block text,
/// composed keys or values of several lines, and at most `PolicyFile.maxDepth` levels. Because
/// every value stands on one line, each line is read alone and agrees with the parser's own
/// reading; where the two could differ this one refuses.
struct PolicySyntax {
  var text: [UInt8] = []
  var at = 0
  /// How many `[` and `{` are open.
  var flowDepth = 0
  /// An unquoted value ended the last line, and the next could continue it.
  var openFlowText = false
  private var number = 0
  /// The columns where the open block collections start.
  private var columns: [Int] = []
  /// The column beyond which the next line would continue the last value.
  private var openText: Int?
  private var hasContent = false

  /// Reads the whole file.
  static func check(_ lines: [[UInt8]]) throws(PolicyError) {
    var syntax = PolicySyntax()
    for line in lines {
      syntax.number += 1
      (syntax.text, syntax.at) = (line, 0)
      try syntax.readLine()
    }
    guard syntax.hasContent else {
      throw PolicyError(line: 1, column: 1, problem: .empty)
    }
  }

  private mutating func readLine() throws(PolicyError) {
    skipSpaces()
    guard let first = peek, first != UInt8(ascii: "#") else { return }
    if at == 0 {
      if first == UInt8(ascii: "%") { throw error(.refused(.directive)) }
      if try readMarker() { return }
    }
    hasContent = true
    if flowDepth > 0 {
      if openFlowText, !",]}".utf8.contains(first) { throw error(.refused(.looseText)) }
      try readFlow()
    } else {
      if let openText, at > openText { throw error(.refused(.looseText)) }
      openText = nil
      try readBlock()
    }
  }

  /// `---` may open the file, alone in its line; any other marker starts or ends a document.
  private mutating func readMarker() throws(PolicyError) -> Bool {
    let isStart = text.starts(with: "---".utf8)
    guard isStart || text.starts(with: "...".utf8), isBlank(3) else { return false }
    guard isStart, !hasContent, number == 1 else { throw error(.severalDocuments) }
    at = 3
    try readEnd()
    return true
  }

  private mutating func readBlock() throws(PolicyError) {
    var item: Int?
    while peek == UInt8(ascii: "-"), isBlank(at + 1) {
      try enter(at)
      item = at
      at += 1
      skipSpaces()
      if isAtEnd { return }
    }
    let start = at
    guard let isQuoted = try readNode() else { return }
    skipSpaces()
    if peek == UInt8(ascii: ":"), isBlank(at + 1) {
      try enter(start)
      at += 1
      return try readValue(of: start)
    }
    guard let item else {
      at = start
      throw error(.refused(.looseText))
    }
    try readEnd()
    if !isQuoted { openText = item }
  }

  private mutating func readValue(of key: Int) throws(PolicyError) {
    skipSpaces()
    guard !isAtEnd, let isQuoted = try readNode() else { return }
    try readEnd()
    if !isQuoted { openText = key }
  }

  /// Reads one scalar and says whether it is quoted, or a collection in brackets and says nil.
  private mutating func readNode() throws(PolicyError) -> Bool? {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      try readQuoted()
      return true
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      try readFlow()
      return nil
    default:
      try checkStart()
      readText()
      return false
    }
  }

  /// Unquoted text ends before `: ` and ` #`.
  private mutating func readText() {
    while let byte = peek {
      if byte == UInt8(ascii: ":"), isBlank(at + 1) { return }
      if byte == UInt8(ascii: "#"), at > 0, text[at - 1] == UInt8(ascii: " ") { return }
      at += 1
    }
  }

  private mutating func enter(_ column: Int) throws(PolicyError) {
    while let last = columns.last, last > column { columns.removeLast() }
    if columns.last != column { columns.append(column) }
    if columns.count > PolicyFile.maxDepth { throw error(.tooDeep(PolicyFile.maxDepth)) }
  }

  /// How many collections are open, in brackets or by indentation.
  var depth: Int { columns.count + flowDepth }

  /// A mistake at the current byte.
  func error(_ problem: PolicyError.Problem) -> PolicyError {
    let before = text.prefix(at).count { $0 & 0xc0 != 0x80 }
    return PolicyError(line: number, column: before + 1, problem: problem)
  }
}
