import CGit2
import ReviewCore

extension ObjectID {
  /// Copies libgit2's id.
  init(_ oid: git_oid) {
    let bytes = withUnsafeBytes(of: oid) { Array($0.prefix(20)) }
    // Twenty bytes are always an id.
    self = ObjectID(rawBytes: bytes) ?? .zero
  }

  /// libgit2's form of this id.
  var oid: git_oid {
    var oid = git_oid()
    let bytes = rawBytes
    withUnsafeMutableBytes(of: &oid) { $0.copyBytes(from: bytes) }
    return oid
  }
}
