/// One value of a JSON text, with the place where it stands.
package struct JSONNode: Hashable, Sendable {
  /// What a value is.
  package enum Value: Hashable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number, as it is written.
    case number(String)
    /// A string without its escapes.
    case string(String)
    /// An array.
    case array([JSONNode])
    /// An object, in its order; a key may stand twice.
    case object([Member])
  }

  /// One key of an object with its value.
  package struct Member: Hashable, Sendable {
    /// The key without its escapes.
    package let key: String
    /// Where the key starts.
    package let start: Int
    /// The value.
    package let value: JSONNode
  }

  /// What it is.
  package let value: Value
  /// Its bytes in the text.
  package let range: Range<Int>

  /// The value under a key; the last one where the key stands twice, as most readers have it.
  package subscript(key: String) -> JSONNode? { members.last { $0.key == key }?.value }

  /// The members of an object; none for anything else.
  package var members: [Member] {
    guard case .object(let members) = value else { return [] }
    return members
  }

  /// The items of an array; none for anything else.
  package var items: [JSONNode] {
    guard case .array(let items) = value else { return [] }
    return items
  }

  /// The text of a string; nil for anything else.
  package var text: String? {
    guard case .string(let text) = value else { return nil }
    return text
  }

  /// Whether it is `true`.
  package var isTrue: Bool { value == .bool(true) }

  /// Where the parts of a container stand, keys included.
  var parts: [Range<Int>] {
    switch value {
    case .array(let items): items.map(\.range)
    case .object(let members): members.map { $0.start..<$0.value.range.upperBound }
    default: []
    }
  }
}

/// A JSON text that is read without losing a byte: comments and trailing commas may stand in it.
package struct JSONText: Hashable, Sendable {
  /// The text.
  package let bytes: [UInt8]
  /// The one value of the text.
  package let root: JSONNode

  /// Larger files are not configuration.
  package static let largest = 16 << 20

  /// Reads a text; a byte-order mark before it is passed over.
  package init(_ bytes: [UInt8]) throws(JSONFault) {
    guard bytes.count <= Self.largest else { throw JSONFault(.tooLarge, at: Self.largest) }
    var reader = JSONReader(bytes)
    self.bytes = bytes
    root = try reader.document()
  }

  /// Whether nothing but white space is there.
  package static func isBlank(_ bytes: [UInt8]) -> Bool {
    bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a || $0 == 0x0d }
  }

  /// Why a text is not read, and where.
  package struct JSONFault: Error, Hashable, CustomStringConvertible {
    /// What is wrong.
    package enum Kind: String, Hashable, Sendable {
      /// The text ends too early.
      case truncated = "ends too early"
      /// A byte stands where it cannot.
      case unexpected = "is not JSON"
      /// Values are nested too deeply.
      case tooDeep = "is nested too deeply"
      /// The text is too large.
      case tooLarge = "is too large"
    }

    /// What is wrong.
    package let kind: Kind
    /// The offset of the byte.
    package let offset: Int

    init(_ kind: Kind, at offset: Int) {
      self.kind = kind
      self.offset = offset
    }

    package var description: String { "\(kind.rawValue) (byte \(offset))" }
  }
}
