import GitCommand
import GitKit
import ReviewCore

/// The record of edits held against the files of a change.
struct EventTraces {
  let worktree: Worktree
  let store: RecorderStore
  let state: RecorderState
  let repository: Repository
  let keys: LinePool.Keys
  private let pool: LinePool

  /// Reads the record of a worktree; nil where there is none.
  ///
  /// Throws when it cannot be had: another event keeps its turn.
  init?(_ project: Project) throws {
    guard let root = project.layout.worktree,
      HookState.hasEvents(in: project.layout.gitDirectory)
    else { return nil }
    try self.init(
      Worktree(root: root, gitDirectory: project.layout.gitDirectory),
      project.repository
    )
  }

  /// Reads the record of a worktree that has one.
  init(_ worktree: Worktree, _ repository: Repository) throws {
    guard let store = RecorderStore(worktree) else {
      throw RecorderStore.problem(of: worktree)
    }
    self.worktree = worktree
    self.store = store
    self.repository = repository
    state = store.load()
    keys = store.keys()
    pool = store.pool()
  }

  /// What is known of one file.
  enum Trace {
    /// Nothing.
    case none
    /// Somebody's hand, not which lines.
    case whole(EditMark)
    /// Line by line.
    case lines(StagedTrace)
  }

  /// What is known of a file that goes from `transition`'s old to its new version.
  ///
  /// `isPersons` says that what nobody else did since the last event is a person's: not so where git
  /// itself brought it in.
  func trace(_ transition: FileTransition, isPersons: Bool) throws -> Trace {
    let path = transition.path
    let stat = Disk.stat(worktree.place(of: path))
    guard let file = try state.files[path] ?? renamed(to: transition) else {
      return try unknown(transition, stat)
    }
    let isText = [transition.oldMode, transition.newMode].allSatisfy { $0.isFile || $0 == .absent }
    let hand = hand(on: path, file, stat, isPersons: isPersons)
    guard isText, let new = try text(transition.newID),
      var trace = StagedTrace(file, { store.content($0) ?? (try? repository.blob($0)) })
    else {
      if let mark = file.agent { return .whole(mark) }
      return hand.isAgent ? .whole(hand) : .none
    }
    trace.advance(to: new, hand: hand, path: path, pool: pool, keys: keys)
    if let old = try text(transition.oldMode.isFile ? transition.oldID : .zero) {
      recall(&trace, since: old, path)
    }
    return .lines(trace)
  }

  /// Looks for an agent's lines among those of `trace` that were there when the record began.
  func recall(_ trace: inout StagedTrace, since old: FileLines, _ path: RepositoryPath) {
    trace.recall(since: old, path: path, pool: pool, keys: keys)
  }

  func text(_ id: ObjectID) throws -> FileLines? {
    if id.isZero { return FileLines([]) }
    guard try repository.size(of: id) <= EventRecorder.mostLineBytes else { return nil }
    let bytes = try repository.blob(id)
    return bytes.contains(0) ? nil : FileLines(bytes)
  }

  /// Whose the difference is between what was seen last and what is to be committed.
  func hand(
    on path: RepositoryPath,
    _ file: TracedFile,
    _ stat: FileStat?,
    isPersons: Bool
  ) -> EditMark {
    let hand = state.hand(on: path)
    // While a call is under way, what is on disk as it was seen last is not its doing.
    if hand.isAgent, file.stat == stat { return .unknown }
    return hand == .person && !isPersons ? .unknown : hand
  }

  /// A file nobody followed: a shell may have written it, or its lines may be known from elsewhere.
  private func unknown(_ transition: FileTransition, _ stat: FileStat?) throws -> Trace {
    if let mark = shell(stat, transition) { return .whole(mark) }
    guard !pool.isEmpty, transition.newMode.isFile, let new = try text(transition.newID),
      let old = try text(transition.oldMode.isFile ? transition.oldID : .zero)
    else { return .none }
    let content: TracedFile.Content = transition.oldID.isZero ? .absent : .text(transition.oldID)
    let file = TracedFile(content, lines: old.count, stat: nil)
    guard var trace = StagedTrace(file, { try? repository.blob($0) }) else { return .none }
    trace.advance(to: new, hand: .unknown, path: transition.path, pool: pool, keys: keys)
    return trace.authors.contains { $0?.isAgent == true } ? .lines(trace) : .none
  }

  /// The shell that last touched a file, by the file system's own times.
  private func shell(_ stat: FileStat?, _ transition: FileTransition) -> EditMark? {
    if let call = state.calls.last(where: { $0.paths.contains(transition.path) }) {
      return call.mark
    }
    guard let stat else {
      return transition.isDeletion ? state.calls.last { $0.paths.isEmpty }?.mark : nil
    }
    if let call = state.calls.last(where: { $0.paths.isEmpty && stat.changed >= $0.since }) {
      return call.mark
    }
    return state.windows.last { $0.times.contains(stat.changed) }?.mark
  }

  /// A followed file that is gone in the change, and most of whose lines stand in a new one.
  private func renamed(to transition: FileTransition) throws -> TracedFile? {
    guard transition.isAddition, transition.newMode.isFile, let new = try text(transition.newID)
    else { return nil }
    let texts = Set((0..<new.count).map { new.text($0) })
    for (path, file) in state.files.sorted(by: { $0.key < $1.key }) where file.agent != nil {
      guard Disk.stat(worktree.place(of: path)) == nil, file.whole == nil else { continue }
      // The newest version with lines: a file that was seen as gone has none.
      guard case .text(let id) = file.latest, let bytes = store.content(id) else { continue }
      let old = FileLines(bytes)
      let shared = (0..<old.count).count { texts.contains(old.text($0)) }
      if shared * 2 > max(old.count, new.count) { return file }
    }
    return nil
  }
}

extension EventTraces {
  /// Everything the record says about a change that is not committed yet.
  func claims(_ transitions: [FileTransition]) throws -> SourceClaims {
    let isPersons = !worktree.isMerging && state.head == worktree.headLog
    var files: [RepositoryPath: FileClaims] = [:]
    for transition in transitions {
      switch try trace(transition, isPersons: isPersons) {
      case .none: continue
      case .whole(let mark):
        files[transition.path] = FileClaims(
          rest: FileClaim(origin: mark.origin, evidence: Self.evidence(mark))
        )
      case .lines(let trace):
        let old = transition.oldMode.isFile ? try text(transition.oldID) : FileLines([])
        files[transition.path] = FileClaims(
          trace,
          old: old ?? FileLines([]),
          evidence: Self.evidence
        )
      }
    }
    return SourceClaims(source: .events, files: files)
  }

  /// What says so.
  private static func evidence(_ mark: EditMark) -> Evidence {
    let text =
      switch mark.kind {
      case .agent: "written by \(mark.agent ?? "an agent")"
      case .mixed: "written by \(mark.agent ?? "an agent"), changed by a person"
      case .person: "written by a person"
      case .unknown: "not recorded"
      }
    let session = mark.session.map { ", session \($0.prefix(8))" } ?? ""
    let model = mark.model.map { ", model \($0)" } ?? ""
    return Evidence(
      kind: mark.isAgent ? .lines : .person,
      agent: mark.agent,
      text: Array("recorded edit: \(text)\(model)\(session)".utf8),
      strength: mark.kind == .unknown ? .weak : .certain,
      source: .events
    )
  }
}
