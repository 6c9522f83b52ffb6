import ReviewCore
import Testing

/// What the range alone says about merge bases is what all of history says.
@Suite struct RangeGraphTests {
  /// A history of numbered commits, parents before children.
  private struct History {
    let parents: [[Int]]

    init(_ parents: [[Int]]) { self.parents = parents }

    init(random generator: inout Random, count: Int) {
      parents = (0..<count).map { number in
        guard number > 0, generator.next(12) > 0 else { return [] }
        let wanted = generator.next(3) == 0 ? 2 : 1
        return Array(Set((0..<wanted).map { _ in max(0, number - 1 - generator.next(5)) })).sorted()
      }
    }

    /// The common ancestors that are no ancestors of other ones.
    func mergeBases(_ left: Int, _ right: Int) -> Set<Int> {
      let common = everything(left).intersection(everything(right))
      return common.filter { one in
        !common.contains { $0 != one && everything($0).contains(one) }
      }
    }

    func everything(_ start: Int) -> Set<Int> {
      var seen: Set<Int> = []
      var open = [start]
      while let number = open.popLast() {
        if seen.insert(number).inserted { open += parents[number] }
      }
      return seen
    }

    func range(excluding excluded: [Int]) -> [CommitInfo] {
      let out = excluded.reduce(into: Set<Int>()) { $0.formUnion(everything($1)) }
      return everything(parents.count - 1).subtracting(out).sorted().map { number in
        CommitInfo(
          id: Self.id(number),
          tree: .zero,
          parents: parents[number].map(Self.id),
          author: Identity(name: "", email: ""),
          committer: Identity(name: "", email: ""),
          message: []
        )
      }
    }

    static func id(_ number: Int) -> ObjectID {
      ObjectID(words: (high: 0, middle: 0, low: UInt32(number + 1)))
    }
  }

  /// The same numbers every time.
  private struct Random {
    var state: UInt64

    mutating func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }

  /// Compares every pair; returns how many there are and how many were answered.
  private func compare(_ history: History, excluding excluded: [Int]) -> (all: Int, known: Int) {
    let range = history.range(excluding: excluded)
    let outside = RangeGraph.outside(range)
    let cover = excluded.count == 1 ? History.id(excluded[0]) : nil
    let graph = RangeGraph(range, cover: cover.flatMap { outside.contains($0) ? $0 : nil })
    let named = range.map(\.id) + outside.sorted()
    var known = 0
    for left in named {
      for right in named {
        guard case .known(let answer) = graph.forks(left, right) else { continue }
        known += 1
        let all = history.mergeBases(Int(left.words.low) - 1, Int(right.words.low) - 1)
        let bases = Set(all.map(History.id))
        let inside = bases.intersection(range.map(\.id))
        #expect(Set(answer) == (inside.isEmpty ? bases : inside))
        #expect(answer.count == Set(answer).count)
      }
    }
    return (named.count * named.count, known)
  }

  @Test(arguments: 1...40)
  func `answers are those of the whole history`(seed: Int) {
    var random = Random(state: UInt64(seed))
    for _ in 0..<12 {
      let history = History(random: &random, count: 18)
      _ = compare(history, excluding: [random.next(12)])
      _ = compare(history, excluding: [random.next(12), random.next(12)])
      _ = compare(history, excluding: [])
    }
  }

  @Test func `branches from inside and from before the range are all answered`() {
    // 0 1 2 before; 3 is on 2, 4 on 1, 5 merges 3 and 4, 6 is on 3, 7 merges 5 and 6.
    let history = History([[], [0], [1], [2], [1], [3, 4], [3], [5, 6]])
    let counts = compare(history, excluding: [2])
    #expect(counts.all == counts.known)
  }

  @Test func `only the history outside tells where single commits of it went apart`() {
    // 1, 2 and 3 are on 0; 4 merges all three; the range excludes them.
    let history = History([[], [0], [0], [0], [1, 2, 3]])
    let graph = RangeGraph(history.range(excluding: [1, 2, 3]), cover: nil)
    let (one, two) = (History.id(1), History.id(2))
    #expect(graph.forks(one, two) == .outside([one], [two], isCovered: false))
    #expect(graph.forks(History.id(4), History.id(9)) == nil)
  }

  @Test func `a branch that left at two points leaves open which is newer`() {
    // 4 is on the base 3, 5 merges 1 and 2, which come before it; 6 merges both sides.
    let history = History([[], [0], [0], [1, 2], [3], [1, 2], [4, 5]])
    let graph = RangeGraph(history.range(excluding: [3]), cover: History.id(3))
    let points = [History.id(1), History.id(2)]
    let expected = RangeGraph.Forks.outside([History.id(3)], points, isCovered: true)
    #expect(graph.forks(History.id(4), History.id(5)) == expected)
    #expect(graph.forks(History.id(5), History.id(4)) == expected)
  }

  /// What is left out when a commit is taken away is what reaches the head only through it.
  @Test(arguments: 1...20)
  func `commits behind a gate are those that nothing else leads to`(seed: Int) {
    var random = Random(state: UInt64(seed))
    let history = History(random: &random, count: 18)
    let range = history.range(excluding: [random.next(6)])
    let graph = RangeGraph(range, cover: nil)
    for gate in range {
      var (seen, open) = (Set<ObjectID>(), [range[range.count - 1].id])
      while let id = open.popLast() {
        guard id != gate.id, seen.insert(id).inserted else { continue }
        open += range.first { $0.id == id }?.parents ?? []
      }
      let before = history.everything(Int(gate.id.words.low) - 1).map(History.id)
      let expected = range.map(\.id).filter { before.contains($0) && !seen.contains($0) }
      #expect(graph.commits(onlyThrough: gate.id) == expected)
    }
    #expect(graph.commits(onlyThrough: History.id(99)).isEmpty)
  }
}
