/// The time of a record: RFC 3339 in UTC to the second, `YYYY-MM-DDThh:mm:ssZ`.
package enum RecordTime {
  private static let secondsPerDay = 86_400
  /// The years 0 to 9999, both ends at midnight.
  private static let range = -62_167_219_200..<253_402_300_800
  private static let template = Array("dddd-dd-ddTdd:dd:ddZ".utf8)

  /// The text of a time in seconds since 1970; nil outside the years 0 to 9999.
  package static func text(_ seconds: Int) -> String? {
    guard range.contains(seconds) else { return nil }
    let days = (seconds - range.lowerBound) / secondsPerDay + range.lowerBound / secondsPerDay
    let (year, month, day) = date(days: days)
    let second = seconds - days * secondsPerDay
    return "\(padded(year, 4))-\(padded(month))-\(padded(day))T"
      + "\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))Z"
  }

  /// Seconds since 1970; nil for text in another form and for dates that do not exist.
  package static func seconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == template.count else { return nil }
    for (byte, form) in zip(bytes, template) {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      guard form == UInt8(ascii: "d") ? isDigit : byte == form else { return nil }
    }
    func number(_ range: Range<Int>) -> Int {
      bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 }
    }
    let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
    let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
    let days = days(year: year, month: month, day: day)
    guard hour < 24, minute < 60, second < 60, (1...12).contains(month),
      date(days: days) == (year, month, day)
    else { return nil }
    return days * secondsPerDay + hour * 3600 + minute * 60 + second
  }

  private static func padded(_ value: Int, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  // Both ways of the proleptic Gregorian calendar, with years that begin in March so that the
  // leap day comes last: https://howardhinnant.github.io/date_algorithms.html

  private static func days(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
    let days = days + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}
