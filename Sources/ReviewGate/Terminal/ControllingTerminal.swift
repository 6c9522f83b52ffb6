import Glibc
import ReviewCore

/// The terminal of the person who started this process, whatever the standard streams are.
final class ControllingTerminal {
  /// What waiting for a key led to.
  enum Input: Hashable {
    /// A key was pressed.
    case key(TerminalKey)
    /// Nothing happened for a moment.
    case idle
  }

  private let descriptor: Int32
  private let original: termios
  private var isRaw = false
  private var pending: [UInt8] = []
  private var decoder = KeyDecoder()

  /// Opens the terminal; fails when there is none, or when another job has it.
  init() throws(TerminalError) {
    let descriptor = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw .none }
    // A background job would be stopped by its first access, and git with it.
    guard tcgetpgrp(descriptor) == getpgrp() else {
      close(descriptor)
      throw .background
    }
    var settings = termios()
    guard unsafe tcgetattr(descriptor, &settings) == 0 else {
      close(descriptor)
      throw .none
    }
    self.descriptor = descriptor
    original = settings
  }

  deinit { close(descriptor) }

  /// The size of the window; 80x24 where the terminal does not say.
  var size: Viewport {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return .standard }
    return Viewport(width: Int(size.ws_col), height: Int(size.ws_row))
  }

  /// Runs `body` with keys arriving one by one and unechoed.
  ///
  /// The terminal is given back as it was found, also when a signal ends or stops the process.
  func withRawInput<Result>(_ body: () throws -> Result) throws -> Result {
    try enterRaw()
    defer { leaveRaw() }
    return try body()
  }

  /// Runs `body` with the terminal as a shell or an editor expects it.
  func withCookedInput<Result>(_ body: () throws -> Result) throws -> Result {
    guard isRaw else { return try body() }
    leaveRaw()
    let result = try body()
    try enterRaw()
    return result
  }

  /// Waits a moment for a key.
  func nextInput() -> Input {
    while let byte = pending.first {
      pending.removeFirst()
      if let key = decoder.feed(byte) { return .key(key) }
    }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // A lone escape byte is the escape key when nothing follows at once.
    let ready = unsafe poll(&request, 1, decoder.isWaiting ? 50 : 200)
    if ready == 0, let key = decoder.finish() { return .key(key) }
    guard ready > 0 else { return .idle }
    guard let bytes = readBytes() else { return .idle }
    guard !bytes.isEmpty else { return .key(.end) }
    pending = bytes
    return nextInput()
  }

  /// Forgets keys pressed before now: they were not about what is shown next.
  func discardTypeAhead() {
    pending = []
    decoder = KeyDecoder()
    tcflush(descriptor, TCIFLUSH)
  }

  /// Asks for a line; nil at the end of input.
  func readLine(prompt: String) throws -> String? {
    try withCookedInput {
      write(prompt)
      var line: [UInt8] = []
      while line.last != UInt8(ascii: "\n"), line.count < 65_536 {
        guard let bytes = readBytes() else { continue }
        if bytes.isEmpty { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
        line += bytes
      }
      return String(decoding: line.dropLast(), as: UTF8.self)
    }
  }

  /// Writes text that is safe to print.
  func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Whether the process was stopped and continued since the last call, so that the screen is old.
  func takeContinued() -> Bool { TerminalRestorer.takeContinued() }

  /// Runs a program on this terminal and waits; the status is what `waitpid` reports.
  func run(arguments: [String], environment: [String: String]) throws -> Int32 {
    try withCookedInput {
      try ForegroundProgram(arguments: arguments, environment: environment).run(on: descriptor)
    }
  }

  /// Nil when a signal came in between; empty at the end of input.
  private func readBytes() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe read(descriptor, bytes.baseAddress, bytes.count)
    }
    if count < 0, errno == EINTR || errno == EAGAIN { return nil }
    return Array(buffer.prefix(max(0, count)))
  }

  private func enterRaw() throws {
    var raw = original
    // ISIG stays on: Ctrl-C and Ctrl-Z must reach git too, which waits for this process.
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    raw.c_iflag &= ~tcflag_t(IXON)
    TerminalRestorer.arm(descriptor, original: original, raw: raw)
    guard unsafe tcsetattr(descriptor, TCSAFLUSH, &raw) == 0 else {
      let code = errno
      TerminalRestorer.disarm()
      throw TerminalError.failed(call: "tcsetattr", code: code)
    }
    isRaw = true
  }

  private func leaveRaw() {
    var settings = original
    _ = unsafe tcsetattr(descriptor, TCSADRAIN, &settings)
    TerminalRestorer.disarm()
    isRaw = false
  }
}
