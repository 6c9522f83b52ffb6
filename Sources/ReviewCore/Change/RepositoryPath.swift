/// A path inside a repository: bytes between slashes, relative to its root.
///
/// Git stores paths as bytes that need not be UTF-8, so they become text only when shown
/// (`display`) or written to a format that needs text (`escaped`).
package struct RepositoryPath: Hashable, Sendable {
  /// The raw bytes, as they stand in git's trees.
  package let bytes: [UInt8]

  /// Wraps the bytes of a path.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Wraps a path that is known to be text.
  package init(_ text: String) { bytes = Array(text.utf8) }

  /// Feeds all bytes at once: one by one they cost more than everything that is looked up by them.
  package func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }

  /// Safe to print: controls, escapes and bidirectional marks are visible, invalid UTF-8 is `\xNN`.
  package var display: String { VisibleText.line(bytes) }

  /// Reversible text: valid UTF-8 stays, every other byte and `%` become `%NN`.
  package var escaped: String { PercentEscaped.encode(bytes) }

  /// Reads what `escaped` wrote; nil when a `%` is not followed by two digits.
  package init?(escaped text: String) {
    guard let bytes = PercentEscaped.decode(text) else { return nil }
    self.bytes = bytes
  }

  /// The path with one more component.
  package func appending(_ component: [UInt8]) -> RepositoryPath {
    bytes.isEmpty
      ? RepositoryPath(component) : RepositoryPath(bytes + [UInt8(ascii: "/")] + component)
  }
}

extension RepositoryPath: Comparable {
  /// Orders by bytes, as git orders the paths of an index.
  package static func < (left: Self, right: Self) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}
