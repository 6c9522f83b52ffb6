import CGit2
import Glibc
package import ReviewCore

/// How one file change was read before its lines were.
package enum LineView: Sendable {
  /// The groups of changed lines.
  case spans([HunkSpan])
  /// Why there are none to show.
  case opaque(OpaqueReason)
}

extension Repository {
  /// Bytes above which a file is opaque; set from the policy.
  package static let defaultSizeCap = 8 << 20

  /// The groups of lines that a transition changed, or why it has none.
  ///
  /// Raw blobs only: no attributes, filters, textconv or diff configuration take part.
  package func lineView(
    of transition: FileTransition,
    sizeCap: Int = defaultSizeCap
  ) throws(GitError) -> LineView {
    if let reason = try opaqueReason(of: transition, sizeCap: sizeCap) { return .opaque(reason) }
    let old = try side(transition.oldID)
    let new = try side(transition.newID)
    defer { withExtendedLifetime((old, new)) {} }
    if let reason = Self.opaqueReason(old.bytes, new.bytes) { return .opaque(reason) }
    return .spans(try Self.spans(old, new))
  }

  /// A transition with its hunks and content digests, as a person reads it and a record binds it.
  package func fileChange(
    of transition: FileTransition,
    sizeCap: Int = defaultSizeCap
  ) throws(GitError) -> FileChange {
    if let reason = try opaqueReason(of: transition, sizeCap: sizeCap) {
      return FileChange(
        transition: transition,
        oldSHA256: try digest(transition.oldID, mode: transition.oldMode),
        newSHA256: try digest(transition.newID, mode: transition.newMode),
        content: .opaque(reason)
      )
    }
    let old = try side(transition.oldID)
    let new = try side(transition.newID)
    defer { withExtendedLifetime((old, new)) {} }
    let content: FileChange.Content =
      if let reason = Self.opaqueReason(old.bytes, new.bytes) {
        .opaque(reason)
      } else {
        .text(
          HunkBuilder(old: Array(old.bytes), new: Array(new.bytes))
            .hunks(try Self.spans(old, new))
        )
      }
    return FileChange(
      transition: transition,
      oldSHA256: transition.isAddition ? nil : Digest.sha256(old.bytes),
      newSHA256: transition.isDeletion ? nil : Digest.sha256(new.bytes),
      content: content
    )
  }

  // MARK: - Opaque

  /// What modes and sizes alone say.
  private func opaqueReason(
    of transition: FileTransition,
    sizeCap: Int
  ) throws(GitError) -> OpaqueReason? {
    let modes = [transition.oldMode, transition.newMode]
    if modes.contains(.submodule) { return .submodule }
    if modes.contains(.symlink) { return .symlink }
    if transition.oldID == transition.newID { return .modeOnly }
    for id in [transition.oldID, transition.newID] where !id.isZero {
      let size = if let known = recent[id] { known.bytes.count } else { try size(of: id) }
      if size > sizeCap { return .tooLarge }
    }
    return nil
  }

  private static func opaqueReason(
    _ old: UnsafeRawBufferPointer,
    _ new: UnsafeRawBufferPointer
  ) -> OpaqueReason? {
    if hasNUL(old) || hasNUL(new) { return .binary }
    if isLFSPointer(old) || isLFSPointer(new) { return .lfsPointer }
    // An empty file that comes or goes changes no line.
    return old.isEmpty && new.isEmpty ? .modeOnly : nil
  }

  private static func hasNUL(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress else { return false }
    return memchr(start, 0, bytes.count) != nil
  }

  /// <https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>: under 1024 bytes, version first.
  private static func isLFSPointer(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count < 1024 && bytes.starts(with: "version https://git-lfs.github.com/spec/v".utf8)
  }

  private func digest(_ id: ObjectID, mode: FileMode) throws(GitError) -> [UInt8]? {
    guard mode != .absent, mode != .submodule else { return nil }
    let side = try side(id)
    defer { withExtendedLifetime(side) {} }
    return Digest.sha256(side.bytes)
  }

  // MARK: - Lines

  /// One side of a transition while it is being read.
  private struct Side {
    private let blob: KeptBlob?

    init(_ blob: KeptBlob?) { self.blob = blob }

    /// libgit2's blob; nil for an absent side.
    var raw: OpaquePointer? { blob?.raw }

    /// The content; valid while the side is.
    var bytes: UnsafeRawBufferPointer {
      blob?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }
  }

  private func side(_ id: ObjectID) throws(GitError) -> Side {
    id.isZero ? Side(nil) : Side(try keptBlob(id))
  }

  /// The groups of changed lines, without xdiff where there is only one answer.
  private static func spans(_ old: Side, _ new: Side) throws(GitError) -> [HunkSpan] {
    if let span = PlainDiff.span(old.bytes, new.bytes) { return [span] }
    return try spans(old.raw, new.raw)
  }

  /// Runs libgit2's xdiff with the pinned options.
  ///
  /// `GIT_DIFF_INDENT_HEURISTIC` makes the groups git's own; zero context and zero interhunk lines
  /// make each group a hunk; `GIT_DIFF_FORCE_TEXT` leaves nothing to guess.
  private static func spans(
    _ old: OpaquePointer?,
    _ new: OpaquePointer?
  ) throws(GitError) -> [HunkSpan] {
    var options = git_diff_options()
    try GitError.check(
      "git_diff_options_init",
      git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
    )
    options.flags = GIT_DIFF_INDENT_HEURISTIC.rawValue | GIT_DIFF_FORCE_TEXT.rawValue
    options.context_lines = 0
    options.interhunk_lines = 0
    let collector = SpanCollector()
    // Blobs and not buffers: `git_diff_buffers` hashes both sides first, which costs more than diffing.
    // An empty name has no attributes: with none at all libgit2 asks for those of "file", and reads
    // `.gitattributes` and the whole index to find them.
    let nameless = ""
    let status = git_diff_blobs(
      old,
      nameless,
      new,
      nameless,
      &options,
      nil,
      nil,
      { _, hunk, payload in
        guard let hunk, let payload else { return -1 }
        Unmanaged<SpanCollector>.fromOpaque(payload).takeUnretainedValue().add(hunk.pointee)
        return 0
      },
      nil,
      Unmanaged.passUnretained(collector).toOpaque()
    )
    try GitError.check("git_diff_blobs", status)
    return collector.spans
  }
}

/// Receives hunks from libgit2's callback.
private final class SpanCollector {
  var spans: [HunkSpan] = []

  /// A side without lines names the line before the gap (unified diff); ours names the one after.
  func add(_ hunk: git_diff_hunk) {
    spans.append(
      HunkSpan(
        old: range(start: hunk.old_start, count: hunk.old_lines),
        new: range(start: hunk.new_start, count: hunk.new_lines)
      )
    )
  }

  private func range(start: Int32, count: Int32) -> LineRange {
    LineRange(start: Int(count == 0 ? start + 1 : start), count: Int(count))
  }
}
