/// What agents' events and looks at the disk have told about one worktree since its last commit.
package struct RecorderState: Hashable, Sendable {
  /// Something that went past the record.
  package struct Gap: Hashable, Sendable {
    /// When, in seconds.
    package let time: Int
    /// The file; nil for all of them.
    package let path: RepositoryPath?
    /// Why, in words without names or contents.
    package let reason: String

    /// Creates a gap.
    package init(time: Int, path: RepositoryPath?, reason: String) {
      self.time = time
      self.path = path
      self.reason = reason
    }
  }

  /// A call of a tool that was announced and may write at any moment.
  package struct Call: Hashable, Sendable {
    /// How far it is.
    package enum Phase: String, Hashable, Sendable {
      /// Announced.
      case open
      /// Reported as done while nothing had changed yet.
      case late
      /// Runs on in the background.
      case background
    }

    /// The call's digest, which pairs its events.
    package let id: String
    /// How far it is.
    package var phase: Phase
    /// Who calls.
    package let mark: EditMark
    /// When it was announced, in nanoseconds of the file system's clock.
    package let since: Int
    /// The files it names; empty for a shell, which may write any.
    package var paths: [RepositoryPath]

    /// Creates a call.
    package init(
      id: String,
      phase: Phase,
      mark: EditMark,
      since: Int,
      paths: [RepositoryPath]
    ) {
      self.id = id
      self.phase = phase
      self.mark = mark
      self.since = since
      self.paths = paths
    }
  }

  /// A time in which a shell of an agent ran.
  package struct Window: Hashable, Sendable {
    /// First and last nanosecond.
    package let times: ClosedRange<Int>
    /// Whose it was.
    package let mark: EditMark

    /// Creates a window.
    package init(times: ClosedRange<Int>, mark: EditMark) {
      self.times = times
      self.mark = mark
    }
  }

  /// Since when somebody watches, in nanoseconds.
  package var since: Int
  /// Where HEAD was when the state was last brought up to date, as its log says.
  package var head = ""
  /// When the last event was taken in, in nanoseconds.
  package var seen = 0
  /// The model of each session that named one once.
  package private(set) var models: [String: String] = [:]
  /// What went past the record.
  package var gaps: [Gap] = []
  /// Calls that are under way.
  package var calls: [Call] = []
  /// When shells ran.
  package var windows: [Window] = []
  /// The files somebody touched.
  package var files: [RepositoryPath: TracedFile] = [:]

  /// Gaps, calls and windows beyond which the oldest go.
  package static let mostEntries = 200
  /// Files beyond which those that were seen first are followed as wholes only.
  package static let mostFiles = 2_000

  /// Starts to watch.
  package init(since: Int) { self.since = since }

  /// Whether there is nothing to know.
  package var isEmpty: Bool {
    gaps.isEmpty && calls.isEmpty && files.isEmpty && windows.isEmpty
  }

  /// Remembers the model of a session.
  package mutating func note(model: String, of session: String) {
    if models.count >= Self.mostEntries { models = [:] }
    models[session] = model
  }

  /// Remembers that something went past the record.
  package mutating func add(_ gap: Gap) {
    gaps.removeAll { $0.path == gap.path && $0.reason == gap.reason }
    gaps.append(gap)
    if gaps.count > Self.mostEntries { gaps.removeFirst(gaps.count - Self.mostEntries) }
  }

  /// Remembers when a shell ran.
  package mutating func add(_ window: Window) {
    windows.append(window)
    if windows.count > Self.mostEntries { windows.removeFirst(windows.count - Self.mostEntries) }
  }

  /// Remembers a call, in place of an earlier one of the same name.
  package mutating func open(_ call: Call) {
    calls.removeAll { $0.id == call.id }
    calls.append(call)
    if calls.count > Self.mostEntries { calls.removeFirst(calls.count - Self.mostEntries) }
  }

  /// Who is at work on a file right now: an agent whose call is under way, nobody known, or a person.
  package func hand(on path: RepositoryPath) -> EditMark {
    if let call = calls.last(where: { $0.paths.isEmpty || $0.paths.contains(path) }) {
      return call.mark
    }
    return gaps.contains { $0.path == nil || $0.path == path } ? .unknown : .person
  }
}
