/// How often a record has been used: it covers at most as many equal hunks as it listed.
///
/// Counted for each record by itself, never summed over records: a second review of the same hunk
/// must not mint a licence for a copy of it.
struct Budget {
  private struct Key: Hashable {
    let record: String
    let fingerprint: HunkFingerprint
  }

  /// The places a record already stands for, which may be asked about again.
  private var used: [Key: Set<ReviewUnit>] = [:]

  /// Takes one use of a record for a unit; false when it has none left.
  ///
  /// `landed` of them have been used before this change.
  mutating func take(
    _ entry: ReviewLedger.HunkEntry,
    for unit: ReviewUnit,
    landed: Int
  ) -> Bool {
    let key = Key(record: entry.stored.id, fingerprint: entry.hunk.fingerprint)
    var places = used[key] ?? []
    if places.contains(unit) { return true }
    guard places.count + landed < entry.hunk.count else { return false }
    places.insert(unit)
    used[key] = places
    return true
  }
}
