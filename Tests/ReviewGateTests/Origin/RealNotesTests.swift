import Foundation
import GitCommand
import GitKit
import ReviewCore
import Testing

@testable import ReviewGate

/// Every commit that a real repository has records about, against what another program says of it.
///
/// `ORIGIN_REPOSITORY` is a git directory, `ORIGIN_ORACLE` a file of JSON with `[path, line]` pairs for
/// each commit, written by a program that knows nothing of this one, and `ORIGIN_SOURCE` the source
/// that is compared. Without them there is nothing to do.
@Suite struct RealNotesTests {
  private static let environment = ProcessInfo.processInfo.environment

  @Test(.enabled(if: environment["ORIGIN_ORACLE"] != nil))
  func `the lines a source claims are those it claims and the commit added`() throws {
    let path = try #require(Self.environment["ORIGIN_ORACLE"])
    let data = try Data(contentsOf: URL(filePath: path))
    let oracle = try JSONDecoder().decode([String: [Line]?].self, from: data)
    let repository = try Repository(
      gitDirectory: #require(Self.environment["ORIGIN_REPOSITORY"])
    )
    let source = Self.environment["ORIGIN_SOURCE"] ?? "git-ai-notes"
    var tally = (equal: 0, lines: 0, absent: 0)
    for (name, expected) in oracle.sorted(by: { $0.key < $1.key }) {
      let id = try #require(ObjectID(hex: name))
      do {
        let (lines, opaque) = try said(of: id, source, repository)
        let known = Set((expected ?? []).filter { !opaque.contains($0.path) })
        let isEqual = lines == known
        #expect(
          isEqual,
          "\(name): \(lines.subtracting(known).count) more, \(known.subtracting(lines).count) less"
        )
        if isEqual { tally = (tally.equal + 1, tally.lines + lines.count, tally.absent) }
      } catch let error as GitError {
        // A copy without its largest objects.
        print("not here: \(name) \(error)")
        tally.absent += 1
      }
    }
    print("\(source): \(tally.equal) of \(oracle.count) commits equal, \(tally.lines) lines")
    print("objects of \(tally.absent) commits are not here")
  }

  private func said(
    of id: ObjectID,
    _ source: String,
    _ repository: Repository
  ) throws -> (lines: Set<Line>, opaque: Set<String>) {
    let info = try repository.commit(id)
    let explained = try ExplainedCommit(info, repository, Policy())
    var lines: Set<Line> = []
    var opaque: Set<String> = []
    for file in explained.files {
      let path = String(decoding: file.path.bytes, as: UTF8.self)
      if file.whole != nil { opaque.insert(path) }
      for run in file.added
      where run.statement.origin.isAgent && run.statement.source?.rawValue == source {
        for number in run.lines.lines { lines.insert(Line(path: path, number: number)) }
      }
    }
    return (lines, opaque)
  }

  /// `[path, number]` in the oracle's JSON.
  private struct Line: Hashable, Decodable {
    let path: String
    let number: Int

    init(path: String, number: Int) {
      self.path = path
      self.number = number
    }

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      path = try values.decode(String.self)
      number = try values.decode(Int.self)
    }
  }
}
