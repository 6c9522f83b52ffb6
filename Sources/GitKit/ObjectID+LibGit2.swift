import CGit2
import ReviewCore

extension ObjectID {
  /// Copies libgit2's id.
  init(_ oid: git_oid) {
    self = withUnsafeBytes(of: oid) { bytes in
      ObjectID(
        words: (
          high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
          middle: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
          low: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
        )
      )
    }
  }

  /// libgit2's form of this id.
  var oid: git_oid {
    var oid = git_oid()
    let (high, middle, low) = words
    withUnsafeMutableBytes(of: &oid) { bytes in
      bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return oid
  }
}
