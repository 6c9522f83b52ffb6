extension Judge {
  /// The approvals that could cover something here, to be asked whether they have landed already, with
  /// the hunks that they could cover.
  package func relevant(
    to candidate: Candidate
  ) -> (entries: [ReviewLedger.Entry], hunks: [HunkFingerprint: Hunk]) {
    var entries: [ReviewLedger.Entry] = []
    // A fingerprint says which file its hunk is of.
    var hunks: [HunkFingerprint: Hunk] = [:]
    for file in candidate.files {
      let path = file.change.transition.path
      let known = ledger.approved(path)
      guard !known.isEmpty else { continue }
      let needy = file.items.map { ($0, self.needy($0, at: path)) }
        .filter { !$0.1.isEmpty }
      guard !needy.isEmpty else { continue }
      for (item, contributions) in needy {
        let own = ReviewUnit(change: file.change, hunk: item.hunk)
        for unit in [own] + contributions.compactMap(\.unit) {
          guard let hunk = unit.hunk else { continue }
          hunks[HunkFingerprint.of(hunk: hunk, in: unit.change.transition)] = hunk
        }
      }
      entries += known.filter { entry in
        entry.file.complete || entry.file.hunks.contains { hunks[$0.fingerprint] != nil }
      }
    }
    return (entries, hunks)
  }

  /// The review that one step between two trees rests on, when people approved all of it.
  ///
  /// `steps` holds every file of the step. The records are bound to both trees, so each of them
  /// shows how everything in it belongs together.
  package func approval(
    ofAll steps: [FileTransition],
    by records: [StoredRecord],
    people: Set<String>
  ) -> ReviewReference? {
    let full = records.filter { $0.record.approvesAll(of: steps) }
    var weakest: ReviewReference?
    for step in steps {
      let coverage = coverage(of: step.path, people: people)
      var tally = Tally(approvals: coverage.requirement.approvals)
      for stored in full {
        guard let file = stored.record.files.first(where: { $0.path == step.path }) else {
          continue
        }
        let entry = ReviewLedger.Entry(stored: stored, file: file)
        guard !coverage.isRejected(entry), !hasLanded(entry) else { continue }
        tally.add(stored, rule: .replay, problem: coverage.problem(with: entry))
      }
      guard let review = tally.accepted else { return nil }
      weakest = ReviewReference.weaker(weakest, review)
    }
    return weakest
  }

  /// Whether any hunk of a file has landed since its record.
  private func hasLanded(_ entry: ReviewLedger.Entry) -> Bool {
    entry.file.hunks.contains { hunk in
      let hunk = ReviewLedger.HunkEntry(stored: entry.stored, file: entry.file, hunk: hunk)
      return landings.count(of: hunk) > 0
    }
  }
}

extension ReviewRecord {
  /// Whether this approves every file of a step as a whole, by its modes and objects.
  fileprivate func approvesAll(of steps: [FileTransition]) -> Bool {
    guard verdict == .approved, scope == .full, files.count == steps.count else { return false }
    var known: [RepositoryPath: ReviewedFile] = [:]
    for file in files where file.complete { known[file.path] = file }
    return steps.allSatisfy { step in
      guard let file = known[step.path] else { return false }
      return file.oldMode == step.oldMode && file.newMode == step.newMode
        && (file.old?.gitBlob ?? .zero) == step.oldID && (file.new?.gitBlob ?? .zero) == step.newID
    }
  }
}
