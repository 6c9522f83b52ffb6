import GitKit
import ReviewCore

/// Takes events in: what changed on disk since the last look is the work of whoever was at work.
///
/// Between two events of agents that is a person. From the announcement of a call to its end it is
/// the agent, in the files the call names, or in all of them where it is a shell.
struct EventRecorder {
  let worktree: Worktree
  let store: RecorderStore
  private(set) var state: RecorderState
  private let keys: LinePool.Keys
  private var follower: FileFollower
  /// Whether the last scan looked at every file.
  private var sawAll = true
  private lazy var index = Self.readIndex(worktree)
  /// What git has of files that nobody had looked at before, and its settings.
  private lazy var objects = try? Repository(
    gitDirectory: String(decoding: worktree.gitDirectory, as: UTF8.self)
  )

  /// Bytes above which a file is followed as a whole.
  static let mostLineBytes = 2 << 20
  /// Files of an index that are looked at in one event.
  static let mostIndexEntries = 30_000
  /// After so many nanoseconds a call that never ended is given up.
  private static let longestCall = 12 * 3_600 * 1_000_000_000

  /// Starts from what is stored.
  init(worktree: Worktree, store: RecorderStore) {
    self.worktree = worktree
    self.store = store
    state = store.load()
    store.beginTurn()
    keys = store.keys()
    follower = FileFollower(worktree: worktree, store: store, keys: keys)
  }

  private static func readIndex(_ worktree: Worktree) -> IndexEntries? {
    let file = worktree.gitDirectory + Array("/index".utf8)
    // Before the first `git add` there is none.
    guard let bytes = Disk.read(file, limit: 256 << 20) else {
      return Disk.stat(file) == nil ? IndexEntries.none : nil
    }
    return try? IndexEntries(bytes, limit: mostIndexEntries)
  }

  // MARK: - Events

  /// Takes in one event, with the files of it that are in this worktree.
  mutating func take(_ event: AgentEvent, paths: [RepositoryPath]) {
    let now = Disk.now
    let session = keys.session(event.session)
    if let model = event.model { state.note(model: model, of: session) }
    let mark = EditMark(
      .agent,
      agent: event.agent,
      model: event.model ?? state.models[session],
      session: session
    )
    expireCalls(now)
    settle { $0.phase == .late && $0.mark.session == session }
    let call = String(keys.session("call\0" + event.session + "\0" + event.call).prefix(16))
    switch event.phase {
    case .before: begin(event.work, call, mark, paths, now)
    case .after, .failed: end(event, call, mark, paths, now)
    case .turnStart, .turnEnd:
      settle { $0.mark.session == session }
      if event.leavesTasks {
        note("background task", now)
      }
    case .other: break
    }
    finish(now)
  }

  private mutating func begin(
    _ work: AgentEvent.Work,
    _ call: String,
    _ mark: EditMark,
    _ paths: [RepositoryPath],
    _ now: Int
  ) {
    switch work {
    case .nothing: return
    case .files:
      for path in paths { look(at: path, by: hand(on: path)) }
      guard !paths.isEmpty else { return }
    case .shell:
      for found in scan() { look(at: found, by: hand(on: found.path), since: nil) }
      store.keepIndex(for: call)
    }
    state.open(
      RecorderState.Call(
        id: call,
        phase: .open,
        mark: mark,
        since: now,
        paths: work == .shell ? [] : paths
      )
    )
  }

  private mutating func end(
    _ event: AgentEvent,
    _ call: String,
    _ mark: EditMark,
    _ paths: [RepositoryPath],
    _ now: Int
  ) {
    var known = state.calls.first { $0.id == call }
    switch event.work {
    case .nothing: return
    // The end of some calls does not say again which files their beginning named.
    case .files,
      .shell where known?.paths.isEmpty == false:
      let all = paths + (known?.paths ?? []).filter { !paths.contains($0) }
      guard !all.isEmpty else { return }
      let changes = all.map { look(at: $0, by: mark) }
      // Some agents say that they have written before they write.
      let isLate = !changes.contains(true) && event.phase == .after
      known =
        known
        ?? RecorderState.Call(id: call, phase: .late, mark: mark, since: now, paths: all)
      state.calls.removeAll { $0.id == call }
      if isLate, var call = known {
        call.phase = .late
        state.open(call)
      }
    case .shell:
      if event.isBackground, var call = known {
        call.phase = .background
        state.open(call)
        return
      }
      endShell(known, mark, now)
    }
  }

