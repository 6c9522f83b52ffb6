/// Looks at how often hardware keys say that they have signed.
enum HardwareCounters {
  /// A warning for each key whose counter is lower in a later record than in an earlier one.
  ///
  /// Times are declared and records of one second have no order, so this only ever warns. A key
  /// that does not count says 0.
  static func warnings(_ records: [StoredRecord]) -> [LedgerWarning] {
    var uses: [String: [(time: String, counter: UInt32, source: String)]] = [:]
    for stored in records {
      guard let key = stored.proof.key, let counter = key.presence.counter, counter > 0 else {
        continue
      }
      let use = (time: stored.record.createdAt, counter: counter, source: stored.source)
      uses[key.fingerprint, default: []].append(use)
    }
    return uses.compactMap { fingerprint, uses in
      let sorted = uses.sorted {
        ($0.time, $0.counter, $0.source) < ($1.time, $1.counter, $1.source)
      }
      var highest: UInt32 = 0
      for use in sorted {
        if use.counter < highest {
          let reason = LedgerWarning.Reason.counterWentBack(key: fingerprint)
          return LedgerWarning(source: use.source, reason: reason)
        }
        highest = max(highest, use.counter)
      }
      return nil
    }
  }
}
