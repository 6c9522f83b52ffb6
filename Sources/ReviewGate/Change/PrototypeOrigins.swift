import GitCommand
import GitKit
import ReviewCore

/// Says who wrote the lines of prototypes, as git's blame and the evidence of its commits have it.
struct PrototypeOrigins {
  let project: Project
  let policy: Policy

  /// One line of a prototype: the commit that brought it in, and what is said about it.
  private struct Line {
    let number: Int
    let commit: ObjectID
    let statement: LineStatement
  }

  private var known: [PrototypeIndex.Source: [Line]] = [:]

  init(project: Project, policy: Policy) {
    self.project = project
    self.policy = policy
  }

  /// Who wrote the lines that were found again, commit by commit.
  mutating func contributions(_ match: PrototypeIndex.Match) async throws -> [Contribution] {
    var parts: [(commit: ObjectID, statement: LineStatement, count: Int)] = []
    for line in try await lines(of: match.source)
    where match.lines.isEmpty || match.lines.contains(line.number) {
      if let same = parts.firstIndex(where: {
        $0.commit == line.commit && $0.statement == line.statement
      }) {
        parts[same].count += 1
      } else {
        parts.append((line.commit, line.statement, 1))
      }
    }
    return parts.map { part in
      Contribution(
        origin: part.statement.origin,
        evidence: part.statement.evidence,
        commit: part.commit,
        lines: part.count
      )
    }
  }

  private mutating func lines(of source: PrototypeIndex.Source) async throws -> [Line] {
    if let lines = known[source] { return lines }
    let git = Git(directory: project.layout.worktree)
    let blamed = try await git.blame(source.path, at: source.commit)
    let reader = try OriginReader(
      project.repository,
      policy: policy,
      head: try project.repository.commit(source.commit),
      net: [FileTransition(addition: source.path)]
    )
    let commits = try await reader.claims(
      of: Set(blamed.map(\.commit)).sorted(),
      project.scanner(policy)
    )
    for commit in commits {
      // What a shallow clone cut off would be taken for what the commit at the cut brought in.
      for parent in commit.info.parents where !project.repository.contains(parent) {
        throw RangeProblem.shallow(boundary: commit.info.id)
      }
    }
    let claims = Dictionary(uniqueKeysWithValues: commits.map { ($0.info.id, $0.claims) })
    let lines = blamed.map { line in
      let range = LineRange(start: line.original, count: 1)
      // Every commit that git named was read, or reading it has thrown.
      let lines = claims[line.commit]?.lines
      let run = lines?.added(range, in: line.path).first
      return Line(
        number: line.line,
        commit: line.commit,
        statement: run.flatMap { lines?.statements[$0.statement] } ?? .open
      )
    }
    known[source] = lines
    return lines
  }
}
