import FoundationEssentials
package import ReviewCore

extension Git {
  /// Whether history is cut off somewhere in this repository, from whichever worktree it is asked.
  package func isShallow() async throws -> Bool {
    try await answer(["rev-parse", "--is-shallow-repository"]).lines.first == "true"
  }

  /// The commits that history is cut off at, as far as they are listed in a form git writes.
  package func boundaries(_ layout: RepositoryLayout) -> [ObjectID] {
    // The file is shared by all worktrees.
    let file = URL(filePath: layout.commonDirectory + "/shallow")
    guard let bytes = try? Data(contentsOf: file) else { return [] }
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap {
      ObjectID(hex: String(decoding: $0, as: UTF8.self))
    }
  }

  /// The parents that a commit itself names, also where history is cut off at it.
  package func namedParents(of commit: ObjectID) async throws -> [ObjectID] {
    try await parentLines(of: commit).compactMap { ObjectID(hex: $0) }
  }

  /// What a commit's header has behind `parent `, whatever it is.
  func parentLines(of commit: ObjectID) async throws -> [String] {
    let object = try await answer(["cat-file", "commit", commit.hex])
    let header = object.output.split(
      separator: UInt8(ascii: "\n"),
      omittingEmptySubsequences: false
    ).prefix { !$0.isEmpty }
    return header.filter { $0.starts(with: "parent ".utf8) }.map {
      String(decoding: $0.dropFirst(7), as: UTF8.self)
    }
  }

  /// How many commits one behind the other are here, from a commit on.
  package func visibleDepth(of commit: ObjectID) async throws -> Int {
    let answer = try await answer(["rev-list", "--first-parent", "--count", commit.hex])
    return answer.lines.first.flatMap { Int($0) } ?? 0
  }

  /// Whether the range between two commits is here, with the commit that it starts from.
  ///
  /// Never short: a commit of the range at which history is cut off, at any depth, and two ends
  /// that share nothing here, both mean that it is not.
  package func hasRange(of head: ObjectID, from base: ObjectID) async throws -> Bool {
    do {
      _ = try await range(of: head, excluding: [base], limit: .max)
      return true
    } catch RangeProblem.shallow, RangeProblem.shallowWithoutBase {
      return false
    }
  }

  /// The names of remotes, as configured.
  package func remotes() async throws -> [String] { try await answer(["remote"]).lines }

  /// Whether this clone leaves out objects that a remote has promised to give.
  package func isPartial() async throws -> Bool {
    let answer = try await ask([
      "config", "--get-regexp", #"^(extensions\.partialclone|remote\..*\.promisor)$"#,
    ])
    return !answer.output.isEmpty
  }

  /// The files that some commits change, before and after, against each of their parents.
  package func changedBlobs(
    in commits: [ObjectID],
    between base: ObjectID?,
    and head: ObjectID
  ) async throws -> Set<ObjectID> {
    let options = ["--raw", "--no-abbrev", "--no-renames", "-r"]
    let steps = try await answer(
      ["diff-tree", "--stdin", "--root", "-m", "--no-commit-id"] + options,
      input: Array(commits.map { $0.hex + "\n" }.joined().utf8)
    )
    let start = base?.hex ?? ObjectID.emptyTree.hex
    let whole = try await answer(["diff-tree"] + options + [start, head.hex])
    return Self.blobs(in: steps.output).union(Self.blobs(in: whole.output))
  }

  /// The blobs of a commit in folders of these names, or so named themselves, at any depth.
  package func blobs(named names: Set<String>, of commit: ObjectID) async throws -> Set<ObjectID> {
    let answer = try await answer(["ls-tree", "-r", commit.hex])
    let found = answer.lines.compactMap { line -> ObjectID? in
      let parts = line.split(separator: "\t", maxSplits: 1)
      guard parts.count == 2,
        parts[1].split(separator: "/").contains(where: { names.contains(String($0)) })
      else { return nil }
      let words = parts[0].split(separator: " ")
      return words.count == 3 && words[1] == "blob" ? ObjectID(hex: words[2]) : nil
    }
    return Set(found)
  }

  /// The objects of git's raw differences, without commits of submodules.
  private static func blobs(in output: [UInt8]) -> Set<ObjectID> {
    var found: Set<ObjectID> = []
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let words = line.prefix { $0 != UInt8(ascii: "\t") }.split(separator: UInt8(ascii: " "))
      guard line.first == UInt8(ascii: ":"), words.count == 5 else { continue }
      for (mode, name) in [(words[0].dropFirst(), words[2]), (words[1][...], words[3])]
      where !mode.elementsEqual("160000".utf8) {
        if let id = ObjectID(hex: String(decoding: name, as: UTF8.self)), !id.isZero {
          found.insert(id)
        }
      }
    }
    return found
  }
}
