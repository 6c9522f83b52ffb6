import Foundation
import TestSupport
import Testing

/// A JavaScript engine, where there is one.
private let nodeProgram = ["/usr/bin/node", "/usr/local/bin/node"].first {
  FileManager.default.isExecutableFile(atPath: $0)
}

/// The scripts for Pi and OpenCode, run by a JavaScript engine where there is one.
@Suite struct AgentScriptTests {
  /// Stands in for Pi: calls what the extension registered.
  static let pi = """
    import extension from "./script.mjs";
    const on = {};
    extension({ on: (name, work) => { on[name] = work; } });
    const ctx = { cwd: process.cwd(), sessionManager: { getSessionFile: () => "/s/one.jsonl" } };
    const call = (toolName, input) => on.tool_call({ toolName, toolCallId: "1", input }, ctx);
    await on.session_start({}, ctx);
    console.log(JSON.stringify([
      await call("bash", { command: "git commit -n -m x" }) ?? null,
      await call("bash", { command: "git commit -m x" }) ?? null,
      await call("read", { path: ".reviewgate/policy.yml" }) ?? null,
      await call("write", { path: ".reviewgate/policy.yml", content: "" }) ?? null,
    ]));
    await on.tool_result({ toolName: "write", toolCallId: "1", input: {} }, ctx);
    await on.agent_end({}, ctx);
    """

  /// Stands in for OpenCode.
  static let openCode = """
    import { ReviewGate } from "./script.mjs";
    const plugin = await ReviewGate({ directory: process.cwd() });
    const call = async (tool, args) => {
      try {
        await plugin["tool.execute.before"]({ tool, sessionID: "s", callID: "1" }, { args });
        return null;
      } catch (error) {
        return { block: true, reason: error.message };
      }
    };
    await plugin["chat.message"]({ model: { modelID: "m" } });
    console.log(JSON.stringify([
      await call("bash", { command: "git commit -n -m x" }),
      await call("bash", { command: "git commit -m x" }),
      await call("read", { filePath: ".reviewgate/policy.yml" }),
      await call("edit", { filePath: ".reviewgate/policy.yml" }),
    ]));
    await plugin["tool.execute.after"]({ tool: "edit", sessionID: "s", callID: "1", args: {} }, {});
    await plugin.event({ event: { type: "session.idle", properties: { sessionID: "s" } } });
    """

  @Test(
    .enabled(if: nodeProgram != nil),
    arguments: [
      ("pi", ".pi/extensions/reviewgate.ts", pi),
      ("opencode", ".opencode/plugins/reviewgate.ts", openCode),
    ]
  )
  func `a script denies what the guard denies and never fails`(
    agent: String,
    file: String,
    driver: String
  ) throws {
    let place = try Workplace()
    let tools = try AgentsCommandTests.tools(place)
    #expect(try place.gate("agents", "install", agent, "--yes", env: tools).status == 0)
    let script = try String(contentsOfFile: place.path + "/" + file, encoding: .utf8)
    try place.repository.write("script.mjs", script)
    try place.repository.write("driver.mjs", driver)
    let node = try #require(nodeProgram)
    let output = try place.repository.runDetached([node, "driver.mjs"], env: tools)
    #expect(output.status == 0, "\(output)")
    let data = Data(output.stdout.utf8)
    let answers = try #require(try JSONSerialization.jsonObject(with: data) as? [Any])
    let blocked = answers.map { ($0 as? [String: Any])?["block"] as? Bool ?? false }
    #expect(blocked == [true, false, false, true], "\(output)")
    #expect(output.stdout.contains("ask a person to run `reviewgate review`"))
    // Without the program every call goes on.
    let alone = try place.repository.runDetached([node, "driver.mjs"], env: ["PATH": "/nowhere"])
    #expect(alone.status == 0 && alone.stdout.contains("[null,null,null,null]"), "\(alone)")
  }

  @Test(.enabled(if: nodeProgram != nil))
  func `Pi's extension names files where Pi's tools write them, and ends with the session`() throws
  {
    let place = try Workplace(hooks: false)
    let bin = place.repository.sandbox + "/bin"
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    let log = place.repository.sandbox + "/events"
    let program = "#!/bin/sh\n[ \"$1\" = guard ] || { cat; echo; } >>'\(log)'\n"
    try program.write(toFile: bin + "/reviewgate", atomically: true, encoding: .utf8)
    let path = bin + ":" + (place.repository.environment["PATH"] ?? "/usr/bin:/bin")
    let env = ["PATH": path, "HOME": "/home/ada"]
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: bin + "/reviewgate"
    )
    #expect(try place.gate("agents", "install", "pi", "--yes").status == 0)
    let file = place.path + "/.pi/extensions/reviewgate.ts"
    try place.repository.write("script.mjs", String(contentsOfFile: file, encoding: .utf8))
    try place.repository.write(
      "driver.mjs",
      """
      import extension from "./script.mjs";
      const on = {};
      extension({ on: (name, work) => { on[name] = work; } });
      const ctx = { cwd: process.cwd(), sessionManager: { getSessionId: () => "one" } };
      for (const path of ["a", "@a", "~/a", "@~/a", "/w/b\\u00a0c", "file:///w/d%20e"]) {
        await on.tool_call({ toolName: "edit", toolCallId: "1", input: { path } }, ctx);
      }
      await on.session_shutdown({}, ctx);
      """
    )
    let node = try #require(nodeProgram)
    let output = try place.repository.runDetached([node, "driver.mjs"], env: env)
    #expect(output.status == 0, "\(output)")
    let events = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
    let names = events.compactMap { ($0["will_edit_filepaths"] as? [String])?.first }
    #expect(names == ["a", "a", "/home/ada/a", "/home/ada/a", "/w/b c", "/w/d e"])
    #expect(events.last?["hook_event_name"] as? String == "stop")
    #expect(events.allSatisfy { $0["session_id"] as? String == "one" })
  }
}
