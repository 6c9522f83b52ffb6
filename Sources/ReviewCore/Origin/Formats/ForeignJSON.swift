/// A JSON document that another program wrote.
///
/// Read leniently where strictness would hide something: keys may stand twice, and text need not be
/// UTF-8. Read within bounds: values that nobody asks for are passed over without being built.
enum ForeignJSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A whole number; nil for any other.
  case number(Int?)
  /// The bytes between the quotes, with escapes resolved.
  case string([UInt8])
  case array([ForeignJSON])
  case object([Member])

  /// One member of an object, in its order.
  struct Member: Hashable, Sendable {
    let key: [UInt8]
    let value: ForeignJSON
  }

  /// Reads a document; nil when it is malformed, too deep or too large.
  ///
  /// The values of `skipped` keys are checked for balance alone and read as null.
  static func parse(
    _ bytes: ArraySlice<UInt8>,
    skipping skipped: [String] = []
  ) -> ForeignJSON? {
    var parser = ForeignJSONParser(bytes, skipping: skipped)
    return parser.document()
  }

  /// The last member of that name, as most readers take it.
  subscript(_ key: String) -> ForeignJSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key.isText(key) }?.value
  }

  /// The first of these names that is there.
  subscript(any keys: String...) -> ForeignJSON? {
    keys.lazy.compactMap { self[$0] }.first { $0 != .null }
  }

  /// The members of every object of that name, for what must not be hidden by a second one.
  func members(of key: String) -> [Member] {
    guard case .object(let members) = self else { return [] }
    var found: [Member] = []
    for place in members.indices where members[place].key.isText(key) {
      if case .object(let inner) = members[place].value { found += inner }
    }
    return found
  }

  /// The elements of every array of that name.
  func items(of key: String) -> [ForeignJSON] {
    guard case .object(let members) = self else { return [] }
    var found: [ForeignJSON] = []
    for place in members.indices where members[place].key.isText(key) {
      if case .array(let items) = members[place].value { found += items }
    }
    return found
  }

  /// The bytes of a string.
  var bytes: [UInt8]? { if case .string(let bytes) = self { bytes } else { nil } }

  /// A string as text, invalid bytes replaced.
  var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  /// A whole number.
  var integer: Int? { if case .number(let value) = self { value } else { nil } }

  /// The elements of an array; none for anything else.
  var items: [ForeignJSON] { if case .array(let items) = self { items } else { [] } }
}

extension [UInt8] {
  /// Whether these are the bytes of a text; most names differ in length already.
  func isText(_ text: String) -> Bool {
    count == text.utf8.count && elementsEqual(text.utf8)
  }
}
