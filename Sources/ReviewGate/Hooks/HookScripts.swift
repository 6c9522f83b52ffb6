/// The text of the shims, the same as the files in `hooks/`.
///
/// A shim is a POSIX shell script that starts nothing but the program: no subshell and no external
/// command runs unless another hook was there before.
enum HookScripts {
  /// The line that says a file is ours, and which generation of it.
  static let marker = "# reviewgate-hook v1"

  /// What every generation of the marker begins with.
  static let anyMarker = "# reviewgate-hook v"

  /// What is added to the name of a hook that was there before.
  static let keptSuffix = ".pre-reviewgate"

  /// Stands in `hooks/` where an installed shim has the program's path.
  static let placeholder = "@REVIEWGATE@"

  /// The shim with the program's path filled in.
  static func text(of hook: HookName, program: String) -> String {
    template(hook, program: shellQuoted(program))
  }

  /// The shim as it stands in `hooks/`.
  static func template(_ hook: HookName) -> String {
    template(hook, program: placeholder)
  }

  /// The text as one word of the shell, whatever is in it.
  static func shellQuoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  /// Whether a text is exactly a shim of this generation, whichever program it starts.
  static func isGenuine(_ text: String, of hook: HookName) -> Bool {
    let start = "\nrecorded="
    guard let found = text.firstRange(of: start),
      let end = text.firstRange(of: "\nearlier=$0"), found.upperBound <= end.lowerBound
    else { return false }
    let program = String(text[found.upperBound..<end.lowerBound])
    let isWord = program == placeholder || isQuotedWord(program)
    return isWord && text == template(hook, program: program)
  }

  /// Whether a text is what `shellQuoted` writes: nothing of it is run.
  static func isQuotedWord(_ text: String) -> Bool {
    let inner = text.replacing("'\\''", with: "")
    return inner.utf8.count >= 2 && inner.hasPrefix("'") && inner.hasSuffix("'")
      && !inner.dropFirst().dropLast().contains("'")
  }

  private static func template(_ hook: HookName, program: String) -> String {
    """
    #!/bin/sh
    \(marker)
    # `reviewgate uninstall` removes this and puts back what was here before.
    recorded=\(program)
    earlier=$0\(keptSuffix)
    if [ "$# $*" = "1 --self-test" ]; then earlier=; fi
    \(earlierHook(hook))
    \(recordedProgram(hook))
    if command -v reviewgate >/dev/null 2>&1; then exec reviewgate hook \(hook.rawValue) "$@"; fi
    case $0 in /*) shim=$0 ;; *) shim=$PWD/$0 ;; esac
    remove="rm '$shim'"
    if [ -e "$0\(keptSuffix)" ]; then remove="mv '$shim\(keptSuffix)' '$shim'"; fi
    printf '%s\\n' >&2 \\
    \t"reviewgate: cannot find the reviewgate program (tried \(tried(hook)), PATH=$PATH)." \\
    \t"  install it, or remove this hook: $remove"
    exit 1

    """
  }

  /// Runs what was there before, with its arguments and its own copy of standard input.
  private static func earlierHook(_ hook: HookName) -> String {
    // After the fact there is nothing to stop, so ours runs whatever the earlier hook said.
    let failure = hook.canBlock ? "exit" : ":"
    guard hook.readsStandardInput else {
      return """
        if [ -x "$earlier" ]; then "$earlier" "$@" || \(failure); fi
        """
    }
    let buffered = """
      if [ -x "$earlier" ]; then
      \tlines=$(mktemp) || exit
      \ttrap 'rm -f "$lines"' EXIT
      \ttrap 'exit 130' HUP INT TERM
      \tcat >"$lines" || exit
      \t"$earlier" "$@" <"$lines" || \(failure)
      \texec <"$lines"
      \trm -f "$lines"
      \ttrap - EXIT HUP INT TERM
      fi
      """
    return hook == .referenceTransaction ? otherStates + buffered : buffered
  }

  /// Only `prepared` can still be refused; the program is not asked about the other states.
  private static let otherStates = """
    if [ "$1" != prepared ] && [ "$earlier" ]; then
    \tif [ -x "$earlier" ]; then exec "$earlier" "$@"; fi
    \texit 0
    fi

    """

  /// A server does not let the environment of a push choose the judge.
  private static func recordedProgram(_ hook: HookName) -> String {
    guard hook != .preReceive else {
      return """
        if [ -f "$recorded" ] && [ -x "$recorded" ]; then exec "$recorded" hook pre-receive "$@"; fi
        """
    }
    return """
      for program in "${REVIEWGATE_BIN-}" "$recorded"; do
      \tif [ -f "$program" ] && [ -x "$program" ]; then exec "$program" hook \(hook.rawValue) "$@"; fi
      done
      """
  }

  private static func tried(_ hook: HookName) -> String {
    hook == .preReceive ? "$recorded" : "\\$REVIEWGATE_BIN, $recorded"
  }
}
