import GitCommand
import GitKit
import ReviewCore

/// What is known, line by line, about the agents behind the commit that is being made.
struct RecordedContributions {
  private let project: Project
  private let staged: Staged
  private var groups: [Group] = []

  /// The lines of one agent and model, by file, in the order of the paths.
  private struct Group {
    let agent: String
    let model: String?
    var lines: [(path: RepositoryPath, numbers: Set<Int>)] = []

    mutating func add(_ numbers: Set<Int>, in path: RepositoryPath) {
      guard !numbers.isEmpty else { return }
      if let index = lines.firstIndex(where: { $0.path == path }) {
        lines[index].numbers.formUnion(numbers)
      } else {
        lines.append((path, numbers))
      }
    }
  }

  /// Reads the index of the commit.
  init(_ surroundings: Surroundings) async throws {
    project = try await Project(surroundings, readsIndex: true)
    staged = try await project.staged()
  }

  /// The contributions so far.
  var all: [AgentContribution] {
    groups.map { group in
      AgentContribution(
        agent: group.agent,
        model: group.model,
        files: group.lines.map { .init(path: $0.path, ranges: Self.ranges($0.numbers)) }
      )
    }
  }

  /// Adds what was recorded at edit time.
  mutating func addRecorded() throws {
    guard let traces = try EventTraces(project) else { return }
    let repository = project.repository
    for transition in try repository.transitions(from: staged.baseTree, to: staged.tree)
    where transition.newMode.isFile {
      switch try traces.trace(transition, isPersons: true) {
      case .none: continue
      case .whole(let mark):
        let count = FileLines(try repository.blob(transition.newID)).count
        if mark.isAgent { add(mark.agent, mark.model, Set(1..<count + 1), transition.path) }
      case .lines(let trace):
        for (index, mark) in trace.authors.enumerated() {
          guard let mark, mark.isAgent else { continue }
          add(mark.agent, mark.model, [index + 1], transition.path)
        }
      }
    }
  }

  /// Adds lines that the message of an earlier version of this commit names, where they stand now.
  ///
  /// An amended or replayed commit keeps its message; the numbers in it are those of before.
  mutating func carry(_ lines: [AgentLines], from commit: ObjectID) throws {
    let repository = project.repository
    let tree = try repository.commit(commit).tree
    for statement in lines {
      for file in statement.files {
        let numbers = file.ranges.flatMap { $0.start..<$0.start + $0.count }
        guard let old = try content(file.path, tree), let new = try content(file.path, staged.tree)
        else {
          // What cannot be followed still accuses.
          add(statement.agent, nil, Set(numbers), file.path)
          continue
        }
        let places = StagedTrace.places(of: old, in: new)
        let moved = numbers.compactMap { number in
          places.indices.contains(number - 1) ? places[number - 1].map { $0 + 1 } : nil
        }
        add(statement.agent, nil, Set(moved), file.path)
      }
    }
  }

  private func content(_ path: RepositoryPath, _ tree: ObjectID) throws -> FileLines? {
    guard let entry = try project.repository.entry(at: path, in: tree), entry.mode.isFile else {
      return nil
    }
    return FileLines(try project.repository.blob(entry.id))
  }

  private mutating func add(
    _ agent: String?,
    _ model: String?,
    _ numbers: Set<Int>,
    _ path: RepositoryPath
  ) {
    guard let agent else { return }
    // What an earlier message says names no model; any group of the agent takes it.
    let index = groups.firstIndex { $0.agent == agent && (model == nil || $0.model == model) }
    if let index {
      groups[index].add(numbers, in: path)
    } else {
      var group = Group(agent: agent, model: model)
      group.add(numbers, in: path)
      groups.append(group)
    }
  }

  private static func ranges(_ numbers: Set<Int>) -> [LineRange] {
    var ranges: [LineRange] = []
    for number in numbers.sorted() {
      if let last = ranges.last, last.start + last.count == number {
        ranges[ranges.count - 1] = LineRange(start: last.start, count: last.count + 1)
      } else {
        ranges.append(LineRange(start: number, count: 1))
      }
    }
    return ranges
  }
}
