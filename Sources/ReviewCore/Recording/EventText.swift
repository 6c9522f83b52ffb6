/// Fields of the record's files: one line of printable ASCII each, whatever they hold.
enum EventText {
  /// Everything outside printable ASCII, and `%`, becomes `%NN`.
  static func escape(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      if byte > 0x20, byte < 0x7f, byte != UInt8(ascii: "%") {
        text.append(byte)
      } else {
        text += ("%" + Hex.encode([byte])).utf8
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads what `escape` wrote; nil when it cannot have.
  static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    PercentEscaped.decode(String(text))
  }

  /// The fields of a line.
  static func fields(_ line: ArraySlice<UInt8>) -> [String] {
    line.split(separator: 0x09, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

extension EditMark {
  /// How many fields a mark takes.
  static let fieldCount = 4

  /// Kind, agent, model and session.
  var fields: [String] {
    [kind.rawValue, agent ?? "", model ?? "", session ?? ""].map { EventText.escape($0.utf8) }
  }

  /// Reads what `fields` wrote.
  init?(fields: some Collection<String>) {
    let texts = fields.map { EventText.bytes($0).map { String(decoding: $0, as: UTF8.self) } }
    guard texts.count == Self.fieldCount, let kind = texts[0].flatMap(Kind.init) else { return nil }
    func value(_ index: Int) -> String? { texts[index].flatMap { $0.isEmpty ? nil : $0 } }
    self.init(kind, agent: value(1), model: value(2), session: value(3))
  }
}
