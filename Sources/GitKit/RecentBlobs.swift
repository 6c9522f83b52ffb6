import CGit2
import ReviewCore

/// A blob that several readers may hold.
final class KeptBlob {
  private let object: Owned<BlobObject>

  init(_ object: consuming Owned<BlobObject>) { self.object = object }

  /// libgit2's blob; valid while this is.
  var raw: OpaquePointer { object.raw }

  /// The content; valid while this is.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: git_blob_rawcontent(raw), count: Int(git_blob_rawsize(raw)))
  }
}

/// The few blobs that were asked for last.
///
/// libgit2's own cache of blobs fills up and is searched under a lock; versions of one file are read
/// one after the other, so a few are enough.
struct RecentBlobs {
  private var kept: [(id: ObjectID, blob: KeptBlob)] = []

  private static let most = 16

  /// Larger blobs are rare and would hold on to much memory.
  private static let largest = 1 << 20

  /// A blob, if it was asked for lately.
  subscript(id: ObjectID) -> KeptBlob? { kept.first { $0.id == id }?.blob }

  /// Remembers a blob instead of the oldest one.
  mutating func keep(_ blob: KeptBlob, _ id: ObjectID) {
    guard blob.bytes.count <= Self.largest else { return }
    if kept.count == Self.most { kept.removeFirst() }
    kept.append((id, blob))
  }
}

extension Repository {
  /// A blob that may be asked for again soon.
  func keptBlob(_ id: ObjectID) throws(GitError) -> KeptBlob {
    if let known = recent[id] { return known }
    let blob = KeptBlob(try blobObject(id))
    recent.keep(blob, id)
    return blob
  }
}
