import ArgumentParser
import Glibc
import ReviewCore

/// The program: hooks go straight to their work, everything else through the argument parser.
@main
enum Program {
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    // Whoever ignores its children could not learn how git ended.
    signal(SIGCHLD, SIG_DFL)
    var arguments = Array(CommandLine.arguments.dropFirst())
    while arguments.count >= 2, arguments[0] == "-C" {
      guard unsafe chdir(arguments[1]) == 0 else {
        Output.talk("reviewgate: cannot change to '\(VisibleText.line(arguments[1]))'.")
        exit(Failure.Status.usage.rawValue)
      }
      arguments.removeFirst(2)
    }
    // A hook runs with every commit: it does not wait for the parser to describe all commands.
    if arguments.first == "hook", let name = arguments.dropFirst().first {
      exit(await HookRunner(Surroundings()).run(name, Array(arguments.dropFirst(2))))
    }
    if arguments.first == "guard", !arguments.contains("--help"), !arguments.contains("-h") {
      exit(GuardRunner.run(Array(arguments.dropFirst())))
    }
    // An agent waits for its hook with every tool it calls.
    if arguments.first == "agent-event" {
      exit(AgentEventRunner(Array(arguments.dropFirst())).run())
    }
    if let word = arguments.first, let meant = ReviewGateCommand.meant(by: word) {
      Output.talk(
        "reviewgate: there is no command '\(VisibleText.line(word))'. Did you mean '\(meant)'?"
      )
      exit(Failure.Status.usage.rawValue)
    }
    if arguments == ["check", "--staged"], let status = StagedCount(Surroundings()).answer() {
      exit(status)
    }
    await ReviewGateCommand.main(arguments)
  }
}

/// `reviewgate` and its commands.
struct ReviewGateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reviewgate",
    abstract: "Blocks AI-written code until a named human has recorded that they read it",
    discussion: """
      Start with `reviewgate install` in a repository. A blocked commit names the one command that \
      goes on: `reviewgate review`. `-C DIR` before the command works in another directory.
      """,
    version: ToolVersion.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Decide",
        subcommands: [
          CheckCommand.self, CICommand.self, StatusCommand.self, ExplainCommand.self,
          LogCommand.self, BlameCommand.self, AuditCommand.self, SimulateCommand.self,
        ]
      ),
      CommandGroup(
        name: "Review",
        subcommands: [
          ReviewCommandLine.self, ApproveCommand.self, OverrideCommand.self, VouchCommand.self,
        ]
      ),
      CommandGroup(name: "Records", subcommands: [RecordsCommand.self, SyncCommand.self]),
      CommandGroup(
        name: "Trust",
        subcommands: [ReviewersCommand.self, VerifyCommand.self, ImportCommand.self]
      ),
      CommandGroup(
        name: "Set up",
        subcommands: [
          InitCommand.self, InstallCommand.self, UninstallCommand.self, DoctorCommand.self,
        ]
      ),
      CommandGroup(name: "Agents", subcommands: [AgentsCommand.self, GuardCommand.self]),
    ]
  )
}

extension ReviewGateCommand {
  /// The command that a mistyped word stands for; nil for a command and for other words.
  fileprivate static func meant(by word: String) -> String? {
    var names = ["help"]
    for group in configuration.groupedSubcommands {
      for command in group.subcommands {
        if let name = command.configuration.commandName { names.append(name) }
      }
    }
    guard !word.hasPrefix("-"), !names.contains(word) else { return nil }
    return Spelling.closest(word, among: names)
  }
}

/// Runs a command's work and turns every error into its words and exit status.
func reporting(_ format: CheckFormat = .text, _ work: () async throws -> Int32) async throws {
  let status: Int32
  do {
    status = try await work()
  } catch let code as ExitCode {
    throw code
  } catch let error as ValidationError {
    throw error
  } catch {
    status = ErrorOutput.print(error, format: format)
  }
  if status != 0 { throw ExitCode(status) }
}
