import GitKit
import ReviewCore
import TestSupport
import Testing

/// The flow of lines against a model that knows the truth: every line names its commit.
@Suite struct LineFlowTests {
  /// A history in the repository, and the part of it that is looked at.
  private struct Subject {
    var model: FlowModel
    /// The commits' names by index.
    var ids: [ObjectID]
    /// The indices of the range, parents first.
    var range: [Int]
    /// The last commit that is not in the range, where it is the only way out.
    var base: Int
  }

  private func subjects(
    _ temporary: TempRepository,
    seed: Int,
    count: Int,
    isLinear: Bool
  ) throws -> [Subject] {
    var stream = FastImport()
    var random = SeededRandom(seed: UInt64(seed))
    var made: [(model: FlowModel, marks: [Int])] = []
    for number in 0..<count {
      let model = try FlowModel(seed: random.next(), isLinear: isLinear, merger: temporary)
      var marks: [Int] = []
      for commit in model.commits {
        let files = commit.files.sorted { $0.key < $1.key }.map { path, lines in
          FastImport.File(
            path: Array(path.utf8),
            content: lines.map { $0 + "\n" }.joined()
          )
        }
        marks.append(
          stream.commit("h\(number)", parents: commit.parents.map { marks[$0] }, files: files)
        )
      }
      made.append((model, marks))
    }
    let ids = try stream.run(in: temporary)
    return made.map { model, marks in
      let head = model.commits.count - 1
      let all = model.ancestors(of: head)
      let base = random.pick(all.filter { $0 != head && $0 < 4 }.sorted())
      let range = all.subtracting(model.ancestors(of: base)).sorted()
      return Subject(model: model, ids: marks.map { ids[$0] }, range: range, base: base)
    }
  }

  private func flow(_ subject: Subject, _ repository: Repository) async throws -> HeadFlow {
    try await HeadFlow(
      of: try subject.range.map { try repository.commit(subject.ids[$0]) },
      paths: FlowModel.paths.map { RepositoryPath($0) },
      in: repository.commonDirectory
    )
  }

  /// The text of a source, by the content of the version it names; nil when it is the wrong commit.
  private func text(
    _ source: LineSource,
    _ path: String,
    _ subject: Subject,
    _ repository: Repository
  ) throws -> (commit: Int?, text: String) {
    switch source {
    case .commit(let index, let line):
      let commit = subject.range[index]
      let lines = subject.model.commits[commit].files[path] ?? []
      return (commit, lines.indices.contains(line - 1) ? lines[line - 1] : "no such line")
    case .outside(let version, let line):
      let table = LineTable(try repository.blob(version))
      return (nil, String(decoding: table.bytes(of: line..<line + 1).dropLast(), as: UTF8.self))
    }
  }

  private func author(_ line: String) -> Int? {
    line.split(separator: " ").first.flatMap { Int($0.dropFirst()) }
  }

  /// Compares every line of the head with the model; returns how many there were of each kind.
  private func verify(
    _ subject: Subject,
    _ repository: Repository
  ) async throws -> (inside: Int, outside: Int) {
    let flow = try await flow(subject, repository)
    var counts = (inside: 0, outside: 0)
    for (path, lines) in subject.model.commits[subject.model.commits.count - 1].files {
      guard let history = flow.history(of: RepositoryPath(path)) else {
        #expect(lines.allSatisfy { author($0).map { !subject.range.contains($0) } ?? false })
        continue
      }
      let all = LineRange(start: 1, count: lines.count)
      #expect(history.sources(of: all).reduce(0) { $0 + $1.count } == lines.count)
      let sources = all.lines.flatMap { history.sources(of: LineRange(start: $0, count: 1)) }
      #expect(sources.count == lines.count)
      for (line, run) in zip(lines, sources) {
        let found = try text(run.source, path, subject, repository)
        let wanted = author(line).flatMap { subject.range.contains($0) ? $0 : nil }
        #expect(found.text == line && found.commit == wanted, "\(path): \(line) \(subject.ids)")
        if wanted == nil { counts.outside += 1 } else { counts.inside += 1 }
      }
    }
    return counts
  }

  @Test(arguments: 1...8)
  func `every line of a history with merges belongs to the commit that added it`(
    seed: Int
  ) async throws {
    let temporary = try TempRepository()
    let subjects = try subjects(temporary, seed: seed, count: 50, isLinear: false)
    #expect(subjects.count { $0.model.commits.contains { $0.parents.count > 1 } } > 25)
    let repository = try temporary.open()
    var total = (inside: 0, outside: 0)
    for subject in subjects {
      let counts = try await verify(subject, repository)
      total = (total.inside + counts.inside, total.outside + counts.outside)
    }
    #expect(total.inside > 100 && total.outside > 100, "\(total)")
  }

  @Test(arguments: 1...2)
  func `every line of a linear history has the commit that added or removed it`(
    seed: Int
  ) async throws {
    let temporary = try TempRepository()
    let repository = try temporary.open()
    for subject in try subjects(temporary, seed: seed, count: 60, isLinear: true) {
      _ = try await verify(subject, repository)
      let flow = try await flow(subject, repository)
      for (path, lines) in subject.model.commits[subject.base].files where !lines.isEmpty {
        let version = try temporary.id("\(subject.ids[subject.base].hex):\(path)")
        let history = flow.history(of: RepositoryPath(path))
        let all = LineRange(start: 1, count: lines.count)
        let removers = history?.removers(of: all, in: version) ?? lines.map { _ in nil }
        let expected = lines.map { line in
          subject.range.firstIndex { !(subject.model.commits[$0].files[path] ?? []).contains(line) }
        }
        #expect(removers.map { $0?.commit } == expected, "\(path) \(subject.ids)")
      }
    }
  }
}
