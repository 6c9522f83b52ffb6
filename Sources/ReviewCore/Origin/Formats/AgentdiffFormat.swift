/// agentdiff: Agent Trace records in references of its own, one for each branch and one for all.
package struct AgentdiffFormat: AttributionFormat {
  /// What its claims are called.
  package let source = OriginSource.agentdiff

  private static let file = RepositoryPath("traces.jsonl")

  /// Whether there are references of its own.
  package func isUsed(in store: some AttributionStore) throws -> Bool {
    try !references(store).isEmpty
  }

  private func references(_ store: some AttributionStore) throws -> [String] {
    try store.references(below: "refs/agentdiff/").filter {
      $0 == "refs/agentdiff/meta" || $0.hasPrefix("refs/agentdiff/traces/")
    }
  }

  /// Reads everything that says something about a commit.
  package func report(
    on commit: AttributedCommit,
    _ store: some AttributionStore
  ) throws -> SourceReport {
    let all = try references(store)
    guard !all.isEmpty else { return .notHere(source) }
    let info = commit.info
    let paths = try store.changedPaths(of: info)
    var claims: [SourceClaims] = []
    for reference in all {
      guard let file = try store.file(Self.file, in: reference) else { continue }
      let (traces, reason) = try store.traces(of: file)
      guard let traces else {
        claims.append(.unreadable(source, at: reference, commit: info.id, reason))
        continue
      }
      // These records are made after the commit, name it, and have the lines of its version.
      var reader = TraceClaims(source: source, place: reference, base: [], paths: paths)
      reader.isExact = true
      let found = reader.claims(traces.records(about: [info.id]), of: traces, about: info.id)
      if !found.isEmpty { claims.append(found) }
    }
    return SourceReport(source: source, places: all, claims: claims)
  }
}
