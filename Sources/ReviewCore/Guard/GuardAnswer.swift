/// What a hook program says to the agent that started it, and how it ends.
package struct GuardAnswer: Hashable, Sendable {
  /// Standard output.
  package var output = ""
  /// Standard error.
  package var error = ""
  /// The exit status.
  package var status: Int32 = 0

  /// Nothing to say: the call goes on.
  package static let silence = GuardAnswer()

  /// `hookSpecificOutput` with a denial, which Claude Code and those that copied it understand.
  static func permissionDenied(_ reason: String) -> GuardAnswer {
    GuardAnswer(output: JSONValue.object([decision(reason)]).line)
  }

  /// The same beside the keys of Copilot's command line, which shares its files with VS Code.
  static func copilotDenied(_ reason: String) -> GuardAnswer {
    let own: [JSONValue.Member] = [
      .init("permissionDecision", .string("deny")),
      .init("permissionDecisionReason", .string(reason)),
    ]
    return GuardAnswer(output: JSONValue.object(own + [decision(reason)]).line)
  }

  /// Cursor's form; status 2 denies even where it does not know the keys.
  static func cursorDenied(_ reason: String) -> GuardAnswer {
    let answer: [JSONValue.Member] = [
      .init("permission", .string("deny")), .init("user_message", .string(reason)),
      .init("agent_message", .string(reason)),
    ]
    return GuardAnswer(output: JSONValue.object(answer).line, error: reason, status: 2)
  }

  /// Gemini CLI's form.
  static func geminiDenied(_ reason: String) -> GuardAnswer {
    let answer: [JSONValue.Member] = [
      .init("decision", .string("deny")), .init("reason", .string(reason)),
    ]
    return GuardAnswer(output: JSONValue.object(answer).line)
  }

  /// Status 2 with the reason on standard error.
  static func refused(_ reason: String) -> GuardAnswer { GuardAnswer(error: reason, status: 2) }

  /// A remark that the person at the agent sees; the call goes on.
  static func systemMessage(_ text: String) -> GuardAnswer {
    GuardAnswer(
      output: JSONValue.object([.init("systemMessage", .string(text))]).line,
      error: text
    )
  }

  private static func decision(_ reason: String) -> JSONValue.Member {
    JSONValue.Member(
      "hookSpecificOutput",
      .object([
        .init("hookEventName", .string("PreToolUse")),
        .init("permissionDecision", .string("deny")),
        .init("permissionDecisionReason", .string(reason)),
      ])
    )
  }
}
