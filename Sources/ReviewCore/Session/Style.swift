/// Whether a screen has colours, and which.
package struct Style: Hashable, Sendable {
  /// What a row of the screen is for.
  package enum Role: Hashable, Sendable {
    /// The title row.
    case title
    /// Origin, evidence and state.
    case meta
    /// An unchanged line.
    case context
    /// A removed line.
    case removed
    /// An added line.
    case added
    /// The row with the position and messages.
    case status
    /// The row with the keys.
    case keys
  }

  /// Whether escape sequences for colour are written.
  package let colour: Bool

  /// Creates a style with or without colour.
  package init(colour: Bool) { self.colour = colour }

  /// Follows `NO_COLOR` and `TERM`.
  package init(environment: [String: String]) {
    let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    self.init(colour: !refused && Self.canMoveCursor(environment))
  }

  /// Follows `NO_COLOR` and a `TERM` that says no; one that says nothing is no terminal's.
  package init(forcedIn environment: [String: String]) {
    let isSilent = (environment["TERM"] ?? "").isEmpty
    self.init(environment: isSilent ? environment.merging(["TERM": "ansi"]) { $1 } : environment)
  }

  /// Whether the terminal understands more than plain lines.
  package static func canMoveCursor(_ environment: [String: String]) -> Bool {
    guard let term = environment["TERM"] else { return false }
    return !term.isEmpty && term != "dumb" && term != "unknown"
  }

  /// Wraps a row, which is already safe to print, in the colour of its role.
  package func paint(_ text: String, _ role: Role) -> String {
    guard colour, let code = Self.code(role), !text.isEmpty else { return text }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }

  private static func code(_ role: Role) -> String? {
    switch role {
    case .title: "1"
    case .meta: "36"
    case .removed: "31"
    case .added: "32"
    case .status: "33"
    case .keys: "7"
    case .context: nil
    }
  }
}
