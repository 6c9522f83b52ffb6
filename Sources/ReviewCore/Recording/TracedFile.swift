/// One file as the record of edits knows it.
package struct TracedFile: Hashable, Sendable {
  /// What stood in the file at some time.
  package enum Content: Hashable, Sendable {
    /// Nothing.
    case absent
    /// Text that is kept under its blob id.
    case text(ObjectID)
    /// Something without a line view: binary, a symbolic link, too large.
    case opaque
  }

  /// A version that git has, from which the base came about in one edit nobody could watch.
  package struct Prior: Hashable, Sendable {
    /// The blob; zero for an absent file.
    package let blob: ObjectID
    /// Who made the base of it.
    package let mark: EditMark

    /// Creates a prior version.
    package init(blob: ObjectID, mark: EditMark) {
      self.blob = blob
      self.mark = mark
    }
  }

  /// Who wrote each line of `latest`, seen from `base`.
  package var trail: EditTrail
  /// The first version that was seen.
  package var base: Content
  /// The last version that was seen.
  package var latest: Content
  /// Where the base came from, when its own making was not watched.
  package var prior: Prior?
  /// What `latest` looked like on disk, to see that nothing changed without reading it.
  package var stat: FileStat?
  /// Who wrote the file, where lines cannot be told apart.
  package var whole: EditMark?
  /// Whether the base was written while somebody watched, and no agent wrote it.
  package var isBasePersons = false

  /// A file as it is seen for the first time.
  package init(_ content: Content, lines: Int, stat: FileStat?) {
    trail = EditTrail(lines: lines)
    base = content
    latest = content
    self.stat = stat
  }

  /// A file as it was stored.
  init(trail: EditTrail, base: Content, latest: Content) {
    self.trail = trail
    self.base = base
    self.latest = latest
  }

  /// Whether nothing is known of it that the next look would not find again.
  package var isUntouched: Bool {
    trail.isUntouched && prior == nil && whole == nil && !isBasePersons
  }

  /// Everybody who has a part in it.
  package var marks: [EditMark] { trail.marks + [prior?.mark, whole].compactMap { $0 } }

  /// The agent that has a part in it; nil where none has.
  package var agent: EditMark? { marks.first(where: \.isAgent) }

  /// The blobs it needs.
  package var blobs: [ObjectID] {
    [base, latest].compactMap { if case .text(let id) = $0 { id } else { nil } }
  }
}

/// What tells a file on disk from its own later content, as git's index keeps it.
package struct FileStat: Hashable, Sendable {
  /// Size in bytes.
  package let size: Int
  /// When the content changed, in nanoseconds.
  package let modified: Int
  /// When anything about the file changed, in nanoseconds.
  package let changed: Int
  /// Its number on the disk.
  package let inode: UInt
  /// Type and permissions.
  package let mode: UInt32

  /// Creates a signature.
  package init(size: Int, modified: Int, changed: Int, inode: UInt, mode: UInt32) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.mode = mode
  }

  /// Whether it is a symbolic link.
  package var isLink: Bool { mode & 0o170000 == 0o120000 }
  /// Whether it is an ordinary file.
  package var isFile: Bool { mode & 0o170000 == 0o100000 }
  /// Whether it is a directory.
  package var isDirectory: Bool { mode & 0o170000 == 0o040000 }
}

extension ObjectID {
  /// The name git gives a blob with this content.
  package static func ofBlob(_ content: [UInt8]) -> ObjectID {
    ObjectID(rawBytes: Digest.sha1(Array("blob \(content.count)\0".utf8), content)) ?? .zero
  }
}
