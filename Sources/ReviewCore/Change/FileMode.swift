/// The mode of a tree entry, as git writes it.
package struct FileMode: RawRepresentable, Hashable, Sendable {
  /// The octal mode git stores; 0 where there is no entry.
  package let rawValue: UInt32

  /// Wraps a mode read from a tree.
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// No entry on this side of a transition.
  package static let absent = FileMode(rawValue: 0)
  /// An ordinary file.
  package static let regular = FileMode(rawValue: 0o100644)
  /// A file with the executable bit.
  package static let executable = FileMode(rawValue: 0o100755)
  /// A symbolic link, whose blob is its target.
  package static let symlink = FileMode(rawValue: 0o120000)
  /// A submodule, whose id is a commit elsewhere.
  package static let submodule = FileMode(rawValue: 0o160000)
  /// A directory.
  package static let directory = FileMode(rawValue: 0o040000)

  /// Whether the entry is a blob that can have lines.
  package var isFile: Bool { self != .absent && rawValue & 0o170000 == 0o100000 }

  /// The six octal digits git prints.
  package var octal: String {
    let digits = String(rawValue, radix: 8)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// Reads six or fewer octal digits.
  package init?(octal: String) {
    guard !octal.isEmpty, octal.utf8.count <= 6, let value = UInt32(octal, radix: 8) else {
      return nil
    }
    rawValue = value
  }
}
