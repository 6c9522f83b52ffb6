import GitCommand
import Glibc
import ReviewCore

/// Where the record of edits of one worktree is kept, while this process has its turn.
///
/// Contents are stored before the state that names them, and removed after: whoever is killed in
/// between leaves the older state, which is whole.
final class RecorderStore {
  /// The folder below a worktree's state directory.
  static let folder = "events"

  private let worktree: Worktree
  private let directory: [UInt8]
  private let lock: Int32
  /// What came of reading the state; its blobs are all kept until the next one is stored.
  private var kept: Set<ObjectID> = []

  /// Bytes of the pool above which its older half goes.
  private static let mostPoolBytes = 1 << 20
  private static let mostStateBytes = 64 << 20
  /// Milliseconds to wait for another event's turn.
  private static let patience = 3_000

  /// Waits for the turn of this process; nil when it does not come.
  init?(_ worktree: Worktree) {
    self.worktree = worktree
    let parent = worktree.gitDirectory + Array("/reviewgate".utf8)
    directory = parent + Array("/\(Self.folder)".utf8)
    if Disk.stat(directory) == nil {
      Disk.makeDirectory(parent)
      Disk.makeDirectory(directory)
      Disk.makeDirectory(directory + Array("/blobs".utf8))
    }
    let name = String(decoding: directory, as: UTF8.self) + "/lock"
    lock = unsafe open(name, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard lock >= 0 else { return nil }
    for _ in 0..<Self.patience {
      if flock(lock, LOCK_EX | LOCK_NB) == 0 { return }
      usleep(1_000)
    }
    return nil
  }

  /// Whether anything was ever recorded in a worktree.
  static func exists(in worktree: Worktree) -> Bool {
    Disk.stat(directory(of: worktree)) != nil || Disk.stat(GapNotes.file(of: worktree)) != nil
  }

  /// Why there is no turn to be had.
  static func problem(of worktree: Worktree) -> RecorderProblem {
    let directory = String(decoding: directory(of: worktree), as: UTF8.self)
    return unsafe access(directory + "/lock", R_OK | W_OK) == 0 ? .busy : .closed(directory)
  }

  deinit { if lock >= 0 { close(lock) } }

  private func file(_ name: String) -> [UInt8] { directory + Array("/\(name)".utf8) }

  // MARK: - State

  /// The state as it was left, with the gaps that were noted beside it.
  func load() -> RecorderState {
    let state = Self.state(of: worktree)
    kept = Set(state.files.values.flatMap(\.blobs))
    return state
  }

  private static func directory(of worktree: Worktree) -> [UInt8] {
    worktree.gitDirectory + Array("/reviewgate/\(folder)".utf8)
  }

  private static func state(of worktree: Worktree) -> RecorderState {
    let directory = directory(of: worktree)
    func file(_ name: String) -> [UInt8] { directory + Array("/\(name)".utf8) }
    var state = RecorderState(since: Disk.now)
    func add(_ reason: String, _ seconds: Int = time(nil)) {
      state.add(RecorderState.Gap(time: seconds, path: nil, reason: reason))
    }
    if Disk.stat(file("state")) != nil {
      do {
        let bytes = Disk.read(file("state"), limit: Self.mostStateBytes) ?? []
        state = try RecorderState(stored: bytes)
      } catch {
        add("damaged record")
      }
    }
    for name in [file("gaps"), GapNotes.file(of: worktree)] {
      guard let bytes = Disk.read(name, limit: 1 << 20) else { continue }
      for line in bytes.split(separator: 0x0a) {
        let parts = String(decoding: line, as: UTF8.self).split(separator: "\t", maxSplits: 1)
        add(parts.last.map(String.init) ?? "", parts.first.flatMap { Int($0) } ?? time(nil))
      }
    }
    if let stat = Disk.stat(file("lost")) { add("not stored", stat.modified / 1_000_000_000) }
    // Whoever has the turn now did not leave it: that event was killed.
    if let stat = Disk.stat(file("turn")) { add("event cut off", stat.modified / 1_000_000_000) }
    return state
  }

  /// What could not be recorded since the last commit; needs no turn.
  static func gaps(in worktree: Worktree) -> [RecorderState.Gap] {
    guard exists(in: worktree) else { return [] }
    return state(of: worktree).gaps
  }

  /// The same for a repository, which may have no worktree.
  static func gaps(in project: Project) -> [RecorderState.Gap] {
    guard let root = project.layout.worktree else { return [] }
    return gaps(in: Worktree(root: root, gitDirectory: project.layout.gitDirectory))
  }

  /// Leaves a mark that goes when the state is stored, and so tells of an event that was killed.
  func beginTurn() { Disk.append([], to: file("turn")) }

  /// Replaces the state; false when it could not be stored.
  @discardableResult
  func save(_ state: RecorderState) -> Bool {
    if state.isEmpty {
      Disk.remove(file("state"))
    } else if !Disk.replace(file("state"), with: state.stored) {
      return false
    }
    for name in ["gaps", "lost", "turn"] { Disk.remove(file(name)) }
    Disk.remove(GapNotes.file(of: worktree))
    let needed = Set(state.files.values.flatMap(\.blobs))
    for id in kept.subtracting(needed) { Disk.remove(blobFile(id)) }
    kept = needed
    return true
  }

  /// Notes that an event went past, where nothing else can be done; needs no turn.
  static func noteGap(_ reason: String, in worktree: Worktree) {
    let parent = worktree.gitDirectory + Array("/reviewgate".utf8)
    Disk.makeDirectory(parent)
    let directory = directory(of: worktree)
    Disk.makeDirectory(directory)
    Disk.makeDirectory(directory + Array("/blobs".utf8))
    let line = Array("\(time(nil))\t\(reason)\n".utf8)
    if Disk.append(line, to: directory + Array("/gaps".utf8)) { return }
    // A full disk may still have room for a name.
    if Disk.append([], to: directory + Array("/lost".utf8)) { return }
    GapNotes.add(line, of: worktree)
  }

  // MARK: - Contents

  private func blobFile(_ id: ObjectID) -> [UInt8] { file("blobs/\(id.hex)") }

  /// Keeps a content; nil when it could not be stored.
  func keep(_ content: [UInt8]) -> ObjectID? {
    let id = ObjectID.ofBlob(content)
    if Disk.stat(blobFile(id))?.size == content.count { return id }
    return Disk.replace(blobFile(id), with: content) ? id : nil
  }

  /// A content that was kept; nil when it is gone or no longer what it was.
  func content(_ id: ObjectID) -> [UInt8]? {
    guard let bytes = Disk.read(blobFile(id), limit: EventRecorder.mostLineBytes),
      ObjectID.ofBlob(bytes) == id
    else { return nil }
    return bytes
  }

  /// Removes what no state names: left by processes that were killed.
  func removeOrphans(_ state: RecorderState) {
    let needed = Set(state.files.values.flatMap(\.blobs).map(\.hex))
    for (name, _) in Disk.names(in: file("blobs")) ?? [] {
      let text = String(decoding: name, as: UTF8.self)
      if !needed.contains(text) { Disk.remove(file("blobs/\(text)")) }
    }
    let calls = Set(state.calls.map { "index-\($0.id)" })
    for (name, _) in Disk.names(in: directory) ?? [] {
      let text = String(decoding: name, as: UTF8.self)
      if text.hasPrefix("index-"), !calls.contains(text) { Disk.remove(file(text)) }
    }
  }

  // MARK: - Lines

  /// What is known of lines that may come back.
  func pool() -> LinePool {
    LinePool(reading: Disk.read(file("lines"), limit: 4 * Self.mostPoolBytes) ?? [])
  }

  /// Adds lines to the pool.
  func add(toPool text: String) {
    guard !text.isEmpty else { return }
    let size = Disk.stat(file("lines"))?.size ?? 0
    if size > Self.mostPoolBytes, let bytes = Disk.read(file("lines"), limit: 4 * size) {
      // The newer half, from a line that says whose lines follow.
      let half = bytes[(bytes.count / 2)...]
      let start = half.indices.dropLast().first { half[$0] == 0x0a && half[$0 + 1] == 0x6d }
      _ = Disk.replace(file("lines"), with: start.map { Array(half[($0 + 1)...]) } ?? [])
    }
    Disk.append(Array(text.utf8), to: file("lines"))
  }

  /// Makes the digests of this repository, under a salt that never leaves it.
  func keys() -> LinePool.Keys {
    let parent = worktree.commonDirectory + Array("/reviewgate".utf8)
    let name = parent + Array("/salt".utf8)
    if let salt = Disk.read(name, limit: 64), salt.count == 32 { return LinePool.Keys(salt: salt) }
    let salt = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    Disk.makeDirectory(parent)
    // Two first events at once: the file that is there afterwards holds.
    let scratch = name + Array(".\(getpid())".utf8)
    Disk.append(salt, to: scratch, flags: O_TRUNC)
    Disk.link(scratch, name)
    Disk.remove(scratch)
    return LinePool.Keys(salt: Disk.read(name, limit: 64) ?? salt)
  }

  // MARK: - Index

  /// Keeps the index as it is now for the end of a call.
  func keepIndex(for call: String) {
    Disk.remove(file("index-\(call)"))
    let index = worktree.gitDirectory + Array("/index".utf8)
    Disk.link(index, file("index-\(call)"))
  }

  /// The index as it was at the start of a call, where git has replaced it since.
  func index(of call: String) -> [UInt8]? {
    let name = file("index-\(call)")
    let index = worktree.gitDirectory + Array("/index".utf8)
    guard let old = Disk.stat(name), old.inode != Disk.stat(index)?.inode else { return nil }
    return Disk.read(name, limit: 64 << 20)
  }

  /// Forgets it.
  func dropIndex(of call: String) { Disk.remove(file("index-\(call)")) }

  // MARK: - Others' work

  /// Notes that the commit to come brings in what others wrote (`merge --squash`).
  static func noteOthersWork(in worktree: Worktree) {
    Disk.append([], to: worktree.gitDirectory + Array("/reviewgate/\(folder)/others".utf8))
  }

  /// Whether that was noted.
  var hasOthersWork: Bool { Disk.stat(file("others")) != nil }

  /// Forgets it.
  func forgetOthersWork() { Disk.remove(file("others")) }

  // MARK: - Scan

  /// What the last scan found.
  func scanCache() -> ScanCache? {
    Disk.read(file("scan"), limit: 8 << 20).flatMap(ScanCache.init(stored:))
  }

  /// Keeps what a scan found.
  func save(_ cache: ScanCache) { _ = Disk.replace(file("scan"), with: cache.stored) }
}
