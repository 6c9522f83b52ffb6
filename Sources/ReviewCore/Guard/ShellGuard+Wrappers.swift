extension ShellGuard {
  static let shells: Set<String> = [
    "sh", "bash", "zsh", "dash", "ksh", "fish", "ash", "mksh", "rbash", "su",
  ]

  /// Programs that give others a terminal, or type into one.
  static let drivers: Set<String> = [
    "script", "expect", "unbuffer", "tmux", "screen", "socat", "zellij", "xdotool", "ydotool",
    "wtype", "empty", "dtach", "abduco", "ttyd", "kitty", "wezterm", "osascript", "faketty",
  ]

  static func isInterpreter(_ program: String) -> Bool {
    program.hasPrefix("python") || program.hasPrefix("ruby") || program.hasPrefix("perl")
      || ["node", "nodejs", "bun", "deno", "php", "lua", "tclsh", "awk", "gawk"].contains(program)
  }

  static func base(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Takes away programs that only start another one, and the variables they set for it.
  static func unwrap(_ words: inout ArraySlice<String>, _ set: inout [ShellCommand.Assignment]) {
    for _ in 0..<8 {
      guard let first = words.first, wrappers.contains(base(first)) else { return }
      // Options of a wrapper may take values; the first program that means something ends them.
      guard let start = words.indices.dropFirst().first(where: { meansSomething(words[$0]) }) else {
        return
      }
      let skipped = words[words.startIndex..<start]
      set += skipped.compactMap(ShellReader.assignment)
      let isFind = base(first) == "find" || base(first) == "fd"
      // `find DIR -exec rm {} ;` works on what stands before the program.
      words = (words[start...] + (isFind ? skipped.dropFirst() : []))[...]
    }
  }

  private static let wrappers: Set<String> = [
    "sudo", "doas", "env", "command", "exec", "nohup", "nice", "ionice", "timeout", "xargs",
    "stdbuf", "setsid", "time", "chronic", "parallel", "busybox", "builtin", "strace", "ltrace",
    "watch", "swift", "find", "fd", "caffeinate", "taskset", "chrt", "flock", "entr", "runuser",
    "then",
  ]

  private static func meansSomething(_ word: String) -> Bool {
    let program = base(word)
    return program == "git" || program == "reviewgate" || wrappers.contains(program)
      || shells.contains(program) || drivers.contains(program) || isInterpreter(program)
      || fileChangers.contains(program) || program == "eval" || program == "export"
  }
}
