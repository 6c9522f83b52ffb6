import GitCommand
import GitKit
import ReviewCore

/// The records of reviews, and how they travel.
extension Doctor {
  private static let area = "records"

  /// Examines refspecs, what was fetched, and what does not count.
  mutating func records(_ project: Project) async throws {
    try await refspecs()
    let remotes = try await git.ask(["remote"]).lines
    for remote in remotes { try exchange(with: remote, project) }
    try notes(project, remotes)
    let roster = try? await project.committedRoster()
    let ledger = try await project.ledger(roster)
    let count = ledger.records.count
    report.add(Self.area, .good, "\(count) \(count == 1 ? "record is" : "records are") here")
    if !ledger.warnings.isEmpty {
      report.add(
        Self.area,
        .note,
        "\(ledger.warnings.count) were found that do not count",
        fix: ["reviewgate records list"]
      )
    }
  }

  private mutating func refspecs() async throws {
    let answer = try await git.ask([
      "config", "-z", "--get-regexp", #"^remote\..*\.(fetch|mirror)$"#,
    ])
    guard answer.status == 0 else { return }
    for field in answer.output.split(separator: 0) {
      let parts = String(decoding: field, as: UTF8.self).split(separator: "\n", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let (key, value) = (String(parts[0]), String(parts[1]))
      if key.hasSuffix(".mirror"), value == "true" {
        report.add(
          Self.area,
          .problem,
          "\(key) is set: a push deletes records that others made meanwhile",
          fix: ["git config --unset \(key)"]
        )
      }
      let target = value.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
      let isWide = target == "refs/*"
      guard target.hasPrefix(RecordRefs.logs) || target.hasPrefix("refs/reviewgate/*") || isWide
      else { continue }
      report.add(
        Self.area,
        .problem,
        "\(key) is \(value): each fetch \(value.hasPrefix("+") ? "replaces" : "collides with") the "
          + "records that were made here",
        fix: isWide
          ? ["git config \(key) '+refs/heads/*:refs/remotes/origin/*'"]
          : ["git config --unset \(key) 'refs/reviewgate'", "reviewgate sync"]
      )
    }
  }

  private mutating func exchange(with remote: String, _ project: Project) throws {
    let prefix = RecordSync(project: project, remote: remote).fetchedPrefix
    var theirs: [String: ObjectID] = [:]
    for log in try project.repository.references(below: prefix) {
      theirs[String(log.name.dropFirst(prefix.count))] = log.target
    }
    let own = try project.repository.references(below: RecordRefs.logs)
    let open = own.count { theirs[String($0.name.dropFirst(RecordRefs.logs.count))] != $0.target }
    if theirs.isEmpty {
      report.add(
        Self.area,
        .note,
        "no record was ever fetched from \(remote)",
        fix: ["reviewgate sync \(ShellWord.ascii(remote))"]
      )
    } else if open > 0 {
      report.add(
        Self.area,
        .note,
        "\(open) of \(own.count) logs are not at \(remote), as far as is known here",
        fix: ["reviewgate sync \(ShellWord.ascii(remote))"]
      )
    }
  }

  /// Notes of other programs say who wrote what; git fetches none by itself.
  private mutating func notes(_ project: Project, _ remotes: [String]) throws {
    guard let remote = remotes.first, try project.repository.target(of: "refs/notes/ai") == nil
    else { return }
    report.add(
      Self.area,
      .note,
      "refs/notes/ai is not here: if your agents write it, lines they name stay unknown",
      fix: ["git fetch \(ShellWord.ascii(remote)) 'refs/notes/*:refs/notes/*'"]
    )
  }
}
