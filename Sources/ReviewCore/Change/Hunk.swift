/// A maximal group of removed and added lines, with the lines around it.
///
/// All text is raw bytes of the blobs: split at LF, CR kept, nothing normalised.
package struct Hunk: Hashable, Sendable {
  /// Where it stands in both versions.
  package let span: HunkSpan
  /// The removed lines, each with its line end.
  package let removed: [UInt8]
  /// The added lines, each with its line end.
  package let added: [UInt8]
  /// Up to three lines of the new version before it.
  package let contextBefore: [UInt8]
  /// Up to three lines of the new version after it.
  package let contextAfter: [UInt8]
  /// Whether the removed lines end the old version without a line feed.
  package let oldLacksFinalNewline: Bool
  /// Whether the added lines end the new version without a line feed.
  package let newLacksFinalNewline: Bool

  /// Creates a hunk from raw lines.
  package init(
    span: HunkSpan,
    removed: [UInt8],
    added: [UInt8],
    contextBefore: [UInt8] = [],
    contextAfter: [UInt8] = [],
    oldLacksFinalNewline: Bool = false,
    newLacksFinalNewline: Bool = false
  ) {
    self.span = span
    self.removed = removed
    self.added = added
    self.contextBefore = contextBefore
    self.contextAfter = contextAfter
    self.oldLacksFinalNewline = oldLacksFinalNewline
    self.newLacksFinalNewline = newLacksFinalNewline
  }

  /// How many lines were added and removed together.
  package var changedLines: Int { span.old.count + span.new.count }
}
