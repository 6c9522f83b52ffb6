/// Names of branches from outside, as parts of what git is asked to fetch.
package enum BranchName {
  private static let longest = 512
  private static let prefix = "refs/heads/"

  /// The name below `refs/heads/`; nil for text that git refuses as one or reads as a pattern.
  package static func plain(_ text: String) -> String? {
    let name = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
    guard !name.isEmpty, name.utf8.count <= longest, !name.hasPrefix("-"), name != "@",
      name.utf8.allSatisfy(isAllowed), !name.contains(".."), !name.contains("@{")
    else { return nil }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }),
      !name.hasSuffix(".")
    else { return nil }
    return name
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte > UInt8(ascii: " ") && byte != 0x7f && !"~^:?*[\\".utf8.contains(byte)
  }
}
