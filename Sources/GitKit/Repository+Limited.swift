import CGit2
package import ReviewCore

extension Repository {
  /// The content of a blob, copied; nil when it has more than `limit` bytes.
  ///
  /// A larger one is not read. To measure a blob takes as long as to read a small one, so it is read
  /// at once where libgit2 can be kept from going past the limit, and measured where that fails.
  package func blob(_ id: ObjectID, upTo limit: Int) throws(GitError) -> [UInt8]? {
    if readsUnmeasured, let content = try unmeasured(id, upTo: limit) { return content }
    return try size(of: id) <= limit ? blob(id) : nil
  }

  /// The same of a blob that is within the limit with all that it is stored as a difference to.
  ///
  /// Nil for any other object, and where libgit2 cannot be limited. libgit2 1.5 loses the block that
  /// it has unpacked when there is none for a difference (`git_packfile_unpack` in pack.c): after one
  /// failure no more is tried, so that no history of such blobs fills the memory.
  private func unmeasured(_ id: ObjectID, upTo limit: Int) throws(GitError) -> [UInt8]? {
    // libgit2 sets a zero behind each object.
    readsUnmeasured = cgit2_limit_blocks(limit + 1)
    guard readsUnmeasured else { return nil }
    defer { _ = cgit2_limit_blocks(.max) }
    do {
      let object = try databaseObject(id)
      guard git_odb_object_type(object.raw) == GIT_OBJECT_BLOB else { return nil }
      let bytes = UnsafeRawBufferPointer(
        start: git_odb_object_data(object.raw),
        count: git_odb_object_size(object.raw)
      )
      return bytes.count <= limit ? Array(bytes) : nil
    } catch  where error.isNotFound {
      throw error
    } catch {
      readsUnmeasured = false
      return nil
    }
  }

  private func databaseObject(_ id: ObjectID) throws(GitError) -> Owned<DatabaseObject> {
    var oid = id.oid
    do {
      return try Owned("git_odb_read") { git_odb_read(&$0, database.raw, &oid) }
    } catch {
      throw GitError(call: error.call, code: error.code, message: error.message, object: id)
    }
  }
}
