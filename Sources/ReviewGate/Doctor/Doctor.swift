import GitCommand
import GitKit
import ReviewCore

/// Looks at a repository area by area; what cannot be looked at is a finding too.
struct Doctor {
  let surroundings: Surroundings
  let git = Git(directory: nil)
  var report = DoctorReport()

  init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// Examines everything, from what the rest stands on to what is far away.
  mutating func examine(agents: Bool) async {
    let layout: RepositoryLayout
    do {
      layout = try await RepositoryLayout(git)
    } catch {
      report.isReadable = false
      add("repository", error)
      return
    }
    guard let project = await repository(layout) else { return }
    await look("hooks") { try await $0.hooks(layout) }
    await look("records") { try await $0.records(project) }
    await look("policy") { try await $0.policy(project) }
    if agents { await self.agents() }
    await look("remotes") { try await $0.remotes() }
  }

  private mutating func look(_ area: String, _ body: (inout Doctor) async throws -> Void) async {
    do { try await body(&self) } catch { add(area, error) }
  }

  /// An error as a finding: its words and its remedy.
  mutating func add(_ area: String, _ error: any Error) {
    let failure = Failure(error)
    let words = (error as? GitFailure)?.complaint ?? failure.problem
    let lines = words.split(separator: "\n").map {
      String($0.trimmingPrefix { $0 == " " || $0 == "\t" })
    }
    let facts = failure.facts.filter { $0.label != "git" && $0.label != "libgit2" }
      .map { "\($0.label): \($0.text)" }
    // Git's own advice stands in its words, each command on a line of its own.
    let advice = lines.filter { $0.hasPrefix("git config ") }
    let text = (lines.filter { !$0.hasPrefix("git config ") } + facts).joined(separator: " ")
    report.add(area, .problem, text, fix: advice + failure.remedy)
  }
}

// MARK: - The repository itself

extension Doctor {
  private static let area = "repository"

  /// Whether the gate can read the repository, and all of its history.
  private mutating func repository(_ layout: RepositoryLayout) async -> Project? {
    let version = (try? await git.ask(["--version"]))?.lines.first ?? "git"
    var project: Project?
    do {
      project = try await Project(surroundings)
      report.add(
        Self.area,
        .good,
        "\(version), \(layout.objectFormat) objects, \(layout.worktree == nil ? "bare" : "with a worktree")"
      )
    } catch {
      report.isReadable = false
      add(Self.area, error)
    }
    if layout.isShallow {
      report.add(
        Self.area,
        .problem,
        "history is cut off (shallow clone): what reaches the cut is not judged",
        fix: ["git fetch --unshallow"]
      )
    }
    await partial()
    await replacements()
    return project
  }

  private mutating func partial() async {
    let answer = try? await git.ask(["config", "--get-regexp", #"^remote\..*\.promisor$"#])
    guard let answer, answer.lines.contains(where: { $0.hasSuffix(" true") }) else { return }
    report.add(
      Self.area,
      .note,
      "partial clone: an object that is missing is not fetched while judging, and blocks",
      fix: ["git fetch --refetch --no-filter origin"]
    )
  }

  private mutating func replacements() async {
    let answer = try? await git.ask(["for-each-ref", "--count=1", "refs/replace"])
    guard let answer, !answer.output.isEmpty else { return }
    report.add(
      Self.area,
      .note,
      "refs/replace shows you other commits than those that are judged",
      fix: ["git replace --list"]
    )
  }
}