  /// What changed while a shell ran is the shell's.
  private mutating func endShell(_ call: RecorderState.Call?, _ mark: EditMark, _ now: Int) {
    let since = call?.since ?? (state.seen > 0 ? state.seen : state.since)
    for found in scan() { look(at: found, by: mark, since: since) }
    if let call, let bytes = store.index(of: call.id), !movedHead {
      lookAtStaged(since: bytes, by: mark)
    }
    // Where every file was looked at, its time says nothing more.
    if !sawAll { state.add(RecorderState.Window(times: since...max(since, now), mark: mark)) }
    guard let call else { return }
    store.dropIndex(of: call.id)
    state.calls.removeAll { $0.id == call.id }
  }

  /// What a shell wrote and staged is clean again, and shows only against the index of before.
  private mutating func lookAtStaged(since bytes: [UInt8], by mark: EditMark) {
    guard let index, let old = try? IndexEntries(bytes, limit: Self.mostIndexEntries) else {
      return
    }
    for entry in index.entries where entry.mode.isFile && state.files[entry.path] == nil {
      let before = old[entry.path]
      guard before?.id != entry.id else { continue }
      firstSight(
        entry.path,
        Disk.stat(worktree.place(of: entry.path)),
        by: mark,
        gitHas: before?.id ?? .zero
      )
    }
  }

  /// Takes what is on disk as the end of the calls that `isDue` names.
  mutating func settle(_ isDue: (RecorderState.Call) -> Bool) {
    for call in state.calls where isDue(call) {
      if call.paths.isEmpty {
        endShell(call, call.mark, Disk.now)
      } else {
        for path in call.paths { look(at: path, by: call.mark) }
      }
      state.calls.removeAll { $0.id == call.id }
    }
  }

  private mutating func expireCalls(_ now: Int) {
    let old = state.calls.filter { now - $0.since > Self.longestCall }
    guard !old.isEmpty else { return }
    for call in old { store.dropIndex(of: call.id) }
    state.calls.removeAll { now - $0.since > Self.longestCall }
    note("call without end", now)
  }

  private mutating func note(_ reason: String, _ now: Int, at path: RepositoryPath? = nil) {
    state.add(RecorderState.Gap(time: now / 1_000_000_000, path: path, reason: reason))
  }

  /// Whether git moved HEAD since the state was last brought up to date.
  private var movedHead: Bool { state.head != worktree.headLog }

  /// Whose work a change is that stands on disk before a call begins.
  ///
  /// What git itself brings into the worktree is no person's writing.
  private func hand(on path: RepositoryPath) -> EditMark {
    let hand = state.hand(on: path)
    let isGit = !state.head.isEmpty && movedHead || worktree.isMerging
    return hand == .person && isGit ? .unknown : hand
  }

  private mutating func finish(_ now: Int) {
    if state.calls.isEmpty { state.files = state.files.filter { !$0.value.isUntouched } }
    state.seen = now
    state.head = worktree.headLog
    // Lines first: a state without them would take what comes back for somebody else's.
    store.add(toPool: follower.newLines)
    follower.newLines = ""
    if !store.save(state) { RecorderStore.noteGap("state not stored", in: worktree) }
  }

  // MARK: - Looking

  private mutating func scan() -> [WorktreeScan.Found] {
    guard let index else {
      sawAll = false
      return []
    }
    let stat = Disk.stat(worktree.gitDirectory + Array("/index".utf8))
    let scan = WorktreeScan(
      worktree,
      index: index,
      indexTime: stat?.modified ?? 0,
      rules: IgnoreFiles(worktree: worktree).rules(objects, tracked: index.entries),
      before: store.scanCache()
    )
    store.save(scan.cache)
    if scan.isPartial { sawAll = false }
    let known = Set(scan.found.map(\.path))
    // Files that are followed and clean again have changed too.
    let rest = state.files.keys.filter { !known.contains($0) }.sorted().map { path in
      WorktreeScan.Found(
        path: path,
        stat: Disk.stat(worktree.place(of: path)),
        entry: index[path]
      )
    }
    return scan.found + rest
  }

  /// Compares a file with what is known of it; true when it has changed.
  @discardableResult
  private mutating func look(at path: RepositoryPath, by hand: EditMark) -> Bool {
    let stat = Disk.stat(worktree.place(of: path))
    let entry = index?[path]
    return look(at: WorktreeScan.Found(path: path, stat: stat, entry: entry), by: hand, since: nil)
  }

  /// `since` is when the hand went to work: what nobody knew and is older is not its doing.
  @discardableResult
  private mutating func look(
    at found: WorktreeScan.Found,
    by hand: EditMark,
    since: Int?
  ) -> Bool {
    if state.files[found.path] != nil { return followed(found, by: hand) }
    guard let stat = found.stat else {
      guard let entry = found.entry, hand.isAgent else { return false }
      return firstSight(found.path, nil, by: hand, gitHas: entry.id)
    }
    let isOld = since.map { stat.changed < $0 } ?? false
    return firstSight(
      found.path,
      stat,
      by: isOld && hand.isAgent ? .unknown : hand,
      gitHas: found.entry?.id ?? .zero
    )
  }

