/// The name of a repository that clones share and other repositories do not.
package enum RepositoryIdentity {
  /// The identity that follows from the root commits of the history, in any order.
  ///
  /// A shallow clone does not know its roots: it must be deepened, or the identity configured.
  package static func fromRoots(_ roots: [ObjectID]) -> String {
    let lines = Set(roots).sorted().map(\.hex).joined(separator: "\n")
    return "roots:sha256:" + Hex.encode(Digest.sha256(lines.utf8))
  }

  /// The identity of a repository before its first commit, which all such repositories share.
  package static let rootless = fromRoots([])
}
