import ReviewCore

/// Reads files of a worktree and follows who wrote their lines from one version to the next.
struct FileFollower {
  private let worktree: Worktree
  private let store: RecorderStore
  private let keys: LinePool.Keys
  private var pool: LinePool?
  private var bytesLeft = Self.mostBytesPerEvent
  /// Lines to keep for when they come back, as the pool stores them.
  var newLines = ""

  /// Bytes that are read in one event; what is more is followed as wholes.
  private static let mostBytesPerEvent = 32 << 20

  /// Follows files of a worktree, with contents in its store.
  init(worktree: Worktree, store: RecorderStore, keys: LinePool.Keys) {
    self.worktree = worktree
    self.store = store
    self.keys = keys
  }

  /// What a file holds now.
  enum Reading {
    case absent
    case opaque
    case text([UInt8])
  }

  mutating func read(_ path: RepositoryPath, _ stat: FileStat?) -> Reading {
    guard let stat, !stat.isDirectory else { return .absent }
    guard stat.isFile, stat.size <= EventRecorder.mostLineBytes, stat.size <= bytesLeft,
      let bytes = Disk.read(worktree.place(of: path), limit: EventRecorder.mostLineBytes),
      !bytes.contains(0)
    else { return .opaque }
    bytesLeft -= bytes.count
    return .text(bytes)
  }

  /// A file as it is seen for the first time.
  func make(_ content: Reading, _ stat: FileStat?) -> TracedFile {
    switch content {
    case .absent: return TracedFile(.absent, lines: 0, stat: stat)
    case .opaque: return TracedFile(.opaque, lines: 0, stat: stat)
    case .text(let bytes):
      guard let blob = store.keep(bytes) else { return TracedFile(.opaque, lines: 0, stat: stat) }
      return TracedFile(.text(blob), lines: FileLines(bytes).count, stat: stat)
    }
  }

  /// Goes on to what is on disk now; true when it differs.
  mutating func advance(
    _ file: inout TracedFile,
    _ path: RepositoryPath,
    to content: Reading,
    by hand: EditMark
  ) -> Bool {
    let new: [UInt8]
    switch content {
    case .opaque: return becomeOpaque(&file, by: hand)
    case .absent: new = []
    case .text(let bytes): new = bytes
    }
    let old: [UInt8]?
    switch file.latest {
    case .opaque: old = nil
    case .absent: old = []
    case .text(let id): old = ObjectID.ofBlob(new) == id ? new : store.content(id)
    }
    guard let old, file.whole == nil else { return becomeOpaque(&file, by: hand) }
    let isGone = if case .absent = content { true } else { false }
    guard old != new || (file.latest == .absent) != isGone else { return false }
    follow(&file, path, FileLines(old), FileLines(new), by: hand)
    if isGone {
      file.latest = .absent
    } else if let blob = store.keep(new) {
      file.latest = .text(blob)
    } else {
      return becomeOpaque(&file, by: hand)
    }
    return true
  }

  /// Leaves a file whose content git put back: its lines are known when they come back.
  mutating func leave(_ file: TracedFile, _ path: RepositoryPath, for content: [UInt8]) {
    guard case .text(let id) = file.latest, let bytes = store.content(id), file.whole == nil else {
      return
    }
    let old = FileLines(bytes)
    rememberRemoved(file, path, old, LineDiff.spans(old, FileLines(content)))
  }

  private func becomeOpaque(_ file: inout TracedFile, by hand: EditMark) -> Bool {
    file.whole = hand.isAgent ? hand : file.agent?.changedByPerson ?? hand
    file.latest = .opaque
    return true
  }

  private mutating func follow(
    _ file: inout TracedFile,
    _ path: RepositoryPath,
    _ old: FileLines,
    _ new: FileLines,
    by hand: EditMark
  ) {
    let spans = LineDiff.spans(old, new)
    rememberRemoved(file, path, old, spans)
    var base = FileLines([])
    // With a version before it, the base may hold an agent's lines.
    if !hand.isAgent, file.prior == nil, case .text(let id) = file.base,
      let bytes = store.content(id)
    {
      base = FileLines(bytes)
    }
    let judge = EditJudge(
      hand: hand,
      path: path,
      base: base,
      new: new,
      pool: hand.isAgent ? LinePool() : loadedPool(),
      keys: keys
    )
    var written: [(line: Int, mark: EditMark)] = []
    file.trail.apply(spans) { edit in
      let answer = judge.author(edit)
      for (line, mark) in zip(edit.span.new.lines, answer.added) where mark.isAgent {
        written.append((line - 1, mark))
      }
      return answer
    }
    remember(new, written, path)
  }

  // MARK: - Lines that may come back

  private mutating func loadedPool() -> LinePool {
    let loaded = pool ?? store.pool()
    pool = loaded
    return loaded
  }

  /// Keeps all lines of a file.
  mutating func remember(_ lines: FileLines, _ path: RepositoryPath, _ mark: EditMark) {
    remember(lines, (0..<lines.count).map { ($0, mark) }, path)
  }

  private mutating func remember(
    _ lines: FileLines,
    _ written: [(line: Int, mark: EditMark)],
    _ path: RepositoryPath
  ) {
    var rest = written[...]
    while let first = rest.first {
      let group = rest.prefix { $0.mark == first.mark }
      newLines += LinePool.text(group.map { lines.text($0.line) }, in: path, by: first.mark, keys)
      rest = rest.dropFirst(group.count)
    }
    if !written.isEmpty { pool = nil }
  }

  /// A person's lines that go away are still the person's when they come back, and nobody's nobody's.
  private mutating func rememberRemoved(
    _ file: TracedFile,
    _ path: RepositoryPath,
    _ old: FileLines,
    _ spans: [HunkSpan]
  ) {
    let sources = file.trail.sources
    guard sources.count == old.count else { return }
    let gone = spans.flatMap { span in
      span.old.lines.compactMap { line -> (line: Int, mark: EditMark)? in
        guard case .edit(let mark) = sources[line - 1], !mark.isAgent else { return nil }
        return (line - 1, mark)
      }
    }
    remember(old, gone, path)
  }
}

extension IndexEntries {
  /// An index before the first `git add`.
  static let none = IndexEntries()
}
