/// One line of a message, folded and taken apart far enough to be judged.
struct MessageLine {
  /// The line as it stands, without blanks around it.
  let raw: ArraySlice<UInt8>
  /// Whether the line began with a blank, as continued values do.
  let isIndented: Bool
  /// Whether it is the first line with text.
  let isSubject: Bool
  let folded: [UInt8]
  let lower: [UInt8]
  /// Where letters start after signs, quotes and emoji.
  let start: Int

  init(_ line: ArraySlice<UInt8>, isSubject: Bool) {
    raw = Bytes.trimmed(line)
    isIndented = line.first.map(Bytes.isBlank) ?? false
    self.isSubject = isSubject
    folded = FoldedText.fold(raw)
    lower = Bytes.lowercased(folded)
    start = Self.textStart(lower)
  }

  /// The first letter, past `:robot:` and `\U0001F916`, which stand for an emoji.
  private static func textStart(_ lower: [UInt8]) -> Int {
    let first = lower.firstIndex { Bytes.isAlphanumeric($0) } ?? lower.count
    guard first > 0, first < lower.count else { return first }
    let isName: (UInt8) -> Bool = { Bytes.isAlphanumeric($0) || $0 == 0x5f || $0 == 0x2d }
    let end = lower[first...].firstIndex { !isName($0) } ?? lower.count
    let isShortcode =
      lower[first - 1] == UInt8(ascii: ":") && end < lower.count
      && lower[end] == UInt8(ascii: ":")
    let isEscape =
      lower[first - 1] == UInt8(ascii: "\\") && lower[first] == UInt8(ascii: "u")
      && end - first >= 5 && lower[first + 1..<end].allSatisfy(Bytes.isHexDigit)
    guard isShortcode || isEscape, end - first <= 32 else { return first }
    return lower[end...].firstIndex { Bytes.isAlphanumeric($0) } ?? lower.count
  }

  /// Whether anything but blanks stands before the letters.
  var hasJunk: Bool { !lower[..<start].allSatisfy(Bytes.isBlank) }

  /// Whether the line is quoted text rather than a statement.
  var isQuoted: Bool {
    lower[..<start].contains { byte in
      byte == UInt8(ascii: ">") || byte == UInt8(ascii: "`") || byte == UInt8(ascii: "\"")
        || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "#")
    }
  }

  var startsUppercase: Bool { start < folded.count && Bytes.isUpper(folded[start]) }

  /// A line's key in normal form, and where its value starts.
  struct Key {
    let name: String
    /// Whether characters had to be dropped to make it readable.
    let isMutilated: Bool
    let valueStart: Int
    /// Whether words stand in it, as in a sentence that ends with a colon.
    var hasBlanks = false
  }

  /// The text before the first separator, if it can be a key.
  var key: Key? {
    var name: [UInt8] = []
    var isMutilated = false
    var index = start
    while index < lower.count, index - start < 80 {
      let byte = lower[index]
      switch byte {
      case UInt8(ascii: ":"):
        return Key(
          name: text(name),
          isMutilated: isMutilated,
          valueStart: index + 1,
          hasBlanks: Bytes.trimmed(lower[start..<index]).contains(where: Bytes.isBlank)
        )
      case UInt8(ascii: "="), UInt8(ascii: "#"):
        let key = text(name)
        guard key.hasSuffix("-by") else { return nil }
        return Key(name: key, isMutilated: isMutilated, valueStart: index + 1)
      case 0x80...: isMutilated = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        if name.last != UInt8(ascii: "-") { name.append(UInt8(ascii: "-")) }
      case _ where Bytes.isAlphanumeric(byte): name.append(byte)
      // Marks around the key (`**Co-authored-by**:`) hide nothing.
      case UInt8(ascii: "*"), UInt8(ascii: "`"): break
      case UInt8(ascii: "<"): return unseparated(name, at: index)
      default: isMutilated = true
      }
      index += 1
    }
    return unseparated(name, at: index)
  }

  /// `Co-authored-by Claude <…>`, the separator forgotten.
  private func unseparated(_ name: [UInt8], at index: Int) -> Key? {
    let prefix = Array("co-authored-by-".utf8)
    guard name.starts(with: prefix) else { return nil }
    return Key(
      name: "co-authored-by",
      isMutilated: true,
      valueStart: min(start + prefix.count, lower.count)
    )
  }

  private func text(_ name: [UInt8]) -> String {
    let dash = UInt8(ascii: "-")
    let trimmed = name.drop { $0 == dash }.reversed().drop { $0 == dash }.reversed()
    return String(decoding: trimmed, as: UTF8.self)
  }
}
