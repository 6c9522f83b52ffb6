import Foundation
import Testing

@testable import ReviewCore

/// `docs/agent-ids.md` is what readers of `agents[]` rely on: it lists the catalogue as it is.
@Suite(.serialized) struct AgentsDocumentTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/agent-ids.md")

  /// The rows between the head of a table and the next empty line.
  private static func rows(of kind: AgentEntry.Kind) -> [String] {
    AgentCatalogue.entries.filter { $0.kind == kind }.sorted { $0.id < $1.id }.map(row)
  }

  private static func row(_ entry: AgentEntry) -> String {
    let cells: [String] = [
      entry.kind == .unnamed ? entry.displayName : "`\(entry.id)`",
      entry.kind == .agent ? entry.displayName : "",
      marks(entry, [.email, .slug, .nameSuffix], ", "),
      marks(entry, [.key, .keyValue, .sessionURL, .footer], ", "),
      marks(entry, [.phrase, .bareName], ", "),
      marks(entry, [.variable, .process, .packagePath], ", "),
    ]
    let kept = entry.kind == .bot ? [cells[0], cells[2]] : cells
    return "| " + kept.joined(separator: " | ") + " |"
  }

  private static func marks(
    _ entry: AgentEntry,
    _ forms: [Mark.Form],
    _ separator: String
  ) -> String {
    entry.marks.filter { forms.contains($0.form) }.map { mark in
      let weaker = mark.strength == .certain || mark.form == .phrase || mark.form == .bareName
      let text = mark.form == .key ? mark.text + ":" : mark.text
      return "`\(text)`" + (weaker ? "" : " (\(mark.strength.rawValue))")
    }.joined(separator: separator)
  }

  @Test(arguments: [
    ("agents", AgentEntry.Kind.agent), ("unnamed", .unnamed), ("bots", .bot),
  ])
  func `the document lists the catalogue`(table: String, kind: AgentEntry.Kind) throws {
    var lines = try String(contentsOf: Self.file, encoding: .utf8).components(separatedBy: "\n")
    let start = try #require(lines.firstIndex(of: "<!-- table: \(table) -->")) + 3
    let end = try #require(lines[start...].firstIndex(of: ""))
    let rows = Self.rows(of: kind)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      lines.replaceSubrange(start..<end, with: rows)
      try Data(lines.joined(separator: "\n").utf8).write(to: Self.file)
    } else {
      #expect(Array(lines[start..<end]) == rows)
    }
  }

  /// Once released an id stays: scripts and records hold it.
  @Test(arguments: [
    "claude-code", "codex", "pi", "copilot", "copilot-autofix", "cursor", "aider", "gemini-cli",
    "gemini-code-assist", "jules", "devin", "amp", "openhands", "opencode", "windsurf", "crush",
    "goose", "cline", "roo", "kilo", "warp", "zed", "junie", "factory-droid", "amazon-q", "kiro",
    "qwen-code", "kimi", "mistral-vibe", "continue", "replit", "lovable", "v0", "augment",
    "antigravity", "trae", "grok", "sweep", "sourcery", "greptile", "coderabbit", "ellipsis",
    "qodo", "codeflash", "firebender", "claude-flow", "sisyphus", "happy", "paperclip", "cosine",
    "blackbox", "openclaw", "engine-labs", "blink", "termai", "cliffy", "conductor", "hermes",
    "rovo", "qoder", "charlie", "zencoder", "codegen", "letta", "codebuff", "iflow",
    "openai-unknown",
  ])
  func `an id never goes away`(id: String) {
    #expect(AgentCatalogue.entry(id)?.kind == .agent)
  }
}
