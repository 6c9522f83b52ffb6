import Foundation
import Glibc
import Synchronization

/// Runs a program at a terminal of its own, as a person at a fresh login would.
///
/// The program is detached from whatever started the tests: a new session whose ancestors are two
/// shells and the reaper of orphans, with exactly the environment given. Tests that are themselves
/// started by an agent therefore see what a person would see.
package final class PseudoTerminal {
  /// What went wrong, with everything the program wrote.
  package enum Failure: Error, CustomStringConvertible {
    /// A system call failed.
    case call(String, Int32)
    /// The text did not appear in time.
    case missing(String, output: String)
    /// The program did not end in time.
    case running(output: String)

    package var description: String {
      switch self {
      case .call(let name, let code): "\(name) failed: errno \(code)"
      case .missing(let text, let output):
        "no \(text.debugDescription) in:\n\(output.debugDescription)"
      case .running(let output): "still running after:\n\(output.debugDescription)"
      }
    }
  }

  private let master: Int32
  private let slave: Int32
  private let state: URL
  private var bytes: [UInt8] = []
  private var consumed = 0

  /// Starts `program`, an absolute path, in the foreground of a new terminal.
  ///
  /// Without a terminal it gets `/dev/null` for input and a file for its output.
  package init(
    _ program: String,
    _ arguments: [String] = [],
    environment: [String: String],
    directory: String = "/",
    columns: UInt16 = 80,
    rows: UInt16 = 24,
    withTerminal: Bool = true
  ) throws {
    (master, slave) = try Self.open()
    state = URL(filePath: NSTemporaryDirectory()).appending(path: "pty-\(UUID().uuidString)")
    resize(columns: columns, rows: rows)
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let command = (["env", "-i"] + variables + [program] + arguments).map(Self.quoted)
    let streams =
      withTerminal ? "exec <>\(try Self.name(of: master)) >&0 2>&1" : "exec </dev/null >output 2>&1"
    // The shell outlives the signals that the terminal sends to the program.
    let script = """
      cd \(Self.quoted(state.path)) && \(streams) || exit 70
      trap : INT QUIT HUP TERM
      sh ./program
      echo $? >status.new
      mv status.new status
      """
    let inner = """
      echo $$ >pid
      cd \(Self.quoted(directory)) || exit 70
      exec \(command.joined(separator: " "))
      """
    try script.write(to: state.appending(path: "session"), atomically: true, encoding: .utf8)
    try inner.write(to: state.appending(path: "program"), atomically: true, encoding: .utf8)
    try Self.detach("/usr/bin/setsid", ["setsid", "--fork", "sh", state.path + "/session"])
  }

  deinit {
    if status == nil { send(signal: SIGKILL) }
    // The session writes the status last; its folder cannot go before.
    for _ in 0..<200 where status == nil { usleep(10_000) }
    close(master)
    close(slave)
    try? FileManager.default.removeItem(at: state)
  }

  /// Everything the program wrote so far.
  package var output: String {
    drain(milliseconds: 0)
    let written = (try? Data(contentsOf: state.appending(path: "output"))) ?? Data()
    return String(decoding: bytes + written, as: UTF8.self)
  }

  /// The rows drawn since the screen was last cleared, without escape sequences.
  package var screen: [String] {
    let text = output.components(separatedBy: "\u{1b}[2J").last ?? ""
    return Self.withoutEscapes(text).components(separatedBy: "\r\n")
  }

  /// Whether lines are edited and echoed by the terminal, as a shell expects it.
  package var isCooked: Bool {
    var settings = termios()
    tcgetattr(slave, &settings)
    let wanted = tcflag_t(ICANON | ECHO)
    return settings.c_lflag & wanted == wanted
  }

  /// What a shell would report for the program; nil while it runs.
  package var status: Int32? {
    let text = try? String(contentsOf: state.appending(path: "status"), encoding: .utf8)
    return text.flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  /// Presses keys.
  package func send(_ keys: String) {
    let keys = Array(keys.utf8)
    _ = write(master, keys, keys.count)
  }

  /// Sends a signal to the program alone, not to its terminal.
  package func send(signal: Int32) {
    let text = try? String(contentsOf: state.appending(path: "pid"), encoding: .utf8)
    let process = text.flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    if let process, process > 1 { kill(process, signal) }
  }

  /// Changes the size of the window.
  package func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Waits until `text` appears after everything waited for before.
  package func waitFor(_ text: String, seconds: Double = 20) throws {
    let wanted = Array(text.utf8)
    let end = Date(timeIntervalSinceNow: seconds)
    repeat {
      drain(milliseconds: 20)
      let fresh = bytes[consumed...]
      if let found = fresh.firstRange(of: wanted) {
        consumed = found.upperBound
        return
      }
    } while Date() < end
    throw Failure.missing(text, output: output)
  }

  /// Waits until the program ends; the status is what a shell reports (128 + n for a signal).
  package func waitForExit(seconds: Double = 20) throws -> Int32 {
    let end = Date(timeIntervalSinceNow: seconds)
    repeat {
      drain(milliseconds: 20)
      if let status { return status }
    } while Date() < end
    throw Failure.running(output: output)
  }

  private func drain(milliseconds: Int32) {
    var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    var timeout = milliseconds
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while poll(&request, 1, timeout) > 0 {
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { return }
      bytes += buffer.prefix(count)
      timeout = 0
    }
  }
}

extension PseudoTerminal {
  /// `posix_openpt`, `unlockpt` and `ptsname` as Linux does them; Swift's Glibc lacks the functions.
  private static let unlockRequest: UInt = 0x4004_5431
  private static let numberRequest: UInt = 0x8004_5430

  /// Both ends are closed on exec, so that no other test's program keeps them open.
  private static func open() throws -> (master: Int32, slave: Int32) {
    let master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var locked: Int32 = 0
    guard master >= 0, ioctl(master, unlockRequest, &locked) == 0 else {
      throw Failure.call("open /dev/ptmx", errno)
    }
    let slave = Glibc.open(try name(of: master), O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw Failure.call("open", errno) }
    return (master, slave)
  }

  private static func name(of master: Int32) throws -> String {
    var number: UInt32 = 0
    guard ioctl(master, numberRequest, &number) == 0 else {
      throw Failure.call("TIOCGPTN", errno)
    }
    return "/dev/pts/\(number)"
  }

  /// Runs a program that leaves its child behind, so that the child becomes an orphan.
  static func detach(_ path: String, _ arguments: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    // Files that other tests are just writing stay theirs: a script held open cannot be run.
    // Swift's Glibc lacks `addclosefrom_np`; closing what is not open is no error here.
    for descriptor: Int32 in 3..<256 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin"), nil]
    defer { for word in words + variables { free(word) } }
    var process: pid_t = 0
    // See `TempRepository.run`: the scripts of other tests must not be held open by a new process.
    let status = TempRepository.starting.withLock { _ in
      posix_spawn(&process, path, &actions, &attributes, words, variables)
    }
    guard status == 0 else { throw Failure.call("posix_spawn", status) }
    while waitpid(process, nil, 0) < 0, errno == EINTR {}
  }

  static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }

  private static func withoutEscapes(_ text: String) -> String {
    var result = ""
    var inSequence = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1b}" {
        inSequence = true
      } else if inSequence {
        inSequence = scalar == "[" || !(0x40...0x7e).contains(scalar.value)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
