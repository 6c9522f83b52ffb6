extension AgentIntegration {
  /// What the agent calls the moments before and after a tool runs.
  package var canaryNames: (before: String, after: String) {
    switch configuration {
    case .script: ("before_edit", "after_edit")
    case .hooks(let settings):
      (
        settings.events.first { $0.roles.contains(.guardian) }?.name ?? "",
        settings.events.first { isAfter($0.name) }?.name ?? ""
      )
    }
  }

  /// A made-up edit of a file, in the agent's form.
  package func canaryEvent(_ event: String, _ path: String, _ directory: String) -> JSONValue {
    let isScript = if case .script = configuration { true } else { false }
    let input: [JSONValue.Member] = [
      .init(isScript ? "path" : "file_path", .string(path)),
      .init("content", .string("a canary\n")),
    ]
    var members = common(event, directory, tool: isScript ? "write" : "Write", input)
    if isScript {
      let key = event.hasPrefix("before") ? "will_edit_filepaths" : "edited_filepaths"
      members.append(.init(key, .array([.string(path)])))
    }
    if isAfter(event) {
      let answer: [JSONValue.Member] = [.init("resultType", .string("success"))]
      members.append(.init(id == "copilot" ? "toolResult" : "tool_response", .object(answer)))
    }
    return .object(members)
  }

  /// A made-up shell command, in the agent's form.
  package func canaryEvent(_ event: String, command: String, _ directory: String) -> JSONValue {
    .object(common(event, directory, tool: "Bash", [.init("command", .string(command))]))
  }

  private func isAfter(_ event: String) -> Bool {
    let name = event.lowercased()
    return name.hasPrefix("post") || name.hasPrefix("aftertool") || name == "after_edit"
  }

  private func common(
    _ event: String,
    _ directory: String,
    tool: String,
    _ input: [JSONValue.Member]
  ) -> [JSONValue.Member] {
    if id == "copilot" {
      // Its arguments are JSON inside a string.
      return [
        .init("timestamp", .integer(1)), .init("cwd", .string(directory)),
        .init("toolName", .string(tool == "Bash" ? "bash" : "create")),
        .init("toolArgs", .string(JSONValue.object(input).line)),
      ]
    }
    return [
      .init("session_id", .string("reviewgate-doctor")), .init("cwd", .string(directory)),
      .init("hook_event_name", .string(event)), .init("model", .string("canary")),
      .init("tool_name", .string(tool)), .init("tool_input", .object(input)),
      .init("tool_use_id", .string("canary")),
    ]
  }
}
