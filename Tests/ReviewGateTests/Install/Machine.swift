import Foundation
import TestSupport

/// A checkout with `install.sh`, and a `PATH` with nothing but a few real and made-up tools.
struct Machine {
  private let repository: TempRepository
  let checkout: String
  let tools: String
  let prefix: String
  let other: String
  private let logFile: String

  var program: String { prefix + "/bin/reviewgate" }

  init() throws {
    repository = try TempRepository(named: "it's a checkout")
    checkout = repository.path
    tools = repository.sandbox + "/tools"
    prefix = repository.sandbox + "/my prefix"
    other = repository.sandbox + "/other repository "
    logFile = repository.sandbox + "/log"
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "install.sh")
    try FileManager.default.copyItem(atPath: script.path, toPath: checkout + "/install.sh")
    try repository.write("docs/man/reviewgate.1", ".TH REVIEWGATE 1\n")
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    try repository.git("init", "--quiet", other)
    for tool in Self.realTools { try link(tool) }
    for (tool, text) in Self.madeUpTools {
      try add(tool, text)
    }
  }

  func install(_ arguments: String..., env: [String: String] = [:]) throws -> CommandOutput {
    try install(arguments, env: env)
  }

  /// Runs the script with the log emptied first.
  func install(_ arguments: [String], env: [String: String] = [:]) throws -> CommandOutput {
    try Data().write(to: URL(filePath: logFile))
    let fixed = ["PATH": tools, "PREFIX": prefix, "LOG": logFile, "TOOLS": tools]
    return try repository.run(
      ["/bin/sh", checkout + "/install.sh"] + arguments,
      env: env.merging(fixed) { _, ours in ours },
      at: repository.sandbox
    )
  }

  /// What the made-up tools were asked to do.
  func log() throws -> [String] {
    String(decoding: try Data(contentsOf: URL(filePath: logFile)), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  /// One more repository, by its absolute path.
  func makeRepository(_ name: String) throws -> String {
    let path = repository.sandbox + "/" + name
    try repository.git("init", "--quiet", path)
    return path
  }

  /// Puts one more made-up tool into `PATH`.
  func add(_ tool: String, _ text: String) throws {
    try repository.write("../tools/" + tool, "#!/bin/sh\n" + text, executable: true)
  }

  private func link(_ tool: String) throws {
    let places = ["/usr/bin/", "/bin/", "/usr/local/bin/"]
    guard let place = places.first(where: { FileManager.default.fileExists(atPath: $0 + tool) })
    else { throw CocoaError(.fileNoSuchFile) }
    try FileManager.default.createSymbolicLink(
      atPath: "\(tools)/\(tool)",
      withDestinationPath: place + tool
    )
  }

  private static let realTools = [
    "cat", "chmod", "cp", "dirname", "env", "git", "grep", "mkdir", "mv", "rm", "rmdir", "sed",
    "sh", "ssh-keygen",
  ]

  private static let madeUpTools = [
    "swift": """
    case "$*" in
      --version)
        [ -z "$BROKEN_SWIFT" ] || { echo "swift: no libncurses.so.6" >&2; exit 127; }
        echo "Swift version ${SWIFT_VERSION:-6.3.1} (made up)"
        ;;
      *--show-bin-path) echo "$PWD/.build/release" ;;
      *)
        echo "swift $*" >>"$LOG"
        mkdir -p .build/release
        cp "$TOOLS/made-up-reviewgate" .build/release/reviewgate
        exit "${STATUS_build:-0}"
        ;;
    esac
    """,
    "made-up-reviewgate": """
    echo "reviewgate $*" >>"$LOG"
    case $1 in --version) echo 1.2.3 ;; *) eval "exit \\${STATUS_$3:-0}" ;; esac
    """,
    "apt-get": """
    echo "apt-get $*" >>"$LOG"
    [ "$1" != "$FAIL_apt" ] || exit 100
    case $1 in install) : >"$TOOLS/installed" ;; esac
    """,
    "pkg-config": """
    case $1 in
      --atleast-version=1.5) [ -z "$OLD_LIBGIT2" ]; exit ;;
      --modversion) echo "1.1.0"; exit ;;
    esac
    [ -z "$MISSING" ] || [ -e "$TOOLS/installed" ]
    """,
    "dpkg-query": "exit 1\n",
    "ld": "exit 0\n",
    "clang++": """
    cat >/dev/null
    [ -z "$NO_HEADERS" ] || [ -e "$TOOLS/installed" ]
    """,
    "id": """
    echo "${USER_ID:-0}"
    """,
    "sudo": """
    echo "sudo $*" >>"$LOG"
    exec "$@"
    """,
  ]
}
