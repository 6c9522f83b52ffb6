import ReviewCore
import Testing

/// Who took a line away, where merges carry the removal on.
@Suite struct MergeRemovalTests {
  private static let path = RepositoryPath("a.txt")

  private static func blob(_ number: UInt32) -> ObjectID {
    ObjectID(words: (high: 7, middle: 0, low: number))
  }

  private static func step(_ old: UInt32, _ new: UInt32) -> FileTransition {
    FileTransition(
      path: path,
      oldMode: .regular,
      newMode: .regular,
      oldID: blob(old),
      newID: blob(new)
    )
  }

  /// One line gone at `line`.
  private static func removal(at line: Int) -> [HunkSpan] {
    [
      HunkSpan(
        old: LineRange(start: line, count: 1),
        new: LineRange(start: line, count: 0)
      )
    ]
  }

  private static func addition(at line: Int) -> [HunkSpan] {
    [
      HunkSpan(
        old: LineRange(start: line, count: 0),
        new: LineRange(start: line, count: 1)
      )
    ]
  }

  private static func flow(_ parents: [[Int?]], _ changes: [PathChange]) throws -> RangeFlow {
    var flow = RangeFlow(parents: parents, head: parents.count - 1)
    let lookup = MergeLookup(spans: { _ in nil }, isUnchanged: { _ in false })
    for (number, change) in changes.enumerated() {
      let step = CommitStep(parents: parents[number], changes: [path: change])
      try flow.add(step, at: number, merges: lookup)
    }
    return flow
  }

  /// 0 removes line 3; 1 and 2 each add a line of their own; 3 merges 0 into 1, 4 merges 0 into 2;
  /// 5 merges 4 into 3.
  @Test func `merges that carry a removal on are not blamed for it`() throws {
    let parents: [[Int?]] = [[nil], [nil], [nil], [1, 0], [2, 0], [3, 4]]
    let changes: [PathChange] = [
      .changed(PathStep(transition: Self.step(1, 2), spans: Self.removal(at: 3))),
      .changed(PathStep(transition: Self.step(1, 3), spans: Self.addition(at: 20))),
      .changed(PathStep(transition: Self.step(1, 4), spans: Self.addition(at: 40))),
      .merged([
        PathStep(transition: Self.step(3, 5), spans: Self.removal(at: 3)),
        PathStep(transition: Self.step(2, 5), spans: Self.addition(at: 19)),
      ]),
      .merged([
        PathStep(transition: Self.step(4, 6), spans: Self.removal(at: 3)),
        PathStep(transition: Self.step(2, 6), spans: Self.addition(at: 39)),
      ]),
      .merged([
        PathStep(transition: Self.step(5, 7), spans: Self.addition(at: 40)),
        PathStep(transition: Self.step(6, 7), spans: Self.addition(at: 19)),
      ]),
    ]
    let flow = try Self.flow(parents, changes)
    let history = try #require(flow.history(of: Self.path, at: 5))
    let removers = history.removers(of: LineRange(start: 1, count: 5), in: Self.blob(1))
    #expect(removers.map { $0?.commit } == [nil, nil, 0, nil, nil])
    #expect(history.removals.count == 1)
  }

  /// 0 removes line 3; 1 adds a line; 2 merges 0 into 1 and keeps line 3; 3 adds a line next to 2;
  /// 4 merges 3 into 2 and has line 3 no more.
  @Test func `a merge that removes what an earlier one kept is blamed for it`() throws {
    let parents: [[Int?]] = [[nil], [nil], [1, 0], [1], [2, 3]]
    let flow = try Self.flow(
      parents,
      [
        .changed(PathStep(transition: Self.step(1, 2), spans: Self.removal(at: 3))),
        .changed(PathStep(transition: Self.step(1, 3), spans: Self.addition(at: 20))),
        .merged([
          PathStep(transition: Self.step(3, 3), spans: []),
          PathStep(
            transition: Self.step(2, 3),
            spans: Self.addition(at: 3)
              + [HunkSpan(old: LineRange(start: 19, count: 0), new: LineRange(start: 20, count: 1))]
          ),
        ]),
        .changed(PathStep(transition: Self.step(3, 4), spans: Self.addition(at: 40))),
        .merged([
          PathStep(
            transition: Self.step(3, 5),
            spans: Self.removal(at: 3)
              + [HunkSpan(old: LineRange(start: 40, count: 0), new: LineRange(start: 39, count: 1))]
          ),
          PathStep(transition: Self.step(4, 5), spans: Self.removal(at: 3)),
        ]),
      ]
    )
    let kept = try #require(flow.history(of: Self.path, at: 4))
    let removers = kept.removers(of: LineRange(start: 1, count: 5), in: Self.blob(1))
    #expect(removers.map { $0?.commit } == [nil, nil, 4, nil, nil])
  }
}
