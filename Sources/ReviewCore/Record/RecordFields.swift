/// One JSON object being read as part of a record; every failure names the field.
struct RecordFields {
  private let members: [[UInt8]: StrictJSON]
  /// Where the object stands, such as `predicate.files[3]`; empty at the top.
  private let place: String
  let limits: RecordLimits

  /// Reads the members of an object; `place` is what errors call it.
  init(_ json: StrictJSON, at place: String, limits: RecordLimits) throws(RecordError) {
    guard case .object(let members) = json else { throw .invalid(field: place) }
    self.members = members
    self.place = place
    self.limits = limits
  }

  /// The full name of a member.
  func name(_ key: String) -> String { place.isEmpty ? key : place + "." + key }

  private func optional(_ key: String) -> StrictJSON? { members[Array(key.utf8)] }

  private func required(_ key: String) throws(RecordError) -> StrictJSON {
    guard let value = optional(key) else { throw .missing(field: name(key)) }
    return value
  }

  func fields(_ key: String) throws(RecordError) -> RecordFields {
    try RecordFields(required(key), at: name(key), limits: limits)
  }

  func optionalFields(_ key: String) throws(RecordError) -> RecordFields? {
    guard let value = optional(key) else { return nil }
    return try RecordFields(value, at: name(key), limits: limits)
  }

  func list(_ key: String) throws(RecordError) -> [StrictJSON] {
    guard case .array(let items) = try required(key) else { throw .invalid(field: name(key)) }
    return items
  }

  func bool(_ key: String) throws(RecordError) -> Bool {
    guard case .bool(let value) = try required(key) else { throw .invalid(field: name(key)) }
    return value
  }

  /// A whole number that is not below `minimum`.
  func count(_ key: String, from minimum: Int = 0) throws(RecordError) -> Int {
    guard case .integer(let value) = try required(key), value >= minimum else {
      throw .invalid(field: name(key))
    }
    return value
  }

  // MARK: - Text

  func optionalText(_ key: String, limit: Int? = nil) throws(RecordError) -> String? {
    guard let value = optional(key) else { return nil }
    guard case .string(let text) = value, text.utf8.count <= limit ?? limits.nameBytes else {
      throw .invalid(field: name(key))
    }
    return text
  }

  func text(_ key: String, limit: Int? = nil) throws(RecordError) -> String {
    guard let text = try optionalText(key, limit: limit) else { throw .missing(field: name(key)) }
    return text
  }

  /// Text that must not be empty.
  func identifier(_ key: String) throws(RecordError) -> String {
    let text = try text(key)
    guard !text.isEmpty else { throw .invalid(field: name(key)) }
    return text
  }

  func texts(_ key: String) throws(RecordError) -> [String] {
    var texts: [String] = []
    for item in try list(key) {
      guard case .string(let text) = item, text.utf8.count <= limits.nameBytes else {
        throw .invalid(field: name(key))
      }
      texts.append(text)
    }
    return texts
  }

  /// A list that may be left out when it is empty.
  func optionalTexts(_ key: String) throws(RecordError) -> [String] {
    optional(key) == nil ? [] : try texts(key)
  }

  func choice<Choice: RawRepresentable<String>>(_ key: String) throws(RecordError) -> Choice {
    guard let choice = Choice(rawValue: try text(key)) else { throw .invalid(field: name(key)) }
    return choice
  }

  // MARK: - Names of content

  /// Exactly `count` bytes in lower-case hexadecimal digits.
  func optionalHex(_ key: String, count: Int) throws(RecordError) -> [UInt8]? {
    guard let text = try optionalText(key) else { return nil }
    guard let bytes = LowerHex.decode(text, count: count) else { throw .invalid(field: name(key)) }
    return bytes
  }

  func optionalObject(_ key: String) throws(RecordError) -> ObjectID? {
    try optionalHex(key, count: 20).flatMap { ObjectID(rawBytes: $0) }
  }

  func object(_ key: String) throws(RecordError) -> ObjectID {
    guard let id = try optionalObject(key) else { throw .missing(field: name(key)) }
    return id
  }

  /// Ids of records, each once.
  func recordIDs(_ texts: [String], _ key: String) throws(RecordError) -> [String] {
    for text in texts where !RecordPayload.isID(text) { throw .invalid(field: name(key)) }
    guard Set(texts).count == texts.count else { throw .duplicate(field: name(key)) }
    return texts
  }
}

/// Hexadecimal digits in the one form that records use.
enum LowerHex {
  /// The bytes of exactly `2 * count` lower-case digits.
  static func decode(_ text: some StringProtocol, count: Int) -> [UInt8]? {
    guard text.utf8.count == 2 * count,
      !text.utf8.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) })
    else { return nil }
    return Hex.decode(text)
  }
}
