/// Stored records as lists and `show` print them: one line each, with what is proven.
package enum RecordReport {
  private static let idDigits = 12

  /// A record that can be read: id, time, verdict, strength, person, key, size and paths.
  package static func line(_ stored: StoredRecord, isWithdrawn: Bool = false) -> String {
    let record = stored.record
    let hunks = record.files.reduce(0) { $0 + $1.hunks.reduce(0) { $0 + $1.count } }
    let cells: [String?] = [
      short(stored.id),
      VisibleText.line(record.createdAt),
      isWithdrawn ? "withdrawn" : record.verdict.rawValue,
      stored.strength.rawValue + (record.presentation.bulk ? ",bulk" : ""),
      VisibleText.line(stored.person),
      stored.proof.key?.fingerprint,
      Count.of(hunks, "hunk"),
      record.files.map(\.path.display).joined(separator: " "),
    ]
    return cells.compactMap { $0 }.joined(separator: "  ")
  }

  /// A record that does not count, and why.
  package static func line(_ id: String, ignored reason: LedgerWarning.Reason) -> String {
    short(id) + "  does not count: " + reason.description
  }

  /// What is proven about one record, over several lines.
  package static func proof(_ stored: StoredRecord) -> [String] {
    var lines = ["\(stored.strength.rawValue): \(stored.strength.meaning)"]
    lines.append("by \(VisibleText.line(stored.person))")
    guard let key = stored.proof.key else { return lines + ["no signature"] }
    lines.append("key \(key.fingerprint) (\(key.kind.rawValue))")
    if let flags = key.presence.flags, let counter = key.presence.counter {
      lines.append("hardware flags 0x\(Hex.encode([flags])), counter \(counter)")
    }
    if !key.isListed { lines.append("the signature holds, but no roster says whose key it is") }
    return lines
  }

  private static func short(_ id: String) -> String {
    String(id.dropFirst("sha256:".count).prefix(idDigits))
  }
}
