/// Reads a script command by command: tolerant, bounded in depth, and never in error.
///
/// It follows the grammar of POSIX shells and bash far enough to find words and commands; it runs
/// nothing and knows no functions or globs.
struct ShellReader {
  let bytes: [UInt8]
  var position = 0
  /// How many substitutions may still nest.
  var depth = 24
  var isComplete = true
  /// What ends the list that is being read.
  var end: UInt8?
  /// Variables whose value the script itself writes out.
  var variables: [String: String]

  private var commands: [ShellCommand] = []
  private var current = ShellCommand()
  private var here: [HereDocument] = []
  private var bodies: [Int: String] = [:]
  private var nextBody = 0
  private var currentBodies: [Int] = []
  private var commandBodies: [Int: [Int]] = [:]

  /// A here-document whose body starts on the next line.
  private struct HereDocument {
    let id: Int
    let delimiter: String
    let stripsTabs: Bool
    let isQuoted: Bool
  }

  init(_ bytes: [UInt8], variables: [String: String]) {
    self.bytes = bytes
    self.variables = variables
  }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  func peek(_ offset: Int = 1) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  /// Everything that was read, here-documents included.
  mutating func finished() -> [ShellCommand] {
    finishCommand()
    for (index, ids) in commandBodies {
      commands[index].inputs += ids.compactMap { bodies[$0] }
    }
    return commands
  }

  /// Reads commands up to an unquoted `end`, which is consumed; nil reads all.
  mutating func list(until end: UInt8?) {
    let outer = self.end
    self.end = end
    defer { self.end = outer }
    while let byte = next {
      if byte == end {
        position += 1
        finishCommand()
        return
      }
      switch byte {
      case 0x20, 0x09, 0x0d: position += 1
      case UInt8(ascii: "\\") where peek() == 0x0a: position += 2
      case 0x0a:
        position += 1
        finishCommand()
        readHereDocuments()
      case UInt8(ascii: ";"):
        position += 1
        finishCommand()
      case UInt8(ascii: "&"): ampersand()
      case UInt8(ascii: "|"): pipe()
      case UInt8(ascii: "("): subshell()
      case UInt8(ascii: ")"):
        position += 1
        finishCommand()
      case UInt8(ascii: "#"): skipComment()
      case UInt8(ascii: "<"), UInt8(ascii: ">"): redirection()
      default: append(word())
      }
    }
    if end != nil { isComplete = false }
    finishCommand()
  }

  /// Reads what stands inside `$(…)` or backticks, without losing the command it is part of.
  mutating func nested(until end: UInt8) {
    guard depth > 0 else {
      // Deeper than anybody writes: the rest is passed over.
      isComplete = false
      position = bytes.count
      return
    }
    depth -= 1
    defer { depth += 1 }
    let (outer, outerBodies) = (current, currentBodies)
    (current, currentBodies) = (ShellCommand(), [])
    list(until: end)
    (current, currentBodies) = (outer, outerBodies)
  }

  // MARK: - Commands

  private mutating func finishCommand(isPiped: Bool = false) {
    defer {
      current = ShellCommand()
      current.isPiped = isPiped
      currentBodies = []
    }
    while let first = current.words.first, Self.keywords.contains(first) {
      current.words.removeFirst()
      takeAssignments()
    }
    guard !current.isEmpty else { return }
    if current.words.first == "for", current.words.count > 3, current.words[2] == "in" {
      remember(current.words[1], current.words[3...].joined(separator: " "))
    }
    if current.words.isEmpty {
      for set in current.assignments { remember(set.name, set.value) }
    }
    if !currentBodies.isEmpty { commandBodies[commands.count] = currentBodies }
    commands.append(current)
  }

  /// A value that doubles with each use must not fill the memory.
  private mutating func remember(_ name: String, _ value: String) {
    variables[name] = value.utf8.count <= 4_096 ? value : nil
  }

  private static let keywords: Set<String> = [
    "if", "then", "else", "elif", "fi", "do", "done", "while", "until", "!", "{", "}", "time",
    "coproc", "function",
  ]

  /// Moves `NAME=value` from the words to the assignments, where they came after a keyword.
  private mutating func takeAssignments() {
    while let first = current.words.first, let set = Self.assignment(first) {
      current.assignments.append(set)
      current.words.removeFirst()
    }
  }

