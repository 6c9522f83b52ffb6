/// A time in the past as people write it: so many days or weeks ago, or a day.
package enum PastTime {
  private static let day = 86_400
  /// Nobody looks further back, and larger numbers could not be counted with.
  private static let mostDays = 36_500

  /// Seconds since 1970 for `30d`, `8w` and `2026-01-31`; nil for anything else.
  package static func seconds(_ text: String, now: Int) -> Int? {
    if let seconds = RecordTime.seconds(text + "T00:00:00Z") { return seconds }
    guard let unit = text.utf8.last, let count = number(text.utf8.dropLast()) else { return nil }
    let days: Int
    switch unit {
    case UInt8(ascii: "d"): days = count
    case UInt8(ascii: "w"): days = count * 7
    default: return nil
    }
    return days <= mostDays ? now - days * day : nil
  }

  private static func number(_ digits: String.UTF8View.SubSequence) -> Int? {
    guard !digits.isEmpty, digits.count <= 6, digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
  }
}
