extension RosterFile {
  /// What stands at the top of a roster that the program makes.
  private static let preamble = """
    # Who may review: NAME[,ALIAS...] [OPTIONS] TYPE KEY [COMMENT]. See docs/policy.md of ReviewGate.

    """

  /// The bytes of a roster with one more line; everything else stays as it is.
  package static func adding(
    _ key: SSHPublicKey,
    of names: [String],
    validBefore: String? = nil,
    comment: String = "",
    to bytes: [UInt8]?
  ) throws(RosterErrors) -> [UInt8] {
    var text = bytes ?? Array(preamble.utf8)
    if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
    let option = validBefore.map { ["valid-before=\"\($0)\""] } ?? []
    let words = [names.joined(separator: ",")] + option + [key.line]
    let line = words + (comment.isEmpty ? [] : [VisibleText.line(comment)])
    text += Array((line.joined(separator: " ") + "\n").utf8)
    _ = try parse(text)
    return text
  }

  /// The bytes of a roster that calls the keys in some lines, counted from 1, compromised.
  package static func compromising(
    lines: Set<Int>,
    after commit: ObjectID?,
    in bytes: [UInt8]
  ) throws(RosterErrors) -> [UInt8] {
    let option = "compromised" + (commit.map { "=\"\($0.hex)\"" } ?? "")
    let all = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let changed = all.enumerated().map { index, line -> [UInt8] in
      guard lines.contains(index + 1) else { return Array(line) }
      // Names have no spaces and no quotes; options follow them, separated by commas.
      let words = String(decoding: line, as: UTF8.self)
        .split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      guard words.count == 2 else { return Array(line) }
      let rest = words[1].drop { $0 == " " }
      let separator = RosterLine.beginsWithKey(rest) ? " " : ","
      return Array("\(words[0]) \(option)\(separator)\(rest)".utf8)
    }
    let text = Array(changed.joined(separator: [UInt8(ascii: "\n")]))
    _ = try parse(text)
    return text
  }

  /// The bytes of a roster without some lines, counted from 1.
  package static func removing(lines: Set<Int>, from bytes: [UInt8]) -> [UInt8] {
    let all = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let kept = all.enumerated().filter { !lines.contains($0.offset + 1) }.map(\.element)
    return Array(kept.joined(separator: [UInt8(ascii: "\n")]))
  }
}

extension Roster.Entry {
  /// The entry as a list shows it: person, kind, key, what it reaches, until when, comment.
  package func cells(now: Int) -> [String] {
    var reach = key.reach == .signed ? "signed" : "touched, verified"
    if let validAfter, now < validAfter { reach = "from \(RecordTime.text(validAfter) ?? "later")" }
    if let validBefore {
      let time = RecordTime.text(validBefore) ?? "some time"
      reach = now >= validBefore ? "expired \(time)" : reach + ", until \(time)"
    }
    switch compromised {
    case nil: break
    case .ever: reach = "compromised"
    case .after(let commit): reach = "compromised after \(commit.short)"
    }
    return [
      VisibleText.line(person), key.kind.rawValue, key.fingerprint, reach,
      VisibleText.line(comment),
    ]
  }
}
