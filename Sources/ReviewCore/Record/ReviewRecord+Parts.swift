extension ReviewRecord {
  /// Room kept in every part for the ids in `prev` that the writer adds.
  private static let headroom = 1_024

  /// The same statement as records that each stay within the limits, numbered from `seq`.
  ///
  /// Usually that is one. Several are `partial`, since none of them shows the whole change; a file
  /// whose hunks do not fit into one part is no longer `complete` in any.
  package func parts(limits: RecordLimits = .standard) -> [ReviewRecord] {
    let pieces = pieces(limits: limits)
    guard pieces.count > 1 else { return [self] }
    return pieces.enumerated().map { index, files in
      var part = self
      part.files = files
      part.scope = .partial
      part.seq = seq + index
      return part
    }
  }

  /// The files in groups that fit, in their order.
  private func pieces(limits: RecordLimits) -> [[ReviewedFile]] {
    var pieces: [[ReviewedFile]] = []
    var open = [files]
    while let group = open.popLast() {
      if fits(group, limits: limits) {
        pieces.append(group)
      } else if let halves = Self.halves(group) {
        open += [halves.second, halves.first]
      } else {
        pieces.append(group)
      }
    }
    return pieces
  }

  private func fits(_ group: [ReviewedFile], limits: RecordLimits) -> Bool {
    guard group.count <= limits.files,
      group.reduce(0, { $0 + $1.hunks.count }) <= limits.hunks
    else { return false }
    var part = self
    part.files = group
    return RecordPayload.encode(part).count + Self.headroom <= limits.payloadBytes
  }

  /// Two halves of a group of files, or of the hunks of a single one; nil when it cannot be cut.
  private static func halves(
    _ group: [ReviewedFile]
  ) -> (first: [ReviewedFile], second: [ReviewedFile])? {
    guard group.count == 1 else {
      let middle = group.count / 2
      return group.isEmpty ? nil : (Array(group[..<middle]), Array(group[middle...]))
    }
    var (first, second) = (group[0], group[0])
    let middle = first.hunks.count / 2
    guard middle > 0 else { return nil }
    (first.complete, second.complete) = (false, false)
    first.hunks = Array(first.hunks[..<middle])
    second.hunks = Array(second.hunks[middle...])
    return ([first], [second])
  }
}
