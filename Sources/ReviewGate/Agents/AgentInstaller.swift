import FoundationEssentials
import GitCommand
import Glibc
import ReviewCore

/// Registers ReviewGate with agents and takes it away again.
struct AgentInstaller {
  let places: AgentPlaces
  /// The absolute path of this program.
  let program: String
  /// The directories of `PATH`.
  let searchPath: [String]
  private let receipts: String

  init(_ surroundings: Surroundings) async {
    let variables = surroundings.variables
    let home = variables["HOME"] ?? "/"
    let layout = try? await RepositoryLayout(Git(directory: nil))
    // Git may answer `.`; what is remembered about a file needs its whole path.
    let project = layout?.worktree.flatMap(AgentFile.resolved)
    places = AgentPlaces(home: home, project: project, variables: variables)
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    program = own ?? "reviewgate"
    searchPath = (variables["PATH"] ?? "").split(separator: ":").map(String.init)
    receipts = PersonalState.folder { variables[$0] } + "/agents/"
  }

  /// The program as a configuration names it.
  ///
  /// Files of a project are shared between people, who keep it in different places; a person's own
  /// files work for programs that were started without their `PATH`.
  func program(_ scope: AgentScope) -> String { scope == .project ? "reviewgate" : program }

  /// Whether a program is in `PATH`.
  func finds(_ name: String) -> Bool {
    searchPath.contains { unsafe access($0 + "/" + name, X_OK) == 0 }
  }

  /// Whether somebody uses the agent here.
  func isPresent(_ agent: any AgentIntegration) -> Bool {
    agent.programs.contains(where: finds)
      || AgentScope.allCases.contains { scope in
        agent.folder(scope, places).map { unsafe access($0, F_OK) == 0 } ?? false
      }
  }

  // MARK: - Plans

  /// What would become of one file.
  struct Plan {
    let agent: any AgentIntegration
    let scope: AgentScope
    let path: String
    var change = HookChange(before: nil, after: nil)
    /// Why nothing is done.
    var refusal: String?
    /// What to paste by hand instead.
    var snippet: String?
    /// How many folders go when the file goes.
    var folders = 0
  }

  /// Plans an installation.
  func install(_ agent: any AgentIntegration, _ scope: AgentScope) -> Plan? {
    guard var plan = plan(agent, scope) else { return nil }
    let program = program(scope)
    let file = AgentFile(path: plan.path)
    let conflict = agent.conflicts(scope, places) { AgentFile(path: $0).bytes }
      .first(where: \.preventsInstall)
    do {
      switch agent.configuration {
      case .hooks(let settings):
        plan.snippet = settings.snippet(program)
        plan.change = try settings.install(into: file.bytes, program: program)
      case .script(let script):
        plan.snippet = String(decoding: script.text(program), as: UTF8.self)
        let before = file.bytes
        if let before, script.program(of: before) == nil {
          plan.refusal = "another file is there"
        }
        plan.change = HookChange(before: before, after: script.text(program))
      }
    } catch {
      plan.refusal = Self.words(error)
    }
    if plan.change.isEmpty { return plan }
    if let conflict { plan.refusal = "\(VisibleText.line(conflict.file)): \(conflict.text)" }
    if let protection = file.writeProtection { plan.refusal = protection }
    return plan
  }

  /// Plans to take away what was installed; byte for byte where nothing changed since.
  func uninstall(_ agent: any AgentIntegration, _ scope: AgentScope) -> Plan? {
    guard var plan = plan(agent, scope) else { return nil }
    let file = AgentFile(path: plan.path)
    guard let bytes = file.bytes else {
      if case .unusable(let reason) = file.state { plan.refusal = reason }
      return plan
    }
    plan.change = HookChange(before: bytes, after: bytes)
    let receipt = receipt(plan.path)
    plan.folders = receipt?.folders ?? 0
    if let undone = receipt?.undo(bytes) {
      plan.change = undone
    } else {
      do {
        plan.change = try change(taking: agent, from: bytes, &plan)
      } catch {
        plan.refusal = Self.words(error)
      }
    }
    if !plan.change.isEmpty, let protection = file.writeProtection { plan.refusal = protection }
    return plan
  }

  private func change(
    taking agent: any AgentIntegration,
    from bytes: [UInt8],
    _ plan: inout Plan
  ) throws(HookSettingsProblem) -> HookChange {
    switch agent.configuration {
    case .hooks(let settings): return try settings.uninstall(from: bytes)
    case .script(let script):
      guard script.program(of: bytes) != nil else {
        return HookChange(before: bytes, after: bytes)
      }
      if !script.isUnchanged(bytes) { plan.refusal = "somebody changed it; remove it by hand" }
      return HookChange(before: bytes, after: nil)
    }
  }

  private func plan(_ agent: any AgentIntegration, _ scope: AgentScope) -> Plan? {
    agent.file(scope, places).map { Plan(agent: agent, scope: scope, path: $0) }
  }

  static func words(_ problem: HookSettingsProblem) -> String {
    switch problem {
    case .unreadable(let fault): "it \(fault.description)"
    case .unexpected(let key):
      key.isEmpty ? "it holds no object" : "\"\(key)\" is not what it should be"
    case .duplicate(let key): "\"\(key)\" stands there twice"
    }
  }

  // MARK: - Doing it

  /// Carries a plan out.
  func apply(_ plan: Plan, isInstall: Bool) throws {
    guard plan.refusal == nil, !plan.change.isEmpty else { return }
    let file = AgentFile(path: plan.path)
    // Somebody may have written to it while the question was open.
    guard file.bytes == plan.change.before else {
      throw AgentProblem.changedMeanwhile(plan.path)
    }
    guard let after = plan.change.after else {
      try file.remove(folders: plan.folders)
      FileBytes.remove(receiptPath(plan.path))
      return
    }
    var made = try file.write(after)
    guard isInstall else {
      FileBytes.remove(receiptPath(plan.path))
      return
    }
    let earlier = receipt(plan.path)
    let receipt = InstallReceipt(plan.change).after(earlier, on: plan.change.before)
    if plan.change.before != nil { made = earlier?.folders ?? 0 }
    try FileBytes.write(receipt.making(folders: made).encoded, to: receiptPath(plan.path))
  }

  private func receiptPath(_ path: String) -> String { receipts + InstallReceipt.name(of: path) }

  private func receipt(_ path: String) -> InstallReceipt? {
    FileBytes.read(receiptPath(path)).flatMap { InstallReceipt(encoded: $0) }
  }
}

/// Why agents could not be set up.
enum AgentProblem: Error {
  /// A name that is none of the agents.
  case unknownAgent(String)
  /// No repository for files of the project.
  case outsideRepository
  /// Nothing was named and no agent is here.
  case noAgentHere
  /// A file changed between the question and the answer.
  case changedMeanwhile(String)
  /// Nobody is there to be asked.
  case nobodyToAsk
}
