/// The entries of git's index, as far as they say which files on disk are as git last saw them.
package struct IndexEntries: Sendable {
  /// One file that git knows.
  package struct Entry: Sendable {
    /// Where it is.
    package let path: RepositoryPath
    /// Its staged blob.
    package let id: ObjectID
    /// Its mode.
    package let mode: FileMode
    /// Size on disk, lower 32 bits.
    package let size: UInt32
    /// Seconds and nanoseconds of the last change of its content.
    package let modified: (seconds: UInt32, nanoseconds: UInt32)
    /// Seconds and nanoseconds of the last change of anything.
    package let changed: (seconds: UInt32, nanoseconds: UInt32)
    /// Lower 32 bits of its number on the disk.
    package let inode: UInt32
    /// Whether git does not expect it on disk.
    package let isSkipped: Bool

    /// Whether a file on disk is the one git saw.
    package func matches(_ stat: FileStat) -> Bool {
      UInt32(truncatingIfNeeded: stat.size) == size
        && stat.modified == Int(modified.seconds) * 1_000_000_000 + Int(modified.nanoseconds)
        && stat.changed == Int(changed.seconds) * 1_000_000_000 + Int(changed.nanoseconds)
        && UInt32(truncatingIfNeeded: stat.inode) == inode
    }

    /// When its content last changed, in nanoseconds.
    package var modifiedTime: Int {
      Int(modified.seconds) * 1_000_000_000 + Int(modified.nanoseconds)
    }
  }

  /// Why an index is not read.
  package enum Problem: Error, Hashable, Sendable {
    /// Not an index of versions 2 to 4.
    case format
    /// A part of it is in another file.
    case split
    /// More entries than are looked at in the time there is.
    case tooLarge
  }

  /// The entries, sorted by path; of a conflict only one.
  package let entries: [Entry]

  /// No entries, as before the first `git add`.
  package init() { entries = [] }

  /// Reads an index; SHA-1 repositories only.
  package init(_ bytes: [UInt8], limit: Int = .max) throws(Problem) {
    func number(_ offset: Int) -> UInt32 {
      bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    guard bytes.count >= 12 + 20, bytes.starts(with: "DIRC".utf8) else { throw .format }
    let version = number(4)
    let count = Int(number(8))
    guard (2...4).contains(version) else { throw .format }
    guard count <= limit else { throw .tooLarge }
    let end = bytes.count - 20
    var entries: [Entry] = []
    entries.reserveCapacity(min(count, end / 62))
    var offset = 12
    var last: [UInt8] = []
    for _ in 0..<count {
      guard offset + 62 < end else { throw .format }
      let flags = UInt16(bytes[offset + 60]) << 8 | UInt16(bytes[offset + 61])
      let isExtended = version >= 3 && flags & 0x4000 != 0
      let more = isExtended ? UInt16(bytes[offset + 62]) << 8 | UInt16(bytes[offset + 63]) : 0
      var place = offset + (isExtended ? 64 : 62)
      var prefix = 0
      if version == 4 {
        guard let strip = Self.variable(bytes, &place, end), strip <= last.count else {
          throw .format
        }
        prefix = last.count - strip
      }
      guard place < end, let stop = bytes[place..<end].firstIndex(of: 0) else { throw .format }
      let path = Array(last[..<prefix] + bytes[place..<stop])
      last = version == 4 ? path : []
      if entries.last?.path.bytes != path {
        entries.append(
          Entry(
            path: RepositoryPath(path),
            id: ObjectID(rawBytes: bytes[offset + 40..<offset + 60]) ?? .zero,
            mode: FileMode(rawValue: number(offset + 24)),
            size: number(offset + 36),
            modified: (number(offset + 8), number(offset + 12)),
            changed: (number(offset), number(offset + 4)),
            inode: number(offset + 20),
            isSkipped: more & 0x4000 != 0
          )
        )
      }
      // Versions 2 and 3 pad with 1 to 8 NUL bytes to a multiple of eight.
      offset = version == 4 ? stop + 1 : offset + ((stop - offset + 8) & ~7)
    }
    while offset + 8 <= end {
      if bytes[offset..<offset + 4].elementsEqual("link".utf8) { throw .split }
      offset += 8 + Int(number(offset + 4))
    }
    self.entries = entries
  }

  /// The number of bytes to take off the last path (`decode_varint`).
  private static func variable(_ bytes: [UInt8], _ place: inout Int, _ end: Int) -> Int? {
    var value = 0
    while place < end {
      let byte = bytes[place]
      place += 1
      value = value << 7 | Int(byte & 0x7f)
      if byte & 0x80 == 0 { return value }
      value += 1
      if value > 1 << 20 { return nil }
    }
    return nil
  }

  /// The entry of a path.
  package subscript(_ path: RepositoryPath) -> Entry? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].path == path ? entries[low] : nil
  }
}
