extension AgentCatalogue {
  private static func service(
    _ id: String,
    _ name: String,
    _ marks: [[Mark]],
    _ matching: String...
  ) -> AgentEntry { AgentEntry(id, name, marks: marks, matching: matching) }

  private static func app(_ id: String, _ name: String, _ slug: String) -> AgentEntry {
    service(
      id,
      name,
      [.slug(slug)],
      "Co-authored-by: x <1+\(slug)@users.noreply.github.com>"
    )
  }

  private static func mailbox(_ id: String, _ name: String, _ addresses: String...) -> AgentEntry {
    AgentEntry(
      id,
      name,
      marks: addresses.map { .email($0) },
      matching: addresses.map { "Co-authored-by: \(name) <\($0)>" }
    )
  }

  /// Rarer tools, and bots whose suggestions people apply.
  static let longTail: [AgentEntry] = [
    app("sweep", "Sweep", "sweep-ai[bot]"),
    app("sourcery", "Sourcery", "sourcery-ai[bot]"),
    app("greptile", "Greptile", "greptile-apps[bot]"),
    app("coderabbit", "CodeRabbit", "coderabbitai[bot]"),
    app("ellipsis", "Ellipsis", "ellipsis-dev[bot]"),
    app("qodo", "Qodo", "qodo-merge[bot]"),
    app("codeflash", "codeflash", "codeflash-ai[bot]"),
    app("engine-labs", "cto.new", "engine-labs-app[bot]"),
    app("blink", "Coder Blink", "blink-so[bot]"),
    app("charlie", "Charlie", "charliecreates[bot]"),
    app("zencoder", "Zencoder", "zencoder-ai[bot]"),
    app("codegen", "Codegen", "codegen-sh[bot]"),
    app("sourcegraph-cody", "Cody", "sourcegraph-cody[bot]"),
    app("jetbrains-ai", "JetBrains AI", "jetbrains-ai[bot]"),
    service(
      "firebender",
      "Firebender",
      [.email("help@firebender.com"), .phrase("firebender")],
      "🤖 Generated with [Firebender](https://firebender.com)",
      "Co-Authored-By: Firebender <help@firebender.com>"
    ),
    service(
      "claude-flow",
      "claude-flow",
      // The address in its trailer is the owner's own: the name decides.
      [.phrase("claude flow")],
      "Co-Authored-By: claude-flow <ruv@ruv.net>"
    ),
    service(
      "sisyphus",
      "Sisyphus",
      [
        .email("clio-agent@sisyphuslabs.ai"), .footer("ultraworked with sisyphus"),
        .bare("sisyphus"),
      ],
      "Ultraworked with [Sisyphus](https://example.org/x)",
      "Co-authored-by: Sisyphus <clio-agent@sisyphuslabs.ai>"
    ),
    service(
      "happy",
      "Happy",
      [.email("yesreply@happy.engineering"), .footer("via happy")],
      "Co-Authored-By: Happy <yesreply@happy.engineering>",
      "via [Happy](https://happy.engineering)"
    ),
    mailbox("paperclip", "Paperclip", "noreply@paperclip.ing"),
    service(
      "cosine",
      "Cosine",
      [.email("agent@cosine.sh"), .slug("cosineai[bot]")],
      "Co-authored-by: Genie <agent@cosine.sh>"
    ),
    service(
      "blackbox",
      "BLACKBOX",
      [.email("agent@blackbox.ai", "code@blackbox.ai"), .phrase("blackbox agent", "blackbox ai")],
      "author: BLACKBOX Agent <agent@blackbox.ai>",
      "author: BLACKBOX Agent <code@blackbox.ai>"
    ),
    service(
      "openclaw",
      "OpenClaw",
      [
        .email("agent@openclaw.dev", "bot@openclaw.dev", "openclaw@openclaw.dev"),
        .email("agent@openclaw.ai", "bot@openclaw.ai", "openclaw@openclaw.ai"),
        .email("agent@openclaw.local", "bot@openclaw.local", "agent@openclaw.com"),
        .phrase("openclaw", "openclaw agent", "openclaw bot"),
      ],
      "author: OpenClaw Agent <agent@openclaw.dev>",
      "Co-authored-by: OpenClaw <bot@openclaw.ai>",
      "author: OpenClaw <openclaw@localhost>"
    ),
    service(
      "letta",
      "Letta Code",
      [.email("noreply@letta.com"), .phrase("letta code"), .process("letta")],
      "👾 Generated with [Letta Code](https://letta.com)",
      "Co-Authored-By: Letta <noreply@letta.com>"
    ),
    service(
      "codebuff",
      "Codebuff",
      [.email("noreply@codebuff.com"), .phrase("codebuff"), .process("codebuff")],
      "🤖 Generated with Codebuff",
      "Co-Authored-By: Codebuff <noreply@codebuff.com>"
    ),
    service(
      "termai",
      "termai",
      [.email("noreply@termai.io"), .phrase("termai")],
      "🤖 Generated with termai",
      "Co-Authored-By: termai <noreply@termai.io>"
    ),
    service(
      "cliffy",
      "Cliffy",
      [.email("cliffy@ettio.com"), .phrase("cliffy")],
      "🫡 Generated with Cliffy",
      "ᕕ( ᐛ )ᕗ  Generated with Cliffy"
    ),
    service(
      "conductor",
      "Conductor",
      [.footer("changes auto-committed by conductor", strength: .likely)],
      "Changes auto-committed by Conductor"
    ),
    service(
      "rovo",
      "Rovo Dev",
      [.phrase("atlassian rovo dev", "rovo dev"), .process("rovodev")],
      "Co-authored-by: Atlassian Rovo Dev"
    ),
    service("qoder", "Qoder", [.phrase("qoder"), .process("qodercli")], "Assisted-by: Qoder"),
    service("hermes", "Hermes", [.phrase("hermes agent")], "Co-authored-by: Hermes Agent"),
  ]

  /// Marks that say "some agent took part" without saying which.
  static let unnamed: [AgentEntry] = [
    AgentEntry(
      "github-agent",
      "GitHub-hosted agent",
      kind: .unnamed,
      marks: [.key("agent-logs-url")],
      matching: ["Agent-Logs-Url: https://github.com/example/x/sessions/1"]
    ),
    AgentEntry(
      "entire",
      "Entire",
      kind: .unnamed,
      marks: [
        .key("entire-checkpoint", strength: .likely),
        .key("entire-session", "entire-strategy", "entire-agent", strength: .weak),
        .key("entire-metadata", "entire-metadata-task", strength: .weak),
      ],
      matching: ["Entire-Checkpoint: a0471fb973c3"],
      notMatching: ["Entire-Strategy: manual-commit"]
    ),
    AgentEntry(
      "home-made",
      "Home-made trailers",
      kind: .unnamed,
      marks: [
        .key("agent-id", "linked-note-id", "agent-session", "agent-session-id", strength: .likely),
        .key("agent-task", "agent-confidence", "x-ai-model", strength: .weak),
        .key("x-ai-tokens-in", "x-ai-tokens-out", "crow-session", strength: .weak),
      ],
      matching: ["Agent-Id: 0a1b"],
      notMatching: ["Agent-Confidence: 0.99"]
    ),
  ]
}
