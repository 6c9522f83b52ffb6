/// What an agent's hook reports, reduced to what the record needs.
///
/// No prompt, no transcript, no message and no address is in it.
package struct AgentEvent: Hashable, Sendable {
  /// What the event is about.
  package enum Phase: String, Hashable, Sendable {
    /// A tool is about to run.
    case before
    /// A tool has run.
    case after
    /// A tool has failed, and may have written all the same.
    case failed
    /// A session or an answer to a person begins.
    case turnStart
    /// An answer or a session ends.
    case turnEnd
    /// Nothing that can write.
    case other
  }

  /// What a tool may write.
  package enum Work: Hashable, Sendable {
    /// The files it names, as it names them.
    case files([String])
    /// Any file.
    case shell
    /// None.
    case nothing
  }

  /// The agent's canonical id.
  package let agent: String
  /// What it is about.
  package let phase: Phase
  /// What the tool may write.
  package let work: Work
  /// The model, where the agent says.
  package let model: String?
  /// The session's own name, never stored as it is.
  package let session: String
  /// What pairs the events of one call, never stored as it is.
  package let call: String
  /// Where the agent works.
  package let directory: String?
  /// Where it may work as well: a workspace can have several roots.
  package let otherDirectories: [String]
  /// Whether the tool runs on in the background.
  package let isBackground: Bool
  /// Whether tools of the session run on after its answer.
  package let leavesTasks: Bool

  /// Creates an event.
  package init(
    agent: String,
    phase: Phase,
    work: Work,
    model: String? = nil,
    session: String = "",
    call: String = "",
    directory: String? = nil,
    otherDirectories: [String] = [],
    isBackground: Bool = false,
    leavesTasks: Bool = false
  ) {
    self.agent = agent
    self.phase = phase
    self.work = work
    self.model = model
    self.session = session
    self.call = call
    self.directory = directory
    self.otherDirectories = otherDirectories
    self.isBackground = isBackground
    self.leavesTasks = leavesTasks
  }
}
