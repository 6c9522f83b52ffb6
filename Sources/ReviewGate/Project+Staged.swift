import GitCommand
import ReviewCore

extension Project {
  /// The message in a file git wrote, without comments and what stands below the scissors.
  func commitMessage(_ file: String) throws -> [UInt8] {
    guard let bytes = FileBytes.read(file) else {
      throw IndexProblem.unreadableMessage(file)
    }
    return CommitMessageCleaner.clean(bytes)
  }

  /// Everything that says who wrote the index.
  func stagedEvidence(message: [UInt8]?) -> [Evidence] {
    var evidence = surroundings.agentEvidence
    if let message {
      evidence += MessageScanner.scan(message)
      evidence += surroundings.identityEvidence
    } else if let pending = Pending.read(pendingFile) {
      evidence += pending.evidence
    }
    var seen: Set<Evidence> = []
    return evidence.filter { seen.insert($0).inserted }
  }

  /// Who takes part in the commit that is being made.
  func stagedPeople(message: [UInt8]?) async -> Set<String> {
    var people: Set<String> = []
    for identity in surroundings.identities {
      people.insert(String(decoding: identity.email, as: UTF8.self).lowercased())
    }
    if let answer = try? await git.ask(["config", "--get", "user.email"]),
      let email = answer.lines.first
    {
      people.insert(email.lowercased())
    }
    people.remove("")
    return people
  }
}

extension Surroundings {
  /// The identities git hands to its hooks.
  var identities: [Identity] {
    ["AUTHOR", "COMMITTER"].compactMap { role in
      let name = variables["GIT_\(role)_NAME"] ?? ""
      let email = variables["GIT_\(role)_EMAIL"] ?? ""
      return name.isEmpty && email.isEmpty ? nil : Identity(name: name, email: email)
    }
  }

  /// What those identities say about agents.
  var identityEvidence: [Evidence] {
    let author = Identity(
      name: variables["GIT_AUTHOR_NAME"] ?? "",
      email: variables["GIT_AUTHOR_EMAIL"] ?? ""
    )
    let committer = Identity(
      name: variables["GIT_COMMITTER_NAME"] ?? "",
      email: variables["GIT_COMMITTER_EMAIL"] ?? ""
    )
    return [IdentityMatcher.author(author), IdentityMatcher.committer(committer)].compactMap { $0 }
  }
}
