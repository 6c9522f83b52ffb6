/// The name of a repository that clones share and other repositories do not.
package enum RepositoryIdentity {
  /// The identity that follows from the commit that the main line began with.
  ///
  /// Other histories may be merged in later, each with a first commit of its own: they do not make
  /// another repository of it. A shallow clone does not know its first commit: it must be deepened, or
  /// the identity configured.
  package static func ofHistory(since first: ObjectID?) -> String {
    "roots:sha256:" + Hex.encode(Digest.sha256((first?.hex ?? "").utf8))
  }

  /// The identity of a repository before its first commit, which all such repositories share.
  package static let rootless = ofHistory(since: nil)
}
