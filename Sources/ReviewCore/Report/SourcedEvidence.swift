/// A piece of evidence with the commit it was found in.
struct SourcedEvidence: Hashable {
  let evidence: Evidence
  /// The commit; nil for what is not committed yet.
  let commit: ObjectID?

  /// Everything behind a finding, each piece once for each commit, in the order of the commits.
  static func of(_ finding: Finding) -> [SourcedEvidence] {
    var seen: Set<SourcedEvidence> = []
    return finding.item.contributions.flatMap { contribution in
      contribution.evidence.map { SourcedEvidence(evidence: $0, commit: contribution.commit) }
    }.filter { seen.insert($0).inserted }
  }

  /// `trailer, certain, 3f2a9c1b20: Co-Authored-By: ...`, safe to print.
  func line(_ charset: Charset) -> String {
    "\(evidence.facts), \(commit?.short ?? "not committed"): "
      + charset.show(evidence.text, width: 160)
  }
}

extension Evidence {
  /// `trailer, certain`.
  var facts: String { kind.rawValue + ", " + strength.rawValue }
}
