/// One file of a change, with what a person has to read.
package struct FileChange: Hashable, Sendable {
  /// The path, modes and objects.
  package let transition: FileTransition
  /// SHA-256 of the old content; nil where there is none (absent, submodule).
  package let oldSHA256: [UInt8]?
  /// SHA-256 of the new content; nil where there is none (absent, submodule).
  package let newSHA256: [UInt8]?
  /// The lines that changed, or why there is no line view.
  package let content: Content

  /// How the change of a file is read.
  package enum Content: Hashable, Sendable {
    /// Line by line.
    case text([Hunk])
    /// As a whole, because there are no lines to show.
    case opaque(OpaqueReason)
  }

  /// Creates a file change.
  package init(
    transition: FileTransition,
    oldSHA256: [UInt8]?,
    newSHA256: [UInt8]?,
    content: Content
  ) {
    self.transition = transition
    self.oldSHA256 = oldSHA256
    self.newSHA256 = newSHA256
    self.content = content
  }

  /// The hunks of a text change; none for an opaque one.
  package var hunks: [Hunk] {
    if case .text(let hunks) = content { hunks } else { [] }
  }
}

/// Why a file change has no line view.
package enum OpaqueReason: String, Hashable, Sendable {
  /// The content holds a NUL byte.
  case binary
  /// A symbolic link on either side.
  case symlink
  /// A submodule on either side.
  case submodule
  /// Only the mode changed, or an empty file came or went.
  case modeOnly = "mode-only"
  /// A Git LFS pointer: the content is elsewhere.
  case lfsPointer = "lfs-pointer"
  /// Larger than what is read line by line.
  case tooLarge = "too-large"
}
