/// A value in a service's answer, and where it stands, to be asked for what must be there.
struct ForgeFields {
  private let json: StrictJSON
  private let place: String
  private static let textBytes = 4_096

  init(_ json: StrictJSON, at place: String) { (self.json, self.place) = (json, place) }

  var isList: Bool { if case .array = json { true } else { false } }

  func has(_ key: String) -> Bool { member(key) != nil }

  /// What stands under a key; nil for nothing and for null.
  func optional(_ key: String) -> ForgeFields? {
    guard let value = member(key), value != .null else { return nil }
    return ForgeFields(value, at: name(key))
  }

  func required(_ key: String) throws(ForgeReviews.Problem) -> ForgeFields {
    guard let found = optional(key) else { throw .field(name(key)) }
    return found
  }

  /// The items of a list.
  func items() throws(ForgeReviews.Problem) -> [ForgeFields] {
    guard case .array(let items) = json else { throw .field(place.isEmpty ? "list" : place) }
    guard items.count <= ForgeReviews.maxEntries else { throw .tooMany(ForgeReviews.maxEntries) }
    return items.enumerated().map { ForgeFields($1, at: "\(place)[\($0)]") }
  }

  func text(_ key: String) throws(ForgeReviews.Problem) -> String {
    guard case .string(let text)? = member(key), text.utf8.count <= Self.textBytes else {
      throw .field(name(key))
    }
    return text
  }

  /// A number of an account or an entry, which are never negative.
  func number(_ key: String) throws(ForgeReviews.Problem) -> Int {
    guard case .integer(let number)? = member(key), number > 0 else { throw .field(name(key)) }
    return number
  }

  func isTrue(_ key: String) -> Bool { member(key) == .bool(true) }

  func time(_ key: String) throws(ForgeReviews.Problem) -> ForgeTime {
    guard let time = ForgeTime(try text(key)) else { throw .field(name(key)) }
    return time
  }

  private func member(_ key: String) -> StrictJSON? {
    guard case .object(let members) = json else { return nil }
    return members[Array(key.utf8)]
  }

  private func name(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }
}

/// A time as services write it (RFC 3339): with fractions of a second, and in any zone.
struct ForgeTime: Comparable {
  /// Seconds since 1970.
  let seconds: Int
  private let fraction: [UInt8]

  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    guard rest.count >= 20, rest.count <= 40,
      let whole = RecordTime.seconds(String(decoding: rest.prefix(19), as: UTF8.self) + "Z")
    else { return nil }
    rest = rest.dropFirst(19)
    var digits: [UInt8] = []
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      digits = Array(rest.prefix(while: Self.isDigit))
      guard !digits.isEmpty else { return nil }
      rest = rest.dropFirst(digits.count)
    }
    guard let offset = Self.offset(rest) else { return nil }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    (seconds, fraction) = (whole - offset, digits)
  }

  /// Seconds east of Greenwich: `Z`, `+02:00` or `-0330`.
  private static func offset(_ zone: ArraySlice<UInt8>) -> Int? {
    if zone.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
    var digits = Array(zone.dropFirst())
    if digits.count == 5, digits[2] == UInt8(ascii: ":") { digits.remove(at: 2) }
    guard let sign = zone.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      digits.count == 4, digits.allSatisfy(isDigit)
    else { return nil }
    let numbers = digits.map { Int($0) - 48 }
    let minutes = (numbers[0] * 10 + numbers[1]) * 60 + numbers[2] * 10 + numbers[3]
    guard minutes < 24 * 60, numbers[2] < 6 else { return nil }
    return (sign == UInt8(ascii: "-") ? -minutes : minutes) * 60
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func < (left: ForgeTime, right: ForgeTime) -> Bool {
    if left.seconds != right.seconds { return left.seconds < right.seconds }
    return left.fraction.lexicographicallyPrecedes(right.fraction)
  }
}
