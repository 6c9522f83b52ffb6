/// An override whose code nobody has read since.
package struct OverrideDebt: Hashable, Sendable {
  /// The override.
  package let stored: StoredRecord
  /// Whether it lets nothing pass any more.
  package let isOver: Bool
}

extension ReviewLedger {
  /// The overrides that are still owed a review, oldest first.
  ///
  /// A review pays when it approves every file or hunk that was let pass, and is proven as well.
  package func debts(now: Int) -> [OverrideDebt] {
    records.filter { $0.record.verdict == .override && !isPaid($0) }
      .sorted { ($0.record.createdAt, $0.id) < ($1.record.createdAt, $1.id) }
      .map { stored in
        let until = stored.record.until.flatMap(RecordTime.seconds)
        return OverrideDebt(stored: stored, isOver: until.map { $0 <= now } ?? true)
      }
  }

  private func isPaid(_ debt: StoredRecord) -> Bool {
    debt.record.files.allSatisfy { file in
      let good = approved(file.path).filter { $0.stored.strength.satisfies(debt.strength) }
      if good.contains(where: { $0.file.complete && $0.file.isStep(of: file) }) { return true }
      let read = Set(good.flatMap { $0.file.hunks.map(\.fingerprint) })
      return !file.hunks.isEmpty && file.hunks.allSatisfy { read.contains($0.fingerprint) }
    }
  }
}
