extension Policy {
  /// Who may let code land unread, and for how long.
  package struct Override: Hashable, Sendable {
    /// The people who may, by their names in the roster; empty for everybody who may review.
    package var by: [String] = []
    /// The most days one may hold; 0 when nobody may.
    package var maxDays = 14
    /// How many different people must agree.
    package var approvals = 1

    /// Creates the default: one reviewer, two weeks.
    package init() {}

    /// Whether a record may let anything pass at all.
    ///
    /// The claimed time cannot stretch it: what holds longer from now than the policy lets anything
    /// hold does not hold yet. `now` is nil where history is looked at.
    func admits(_ stored: StoredRecord, now: Int?) -> Bool {
      let record = stored.record
      guard record.verdict == .override, maxDays > 0,
        let until = record.until.flatMap(RecordTime.seconds),
        let made = RecordTime.seconds(record.createdAt)
      else { return false }
      let longest = maxDays * 86_400
      guard until - made <= longest, isAmong(stored.proof.names) else { return false }
      guard let now else { return true }
      return now < until && until - now <= longest
    }

    private func isAmong(_ names: Set<String>) -> Bool {
      by.isEmpty || by.contains { names.contains($0.lowercased()) }
    }
  }
}
