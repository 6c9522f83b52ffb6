/// The lines of one `.gitattributes` file that say something about `linguist-generated`.
///
/// What is not understood never calls anything generated, and what takes the attribute back is
/// taken as widely as it could be meant.
struct AttributeFile: Hashable, Sendable {
  /// What a line says about the attribute.
  enum State: Hashable, Sendable {
    /// `linguist-generated`, or `=true`.
    case set
    /// `-linguist-generated`, `=false`, `!linguist-generated`, or a value of another meaning.
    case cleared
  }

  /// One line.
  struct Line: Hashable, Sendable {
    /// The pattern as it was written.
    let text: String
    /// The paths, from the folder of the file; nil for all.
    let pattern: Glob?
    let state: State
  }

  private(set) var lines: [Line] = []
  /// The attribute as names of several attributes set it, which the root may define.
  private(set) var macros: [String: State]

  private static let attribute = "linguist-generated"
  private static let definition = Array("[attr]".utf8)
  /// Git ignores longer lines (`ATTR_MAX_LINE_LENGTH`).
  private static let maxLine = 2048
  /// A file above this is not read; then nothing below its folder is generated.
  private static let maxBytes = 1 << 20

  init(_ bytes: [UInt8], isRoot: Bool, macros: [String: State]) {
    self.macros = macros
    guard bytes.count <= Self.maxBytes else {
      lines = [Line(text: "", pattern: nil, state: .cleared)]
      return
    }
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.count < Self.maxLine {
      read(line, isRoot: isRoot)
    }
  }

  /// The last line that is about a path, named from the folder of the file.
  func decision(about path: RepositoryPath) -> Line? {
    lines.last { $0.pattern?.matches(path) ?? true }
  }

  private mutating func read(_ line: ArraySlice<UInt8>, isRoot: Bool) {
    var rest = line.drop(while: Self.isBlank)
    guard let first = rest.first, first != UInt8(ascii: "#") else { return }
    let name = Self.takePattern(&rest)
    let words = rest.split(whereSeparator: Self.isBlank).map { String(decoding: $0, as: UTF8.self) }
    guard let state = state(of: words) else { return }
    if name.starts(with: Self.definition) {
      let macro = String(decoding: name.dropFirst(Self.definition.count), as: UTF8.self)
      if isRoot { macros[macro] = state }
      return
    }
    // A pattern for a folder is about no file, and a negative one is a mistake that git passes over.
    guard name.last != UInt8(ascii: "/"), name.first != UInt8(ascii: "!") else { return }
    let text = String(validating: name, as: UTF8.self)
    let pattern = text.flatMap { try? Glob($0) }
    guard pattern != nil || state == .cleared else { return }
    lines.append(Line(text: text ?? VisibleText.line(name), pattern: pattern, state: state))
  }

  /// What the last word about the attribute says; nil when none is.
  private func state(of words: [String]) -> State? {
    var state: State?
    for word in words {
      switch word {
      case Self.attribute, Self.attribute + "=true": state = .set
      case "-" + Self.attribute, "!" + Self.attribute: state = .cleared
      case _ where word.hasPrefix(Self.attribute + "="): state = .cleared
      default: state = macro(word) ?? state
      }
    }
    return state
  }

  /// What a name of several attributes says; taking it back keeps earlier lines from counting.
  private func macro(_ word: String) -> State? {
    guard !macros.isEmpty else { return nil }
    if let state = macros[word] { return state }
    let name = word.drop { $0 == "-" || $0 == "!" }.prefix { $0 != "=" }
    return macros[String(name)] == nil ? nil : .cleared
  }

  /// Takes the pattern off a line: up to a blank, or a string in quotes as git writes it.
  private static func takePattern(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    guard rest.first == UInt8(ascii: "\"") else {
      let name = rest.prefix { !isBlank($0) }
      rest = rest.dropFirst(name.count)
      return Array(name)
    }
    let whole = rest
    var name: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return name }
      guard byte == UInt8(ascii: "\\") else {
        name.append(byte)
        continue
      }
      // Other escapes of C stand for bytes that no pattern needs: the line is not understood.
      guard let next = rest.popFirst(), next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\")
      else { break }
      name.append(next)
    }
    rest = whole.drop { !isBlank($0) }
    return Array("!".utf8)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
