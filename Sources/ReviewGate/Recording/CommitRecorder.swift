import GitCommand
import GitKit
import ReviewCore

/// After a commit: writes down who wrote its lines, and lets the record go on from it.
struct CommitRecorder {
  let project: Project
  /// Whether `git commit` made it; what git itself replays is nobody's writing here.
  let isCommit: Bool

  /// Seconds after which a shell's time is of no use any more.
  private static let keptSeconds = 7 * 86_400

  /// Records HEAD.
  func record() async throws {
    guard let traces = try EventTraces(project),
      let head = try project.repository.target(of: "HEAD")
    else { return }
    let repository = project.repository
    let info = try repository.commit(head)
    let base = try info.parents.first.map { try repository.commit($0).tree } ?? .emptyTree
    let transitions = try repository.transitions(from: base, to: info.tree)
    let note = try note(info, transitions, traces)
    if !note.isEmpty {
      try NotesRef(repository, reference: AttributionNote.reference).update(
        [head],
        by: info.committer,
        time: Int64(project.surroundings.now)
      ) { _, old in
        var joined = AttributionNote(reading: old ?? [])
        joined.unite(note)
        return joined.text(for: head)
      }
    }
    try goOn(from: info, traces)
  }

  /// Whether what nobody else did is a person's, and nothing that git brought in.
  private func isPersons(_ info: CommitInfo, _ traces: EventTraces) -> Bool {
    isCommit && info.parents.count < 2 && !traces.store.hasOthersWork
  }

  private func note(
    _ info: CommitInfo,
    _ transitions: [FileTransition],
    _ traces: EventTraces
  ) throws -> AttributionNote {
    var note = AttributionNote()
    let isPersons = isPersons(info, traces)
    for transition in transitions {
      let old = try traces.text(transition.oldMode.isFile ? transition.oldID : .zero)
      switch try traces.trace(transition, isPersons: isPersons) {
      case .none: continue
      case .whole(let mark) where transition.isDeletion:
        let lines = [EditMark?](repeating: mark, count: old?.count ?? 0)
        note.addRemoved(lines, in: transition.path)
      case .whole(let mark):
        // All of its lines, as far as it has any: claims about others say nothing.
        guard mark.isAgent else { continue }
        let lines = FileLines((try? project.repository.blob(transition.newID)) ?? []).count
        note.add([EditMark?](repeating: mark, count: lines), in: transition.path, person: nil)
      case .lines(let trace):
        if let old { note.addRemoved(trace.removers(of: old), in: transition.path) }
        let authors = trace.authors
        guard authors.contains(where: { $0 != nil }) else { continue }
        note.add(authors, in: transition.path, person: isPersons ? info.author : nil)
      }
    }
    return note
  }

  /// What is committed is nobody's edit any more; the rest waits for the next commit.
  private func goOn(from info: CommitInfo, _ traces: EventTraces) throws {
    var state = traces.state
    var follower = FileFollower(
      worktree: traces.worktree,
      store: traces.store,
      keys: traces.keys
    )
    let isPersons = isPersons(info, traces)
    for (path, file) in traces.state.files.sorted(by: { $0.key < $1.key }) {
      let seen = seen(file, path, traces, &follower, isPersons: isPersons)
      state.files[path] = try rebased(seen, path, info.tree, traces)
    }
    traces.store.add(toPool: follower.newLines)
    traces.store.forgetOthersWork()
    let now = project.surroundings.now
    state.windows.removeAll { $0.times.upperBound / 1_000_000_000 < now - Self.keptSeconds }
    let files = state.files
    state.gaps.removeAll { gap in gap.path.map { files[$0] == nil } ?? files.isEmpty }
    state.head = traces.worktree.headLog
    traces.store.save(state)
    traces.store.removeOrphans(state)
  }

  /// The file as it is on disk now: what was written and taken back since the last event is over.
  private func seen(
    _ file: TracedFile,
    _ path: RepositoryPath,
    _ traces: EventTraces,
    _ follower: inout FileFollower,
    isPersons: Bool
  ) -> TracedFile {
    let stat = Disk.stat(traces.worktree.place(of: path))
    guard stat != file.stat else { return file }
    var file = file
    let hand = traces.hand(on: path, file, stat, isPersons: isPersons)
    _ = follower.advance(&file, path, to: follower.read(path, stat), by: hand)
    file.stat = stat
    return file
  }

  private func rebased(
    _ file: TracedFile,
    _ path: RepositoryPath,
    _ tree: ObjectID,
    _ traces: EventTraces
  ) throws -> TracedFile? {
    let repository = project.repository
    let entry = try repository.entry(at: path, in: tree)
    // Renamed or deleted, and committed so.
    if entry == nil, Disk.stat(traces.worktree.place(of: path)) == nil { return nil }
    let bytes = try entry.flatMap { $0.mode.isFile ? try repository.blob($0.id) : nil }
    guard var trace = StagedTrace(file, { traces.store.content($0) ?? (try? repository.blob($0)) })
    else {
      // A file without lines stays somebody's until it is committed as it is.
      let isSame = entry.map { Disk.blobID(traces.worktree.place(of: path)) == $0.id } ?? false
      return isSame || entry == nil && file.latest == .absent ? nil : file
    }
    // Lines that `reset --soft` brought back were there when the record began.
    traces.recall(&trace, since: FileLines(bytes ?? []), path)
    var result = TracedFile(.absent, lines: 0, stat: file.stat)
    if let bytes {
      guard let blob = traces.store.keep(bytes) else { return file }
      result.base = .text(blob)
    }
    result.trail = trace.rebased(on: FileLines(bytes ?? []))
    result.latest = file.latest
    let isSame = result.base == result.latest && result.trail.isUntouched
    return isSame || result.trail.isUntouched && traces.state.calls.isEmpty ? nil : result
  }
}

extension Disk {
  /// The name git gives what a file holds now; nil for anything but an ordinary file of any usual size.
  static func blobID(_ path: [UInt8]) -> ObjectID? {
    Disk.read(path, limit: 64 << 20).map { ObjectID.ofBlob($0) }
  }
}