  private mutating func followed(_ found: WorktreeScan.Found, by hand: EditMark) -> Bool {
    guard var file = state.files[found.path], file.stat != found.stat else { return false }
    let content = follower.read(found.path, found.stat)
    if !hand.isAgent, movedHead, case .text(let bytes) = content,
      ObjectID.ofBlob(bytes) == committed(found.path)
    {
      // Git put back what is committed, in place of nobody's lines.
      follower.leave(file, found.path, for: bytes)
      state.files[found.path] = follower.make(content, found.stat)
      return true
    }
    let changed = follower.advance(&file, found.path, to: content, by: hand)
    file.stat = found.stat
    state.files[found.path] = file
    return changed
  }

  /// What HEAD has of a file; nil when it has none, or cannot be read.
  private mutating func committed(_ path: RepositoryPath) -> ObjectID? {
    guard let objects, let head = try? objects.target(of: "HEAD"),
      let tree = try? objects.commit(head).tree
    else { return nil }
    return try? objects.entry(at: path, in: tree)?.id
  }

  /// A file nobody knew: a person's is taken as it is, an agent's is held against what git has.
  @discardableResult
  private mutating func firstSight(
    _ path: RepositoryPath,
    _ stat: FileStat?,
    by hand: EditMark,
    gitHas id: ObjectID
  ) -> Bool {
    let content = follower.read(path, stat)
    if case .text(let bytes) = content, ObjectID.ofBlob(bytes) == id, hand.isAgent { return false }
    if var moved = moved(to: path, content) {
      let changed = follower.advance(&moved, path, to: content, by: hand)
      moved.stat = stat
      state.files[path] = moved
      return changed
    }
    guard state.files.count < RecorderState.mostFiles else {
      note("too many files", Disk.now, at: path)
      return false
    }
    var file = follower.make(content, stat)
    if hand.isAgent {
      if file.base == .opaque { file.whole = hand }
      if id.isZero, case .text(let bytes) = content, let blob = store.keep(bytes) {
        file = TracedFile(.absent, lines: 0, stat: stat)
        let lines = FileLines(bytes).count
        file.trail.apply(LineDiff.spans(FileLines([]), FileLines(bytes))) { _ in
          ([EditMark](repeating: hand, count: lines), hand)
        }
        file.latest = .text(blob)
        follower.remember(FileLines(bytes), path, hand)
      } else if !id.isZero, file.base != .opaque {
        file = advanced(from: id, path, content, stat, by: hand)
      }
    } else if hand.kind == .person, let stat, stat.modified > state.since {
      if case .text(let bytes) = content, ObjectID.ofBlob(bytes) != id { file.isBasePersons = true }
    }
    state.files[path] = file
    return hand.isAgent
  }

  /// What git has, and what the agent made of it.
  private mutating func advanced(
    from id: ObjectID,
    _ path: RepositoryPath,
    _ content: FileFollower.Reading,
    _ stat: FileStat?,
    by hand: EditMark
  ) -> TracedFile {
    guard let objects, let size = try? objects.size(of: id), size <= Self.mostLineBytes,
      let bytes = try? objects.blob(id), !bytes.contains(0), let blob = store.keep(bytes)
    else {
      // Seen from the version git has when there is one at hand: at the commit.
      var file = follower.make(content, stat)
      file.prior = TracedFile.Prior(blob: id, mark: hand)
      if case .text(let bytes) = content { follower.remember(FileLines(bytes), path, hand) }
      return file
    }
    var file = TracedFile(.text(blob), lines: FileLines(bytes).count, stat: stat)
    _ = follower.advance(&file, path, to: content, by: hand)
    return file
  }

  /// A file that is gone and most of whose lines stand in a new one: it was renamed.
  private func moved(to path: RepositoryPath, _ content: FileFollower.Reading) -> TracedFile? {
    guard case .text(let bytes) = content else { return nil }
    // Nearly every file is untouched or still there: only the rest is put in order.
    var gone: [(path: RepositoryPath, id: ObjectID)] = []
    for (old, file) in state.files where !file.isUntouched && file.whole == nil {
      if case .text(let id) = file.latest, Disk.stat(worktree.place(of: old)) == nil {
        gone.append((old, id))
      }
    }
    guard !gone.isEmpty else { return nil }
    let new = FileLines(bytes)
    let texts = Set((0..<new.count).map { new.text($0) })
    for (old, id) in gone.sorted(by: { $0.path < $1.path }) {
      guard let before = store.content(id) else { continue }
      let lines = FileLines(before)
      let shared = (0..<lines.count).count { texts.contains(lines.text($0)) }
      if shared * 2 > max(lines.count, new.count) { return state.files[old] }
    }
    return nil
  }
}
