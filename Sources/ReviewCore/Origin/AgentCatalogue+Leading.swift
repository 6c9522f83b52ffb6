extension AgentCatalogue {
  /// The agents that must never be missed, and the other widespread ones.
  static let leading: [AgentEntry] = [
    AgentEntry(
      "claude-code",
      "Claude Code",
      marks: [
        .email("noreply@anthropic.com", "claude@anthropic.com", "claude-code@anthropic.com"),
        .slug("claude", "claude[bot]", "claude-code[bot]", "anthropic-code-agent[bot]"),
        .key("claude-session", "claude-generated-by", "claude-steers", "claude-escapes"),
        .key(
          "claude-permission-prompts",
          "claude-plan",
          "claude-session-id",
          "claude-code-session"
        ),
        .session("https://claude.ai/code/session_", "https://claude.ai/code/sessions/"),
        .phrase(
          "claude code",
          "claude cli",
          "claude code cli",
          "claude agent",
          "claude code action"
        ),
        .bare("claude"),
        .variable("CLAUDE_CODE_CHILD_SESSION"),
        .variable("CLAUDECODE", "CLAUDE_CODE_SESSION_ID", strength: .weak),
        .variable("CLAUDE_CODE_ENTRYPOINT", "CLAUDE_CODE_SSE_PORT", strength: .weak),
        .process("claude", "claude-code"),
        .package("@anthropic-ai/claude-code", "@anthropic-ai/claude-agent-sdk"),
      ],
      matching: [
        "Co-Authored-By: Claude <noreply@anthropic.com>",
        "Co-Authored-By: Claude Opus 4.8 (1M context) <noreply@anthropic.com>",
        "Co-Authored-By: Claude Opus4.5<noreply@anthropic.com>",
        "🤖 Generated with [Claude Code](https://claude.com/claude-code)",
        "🐙 Generated with the help of [Claude Code](https://claude.ai/code)",
        "Generated with Claude CLI.",
        "Claude-Session: sub-agent build (Example, nightly)",
        "https://claude.ai/code/session_0123",
        "Claude-Generated-By: Claude Code (cli/claude-opus-4-5=100%)",
        "author: Claude Fable 5 <noreply@anthropic.com>",
        "author: claude[bot] <1+claude[bot]@users.noreply.github.com>",
        "Assisted-by: Claude Code (Sonnet 4.6)",
        "Assisted-by: Claude:claude-3-opus coccinelle sparse",
        "environment: CLAUDECODE=1", "process: /usr/local/bin/claude --resume",
        "process: node /opt/lib/node_modules/@anthropic-ai/claude-code/cli.js",
      ],
      notMatching: [
        "Signed-off-by: Claude Example <claude@example.org>",
        "author: Claude Example <claude@example.org>",
        "author: Jo Example <jo@anthropic.com>",
        "- claude-session: 40 tests passing",
        "Add the Claude Code footer to the detector",
        "Reviewed-by: Claude <noreply@anthropic.com>",
        "process: code --file claude.md",
      ]
    ),
    AgentEntry(
      "codex",
      "OpenAI Codex",
      marks: [
        .email("noreply@openai.com", "codex@openai.com"),
        .email("codex@openai.local", "codex@local", "codex@localhost", strength: .likely),
        .slug("chatgpt-codex-connector[bot]", "openai-code-agent[bot]", "openai-codex[bot]"),
        .key("codex-session", "codex-session-id", "codex-thread-id"),
        .session("https://chatgpt.com/codex/tasks/", "https://chatgpt.com/s/cd_"),
        .phrase("openai codex", "codex cli", "codex"),
        .variable("CODEX_THREAD_ID", "CODEX_SANDBOX", "CODEX_SANDBOX_NETWORK_DISABLED", "CODEX_CI"),
        .process("codex", "codex-cli", "codex-tui"),
        .package("@openai/codex"),
      ],
      matching: [
        "Co-authored-by: Codex <noreply@openai.com>",
        "Co-authored-by: GPT 5.6 <codex@openai.com>",
        "Co-authored-by: codex-cli 0.130.0 gpt-5.5 xhigh",
        "Signed-off-by: Codex <codex@openai.com>", "Assisted-by: Codex 5.3",
        "author: Codex <codex@openai.com>",
        "author: x <1+chatgpt-codex-connector[bot]@users.noreply.github.com>",
        "environment: CODEX_THREAD_ID=1", "process: codex exec",
        "process: node /usr/lib/node_modules/@openai/codex/bin/codex.js",
      ],
      notMatching: [
        "Co-authored-by: Codex <codex@example.com>", "Address Codex review",
        "author: Jo Example <jo@openai.com>", "Signed-off-by: Jo Example <jo@openai.com>",
      ]
    ),
    AgentEntry(
      "pi",
      "Pi",
      marks: [
        .email("noreply@pi.dev", "pi@badlogic.games", "pi@pi.dev"),
        .slug("pi-coding-agent[bot]"),
        .key("pi-session", "pi-session-id"),
        .session(
          "https://pi.dev/session",
          "https://buildwithpi.ai/session",
          "https://shittycodingagent.ai/session"
        ),
        .phrase("pi coding agent", "pi agent"),
        .bare("pi"),
        .variable("PI_CODING_AGENT", "PI_SESSION_ID"),
        .process("pi", "pi-coding-agent"),
        .package("@mariozechner/pi-coding-agent", "@earendil-works/pi-coding-agent"),
      ],
      matching: [
        "Co-authored-by: pi <pi@badlogic.games>",
        "Co-authored-by: Pi <pi@workshop.local>",
        "Co-authored-by: pi with GPT-5.3-Codex <pi-gpt-5.3-codex@codex.local>",
        "Co-Authored-By: Claude Opus 4.6 <noreply@pi.dev>", "Generated-By: pi 0.52.12",
        "https://buildwithpi.ai/session?0123", "https://pi.dev/session/#0123",
        "AI-assistant: pi-coding-agent:glm-4.7", "environment: PI_CODING_AGENT=true",
        "process: pi", "process: node /x/@mariozechner/pi-coding-agent/dist/cli.js",
        "process: node /x/@earendil-works/pi-coding-agent/dist/cli.js",
      ],
      notMatching: [
        "author: pi <pi@raspberrypi>", "Co-authored-by: pi <pi@raspberrypi.local>",
        "Signed-off-by: Pi Example <pi.example@example.org>", "Compute pi to more digits",
        "process: /usr/bin/pip install", "environment: PI_CODING_AGENT_DIR=/x",
      ]
    ),
    AgentEntry(
      "copilot",
      "GitHub Copilot",
      marks: [
        .slug("copilot", "copilot-swe-agent[bot]", "copilot[bot]", "copilot-swe-agent"),
        .email("copilot@github.com", "noreply+copilot@github.com", strength: .likely),
        .email("copilot@local", "copilot@localhost", strength: .likely),
        .key("copilot-session", "copilot-session-id"),
        .phrase("github copilot", "copilot", "copilot cli", "copilot app", "github copilot cli"),
        .phrase("copilot coding agent"),
        .variable("COPILOT_AGENT_SESSION_ID", "COPILOT_CLI"),
        .process("copilot", "copilot-cli"),
        .package("@github/copilot"),
      ],
      matching: [
        "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>",
        "Co-authored-by: Copilot Autofix powered by AI <7+Copilot@users.noreply.github.com>",
        "Co-authored-by: GitHub Copilot <noreply+copilot@github.com>",
        "Copilot-Session: 9b663367",
        "author: copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>",
        "environment: COPILOT_AGENT_SESSION_ID=1", "process: copilot",
      ],
      notMatching: [
        "author: Jo Example <jo@copilot.money>", "Fix Copilot model attribution",
        "Merge pull request #1 from example/copilot/token-debug",
      ]
    ),
    AgentEntry(
      "copilot-autofix",
      "Copilot Autofix",
      marks: [.slug("github-advanced-security[bot]", "github-code-quality[bot]")],
      matching: [
        "Co-authored-by: Copilot Autofix powered by AI "
          + "<62310815+github-advanced-security[bot]@users.noreply.github.com>"
      ]
    ),
    AgentEntry(
      "cursor",
      "Cursor",
      marks: [
        .email("cursoragent@cursor.com"),
        .slug("cursor[bot]", "cursoragent", "cursoragent[bot]"),
        .keyValue("made-with: cursor", "built-with: cursor"),
        .key("cursor-session", "cursor-agent-id"),
        .session("https://cursor.com/agents?id=", "https://cursor.com/background-agent?bcid="),
        .phrase("cursor agent", "cursor ai", "cursor cli", "cursor ide"),
        .bare("cursor"),
        .variable("CURSOR_AGENT", "CURSOR_SANDBOX"),
        .variable("CURSOR_TRACE_ID", strength: .weak),
        .process("cursor-agent"),
      ],
      matching: [
        "Co-authored-by: Cursor Agent <cursoragent@cursor.com>", "Made-with: Cursor",
        "author: Cursor Agent <cursoragent@cursor.com>", "environment: CURSOR_AGENT=1",
        "process: cursor-agent",
      ],
      notMatching: [
        "author: Jo Example <jo@cursor.com>", "Fix cursor position",
        "process: /opt/cursor/cursor --type=renderer",
      ]
    ),
    AgentEntry(
      "aider",
      "Aider",
      marks: [
        .email("aider@aider.chat", "noreply@aider.chat", "noreply@aider.dev"),
        .suffix("(aider)"),
        .phrase("aider"),
        .variable("AIDER_SESSION"),
        .process("aider"),
        .package("aider", "aider-chat"),
      ],
      matching: [
        "author: Jo Example (aider) <jo@example.org>",
        "Co-authored-by: aider (openai/gpt-5.2) <aider@aider.chat>",
        "Co-authored-by: aider (vertex_ai/gemini-2.5) <noreply@aider.dev>",
        "process: python3 -m aider", "process: aider",
      ],
      notMatching: [
        "author: Pat Example <aider@example.org>", "author: Pat Example <pat@aider.chat>",
        "committer: Jo Example (aider) <jo@example.org>", "aider: support fzf in the picker",
        "author: Jo (goose) Example <jo@example.org>",
      ]
    ),
  ]
}
