import FoundationEssentials
import ReviewCore

/// Runs git itself: an argument array, a cleaned environment, no shell.
///
/// Git answers what libgit2 1.5 gets wrong: where things are, configuration, the index as a tree,
/// ranges and merge bases, fetch and push.
package struct Git: Sendable {
  /// Where git runs; the current directory when nil.
  package let directory: String?
  /// Variables set for every call, such as `GIT_DIR`.
  package let variables: [String: String]

  /// Bytes of output above which a call fails: no answer that is needed comes near it.
  private static let outputLimit = 512 << 20
  private static let complaintLimit = 1 << 20

  /// Runs git in `directory`.
  package init(directory: String?, variables: [String: String] = [:]) {
    self.directory = directory
    self.variables = variables
  }

  /// What one call answered.
  package struct Answer: Sendable {
    /// The exit status; 128 and the number for a signal.
    package let status: Int
    /// Standard output.
    package let output: [UInt8]
    /// Standard error, safe to print.
    package let complaint: String

    /// The lines of the output as text.
    package var lines: [String] {
      String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
  }

  /// Runs git and returns its answer, whatever the status.
  package func ask(_ arguments: [String], input: [UInt8] = []) async throws -> Answer {
    try askNow(arguments, input: input)
  }

  /// The same for a caller that has nothing else to do meanwhile.
  package func askNow(_ arguments: [String], input: [UInt8] = []) throws -> Answer {
    let isRemote = arguments.first.map(Self.remoteCommands.contains) ?? false
    guard let program = Self.program else {
      throw GitFailure(arguments: [], status: 127, complaint: "git could not be run: not in PATH")
    }
    do {
      let answer = try ChildProcess(
        program: program,
        arguments: Self.fixedSettings + arguments,
        changes: overrides(isRemote: isRemote),
        directory: directory
      )
      .run(input: input, outputLimit: Self.outputLimit, complaintLimit: Self.complaintLimit)
      return Answer(
        status: answer.status,
        output: answer.output,
        complaint: Self.visible(answer.complaint)
      )
    } catch {
      throw GitFailure(
        arguments: [],
        status: 127,
        complaint: "git could not be run: \(error.words)"
      )
    }
  }

  /// Runs git and returns its output; a status other than 0 is a `GitFailure`.
  package func answer(_ arguments: [String], input: [UInt8] = []) async throws -> Answer {
    try answerNow(arguments, input: input)
  }

  /// The same for a caller that has nothing else to do meanwhile.
  package func answerNow(_ arguments: [String], input: [UInt8] = []) throws -> Answer {
    let answer = try askNow(arguments, input: input)
    guard answer.status == 0 else {
      throw GitFailure(arguments: arguments, status: answer.status, complaint: answer.complaint)
    }
    return answer
  }

  /// The first git of `PATH`, looked up once: trying each directory costs a process every time.
  ///
  /// Directories that are not absolute do not count: they would mean something else in each place.
  private static let program: String? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").lazy.filter { $0.hasPrefix("/") }.map { $0 + "/git" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// The commands that are asked to reach another repository.
  private static let remoteCommands: Set<String> = ["fetch", "push", "ls-remote"]

  /// Settings that keep a repository's configuration from running programs or changing answers.
  private static let fixedSettings = [
    "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.commitGraph=false",
    "-c", "core.quotePath=true", "-c", "log.showSignature=false",
  ]

  /// Variables of the caller that must not change an answer, and ours that fix it.
  private func overrides(isRemote: Bool) -> [String: String?] {
    var result: [String: String?] = [:]
    for name in Self.dropped { result[name] = .some(nil) }
    result["LC_ALL"] = "C"
    result["GIT_OPTIONAL_LOCKS"] = "0"
    result["GIT_TERMINAL_PROMPT"] = "0"
    // `.git/info/grafts` would take this one's place. A file that is not there is not complained of.
    result["GIT_GRAFT_FILE"] = "/dev/null/none"
    // A partial clone fetches what is missing, by programs that its configuration names: older gits
    // know the second way alone.
    result["GIT_NO_LAZY_FETCH"] = "1"
    if !isRemote { result["GIT_ALLOW_PROTOCOL"] = "" }
    for (name, value) in variables { result[name] = value }
    return result
  }

  private static let dropped = [
    "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_PAGER", "GIT_SHALLOW_FILE", "GIT_NAMESPACE",
    "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_TRACE",
    "GIT_TRACE_FSMONITOR", "GIT_TRACE_PACK_ACCESS", "GIT_TRACE_PACKET", "GIT_TRACE_PACKFILE",
    "GIT_TRACE_PERFORMANCE", "GIT_TRACE_REFS", "GIT_TRACE_SETUP", "GIT_TRACE_SHALLOW",
    "GIT_TRACE_CURL", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF",
  ]

  private static func visible(_ bytes: [UInt8]) -> String {
    bytes.split(separator: UInt8(ascii: "\n")).map { VisibleText.line($0) }.joined(separator: "\n")
  }
}

/// A git call that did not answer.
package struct GitFailure: Error, Sendable, CustomStringConvertible {
  /// What git was asked.
  package let arguments: [String]
  /// The exit status.
  package let status: Int
  /// What git said, safe to print.
  package let complaint: String

  /// Describes a call that failed.
  package init(arguments: [String], status: Int, complaint: String) {
    self.arguments = arguments
    self.status = status
    self.complaint = complaint
  }

  package var description: String {
    let said = complaint.isEmpty ? "exit status \(status)" : complaint
    return arguments.isEmpty ? said : "git \(arguments.joined(separator: " ")): \(said)"
  }
}
