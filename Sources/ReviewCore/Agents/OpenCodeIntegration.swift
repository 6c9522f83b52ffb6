/// OpenCode: a plugin.
struct OpenCodeIntegration: AgentIntegration {
  let id = "opencode"
  let name = "OpenCode"
  let programs = ["opencode"]
  let blindFor = [
    "versions that never report the end of a call (found when the session is idle)"
  ]
  let guardedEndings = [
    [".opencode", "plugins", "reviewgate.ts"], ["opencode", "plugins", "reviewgate.ts"],
  ]

  var configuration: AgentConfiguration { .script(AgentScript(agent: id, body: Self.body)) }

  func folder(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    scope == .user ? places.config + "/opencode" : places.project.map { $0 + "/.opencode" }
  }

  func file(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    folder(scope, places).map { $0 + "/plugins/reviewgate.ts" }
  }

  func steps(_ scope: AgentScope) -> [String] { ["restart OpenCode to load the plugin."] }

  /// An error thrown before a call is how a plugin denies it; nothing else here throws.
  private static let body = """

    // Tools that only look; every other one may write files.
    const looking = new Set(["read", "grep", "glob", "list", "webfetch", "todoread", "todowrite"]);
    const editing = new Set(["edit", "write", "multiedit", "patch", "apply_patch"]);

    function run(verb, event) {
      try {
        return spawnSync(program, [verb, "opencode"], {
          input: JSON.stringify(event), encoding: "utf8", timeout: 5000, cwd: event.cwd,
        });
      } catch {
        return undefined;
      }
    }

    export const ReviewGate = async ({ directory }) => {
      let model;
      const describe = (name, call, args) => {
        const isEdit = editing.has(call?.tool);
        const paths = isEdit && args?.filePath ? [args.filePath] : [];
        return {
          hook_event_name: name.replace("TOOL", isEdit ? "edit" : "command"),
          session_id: call?.sessionID ?? "opencode",
          cwd: args?.workdir ?? directory ?? process.cwd(),
          model,
          tool_name: call?.tool,
          tool_use_id: call?.callID,
          tool_input: { filePath: args?.filePath, command: args?.command, patch: args?.patchText ?? args?.patch },
          will_edit_filepaths: name === "before_TOOL" ? paths : undefined,
          edited_filepaths: name === "after_TOOL" ? paths : undefined,
        };
      };
      return {
        "chat.message": async (input) => {
          model = input?.model?.modelID ?? model;
        },
        "tool.execute.before": async (input, output) => {
          if (looking.has(input?.tool)) return;
          const described = describe("before_TOOL", input, output?.args);
          const verdict = run("guard", described);
          if (verdict?.status === 2) throw new Error(verdict.stderr.trim());
          run("agent-event", described);
        },
        "tool.execute.after": async (input, output) => {
          if (looking.has(input?.tool)) return;
          run("agent-event", describe("after_TOOL", input, input?.args ?? output?.args));
        },
        event: async ({ event }) => {
          if (event?.type === "session.created") {
            run("agent-event", describe("session_start", { sessionID: event?.properties?.info?.id }));
          }
          if (event?.type === "session.idle") {
            run("agent-event", describe("stop", { sessionID: event?.properties?.sessionID }));
          }
        },
      };
    };

    """
}
