/// An address found in the value of a trailer, brackets or not.
struct AddressToken {
  /// What kind of mailbox it can be.
  enum Reach {
    /// Some person or service could receive mail there.
    case mailbox
    /// A name reserved for examples or local machines.
    case reserved
    /// No mailbox at all.
    case none
  }

  /// The address in lower case.
  let text: String
  /// Where it starts in the value.
  let start: Int

  /// All tokens with an `@` inside, in lower-case bytes.
  static func all(in value: [UInt8]) -> [AddressToken] {
    var result: [AddressToken] = []
    var index = 0
    while index < value.count {
      while index < value.count, isDelimiter(value[index]) { index += 1 }
      let start = index
      var hasAt = false
      while index < value.count, !isDelimiter(value[index]) {
        hasAt = hasAt || (value[index] == UInt8(ascii: "@") && index > start)
        index += 1
      }
      guard hasAt else { continue }
      result.append(AddressToken(text: clean(value[start..<index]), start: start))
    }
    return result
  }

  /// The service the whole address or the slug belongs to.
  static func service(_ address: String) -> AgentCatalogue.Hit? {
    if let hit = AgentCatalogue.emails[address] { return hit }
    return slug(address).flatMap { AgentCatalogue.slugs[$0] }
  }

  /// The account of a GitHub no-reply address, without the digits before `+`.
  static func slug(_ address: String) -> String? {
    guard let at = address.lastIndex(of: "@") else { return nil }
    let domain = address[address.index(after: at)...]
    guard domain == "users.noreply.github.com" || domain == "users" else { return nil }
    let local = address[..<at]
    guard let plus = local.firstIndex(of: "+"), local[..<plus].allSatisfy(\.isNumber) else {
      return String(local)
    }
    return String(local[local.index(after: plus)...])
  }

  /// The part before the last `@`.
  var local: Substring { text.lastIndex(of: "@").map { text[..<$0] } ?? text[...] }

  var reach: Reach { Self.reach(text) }

  static func reach(_ address: String) -> Reach {
    guard let at = address.lastIndex(of: "@") else { return .none }
    // A stranger owns the first; the other is every new Raspberry Pi.
    if address == "codex@example.com" || address.contains("raspberry") { return .mailbox }
    let labels = address[address.index(after: at)...].split(separator: ".")
    guard labels.count > 1, let last = labels.last else { return .reserved }
    if last == "invalid" { return .none }
    let isReserved = reservedEnds.contains(String(last)) || labels.suffix(2).first == "example"
    return isReserved ? .reserved : .mailbox
  }

  private static let reservedEnds: Set<String> = [
    "local", "localhost", "localdomain", "test", "example", "lan", "internal",
  ]

  private static func clean(_ token: ArraySlice<UInt8>) -> String {
    var token = token
    if token.starts(with: Array("mailto:".utf8)) { token = token.dropFirst(7) }
    while let last = token.last, last == UInt8(ascii: ".") || last == UInt8(ascii: ":") {
      token = token.dropLast()
    }
    return String(decoding: token, as: UTF8.self)
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"), 0xff:
      true
    default: false
    }
  }
}
