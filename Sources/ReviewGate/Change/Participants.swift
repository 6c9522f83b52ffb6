import GitKit
import ReviewCore

/// Everybody who took part in a range of commits, for policies that ask for a second person.
struct Participants {
  let project: Project
  let roster: Roster?
  /// Who drives the change, as the place knows.
  let operators: Set<String>

  /// Authors, committers, co-authors, signers and operators, lower case; nobody where it is not asked.
  func names(_ commits: [CommitInfo], _ policy: Policy) throws -> Set<String> {
    guard policy.asksForSecondPerson else { return [] }
    return try People.of(commits).union(operators).union(signers(commits))
  }

  /// The people of the roster whose keys signed a commit.
  private func signers(_ commits: [CommitInfo]) throws -> Set<String> {
    guard let roster else { return [] }
    var names: Set<String> = []
    for commit in commits {
      let header = try project.repository.header(of: commit.id)
      guard let key = CommitSigner.keyBlob(header: header),
        let entry = roster.entry(ofKey: key)
      else { continue }
      names.formUnion(roster.names(of: entry.person))
    }
    return names
  }
}

extension Project {
  /// Who drives the change, as the service around this place says.
  func operators(at place: Policy.Place) -> Set<String> {
    let variables = surroundings.variables
    let event = place == .ci ? variables["GITHUB_EVENT_PATH"].flatMap { FileBytes.read($0) } : nil
    return Operators.names(variables, githubEvent: event, at: place)
  }
}
