import Glibc

/// A program that gets the terminal for as long as it runs.
struct ForegroundProgram {
  /// The shell that every command goes through.
  private static let shell = "/bin/sh"

  /// The argument vector for the shell, its own name first.
  let arguments: [String]
  /// The whole environment.
  let environment: [String: String]

  /// Runs it with all three streams on the terminal; the status is what `waitpid` reports.
  func run(on terminal: Int32) throws(TerminalError) -> Int32 {
    let argumentVector = unsafe Self.copies(of: arguments)
    let settings = environment.map { "\($0.key)=\($0.value)" }.sorted()
    let variables = unsafe Self.copies(of: settings)
    defer { unsafe Self.release(argumentVector + variables) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for stream: Int32 in 0...2 {
      unsafe posix_spawn_file_actions_adddup2(&actions, terminal, stream)
    }
    // Ctrl-C in the editor is the editor's: without this it would end the review.
    let previous = (signal(SIGINT, SIG_IGN), signal(SIGQUIT, SIG_IGN))
    defer {
      _ = (signal(SIGINT, previous.0), signal(SIGQUIT, previous.1))
    }
    var process: pid_t = 0
    let status = unsafe spawn(&process, &actions, argumentVector, variables)
    guard status == 0 else { throw .failed(call: "posix_spawn", code: status) }
    return try wait(for: process)
  }

  private func spawn(
    _ process: inout pid_t,
    _ actions: inout posix_spawn_file_actions_t,
    _ arguments: [UnsafeMutablePointer<CChar>?],
    _ variables: [UnsafeMutablePointer<CChar>?]
  ) -> Int32 {
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGINT)
    unsafe sigaddset(&defaults, SIGQUIT)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    return unsafe posix_spawn(&process, Self.shell, &actions, &attributes, arguments, variables)
  }

  private func wait(for process: pid_t) throws(TerminalError) -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw .failed(call: "waitpid", code: errno) }
    }
    return status
  }

  /// A null-terminated array of C strings; the caller releases it.
  private static func copies(of texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    unsafe texts.map { unsafe strdup($0) } + [nil]
  }

  private static func release(_ copies: [UnsafeMutablePointer<CChar>?]) {
    // By index: `for unsafe` does not survive the formatter.
    for index in unsafe copies.indices { unsafe free(copies[index]) }
  }
}