  static func assignment(_ word: String) -> ShellCommand.Assignment? {
    guard let equals = word.firstIndex(of: "="), equals > word.startIndex else { return nil }
    var name = word[..<equals]
    if name.hasSuffix("+") { name = name.dropLast() }
    guard let first = name.utf8.first, !Bytes.isDigit(first), name.utf8.allSatisfy(isNameByte)
    else { return nil }
    return ShellCommand.Assignment(
      name: String(name),
      value: String(word[word.index(after: equals)...])
    )
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    Bytes.isAlphanumeric(byte) || byte == UInt8(ascii: "_")
  }

  private mutating func append(_ words: [String]) {
    for word in words {
      // `2>file`: the number is no word.
      if let byte = next, byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">"),
        word.utf8.allSatisfy(Bytes.isDigit), !word.isEmpty
      {
        continue
      }
      if current.words.isEmpty, let set = Self.assignment(word) {
        current.assignments.append(set)
      } else {
        current.words.append(word)
      }
    }
  }

  private mutating func ampersand() {
    if peek() == UInt8(ascii: ">") {
      position += 1
      redirection()
      return
    }
    position += peek() == UInt8(ascii: "&") ? 2 : 1
    finishCommand()
  }

  private mutating func pipe() {
    if peek() == UInt8(ascii: "|") {
      position += 2
      finishCommand()
    } else {
      position += peek() == UInt8(ascii: "&") ? 2 : 1
      finishCommand(isPiped: true)
    }
  }

  private mutating func subshell() {
    position += 1
    nested(until: UInt8(ascii: ")"))
  }

  private mutating func skipComment() {
    while let byte = next, byte != 0x0a { position += 1 }
  }

  // MARK: - Redirections

  private mutating func redirection() {
    let isInput = next == UInt8(ascii: "<")
    position += 1
    if next == UInt8(ascii: "(") {
      position += 1
      nested(until: UInt8(ascii: ")"))
      return
    }
    if isInput, next == UInt8(ascii: "<") {
      position += 1
      if next == UInt8(ascii: "<") {
        position += 1
        current.inputs += operand()
      } else {
        hereDocument()
      }
      return
    }
    var isOutput = !isInput
    while let byte = next, "<>|&".utf8.contains(byte) {
      isOutput = isOutput || byte == UInt8(ascii: ">")
      position += 1
    }
    let target = operand()
    if isOutput { current.outputs += target.filter { !$0.utf8.allSatisfy(Bytes.isDigit) } }
  }

  /// The word that an operator takes.
  private mutating func operand() -> [String] {
    while let byte = next, Bytes.isBlank(byte) { position += 1 }
    guard let byte = next, !Self.isMeta(byte) else { return [] }
    return word()
  }

  static func isMeta(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0a, 0x0d: true
    default: ";&|()<>".utf8.contains(byte)
    }
  }

  // MARK: - Here-documents

  private mutating func hereDocument() {
    let stripsTabs = next == UInt8(ascii: "-")
    if stripsTabs { position += 1 }
    while let byte = next, Bytes.isBlank(byte) { position += 1 }
    let start = position
    let delimiter = operand().joined(separator: " ")
    let isQuoted = bytes[start..<position].contains { "'\"\\".utf8.contains($0) }
    here.append(
      HereDocument(
        id: nextBody,
        delimiter: delimiter,
        stripsTabs: stripsTabs,
        isQuoted: isQuoted
      )
    )
    currentBodies.append(nextBody)
    nextBody += 1
  }

  private mutating func readHereDocuments() {
    let waiting = here
    here = []
    for document in waiting { bodies[document.id] = body(of: document) }
  }

  private mutating func body(of document: HereDocument) -> String {
    let delimiter = Array(document.delimiter.utf8)
    var body: [UInt8] = []
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: 0x0a) ?? bytes.count
      var line = bytes[position..<end]
      position = min(end + 1, bytes.count)
      if document.stripsTabs { line = line.drop { $0 == 0x09 } }
      if line.elementsEqual(delimiter) {
        if !document.isQuoted { readSubstitutions(in: body) }
        return String(decoding: body, as: UTF8.self)
      }
      body += line + [0x0a]
    }
    isComplete = false
    return String(decoding: body, as: UTF8.self)
  }

  /// `$(…)` in the body of a here-document runs; everything else is only text.
  private mutating func readSubstitutions(in body: [UInt8]) {
    guard depth > 0, body.contains(UInt8(ascii: "$")) || body.contains(UInt8(ascii: "`")) else {
      return
    }
    var reader = ShellReader(body, variables: variables)
    reader.depth = depth - 1
    _ = reader.quoted(until: nil)
    commands += reader.finished()
  }
}
