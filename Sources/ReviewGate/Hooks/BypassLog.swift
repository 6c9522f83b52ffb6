import ReviewCore

/// The commits and pushes that went past the gate on this machine: one line each, oldest first.
struct BypassLog {
  private let file: String

  init(_ state: HookState) { file = state.directory + "/bypassed" }

  init(_ project: Project) { file = project.stateDirectory + "/bypassed" }

  /// Adds one entry.
  func add(commit: String, reason: String, _ surroundings: Surroundings) throws {
    let time = RecordTime.text(surroundings.now) ?? ""
    let line = [commit, time, VisibleText.line(reason)].joined(separator: "\t")
    try FileBytes.append(line: line, to: file)
  }

  /// Every entry, oldest first.
  var entries: [BypassEntry] {
    guard let bytes = FileBytes.read(file) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      return BypassEntry(
        commit: String(fields[0]),
        day: String(fields[1].prefix(10)),
        reason: String(fields[2])
      )
    }
  }
}

/// `REVIEWGATE_SKIP=reason`: a person goes past a local hook, and says why.
struct SkipRequest {
  private let surroundings: Surroundings

  init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// The exit status when a skip was asked for; nil when it was not.
  ///
  /// An agent's environment cannot ask: the gate stays where it is.
  func handle(what: String, in project: Project) throws -> Int32? {
    guard let reason = surroundings.variables["REVIEWGATE_SKIP"] else { return nil }
    if surroundings.isUnderAgent { return nil }
    guard !reason.trimmingBlanks.isEmpty else {
      Output.talk(
        "reviewgate: REVIEWGATE_SKIP needs a reason: REVIEWGATE_SKIP='why' git \(what) ..."
      )
      return Failure.Status.usage.rawValue
    }
    try BypassLog(project).add(commit: "(\(what))", reason: reason, surroundings)
    HookState(surroundings).leaveReceipt()
    Output.talk(
      "reviewgate: \(what) let pass on request; recorded, shown by `reviewgate status`. CI will ask again."
    )
    return 0
  }
}
