import FoundationEssentials
import GitCommand
import GitKit
import ReviewCore

/// The first policy and roster of a repository: what is asked, what is shown, what is written.
struct Setup {
  private let project: Project
  private let worktree: String
  /// The person who is listed, and the key; nil where nobody is.
  private var reviewer: (name: String, key: SSHPublicKey, comment: String)?
  private var policy = PolicyStarter(mode: .warn, branch: nil, baseline: nil)

  /// Prepares a repository with a worktree.
  init(_ project: Project) async throws {
    guard let worktree = project.layout.worktree else { throw Undecided.noWorktree }
    (self.project, self.worktree) = (project, worktree)
  }

  /// Settings that are there stay as they are, also where only HEAD has them.
  func refuseExisting() throws {
    let head = try project.repository.target(of: "HEAD")
    for path in [PolicyFile.path, RosterFile.path] {
      let isCommitted =
        try head.map {
          try project.repository.entry(
            at: RepositoryPath(path),
            in: try project.repository.commit($0).tree
          ) != nil
        } ?? false
      let full = worktree + "/" + path
      // A link that leads nowhere is there, too.
      guard !isCommitted, !FileManager.default.fileExists(atPath: full), !FileBytes.isLink(full)
      else { throw SetupProblem.alreadyThere(path) }
    }
  }

  // MARK: - Answers

  /// Takes the options, asks for what they leave open, and falls back on what git knows.
  mutating func answer(_ options: InitCommand) async throws {
    let terminal =
      options.consent.yes || options.consent.dryRun ? nil : try? ControllingTerminal()
    func ask(_ question: String, _ given: String?, _ usual: String) throws -> String {
      if let given { return given }
      let answer = try terminal?.readLine(prompt: "\(question) [\(VisibleText.line(usual))] ") ?? ""
      let words = answer.split(separator: " ").joined(separator: " ")
      return words.isEmpty ? usual : words
    }
    if !options.noReviewers {
      let usual = try await project.principal()
      let name = try ask("Who reviews, by address?", options.reviewer, usual)
      reviewer = try await key(options.key).map { (name, $0.key, $0.comment) }
    }
    let branch = try ask("Which branch is protected?", options.branch, try await usualBranch())
    let word = try ask(
      "What happens to AI code that nobody read (observe, warn, block)?",
      options.mode,
      policy.mode.rawValue
    )
    guard let mode = PolicyStarter.modes.first(where: { $0.rawValue == word }) else {
      throw SetupProblem.badMode(word)
    }
    policy.mode = mode
    policy.branch = branch
    policy.baseline = try await baseline(options.baseline, branch)
    guard (try? PolicyFile.parse(Array(policy.text.utf8))) != nil else {
      throw SetupProblem.badBranch(branch)
    }
  }

  private func key(_ named: String?) async throws -> (key: SSHPublicKey, comment: String)? {
    if let named { return try PublicKeyText.read(named) }
    return try await SigningKey.own(project).map { ($0, "") }
  }

  /// The branch of the remote that everything lands on, or the one that is checked out.
  private func usualBranch() async throws -> String {
    let git = project.git
    let remote = try await git.ask([
      "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD",
    ])
    if remote.status == 0, let name = remote.lines.first, name.hasPrefix("origin/") {
      return String(name.dropFirst("origin/".count))
    }
    let usual = try await git.setting("init.defaultBranch")
    for name in [usual, "main", "master"].compactMap({ $0 })
    where try await git.object(named: "refs/heads/\(name)^{commit}") != nil {
      return name
    }
    let current = try await git.ask(["symbolic-ref", "--quiet", "--short", "HEAD"]).lines.first
    return current ?? usual ?? "main"
  }

  /// Where judging begins: named, or where the branch is now.
  private func baseline(
    _ named: String?,
    _ branch: String
  ) async throws -> (id: ObjectID, name: String)? {
    if named == "none" { return nil }
    if let named { return (try await project.git.commit(named: named), named) }
    for name in ["refs/remotes/origin/\(branch)", "refs/heads/\(branch)", "HEAD"] {
      if let id = try await project.git.object(named: name + "^{commit}") {
        return (id, name == "HEAD" ? "HEAD" : branch)
      }
    }
    return nil
  }

  // MARK: - Writing

  /// Shows the files, asks unless that was done before, writes them, and says what comes next.
  func write(_ consent: ConsentOptions) throws -> Int32 {
    let files = try self.files()
    for file in files {
      let lines = LineDifference([], file.bytes).lines
      Output.answer((["--- /dev/null", "+++ \(file.path)"] + lines).joined(separator: "\n"))
    }
    if reviewer == nil { Output.talk(Self.withoutKey) }
    if consent.dryRun { return 0 }
    guard try consent.yes || agrees(files.count) else {
      Output.talk("reviewgate: nothing changed.")
      return Failure.Status.blocked.rawValue
    }
    for file in files {
      do {
        try FileBytes.create(file.bytes, at: worktree + "/" + file.path)
      } catch let error as CocoaError where error.code == .fileWriteFileExists {
        throw SetupProblem.alreadyThere(file.path)
      }
    }
    Output.answer(next(files.map(\.path)).joined(separator: "\n"))
    return 0
  }

  private func files() throws -> [(path: String, bytes: [UInt8])] {
    var files = [(path: PolicyFile.path, bytes: Array(policy.text.utf8))]
    if let reviewer {
      let roster = try RosterFile.adding(
        reviewer.key,
        of: [reviewer.name],
        comment: reviewer.comment,
        to: nil
      )
      files.append((RosterFile.path, roster))
    }
    return files
  }

  private func agrees(_ count: Int) throws -> Bool {
    guard let terminal = try? ControllingTerminal() else { throw AgentProblem.nobodyToAsk }
    let what = count == 1 ? "this file" : "these \(count) files"
    let answer = try terminal.readLine(prompt: "Write \(what)? [y/N] ")
    return ["y", "yes"].contains(answer?.lowercased())
  }

  private static let withoutKey =
    "reviewgate: no key is listed, so reviews are promises; list one: reviewgate reviewers add"

  private func next(_ paths: [String]) -> [String] {
    var lines = [
      "written: \(paths.joined(separator: ", "))",
      "  next: git add \(paths.joined(separator: " ")) && git commit",
      "  next: reviewgate install                  (the hooks of this clone)",
      "  next: reviewgate simulate --since 30d     (what it would have blocked)",
      "  next: reviewgate doctor                   (what does not fit yet)",
    ]
    if policy.mode != .block {
      lines.append("  later: mode \(policy.mode.rawValue) refuses nothing; block does")
    }
    return lines
  }
}
