/// The files a patch in the form of `apply_patch` names.
package enum PatchedFiles {
  /// The last ones stand in unified diffs, which some tools take.
  private static let heads = [
    "*** Update File: ", "*** Add File: ", "*** Delete File: ", "*** Move to: ", "+++ b/",
    "--- a/",
  ]

  /// Every path once, in the order of the patch.
  package static func of(_ patch: String) -> [String] {
    var seen: Set<String> = []
    var paths: [String] = []
    for line in patch.utf8.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
      // Thousands of lines of content are no heads, which is seen from their first bytes.
      guard let first = line.first, "*+-".utf8.contains(first), line.dropFirst().first == first
      else { continue }
      let text = String(decoding: line, as: UTF8.self)
      for head in heads where text.hasPrefix(head) {
        let path = trimmed(text.dropFirst(head.count))
        if !path.isEmpty, seen.insert(path).inserted { paths.append(path) }
      }
    }
    return paths
  }

  /// The paths in the lines `A path`, `M path` and `D path` of what a tool answered.
  package static func ofSummary(_ text: String) -> [String] {
    var paths: [String] = []
    for line in text.split(whereSeparator: \.isNewline) where line.dropFirst().first == " " {
      guard let kind = line.first, "AMD".contains(kind) else { continue }
      let path = trimmed(line.dropFirst(2))
      if !path.isEmpty { paths.append(path) }
    }
    return paths
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
