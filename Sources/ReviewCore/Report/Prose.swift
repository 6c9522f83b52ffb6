/// Sentences for people, which break where the terminal ends.
enum Prose {
  /// A narrower terminal gets lines of this many cells, and breaks them itself.
  private static let narrowest = 40

  /// The text as lines of at most `width` cells, broken at blanks; one line without a width.
  ///
  /// A word that is too long stays whole: it may be a path or a command to be copied.
  static func lines(_ text: String, width: Int?) -> [String] {
    guard let width = width.map({ max(narrowest, $0) }) else { return [text] }
    var lines: [String] = []
    var line: String?
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      guard let begun = line else {
        line = String(word)
        continue
      }
      let longer = begun + " " + word
      if CellWidth.of(longer) <= width {
        line = longer
      } else {
        lines.append(begun)
        line = String(word)
      }
    }
    return lines + [line ?? ""]
  }
}
