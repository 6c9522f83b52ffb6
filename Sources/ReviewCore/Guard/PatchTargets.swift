/// The files a patch in a tool call names.
package enum PatchTargets {
  /// Paths of `*** Update File:` and the like, and of unified diffs.
  package static func of(_ patch: String) -> [String] {
    var paths: [String] = []
    for line in patch.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
      for marker in markers where line.hasPrefix(marker) {
        var path = line.dropFirst(marker.count)
        if marker.hasPrefix("+") || marker.hasPrefix("-") {
          path = path.prefix { $0 != "\t" }
          if path.hasPrefix("a/") || path.hasPrefix("b/") { path = path.dropFirst(2) }
        }
        while path.last == " " || path.last == "\r" { path = path.dropLast() }
        paths.append(String(path.drop { $0 == " " }))
      }
      if paths.count > 1_000 { break }
    }
    return paths
  }

  private static let markers = [
    "*** Update File: ", "*** Add File: ", "*** Delete File: ", "*** Move to: ", "+++ ", "--- ",
  ]
}
