extension AgentCatalogue {
  /// Agents of their own companies and projects.
  static let assistants: [AgentEntry] = [
    AgentEntry(
      "amp",
      "Amp",
      marks: [
        .email("amp@ampcode.com"),
        .key("amp-thread-id", "amp-thread"),
        .session("https://ampcode.com/threads/t-"),
        .phrase("sourcegraph amp", "ampcode"),
        .bare("amp"),
        .variable("AMP_CURRENT_THREAD_ID"),
        .process("amp"),
        .package("@sourcegraph/amp"),
      ],
      matching: [
        "Amp-Thread-ID: https://ampcode.com/threads/T-1", "Amp-Thread-ID:",
        "Co-authored-by: Amp <amp@ampcode.com>", "author: Amp <amp@ampcode.com>",
        "environment: AMP_CURRENT_THREAD_ID=T-1", "process: amp",
      ],
      notMatching: [
        "author: Jo Example <jo@ampcode.com>", "Escape &amp; in titles", "process: ampache",
      ]
    ),
    AgentEntry(
      "openhands",
      "OpenHands",
      marks: [
        .email("openhands@all-hands.dev", "opendevin@all-hands.dev", "opendevin@opendevin.ai"),
        .email("openhands-claude@all-hands.dev", "bot@opendevin.com", "openhands@openhands.dev"),
        .slug("openhands-agent", "openhands-agent[bot]", "openhands-ai[bot]"),
        .phrase("openhands", "opendevin", "openhands agent"),
        .process("openhands"),
        .package("openhands"),
      ],
      matching: [
        "author: openhands <openhands@all-hands.dev>",
        "Co-authored-by: OpenHands-GPT-5 openhands@all-hands.dev",
        "│Co-authored-by: openhands <openhands@all-hands.dev>",
        "fix\\n\\nCo-authored-by: openhands <openhands@all-hands.dev>",
        "Co-authored-by: OpenHands-<MODEL_ID>",
      ],
      notMatching: ["author: Jo Example <jo@all-hands.dev>"]
    ),
    AgentEntry(
      "devin",
      "Devin",
      marks: [
        .slug("devin-ai-integration[bot]", "devin-ai-integration", "devin-ai[bot]"),
        .session("https://app.devin.ai/sessions/"),
        .phrase("devin ai", "devin cli", "cognition devin"),
        .bare("devin"),
        .process("devin"),
      ],
      matching: [
        "author: Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>",
        "Co-authored-by: devin <devin-ai-integration[bot]@users.noreply.github.com>",
        "Co-authored-by: Devin <devin-ai-integration[bot]@users>",
        "Generated with [Devin](https://cli.devin.ai/docs)",
        "Link to Devin run: https://app.devin.ai/sessions/1",
      ],
      notMatching: [
        "author: Devin Example <devin@example.org>",
        "Signed-off-by: Devin J. Example <devin@example.org>",
        "Co-authored-by: Devin <devin@example.org>",
        "<!-- devin-review-badge-begin -->",
      ]
    ),
    AgentEntry(
      "opencode",
      "OpenCode",
      marks: [
        .email("noreply@opencode.ai"),
        .slug("opencode-agent[bot]", "opencode-agent"),
        .keyValue("agent-id: opencode", strength: .likely),
        .session("https://opencode.ai/s/", "https://opncd.ai/share/"),
        .phrase("opencode"),
        .variable("OPENCODE", "OPENCODE_PID"),
        .process("opencode"),
        .package("opencode-ai"),
      ],
      matching: [
        "🤖 Generated with [opencode](https://opencode.ai)", "🤖 Generated with [OpenCode](x)",
        "Co-Authored-By: opencode <noreply@opencode.ai>", "environment: OPENCODE=1",
        "process: opencode",
      ],
      notMatching: ["Opencode: Rename plugin directory", "https://opencode.ai/docs/plugins/"]
    ),
    AgentEntry(
      "crush",
      "Crush",
      marks: [
        .email("crush@charm.land", "noreply@crush.charm.land"), .slug("charmcrush"),
        .phrase("charm crush", "via crush"), .bare("crush"), .variable("CRUSH"),
        .process("crush"),
      ],
      matching: [
        "Assisted-by: Crush:qwen3.8-max", "Assisted-by: Crush:[Qwen 3.7 Max]",
        "Assisted-by: GLM-5 via Crush <crush@charm.land>", "Assisted-by: Claude Sonnet 4 via Crush",
        "Assisted-by: <Model-Name> via Crush", "💘 Generated with Crush", "🐾 Generated with Crush",
        "💖 Generated with [Crush](https://charm.land)",
        "Co-Authored-By: Crush <crush@charm.land", "environment: CRUSH=1",
        "Co-Authored-By: Crush &lt;crush@charm.land&gt;",
      ],
      notMatching: [
        "author: Jo Example <jo@charm.land>",
        "Co-authored-by: Charm <124303983+charmcli@users.noreply.github.com>",
        "Crush the last bug",
      ]
    ),
    AgentEntry(
      "goose",
      "Goose",
      marks: [
        .email("opensource@block.xyz", "goose@block.xyz", strength: .likely),
        .slug("aaif-goose", "goose-ai[bot]", strength: .likely), .bare("goose"),
        .phrase("block goose"), .variable("GOOSE_TERMINAL"),
        .process("goosed", "goose ", "goose session", "goose run", "goose web", "goose acp"),
      ],
      matching: [
        "Co-authored-by: Goose <opensource@block.xyz>",
        "Co-authored-by: goose <271095942+aaif-goose@users.noreply.github.com>",
        "environment: GOOSE_TERMINAL=1", "process: goose session",
      ],
      notMatching: [
        "author: Gus (goose) Example <gus@example.org>", "Bump pressly/goose/v3",
        "Co-authored-by: goosehandle <1+goosehandle@users.noreply.github.com>",
        "process: goose -dir migrations postgres up",
      ]
    ),
    AgentEntry(
      "cline",
      "Cline",
      marks: [
        .email("noreply@cline.bot", strength: .likely), .slug("cline[bot]"), .bare("cline"),
        .variable("CLINE_ACTIVE"), .process("cline"),
      ],
      matching: ["Co-authored-by: Cline <noreply@cline.bot>", "environment: CLINE_ACTIVE=true"],
      notMatching: ["author: Jo Cline <jo@example.org>"]
    ),
    AgentEntry(
      "roo",
      "Roo Code",
      marks: [
        .email("roomote@roocode.com"), .slug("roomote[bot]", "roomote-agent"), .phrase("roo code"),
        .variable("ROO_ACTIVE"),
      ],
      matching: [
        "author: Roo Code <roomote@roocode.com>",
        "Co-authored-by: x <1+roomote[bot]@users.noreply.github.com>",
      ]
    ),
    AgentEntry(
      "kilo",
      "Kilo Code",
      marks: [
        .slug("kiloconnect[bot]"), .phrase("kilo code", "kilocode"),
        .email("noreply@kilo.ai", "noreply@kilocode.ai", strength: .likely),
        .process("kilocode"),
      ],
      matching: ["Co-authored-by: x <240665456+kiloconnect[bot]@users.noreply.github.com>"]
    ),
    AgentEntry(
      "warp",
      "Warp",
      marks: [
        .email("oz-agent@warp.dev", "agent@warp.dev"), .phrase("warp agent", "warp oz"),
        .process("oz-agent"),
      ],
      matching: [
        "Co-Authored-By: Oz <oz-agent@warp.dev>", "Co-Authored-By: Warp <agent@warp.dev>",
      ],
      notMatching: ["Co-authored-by: Jo Example <jo@warp.dev>"]
    ),
    AgentEntry(
      "zed",
      "Zed AI",
      marks: [.phrase("zed ai", "zed agent")],
      matching: ["Co-Authored-By: Zed AI with Claude Sonnet 4.6"],
      notMatching: ["Co-authored-by: Jo Example <jo@zed.dev>"]
    ),
    AgentEntry(
      "factory-droid",
      "Factory Droid",
      marks: [
        .slug("factory-droid[bot]", "factory-droid"), .phrase("factory droid"), .bare("droid"),
        .process("droid"),
      ],
      matching: [
        "Co-authored-by: x <138933559+factory-droid[bot]@users.noreply.github.com>",
        "🤖 Generated with [Droid](https://docs.factory.ai/factory-droids)",
        "process: droid exec",
      ],
      notMatching: ["author: jo-droid <jo@example.org>"]
    ),
    AgentEntry(
      "continue",
      "Continue",
      marks: [
        .email("noreply@continue.dev"), .bare("continue"), .slug("continue[bot]"),
        .phrase("continue dev"),
      ],
      matching: [
        "Generated with [Continue](https://continue.dev)", "Creado con [Continue](https://x)",
        "Co-Authored-By: Continue <noreply@continue.dev>",
      ],
      notMatching: ["Continue with the next step"]
    ),
    AgentEntry(
      "replit",
      "Replit Agent",
      marks: [
        .keyValue("replit-commit-author: agent"),
        .keyValue("replit-commit-author: assistant", strength: .likely),
        .key("replit-commit-session-id", "replit-commit-checkpoint-type", strength: .likely),
        .key("replit-commit-event-id", "replit-commit-screenshot-url", strength: .likely),
        .key("replit-helium-checkpoint-created", strength: .likely),
        .phrase("replit agent"),
        .variable("REPL_ID", strength: .weak),
      ],
      matching: ["Replit-Commit-Author: Agent", "Replit-Commit-Session-Id: 1"]
    ),
    AgentEntry(
      "lovable",
      "Lovable",
      marks: [
        .slug("gpt-engineer-app[bot]", "lovable-dev[bot]"), .key("x-lovable-edit-id"),
        .bare("lovable"),
      ],
      matching: [
        "author: x <159125892+gpt-engineer-app[bot]@users.noreply.github.com>",
        "X-Lovable-Edit-ID: edt-1",
      ],
      notMatching: ["author: Lovable <noreply@lovable.dev>"]
    ),
    AgentEntry(
      "v0",
      "v0",
      marks: [.slug("v0[bot]"), .email("v0[bot]@vercel.com", "v0@vercel.com", strength: .likely)],
      matching: ["author: v0[bot] <v0[bot]@users.noreply.github.com>"]
    ),
    AgentEntry(
      "windsurf",
      "Windsurf",
      marks: [
        .email("cascade@windsurf.ai", "windsurf@codeium.com", strength: .likely),
        .email("noreply@codeium.com", "cascade@windsurf.com", strength: .likely),
        .phrase("windsurf cascade", "windsurf"),
      ],
      matching: ["author: Cascade <cascade@windsurf.ai>"],
      notMatching: ["Cascade deletes to children"]
    ),
    AgentEntry(
      "augment",
      "Augment",
      marks: [
        .phrase("augment code", "auggie"), .variable("AUGMENT_AGENT"), .process("auggie"),
        .slug("augmentcode[bot]"), .package("@augmentcode/auggie"),
      ],
      matching: ["environment: AUGMENT_AGENT=1", "process: auggie"]
    ),
    AgentEntry(
      "iflow",
      "iFlow CLI",
      marks: [.phrase("iflow cli"), .variable("IFLOW_CLI"), .process("iflow")],
      matching: ["environment: IFLOW_CLI=1"]
    ),
  ]
}
