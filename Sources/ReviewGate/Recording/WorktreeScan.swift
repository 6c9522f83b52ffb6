import ReviewCore

/// What a scan leaves for the next one, so that only what changed is listed again.
struct ScanCache {
  /// When it was made, in nanoseconds of the file system's clock.
  var time: Int
  /// Folders without a file that git knows.
  var folders: Set<[UInt8]> = []
  /// Files that git does not know and does not ignore.
  var files: Set<[UInt8]> = []

  init(time: Int) { self.time = time }

  /// One line for the time, then `d` and `f` lines, each ended by NUL: names hold line feeds.
  var stored: [UInt8] {
    var bytes = Array("\(time)\0".utf8)
    for folder in folders { bytes += [UInt8(ascii: "d")] + folder + [0] }
    for file in files { bytes += [UInt8(ascii: "f")] + file + [0] }
    return bytes + Array("end\0".utf8)
  }

  init?(stored: [UInt8]) {
    let parts = stored.split(separator: 0)
    guard let first = parts.first, let time = Int(String(decoding: first, as: UTF8.self)),
      parts.last?.elementsEqual("end".utf8) == true
    else { return nil }
    self.time = time
    for part in parts.dropFirst().dropLast() {
      let name = Array(part.dropFirst())
      if part.first == UInt8(ascii: "d") { folders.insert(name) } else { files.insert(name) }
    }
  }
}

/// Finds the files of a worktree that are not as git's index knows them.
struct WorktreeScan {
  /// One such file.
  struct Found {
    let path: RepositoryPath
    /// What is on disk; nil when it is gone.
    let stat: FileStat?
    /// What git knows of it.
    let entry: IndexEntries.Entry?
  }

  private let worktree: Worktree
  private let index: IndexEntries
  private let indexTime: Int
  private let before: ScanCache?
  private let rules: IgnoreRules
  private var tracked: Set<[UInt8]> = [[]]
  private var left = Self.mostEntries
  /// What the next scan starts from.
  private(set) var cache: ScanCache
  private(set) var found: [Found] = []
  /// Whether there was more than is looked at.
  private(set) var isPartial = false

  /// Entries of folders that are looked at in one scan.
  private static let mostEntries = 50_000
  /// File systems stamp by a clock that ticks in steps.
  private static let tick = 50_000_000

  /// Scans; `rules` say which new files nobody will commit.
  init(
    _ worktree: Worktree,
    index: IndexEntries,
    indexTime: Int,
    rules: IgnoreRules,
    before: ScanCache?
  ) {
    self.worktree = worktree
    self.index = index
    self.indexTime = indexTime
    self.rules = rules
    self.before = before
    cache = ScanCache(time: Disk.now)
    scanTracked()
    scanFolders()
  }

  private mutating func scanTracked() {
    var place = worktree.root + [UInt8(ascii: "/")]
    let start = place.count
    var last: ArraySlice<UInt8> = []
    for entry in index.entries {
      let path = entry.path.bytes
      let folder = path.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] } ?? []
      if folder != last {
        note(folder)
        last = folder
      }
      guard entry.mode != .submodule, entry.mode != .directory else { continue }
      place.removeSubrange(start...)
      place += path
      let stat = Disk.stat(place)
      if stat == nil, entry.isSkipped { continue }
      // What was written when the index was may have changed right after, as git knows too.
      if let stat, entry.matches(stat), entry.modifiedTime < indexTime - Self.tick { continue }
      found.append(Found(path: entry.path, stat: stat, entry: entry))
    }
  }

  /// A folder with tracked files, and those it stands in.
  private mutating func note(_ folder: ArraySlice<UInt8>) {
    var folder = folder
    while tracked.insert(Array(folder)).inserted,
      let end = folder.lastIndex(of: UInt8(ascii: "/"))
    { folder = folder[..<end] }
  }

  private mutating func scanFolders() {
    // Folders that were listed then and have not changed since hold the same names.
    var files = before?.files ?? []
    var folders = before?.folders ?? []
    var open: [[UInt8]] = []
    for folder in tracked.union(folders) {
      guard let stat = Disk.stat(place(folder)), stat.isDirectory else {
        folders.remove(folder)
        continue
      }
      if let before, stat.modified < before.time - Self.tick { continue }
      open.append(folder)
    }
    if !open.isEmpty {
      let listed = Set(open)
      files = files.filter { !listed.contains(Self.folder(of: $0)) }
    }
    while let folder = open.popLast() {
      for item in Disk.names(in: place(folder)) ?? [] {
        left -= 1
        guard left > 0 else {
          isPartial = true
          break
        }
        // A directory, or in a linked worktree a file, and never anybody's content.
        if item.name.elementsEqual(".git".utf8) { continue }
        let path = folder.isEmpty ? item.name : folder + [UInt8(ascii: "/")] + item.name
        if item.isDirectory {
          guard !tracked.contains(path), !folders.contains(path), isNewFolder(path)
          else { continue }
          folders.insert(path)
          open.append(path)
        } else if index[RepositoryPath(path)] == nil,
          !rules.ignores(RepositoryPath(path), isFolder: false)
        {
          files.insert(path)
        }
      }
    }
    for file in files.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let path = RepositoryPath(file)
      guard index[path] == nil, let stat = Disk.stat(worktree.place(of: path)) else {
        files.remove(file)
        continue
      }
      found.append(Found(path: path, stat: stat, entry: nil))
    }
    cache.files = files
    cache.folders = folders
  }

  /// Whether a folder without tracked files may hold files that git would take.
  private func isNewFolder(_ path: [UInt8]) -> Bool {
    !rules.ignores(RepositoryPath(path), isFolder: true)
      && Disk.stat(place(path) + Array("/.git".utf8)) == nil
  }

  private func place(_ folder: [UInt8]) -> [UInt8] {
    folder.isEmpty ? worktree.root : worktree.root + [UInt8(ascii: "/")] + folder
  }

  private static func folder(of path: [UInt8]) -> [UInt8] {
    path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[..<$0]) } ?? []
  }
}
