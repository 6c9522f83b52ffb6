/// One file of a review record: its exact transition, and which of its hunks were read.
package struct ReviewedFile: Hashable, Sendable {
  /// Where the file is.
  package var path: RepositoryPath
  /// The mode before; `.absent` for a new file.
  package var oldMode: FileMode
  /// The mode after; `.absent` for a deleted file.
  package var newMode: FileMode
  /// The content before; nil exactly when the mode is `.absent`.
  package var old: ContentID?
  /// The content after; nil exactly when the mode is `.absent`.
  package var new: ContentID?
  /// Whether it was shown as a whole, without a line view; then it has no hunks.
  package var opaque: Bool
  /// Whether the record speaks about the whole transition: all of its hunks, or the opaque whole.
  ///
  /// A record approves only the hunks it lists. Only a complete file approves the transition
  /// itself, which the `transition`, `replay` and `chain` rules rest on.
  package var complete: Bool
  /// The hunks that were read, each fingerprint once.
  package var hunks: [ReviewedHunk]

  /// Creates the entry of one file.
  package init(
    path: RepositoryPath,
    oldMode: FileMode,
    newMode: FileMode,
    old: ContentID?,
    new: ContentID?,
    opaque: Bool,
    complete: Bool,
    hunks: [ReviewedHunk]
  ) {
    self.path = path
    self.oldMode = oldMode
    self.newMode = newMode
    self.old = old
    self.new = new
    self.opaque = opaque
    self.complete = complete
    self.hunks = hunks
  }

  /// The content that a person would look for: the new one, or the old one of a deleted file.
  var subject: ContentID? { new ?? old }
}

/// The content of a file by both of its names.
package struct ContentID: Hashable, Sendable {
  /// The git object: a blob, or the commit of a submodule.
  package var gitBlob: ObjectID
  /// SHA-256 of the raw content, 32 bytes; nil for a submodule.
  package var sha256: [UInt8]?

  /// Creates a name of content.
  package init(gitBlob: ObjectID, sha256: [UInt8]? = nil) {
    self.gitBlob = gitBlob
    self.sha256 = sha256
  }

  /// Whether both can name the same content: SHA-1 alone is not believed where SHA-256 is known.
  package func agrees(with other: ContentID) -> Bool {
    guard gitBlob == other.gitBlob else { return false }
    guard let sha256, let theirs = other.sha256 else { return true }
    return sha256 == theirs
  }
}

/// One hunk that was read.
package struct ReviewedHunk: Hashable, Sendable {
  /// Its fingerprint.
  package var fingerprint: HunkFingerprint
  /// How many hunks with this fingerprint the change had: the budget, at least 1.
  package var count: Int
  /// How many lines it adds.
  package var added: Int
  /// How many lines it removes.
  package var removed: Int
  /// Whether it must never be recognised by fingerprint alone.
  package var trivial: Bool
  /// Who wrote it, as known at the time; declared, never trusted.
  package var origin: String
  /// Which agent, where one is known; declared, never trusted.
  package var agent: String?

  /// Creates the entry of one hunk.
  package init(
    fingerprint: HunkFingerprint,
    count: Int = 1,
    added: Int,
    removed: Int,
    trivial: Bool,
    origin: String,
    agent: String? = nil
  ) {
    self.fingerprint = fingerprint
    self.count = count
    self.added = added
    self.removed = removed
    self.trivial = trivial
    self.origin = origin
    self.agent = agent
  }
}
