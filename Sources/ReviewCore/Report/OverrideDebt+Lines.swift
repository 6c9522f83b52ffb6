extension OverrideDebt {
  /// How many are listed before the rest is only counted.
  private static let most = 20

  /// The overrides that are owed a review, for people.
  static func lines(_ debts: [OverrideDebt], _ charset: Charset) -> [String] {
    let rows = debts.prefix(most).map { debt in
      let record = debt.stored.record
      let until = charset.show((record.until ?? "").utf8.prefix(10), width: 20)
      let files = record.files.map { charset.show($0.path.bytes, width: 60) }
      return [
        debt.isOver ? "ran out \(until)" : "until \(until)",
        charset.show(debt.stored.person.utf8, width: 60),
        charset.show((record.note ?? "").utf8, width: 100),
        files.prefix(3).joined(separator: " ") + (files.count > 3 ? " \(charset.ellipsis)" : ""),
      ]
    }
    let rest = debts.count - rows.count
    let more = rest > 0 ? ["  \(charset.ellipsis) and \(rest) more"] : []
    let verb = debts.count == 1 ? "is" : "are"
    return ["  \(Count.of(debts.count, "override")) \(verb) owed a review:"]
      + Columns(sides: [.left, .left, .left, .left]).lines(rows) + more
  }
}
