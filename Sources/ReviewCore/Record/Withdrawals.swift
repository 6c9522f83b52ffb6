/// Splits records by what their own principals took back.
///
/// A withdrawal is final: it cannot itself be withdrawn, so the order of records never matters.
struct Withdrawals {
  private(set) var kept: [StoredRecord] = []
  private(set) var withdrawn: [StoredRecord] = []
  private(set) var warnings: [LedgerWarning] = []

  /// Applies the withdrawals among `records`, which have each id once.
  init(_ records: [StoredRecord]) {
    let subjects = records.filter { $0.record.verdict != .withdrawn }
    let byID = Dictionary(uniqueKeysWithValues: subjects.map { ($0.id, $0) })
    var gone: Set<String> = []
    for withdrawal in records where withdrawal.record.verdict == .withdrawn {
      for id in withdrawal.record.withdraws {
        guard let subject = byID[id] else { continue }
        if Self.holds(withdrawal, against: subject) {
          gone.insert(id)
        } else {
          let reason = LedgerWarning.Reason.withdrawalRefused(id)
          warnings.append(LedgerWarning(source: withdrawal.source, reason: reason))
        }
      }
    }
    kept = subjects.filter { !gone.contains($0.id) }
    withdrawn = subjects.filter { gone.contains($0.id) }
  }

  /// Whether a withdrawal takes a record back.
  ///
  /// Losing a rejection lets code pass: that needs a withdrawal proven at least as well. Losing an
  /// approval can only block, so a person who lost the hardware key may use any other key of
  /// theirs; but an unsigned withdrawal, which anybody can write, takes back no signed record.
  private static func holds(_ withdrawal: StoredRecord, against subject: StoredRecord) -> Bool {
    guard withdrawal.isByPerson(of: subject) else { return false }
    if withdrawal.strength.satisfies(subject.strength) { return true }
    return subject.record.verdict != .rejected && withdrawal.strength.satisfies(.signed)
  }
}
