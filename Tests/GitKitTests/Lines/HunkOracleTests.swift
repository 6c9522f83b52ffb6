import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

@Suite struct HunkOracleTests {
  /// Lines as code has them: few different ones, indented, many of them blank or brackets.
  private static let vocabulary = [
    "", "}", "  }", "{", "  return x", "  if a {", "    call()", "    end", "func one() {",
    "func two() {", "# note", "\tindented", "x", "y",
  ]

  /// How the lines of a file end.
  enum Ending: String, CaseIterable { case lf = "\n", crlf = "\r\n" }

  private func versions(_ count: Int, _ ending: Ending, seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed)
    var lines: [String] = []
    return (0..<count).map { number in
      for _ in 0...random.below(3) {
        let start = random.below(lines.count + 1)
        let removed = min(lines.count - start, random.below(5))
        let added = (0..<random.below(6)).map { _ in
          // A few lines that are nowhere else hold a diff together, as they do in real files.
          random.once(in: 2) ? random.pick(Self.vocabulary) : "line \(random.below(5_000))"
        }
        lines.replaceSubrange(start..<start + removed, with: added)
      }
      if random.once(in: 30) { lines = [] }
      let text = lines.map { $0 + ending.rawValue }.joined()
      let isCut = random.once(in: 5) && !text.isEmpty
      return isCut
        ? String(text.unicodeScalars.dropLast())
        : text + (lines.isEmpty ? "" : "end \(number % 2)\n")
    }
  }

  @Test(arguments: Ending.allCases, 1...3)
  func `random edits split as in git`(ending: Ending, seed: Int) throws {
    let temporary = try TempRepository()
    var stream = FastImport()
    for (number, text) in versions(250, ending, seed: UInt64(seed)).enumerated() {
      let file = FastImport.File(path: Array("file".utf8), content: text)
      stream.commit("main", parents: number == 0 ? [] : [number], files: [file])
    }
    _ = try stream.run(in: temporary)
    let agreement = try agreement(temporary, "main", repository: temporary.open())
    print("random edits (\(ending), seed \(seed)): \(agreement.description)")
    #expect(agreement.commits > 200)
    #expect(agreement.share >= 0.97, "\(agreement.description)")
  }

  /// One place of a file of few different lines changed, in each version another one.
  private func variants(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed)
    let base = (0..<120).map { _ in random.pick(Self.vocabulary) }
    return (0..<count).map { number in
      // Every second version is the base, so that each step changes one place.
      guard number % 2 == 1 else { return base.map { $0 + "\n" }.joined() }
      var lines = base
      let start = random.below(lines.count - 4)
      let like = lines[start]
      // What stands above and below may be as what changes: then it could slide.
      for offset in 1...random.below(3) + 1 where random.once(in: 2) {
        lines[start + offset] = like
      }
      let added = (0..<random.below(4)).map { _ in
        random.once(in: 3) ? random.pick(Self.vocabulary) : "line \(random.below(5))"
      }
      lines.replaceSubrange(start..<start + random.below(3), with: added)
      return lines.map { $0 + "\n" }.joined()
    }
  }

  @Test(arguments: 1...2)
  func `what has one answer only has git's`(seed: Int) throws {
    let temporary = try TempRepository()
    var stream = FastImport()
    let texts = variants(1_000, seed: UInt64(seed))
    for (number, text) in texts.enumerated() {
      let file = FastImport.File(path: Array("file".utf8), content: text)
      stream.commit("main", parents: number == 0 ? [] : [number], files: [file])
    }
    let commits = try stream.run(in: temporary)
    let output = try temporary.bytes(
      ofShell: "git log -p --format=@%H \(GitHunks.options.joined(separator: " ")) main"
    )
    let theirs = Dictionary(
      uniqueKeysWithValues: GitHunks.parse(output).map { ($0.commit, $0.files) }
    )
    var answers = 0
    for number in texts.indices.dropFirst() {
      let span = Array(texts[number - 1].utf8).withUnsafeBytes { old in
        Array(texts[number].utf8).withUnsafeBytes { new in PlainDiff.span(old, new) }
      }
      guard let span else { continue }
      answers += 1
      #expect(theirs[commits[number + 1]]?.first == [span], "version \(number)")
    }
    #expect(answers > 300)
  }

  @Test func `lines of every length are told apart, with and without an end`() throws {
    let temporary = try TempRepository()
    var stream = FastImport()
    var texts: [String] = []
    for length in 0...26 {
      let line = String("abcdefghijklmnopqrstuvwxyz".prefix(length))
      for end in ["\n", "", "\nz"] where length > 0 || end == "\n" {
        // Moved, so that it is looked for: a line above goes, and one below comes.
        texts += ["top\nsame\n\(line)\(end)", "same\n\(line)\nbottom\n\(line)\(end)"]
      }
    }
    for (number, text) in texts.enumerated() {
      let file = FastImport.File(path: Array("file".utf8), content: text)
      stream.commit("main", parents: number == 0 ? [] : [number], files: [file])
    }
    _ = try stream.run(in: temporary)
    let agreement = try agreement(temporary, "main", repository: temporary.open())
    #expect(agreement.commits == texts.count)
    #expect(agreement.share == 1, "\(agreement.description)")
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["REVIEWGATE_ORACLE_REPOSITORY"] != nil))
  func `the commits of a real repository split as in git`() throws {
    let path = try #require(
      ProcessInfo.processInfo.environment["REVIEWGATE_ORACLE_REPOSITORY"]
    )
    let temporary = try TempRepository()
    let directory = try temporary.git("-C", path, "rev-parse", "--absolute-git-dir")
    let agreement = try agreement(
      temporary,
      "HEAD -n 3000",
      at: path,
      repository: Repository(gitDirectory: directory)
    )
    print("\(path): \(agreement.description)")
    #expect(agreement.share >= 0.998, "\(agreement.description)")
  }

  /// How many commits split alike.
  private struct Agreement: CustomStringConvertible {
    var commits = 0
    var differing: [ObjectID] = []

    var share: Double { 1 - Double(differing.count) / Double(max(commits, 1)) }
    var description: String {
      "\(commits - differing.count) of \(commits) commits agree, not \(differing.prefix(3))"
    }
  }

  private func agreement(
    _ temporary: TempRepository,
    _ revisions: String,
    at path: String? = nil,
    repository: Repository
  ) throws -> Agreement {
    let options = GitHunks.options.joined(separator: " ")
    let output = try temporary.bytes(
      ofShell:
        "git -C '\(path ?? temporary.path)' log --no-merges --root --format=@%H -p \(options) \(revisions)"
    )
    var result = Agreement()
    for (id, sections) in GitHunks.parse(output) {
      let commit = try repository.commit(id)
      let parent = try commit.parents.first.map { try repository.commit($0).tree } ?? .emptyTree
      let transitions = try repository.transitions(from: parent, to: commit.tree)
      result.commits += 1
      if try !agree(transitions, sections, repository) { result.differing.append(id) }
    }
    return result
  }

  private func agree(
    _ transitions: [FileTransition],
    _ sections: [[HunkSpan]],
    _ repository: Repository
  ) throws -> Bool {
    var rest = sections[...]
    for transition in transitions {
      let theirs = rest.popFirst()
      let kinds = [transition.oldMode, transition.newMode].map { $0.rawValue & 0o170000 }
      // Git prints a change of kind as a deletion and an addition.
      if !kinds.contains(0), kinds[0] != kinds[1] { _ = rest.popFirst() }
      guard case .spans(let ours) = try repository.lineView(of: transition) else { continue }
      if theirs != ours { return false }
    }
    return rest.isEmpty
  }
}
