import Glibc

/// Gives the terminal back when a signal ends or stops the process while keys are read raw.
///
/// A signal handler can reach nothing but globals and may not allocate, hence this one place with
/// global state. It is written only while no handler is installed.
enum TerminalRestorer {
  private nonisolated(unsafe) static var descriptor: Int32 = -1
  private nonisolated(unsafe) static var original = termios()
  private nonisolated(unsafe) static var raw = termios()
  private nonisolated(unsafe) static var wasContinued: sig_atomic_t = 0

  /// Signals that end the process; a trap of our own must not leave a silent terminal either.
  private static let deadly = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGILL, SIGTRAP, SIGABRT]

  /// Installs the handlers.
  static func arm(_ descriptor: Int32, original: termios, raw: termios) {
    unsafe self.descriptor = descriptor
    unsafe self.original = original
    unsafe self.raw = raw
    for signal in deadly { install(signal) { TerminalRestorer.die($0) } }
    install(SIGTSTP) { TerminalRestorer.stop($0) }
  }

  /// Removes the handlers.
  static func disarm() {
    for signal in deadly + [SIGTSTP] where !isIgnored(signal) { reset(signal) }
  }

  /// Whether the process was stopped and continued since the last call.
  static func takeContinued() -> Bool {
    defer { unsafe wasContinued = 0 }
    return unsafe wasContinued != 0
  }

  private static func die(_ signal: Int32) {
    restore()
    reset(signal)
    raise(signal)
  }

  private static func stop(_ signal: Int32) {
    let code = errno
    restore()
    reset(signal)
    raise(signal)
    // Continued: `fg` made this the foreground job again, so the terminal may be set.
    install(signal) { TerminalRestorer.stop($0) }
    var settings = unsafe raw
    _ = unsafe tcsetattr(descriptor, TCSANOW, &settings)
    unsafe wasContinued = 1
    errno = code
  }

  private static func restore() {
    var settings = unsafe original
    _ = unsafe tcsetattr(descriptor, TCSANOW, &settings)
    // Ends a colour and leaves the half-drawn row; the same bytes in every terminal.
    let text: StaticString = "\u{1b}[0m\r\n"
    _ = unsafe write(descriptor, text.utf8Start, text.utf8CodeUnitCount)
  }

  private static func install(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void)
  {
    // Whoever started us with a signal ignored (`nohup`) meant it.
    guard !isIgnored(signal) else { return }
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = handler
    // The handler raises its own signal again, which must not stay blocked until it returns.
    action.sa_flags = SA_NODEFER
    _ = unsafe sigaction(signal, &action, nil)
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(signal, nil, &action) == 0 else { return false }
    let handler = unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    return handler == 1
  }

  private static func reset(_ signal: Int32) {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = nil
    _ = unsafe sigaction(signal, &action, nil)
  }
}
