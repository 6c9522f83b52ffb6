/// The files a patch names, in the form of `apply_patch` or as a unified diff.
package enum PatchPaths {
  private static let envelope = "*** Begin Patch"
  private static let heads = [
    "*** Update File: ", "*** Add File: ", "*** Delete File: ", "*** Move to: ",
  ]
  private static let unifiedHeads = ["+++ ", "--- "]

  /// Paths beyond which no more are read.
  private static let most = 5_000

  /// Every path once, in the order of the patch.
  ///
  /// In the form of `apply_patch` a line that begins with `+++ ` is content.
  package static func of(_ patch: String) -> [String] {
    var seen: Set<String> = []
    var paths: [String] = []
    var isEnveloped = false
    for line in patch.utf8.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
      // Thousands of lines of content are no heads, which is seen from their first bytes.
      guard let first = line.first, "*+-".utf8.contains(first), line.dropFirst().first == first
      else { continue }
      let text = String(decoding: line, as: UTF8.self)
      if text.hasPrefix(envelope) { isEnveloped = true }
      guard let path = path(text, isEnveloped), seen.insert(path).inserted else { continue }
      paths.append(path)
      if paths.count == most { break }
    }
    return paths
  }

  private static func path(_ line: String, _ isEnveloped: Bool) -> String? {
    if let head = heads.first(where: line.hasPrefix) {
      let path = trimmed(line.dropFirst(head.count))
      return path.isEmpty ? nil : path
    }
    guard !isEnveloped, let head = unifiedHeads.first(where: line.hasPrefix) else { return nil }
    // A time may follow behind a tab.
    let path = trimmed(line.dropFirst(head.count).prefix { $0 != "\t" })
    if path.isEmpty || path == "/dev/null" { return nil }
    return path.hasPrefix("a/") || path.hasPrefix("b/") ? String(path.dropFirst(2)) : path
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
