import Glibc
import ReviewCore

/// `reviewgate agent-event AGENT`: takes in what an agent's hook reports.
///
/// Whatever happens, the agent goes on: the exit status is 0, and what could not be recorded leaves a
/// gap. Git is not started, and libgit2 reads single objects at most.
struct AgentEventRunner {
  private let arguments: [String]

  /// Bytes of an event that are read; what follows is content that is on disk as well.
  private static let mostBytes = 16 << 20
  /// Milliseconds to wait for the next bytes of an event.
  private static let inputPatience: Int32 = 3_000
  /// Seconds after which an event gives up, so that no agent waits for a disk that does not answer.
  private static let patience: UInt32 = 8

  init(_ arguments: [String]) { self.arguments = arguments }

  /// Takes in one event and says what the agent wants to hear.
  func run() -> Int32 {
    // A call whose end is not seen stays open, and what it wrote is still the agent's.
    signal(SIGALRM) { _ in _exit(0) }
    alarm(Self.patience)
    // What cannot be written is seen from the result, and never ends this program.
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    let (bytes, isWhole) = input()
    guard let name = arguments.first, let agent = AgentEvent.agents[name.lowercased()] else {
      let given = VisibleText.line(arguments.first ?? "")
      Output.talk("reviewgate: agent-event: unknown agent '\(given)'.")
      noteGap("unknown agent", in: currentDirectory)
      return 0
    }
    let (json, isRead) = EventJSON.read(bytes)
    let event = AgentEvent.read(json, from: agent, named: eventName)
    if let event { take(event, isComplete: isWhole && isRead && json != .null) }
    answer(agent, event)
    return 0
  }

  /// The event's name where the hook's configuration gives it: `--event NAME`.
  private var eventName: String? {
    guard let flag = arguments.firstIndex(of: "--event"), flag + 1 < arguments.count else {
      return nil
    }
    return arguments[flag + 1]
  }

  /// What came on standard input; Codex' old `notify` adds it as the last argument.
  private func input() -> (bytes: [UInt8], isWhole: Bool) {
    if let last = arguments.dropFirst().last, last.hasPrefix("{") {
      return (Array(last.utf8), true)
    }
    guard isatty(0) == 0 else { return ([], true) }
    var bytes: [UInt8] = []
    var isWhole = true
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var waiting = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&waiting, 1, Self.inputPatience)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return (bytes, false) }
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return (bytes, isWhole && count == 0) }
      // The rest is read all the same: an agent may not like a closed pipe.
      if bytes.count < Self.mostBytes { bytes += buffer[..<count] } else { isWhole = false }
    }
  }

  private func answer(_ agent: String, _ event: AgentEvent?) {
    // Both refuse anything but JSON there; the others take silence for consent.
    if agent == "cursor" || agent == "codex" && event?.phase == .turnEnd { Output.answer("{}") }
  }

  /// Where the agent works, when its event does not say so: Cursor runs a person's hooks elsewhere.
  private var currentDirectory: [UInt8] {
    let project = unsafe getenv("CURSOR_PROJECT_DIR").map { unsafe String(cString: $0) }
    let isCursor = arguments.first?.lowercased() == "cursor"
    return Disk.real(Array((isCursor ? project ?? "." : ".").utf8)) ?? []
  }

  // MARK: - Where it belongs

  private func take(_ event: AgentEvent, isComplete: Bool) {
    // Most calls of most agents only read.
    if event.isIdle, isComplete { return }
    let directory = event.directory.map { Array($0.utf8) } ?? currentDirectory
    var places: [Worktree: [RepositoryPath]] = [:]
    if case .files(let names) = event.work {
      for name in names {
        guard let (worktree, path) = Worktree.find(name, from: directory) else { continue }
        places[worktree, default: []].append(path)
      }
    }
    if places.isEmpty {
      // Files outside of any worktree are nobody's business.
      if case .files = event.work { return }
      for folder in [directory] + event.otherDirectories.map({ Array($0.utf8) }) {
        if let worktree = Worktree(holding: folder) { places[worktree] = [] }
      }
    }
    for (worktree, paths) in places {
      // What begins or ends where nothing was recorded changes nothing.
      if !event.phase.hasTool, event.model == nil, isComplete, !RecorderStore.exists(in: worktree) {
        continue
      }
      guard let store = RecorderStore(worktree) else {
        RecorderStore.noteGap("busy", in: worktree)
        continue
      }
      if !isComplete { RecorderStore.noteGap("event not understood", in: worktree) }
      var recorder = EventRecorder(worktree: worktree, store: store)
      recorder.take(event, paths: paths)
    }
  }

  private func noteGap(_ reason: String, in directory: [UInt8]) {
    guard let worktree = Worktree(holding: directory) else { return }
    RecorderStore.noteGap(reason, in: worktree)
  }
}
