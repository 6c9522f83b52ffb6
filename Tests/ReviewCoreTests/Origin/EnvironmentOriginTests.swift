import Testing

@testable import ReviewCore

@Suite struct EnvironmentOriginTests {
  private func found(
    _ environment: [String: String],
    _ commands: [String] = [],
    terminal: Bool = true
  ) -> [Evidence] {
    EnvironmentOrigin.evidence(
      environment: environment,
      ancestors: commands.map { process($0) },
      hasControllingTerminal: terminal
    )
  }

  private func process(_ command: String) -> AncestorProcess {
    let arguments = command.split(separator: " ").map(String.init)
    let name = arguments.first?.split(separator: "/").last.map(String.init) ?? ""
    return AncestorProcess(name: String(name.prefix(15)), arguments: arguments)
  }

  @Test func `a plain shell says nothing`() {
    #expect(found(["HOME": "/home/jo", "TERM_PROGRAM": "vscode"], ["bash", "sshd"]) == [])
  }

  @Test(arguments: ["CLAUDECODE", "CLAUDE_CODE_ENTRYPOINT", "CURSOR_TRACE_ID", "REPL_ID"])
  func `a marker that editors also set is a hint in a terminal`(name: String) {
    #expect(found([name: "1"], ["bash", "code"]).map(\.strength) == [.weak])
    #expect(found([name: "1"], terminal: false).map(\.strength) == [.certain])
    #expect(found([name: "1"], ["bash", "claude"]).first?.strength == .certain)
  }

  @Test func `a child session makes the marker certain`() {
    let evidence = found(["CLAUDECODE": "1", "CLAUDE_CODE_CHILD_SESSION": "1"])
    #expect(evidence.allSatisfy { $0.strength == .certain && $0.agent == "claude-code" })
    #expect(evidence.count == 2)
  }

  @Test func `agents that borrow a marker are named, not the lender`() {
    let amp = found(["AMP_CURRENT_THREAD_ID": "T-1", "CLAUDECODE": "1"], terminal: false)
    #expect(Set(amp.compactMap(\.agent)) == ["amp"])
    let qwen = found(["QWEN_CODE": "1", "GEMINI_CLI": "1"])
    #expect(Set(qwen.compactMap(\.agent)) == ["qwen-code"])
  }

  @Test(arguments: [
    ("AI_AGENT", "claude-code_2-1-263_agent", "claude-code"), ("AGENT", "amp", "amp"),
    ("AI_AGENT", "codex/1.0", "codex"), ("AGENT", "pi", "pi"),
  ])
  func `a variable that names an agent is certain`(name: String, value: String, agent: String) {
    let evidence = found([name: value])
    #expect(evidence.map(\.agent) == [agent])
    #expect(evidence.map(\.strength) == [.certain])
  }

  @Test func `a bare AGENT variable is a hint, and other values are nothing`() {
    #expect(found(["AGENT": "1"]).map(\.strength) == [.weak])
    #expect(found(["AGENT": "1"], terminal: false).map(\.agent) == [nil])
    #expect(found(["AGENT": "build-agent-7"], terminal: false) == [])
    #expect(found(["CODEX_CI": "0", "GEMINI_CLI": ""], terminal: false) == [])
  }

  @Test(arguments: [
    ("claude --resume", "claude-code"), ("/home/jo/.local/bin/claude", "claude-code"),
    ("node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js -p", "claude-code"),
    ("node --no-warnings /usr/bin/claude", "claude-code"),
    ("node /usr/lib/node_modules/@openai/codex/bin/codex.js", "codex"),
    ("/x/node_modules/@openai/codex/vendor/codex exec", "codex"), ("codex", "codex"),
    ("pi", "pi"), ("bun /x/@earendil-works/pi-coding-agent/dist/main.js", "pi"),
    ("node /x/node_modules/@mariozechner/pi-coding-agent/dist/cli.js", "pi"),
    ("python3.12 -m aider --yes", "aider"), ("/usr/bin/python3 /home/jo/.local/bin/aider", "aider"),
    ("cursor-agent", "cursor"), ("gemini", "gemini-cli"), ("opencode run x", "opencode"),
    ("goose session", "goose"), ("goose", "goose"), ("amp", "amp"), ("crush", "crush"),
    ("qwen", "qwen-code"), ("droid exec", "factory-droid"), ("copilot", "copilot"),
  ])
  func `an agent among the ancestors is certain`(command: String, agent: String) {
    let evidence = found([:], ["bash", command])
    #expect(evidence.map(\.agent) == [agent])
    #expect(evidence.map(\.strength) == [.certain])
  }

  @Test(arguments: [
    "bash", "/bin/zsh -c claude", "code --type=renderer", "/opt/cursor/cursor", "Cursor", "idea",
    "/usr/bin/pip install aider-chat", "vim claude", "node /home/jo/pi/server.js", "pipewire",
    "python3 /home/jo/aider/report.py", "git commit -m codex", "ampache", "claude-desktop",
    "goose -dir migrations postgres up", "ssh-agent", "tmux new -s claude", "less codex",
    "node server.js claude", "gpg-agent --daemon", "grep -r copilot", "pip",
  ])
  func `editors, shells and look-alikes are no agents`(command: String) {
    #expect(found([:], [command]) == [])
  }

  @Test func `no arguments leave the kernel's name`() {
    let evidence = EnvironmentOrigin.evidence(
      environment: [:],
      ancestors: [AncestorProcess(name: "claude", arguments: [])],
      hasControllingTerminal: true
    )
    #expect(evidence.map(\.agent) == ["claude-code"])
  }
}
