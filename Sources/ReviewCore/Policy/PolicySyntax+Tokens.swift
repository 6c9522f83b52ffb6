extension PolicySyntax {
  /// The byte to be read, nil at the end of the line.
  var peek: UInt8? { at < text.count ? text[at] : nil }

  /// Whether only a comment is left of the line.
  var isAtEnd: Bool { peek.map { $0 == UInt8(ascii: "#") } ?? true }

  /// Whether a space or the end of the line stands there.
  func isBlank(_ index: Int) -> Bool {
    index >= text.count || text[index] == UInt8(ascii: " ")
  }

  mutating func skipSpaces() {
    while peek == UInt8(ascii: " ") { at += 1 }
  }

  /// Nothing but spaces and a comment may follow.
  mutating func readEnd() throws(PolicyError) {
    skipSpaces()
    guard isAtEnd else { throw unexpected() }
  }

  func unexpected() -> PolicyError {
    for case .scalar(let scalar) in UTF8Pieces(text.dropFirst(at).prefix(4)) {
      return error(.unexpected(scalar))
    }
    return error(.refused(.looseText))
  }

  /// Refuses what unquoted text cannot start with.
  func checkStart() throws(PolicyError) {
    guard let byte = peek else { return }
    switch byte {
    case UInt8(ascii: "&"): throw error(.refused(.anchor))
    case UInt8(ascii: "*"): throw error(.refused(.alias))
    case UInt8(ascii: "!"): throw error(.refused(.tag))
    case UInt8(ascii: "|"), UInt8(ascii: ">"): throw error(.refused(.blockScalar))
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      // Within brackets the parser takes `?` and `:` for marks of keys even without a space.
      let isMark = flowDepth > 0 && byte != UInt8(ascii: "-")
      guard !isMark, !isBlank(at + 1) else { throw unexpected() }
    case _ where ",[]{}#%@`".utf8.contains(byte): throw unexpected()
    default: break
    }
  }

  /// Reads to the closing quote, which must stand on the same line.
  mutating func readQuoted() throws(PolicyError) {
    let start = at
    let quote = peek
    at += 1
    while let byte = peek {
      at += 1
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        at += 1
      } else if byte == quote {
        guard quote == UInt8(ascii: "'"), peek == quote else { return }
        at += 1
      }
    }
    at = start
    throw error(.unclosedQuote)
  }

  /// Reads what the line has of a collection in brackets; after its end nothing may follow.
  mutating func readFlow() throws(PolicyError) {
    openFlowText = false
    repeat {
      skipSpaces()
      guard !isAtEnd, let byte = peek else { return }
      try readFlowToken(byte)
    } while flowDepth > 0
    try readEnd()
  }

  private mutating func readFlowToken(_ byte: UInt8) throws(PolicyError) {
    openFlowText = false
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      guard depth < PolicyFile.maxDepth else { throw error(.tooDeep(PolicyFile.maxDepth)) }
      flowDepth += 1
      at += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      flowDepth -= 1
      at += 1
    case UInt8(ascii: ","), UInt8(ascii: ":"): at += 1
    case UInt8(ascii: "\""), UInt8(ascii: "'"): try readQuoted()
    default:
      try checkStart()
      readFlowText()
      openFlowText = true
    }
  }

  /// Unquoted text within brackets ends at each of them and at commas, too.
  private mutating func readFlowText() {
    while let byte = peek, !",[]{}".utf8.contains(byte) {
      if byte == UInt8(ascii: ":"), isBlank(at + 1) { return }
      if byte == UInt8(ascii: "#"), text[at - 1] == UInt8(ascii: " ") { return }
      at += 1
    }
  }
}
