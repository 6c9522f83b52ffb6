/// Pi: an extension, since it starts no commands by itself.
struct PiIntegration: AgentIntegration {
  let id = "pi"
  let name = "Pi"
  let programs = ["pi"]
  let blindFor = [
    "edits inside one call of code, in versions that do not report them (found after the call)",
    "`!` commands, which a person types",
  ]
  let guardedEndings = [
    [".pi", "extensions", "reviewgate.ts"], [".pi", "agent", "extensions", "reviewgate.ts"],
  ]

  var configuration: AgentConfiguration { .script(AgentScript(agent: id, body: Self.body)) }

  func folder(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    (scope == .user ? places.home : places.project).map { $0 + "/.pi" }
  }

  func file(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    folder(scope, places).map {
      $0 + (scope == .user ? "/agent" : "") + "/extensions/reviewgate.ts"
    }
  }

  func steps(_ scope: AgentScope) -> [String] { ["restart Pi, or /reload, to load the extension."] }

  /// No import of Pi itself, whose package changes its name; what fails here never stops a tool.
  private static let body = """
    import { homedir } from "node:os";
    import { fileURLToPath } from "node:url";

    // Tools that only look; every other one may write files.
    const looking = new Set(["read", "grep", "find", "ls"]);

    function run(verb, event) {
      try {
        return spawnSync(program, [verb, "pi"], {
          input: JSON.stringify(event), encoding: "utf8", timeout: 5000, cwd: event.cwd,
        });
      } catch {
        return undefined;
      }
    }

    // Where Pi's own tools write when a model gives them this path.
    function place(path) {
      let name = String(path).replace(/[\\u00A0\\u2000-\\u200A\\u202F\\u205F\\u3000]/g, " ");
      if (name.startsWith("@")) name = name.slice(1);
      if (name === "~" || name.startsWith("~/")) return homedir() + name.slice(1);
      return name.startsWith("file://") ? fileURLToPath(name) : name;
    }

    function describe(name, event, ctx) {
      const input = event?.input ?? {};
      const file = ctx?.sessionManager?.getSessionFile?.();
      const isEdit = event?.toolName === "edit" || event?.toolName === "write";
      const path = isEdit && input.path ? place(input.path) : input.path;
      const paths = isEdit && path ? [path] : [];
      return {
        hook_event_name: name.replace("TOOL", isEdit ? "edit" : "command"),
        session_id: ctx?.sessionManager?.getSessionId?.() ?? (file ? String(file).split("/").pop() : "pi"),
        session_path: file,
        cwd: ctx?.cwd ?? process.cwd(),
        model: ctx?.model?.id,
        tool_name: event?.toolName,
        tool_use_id: event?.toolCallId,
        tool_input: { path, command: input.command },
        will_edit_filepaths: name === "before_TOOL" ? paths : undefined,
        edited_filepaths: name === "after_TOOL" ? paths : undefined,
      };
    }

    export default function (pi) {
      const on = (name, work) => {
        pi.on(name, async (event, ctx) => {
          try {
            return work(event, ctx);
          } catch {
            return undefined;
          }
        });
      };
      on("session_start", (event, ctx) => {
        run("agent-event", describe("session_start", event, ctx));
      });
      on("tool_call", (event, ctx) => {
        if (looking.has(event.toolName)) return undefined;
        const described = describe("before_TOOL", event, ctx);
        const verdict = run("guard", described);
        if (verdict?.status === 2) return { block: true, reason: verdict.stderr.trim() };
        run("agent-event", described);
        return undefined;
      });
      on("tool_result", (event, ctx) => {
        if (!looking.has(event.toolName)) run("agent-event", describe("after_TOOL", event, ctx));
      });
      for (const end of ["agent_end", "session_shutdown"]) {
        on(end, (event, ctx) => {
          run("agent-event", describe("stop", undefined, ctx));
        });
      }
    }

    """
}
