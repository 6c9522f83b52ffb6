package import ReviewCore

extension Git {
  /// References that are other names of references, with what each stands for.
  package func symbolicReferences() async throws -> [String: String] {
    let answer = try await answer(["for-each-ref", "--format=%(symref) %(refname)"])
    var found: [String: String] = [:]
    for line in answer.lines {
      let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2, !parts[0].isEmpty { found[parts[1]] = parts[0] }
    }
    return found
  }

  /// The commit that two commits both come from; nil when they share none here.
  package func mergeBase(_ left: ObjectID, _ right: ObjectID) async throws -> ObjectID? {
    let answer = try await ask(["merge-base", left.hex, right.hex])
    guard answer.status <= 1 else {
      throw GitFailure(
        arguments: ["merge-base"],
        status: answer.status,
        complaint: answer.complaint
      )
    }
    return answer.lines.first.flatMap { ObjectID(hex: $0) }
  }

  /// The steps of a branch that changed some paths, newest first: a merge is one step.
  ///
  /// A path that is no text cannot be named to git here; then every step is returned.
  package func landings(
    on branch: ObjectID,
    after start: ObjectID?,
    paths: [RepositoryPath],
    limit: Int
  ) async throws -> [ObjectID] {
    var arguments = ["rev-list", "--first-parent", "--max-count=\(limit)", branch.hex]
    if let start { arguments.append("^" + start.hex) }
    let names = paths.compactMap { String(validating: $0.bytes, as: UTF8.self) }
    if names.count == paths.count, names.count <= Self.mostPaths {
      arguments += ["--"] + names.map { ":(top,literal)" + $0 }
    }
    return try await answer(arguments).lines.compactMap { ObjectID(hex: $0) }
  }

  /// More paths than this may not fit on a command line.
  private static let mostPaths = 1_000

  /// The newest branches, also of other people and of requests, that have something `base` has not.
  package func openHeads(besides base: ObjectID, limit: Int) async throws -> [ObjectID] {
    let answer = try await answer([
      "for-each-ref", "--no-merged=\(base.hex)", "--sort=-committerdate", "--count=\(limit)",
      "--format=%(objectname)", "refs/heads", "refs/remotes", "refs/pull", "refs/merge-requests",
      "refs/changes",
    ])
    return answer.lines.compactMap { ObjectID(hex: $0) }
  }
}
