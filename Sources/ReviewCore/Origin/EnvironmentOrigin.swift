/// Whether an agent is running the current process, as far as its surroundings tell.
///
/// An agent can unset every variable: this is a seat belt, not a lock.
package enum EnvironmentOrigin {
  /// What variables and ancestors say, variables first, in the order of the catalogue.
  ///
  /// Some markers also stand in terminals where a person types. Alone they are `weak`; an agent
  /// among the ancestors, a child-session marker or the lack of a terminal makes them `certain`.
  package static func evidence(
    environment: [String: String],
    ancestors: [AncestorProcess],
    hasControllingTerminal: Bool
  ) -> [Evidence] {
    let processes = ancestors.compactMap(process)
    let isChild = environment["CLAUDE_CODE_CHILD_SESSION"].map(isSet) ?? false
    let isSure = !processes.isEmpty || isChild || !hasControllingTerminal
    let variables = named(environment, isSure: isSure) + markers(environment, isSure: isSure)
    var seen: Set<Evidence> = []
    return (variables + processes).filter { seen.insert($0).inserted }
  }

  /// `AGENT` and `AI_AGENT`, which name an agent or merely say that there is one.
  private static func named(_ environment: [String: String], isSure: Bool) -> [Evidence] {
    ["AI_AGENT", "AGENT"].compactMap { name in
      guard let value = environment[name], isSet(value) else { return nil }
      if let agent = agent(named: value) { return evidence("\(name)=\(value)", agent, .certain) }
      guard name == "AI_AGENT" || value == "1" || value == "true" else { return nil }
      return evidence("\(name)=\(value)", nil, isSure ? .certain : .weak)
    }
  }

  /// `amp`, `claude-code_2-1_agent`, `codex/1.0`: the name before a version.
  private static func agent(named value: String) -> String? {
    let head = value.prefix { $0 != "_" && $0 != "/" && $0 != "@" }
    return AgentCatalogue.canonicalID(value) ?? AgentCatalogue.canonicalID(String(head))
  }

  private static func markers(_ environment: [String: String], isSure: Bool) -> [Evidence] {
    let order = Dictionary(
      uniqueKeysWithValues: precedence.enumerated().map { ($0.element, $0.offset) }
    )
    let found = AgentCatalogue.variables.filter { environment[$0.text].map(isSet) ?? false }
      .filter { mark in !isBorrowed(mark.hit.entry, environment) }
      .sorted { left, right in
        let ranks = [left, right].map { order[$0.hit.entry] ?? order.count }
        return ranks[0] != ranks[1] ? ranks[0] < ranks[1] : left.text < right.text
      }
    return found.map { mark in
      let strength = mark.hit.strength == .weak && isSure ? .certain : mark.hit.strength
      let value = environment[mark.text] ?? ""
      return evidence("\(mark.text)=\(value)", mark.hit.agent, strength)
    }
  }

  /// Agents that set another agent's marker besides their own.
  private static func isBorrowed(_ entry: String, _ environment: [String: String]) -> Bool {
    switch entry {
    case "claude-code": environment["AMP_CURRENT_THREAD_ID"].map(isSet) ?? false
    case "gemini-cli": environment["QWEN_CODE"].map(isSet) ?? false
    default: false
    }
  }

  private static let precedence = [
    "amp", "claude-code", "cursor", "qwen-code", "gemini-cli", "codex", "pi", "antigravity",
    "augment", "cline", "roo", "crush", "iflow", "opencode", "trae", "goose", "replit", "copilot",
  ]

  private static func isSet(_ value: String) -> Bool {
    !["", "0", "false", "no", "off"].contains(value.lowercased())
  }

  private static func evidence(
    _ text: String,
    _ agent: String?,
    _ strength: Evidence.Strength
  ) -> Evidence {
    Evidence(kind: .environment, agent: agent, text: Array(text.utf8), strength: strength)
  }

  private static func process(_ ancestor: AncestorProcess) -> Evidence? {
    guard let agent = agent(running: ancestor) else { return nil }
    let line = ancestor.arguments.isEmpty ? ancestor.name : ancestor.arguments[0]
    return evidence("process \(line)", agent, .certain)
  }

  /// The agent a process is: by its program, or by the script its interpreter runs.
  private static func agent(running process: AncestorProcess) -> String? {
    let arguments = process.arguments
    let program = arguments.first.map(base) ?? ""
    let first = arguments.dropFirst().first ?? ""
    if let agent = agent(program: program, first) { return agent }
    if isInterpreter(program) || isInterpreter(process.name) {
      return script(Array(arguments.dropFirst()))
    }
    if let agent = package(arguments.first ?? "") { return agent }
    // Node programs rename themselves (`claude`); a shell is never one.
    return agent(program: process.name, first)
  }

  private static func agent(program: String, _ first: String) -> String? {
    let hit =
      AgentCatalogue.processes[program] ?? AgentCatalogue.processes[program + " " + first]
    return hit?.agent
  }

  private static func script(_ arguments: [String]) -> String? {
    if let flag = arguments.firstIndex(of: "-m"), flag + 1 < arguments.count {
      return AgentCatalogue.packagePaths.first { $0.text == arguments[flag + 1] }?.hit.agent
    }
    guard let index = arguments.firstIndex(where: { !$0.hasPrefix("-") }) else { return nil }
    let path = arguments[index]
    let next = index + 1 < arguments.count ? arguments[index + 1] : ""
    return package(path) ?? agent(program: base(path), next)
  }

  /// A package directory counts with its scope, or right inside `node_modules`.
  private static func package(_ path: String) -> String? {
    guard path.contains("/") else { return nil }
    return AgentCatalogue.packagePaths.first { mark in
      let directory = mark.text.hasPrefix("@") ? "/\(mark.text)/" : "/node_modules/\(mark.text)/"
      return ("/" + path).contains(directory)
    }?.hit.agent
  }

  /// The last component of a path, without the ending of a script.
  private static func base(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".js", ".mjs", ".cjs", ".py", ".exe"] where name.hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return name
  }

  private static func isInterpreter(_ program: String) -> Bool {
    ["node", "nodejs", "bun", "deno", "npx", "bunx", "uv", "uvx", "ruby", "tsx"].contains(program)
      || program.hasPrefix("python")
  }
}
