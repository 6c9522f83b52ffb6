package import ReviewCore

/// What the bytes of an index say of a few paths, where they can be understood without git.
///
/// A hook asks for one file of the index, and starting git for it takes longer than all the rest.
/// Understood are the plain forms, versions 2 and 3, read to the last byte; of every other form
/// (version 4, split, sparse, damaged) nothing is said and git has to be asked.
package enum IndexFile {
  /// The blobs that a whole index holds for paths named from the root; nil in place of a path that
  /// it does not hold, and instead of all of them where only git can say.
  package static func blobs(at paths: [[UInt8]], in bytes: Span<UInt8>) -> [ObjectID?]? {
    var reader = IndexReader(end: bytes.count - IndexReader.checksum)
    guard let count = reader.header(bytes) else { return nil }
    var found = [ObjectID?](repeating: nil, count: paths.count)
    for _ in 0..<count {
      guard let entry = reader.entry(bytes) else { return nil }
      for index in paths.indices where entry.isNamed(paths[index], in: bytes) {
        guard found[index] == nil, entry.isPlain, let id = entry.id(bytes) else { return nil }
        found[index] = id
      }
    }
    return reader.hasOnlyOptionalExtensions(bytes) ? found : nil
  }
}

/// Steps through an index from its header to its checksum; nil and false where it is not plain.
private struct IndexReader {
  private let end: Int
  private var cursor = 0

  /// The bytes of the checksum at the end, which git does not compare either.
  static let checksum = 20
  private static let signature: UInt32 = 0x4449_5243  // DIRC
  private static let smallestEntry = 62
  private static let nameLength = 0xfff
  private static let extended = 0x4000

  init(end: Int) { self.end = end }

  /// How many entries follow.
  mutating func header(_ bytes: Span<UInt8>) -> Int? {
    guard end >= 12, bytes.number(at: 0) == Self.signature, (2...3).contains(bytes.number(at: 4))
    else { return nil }
    cursor = 12
    let count = Int(bytes.number(at: 8))
    return count <= (end - cursor) / Self.smallestEntry ? count : nil
  }

  mutating func entry(_ bytes: Span<UInt8>) -> IndexEntry? {
    let start = cursor
    guard end - start > Self.smallestEntry else { return nil }
    let flags = Int(bytes[start + 60]) << 8 | Int(bytes[start + 61])
    let isExtended = flags & Self.extended != 0
    let name = start + Self.smallestEntry + (isExtended ? 2 : 0)
    var length = flags & Self.nameLength
    // A name that is too long for the field ends where its zero byte is.
    while length >= Self.nameLength, name + length < end, bytes[name + length] != 0 { length += 1 }
    // One to eight zero bytes fill an entry up to a multiple of eight.
    let next = start + (name - start + length + 8) & ~7
    guard next <= end, (name + length..<next).allSatisfy({ bytes[$0] == 0 }) else { return nil }
    cursor = next
    let entry = IndexEntry(
      start: start,
      name: name..<name + length,
      mode: bytes.number(at: start + 24),
      isExtended: isExtended,
      stage: flags >> 12 & 3
    )
    // A whole directory, as in a sparse index.
    return entry.mode >> 12 == 0o4 ? nil : entry
  }

  /// Whether everything behind the entries may be left out (its name starts with a capital letter).
  mutating func hasOnlyOptionalExtensions(_ bytes: Span<UInt8>) -> Bool {
    while cursor < end {
      guard end - cursor >= 8, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[cursor])
      else { return false }
      let size = Int(bytes.number(at: cursor + 4))
      guard size <= end - cursor - 8 else { return false }
      cursor += 8 + size
    }
    return cursor == end
  }
}

/// Where the parts of one entry are.
private struct IndexEntry {
  let start: Int
  let name: Range<Int>
  let mode: UInt32
  let isExtended: Bool
  let stage: Int

  /// Whether it is a file without conflicts and without flags that change what it stands for.
  var isPlain: Bool { mode >> 12 == 0o10 && !isExtended && stage == 0 }

  func isNamed(_ path: [UInt8], in bytes: Span<UInt8>) -> Bool {
    guard name.count == path.count else { return false }
    for (index, byte) in path.enumerated() where bytes[name.lowerBound + index] != byte {
      return false
    }
    return true
  }

  func id(_ bytes: Span<UInt8>) -> ObjectID? {
    ObjectID(rawBytes: (start + 40..<start + 60).map { bytes[$0] })
  }
}

extension Span<UInt8> {
  /// Four bytes as a number, most significant first.
  fileprivate func number(at index: Int) -> UInt32 {
    UInt32(self[index]) << 24 | UInt32(self[index + 1]) << 16 | UInt32(self[index + 2]) << 8
      | UInt32(self[index + 3])
  }
}
