import ArgumentParser
import ReviewCore

/// `reviewgate doctor`: what git will really run here, and what does not fit.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check hooks, records, policy, keys, agents and remotes, and say what mends them",
    discussion: """
      Runs the self test of each installed hook and, for agents that are here, the commands of their \
      configuration in a scratch repository. Changes nothing. Exit status: 0 nothing has to be mended, \
      1 something has, 2 the repository cannot be read.
      """
  )

  @Flag(help: "Leave out the agents, whose commands would be run")
  var noAgents = false

  @Option(help: "text, or json with a stable schema")
  var format = CheckFormat.text

  func run() async throws {
    try await reporting(format) {
      let surroundings = Surroundings()
      var doctor = Doctor(surroundings)
      await doctor.examine(agents: !noAgents)
      switch format {
      case .json: Output.answer(doctor.report.json)
      case .text:
        Output.answer(doctor.report.text(unicode: Output.isRich(1, surroundings.variables)))
      }
      guard doctor.report.isReadable else { return Failure.Status.undecided.rawValue }
      return doctor.report.hasProblems ? Failure.Status.blocked.rawValue : 0
    }
  }
}
