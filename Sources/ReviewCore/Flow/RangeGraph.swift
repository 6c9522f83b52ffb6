/// The commits of a range as a graph, to find where the histories of two of them went apart.
///
/// Walking the history itself reads thousands of commits for each merge; most answers are inside the
/// range, and nearly all others follow from how the range begins.
package struct RangeGraph: Sendable {
  /// The parents of each commit of the range; numbers from `parents.count` on are outside.
  private let parents: [[Int]]
  private let numbers: [ObjectID: Int]
  private let ids: [ObjectID]
  /// A commit outside that all others outside are, or are ancestors of.
  private let cover: Int?

  /// Knows the commits of a range, parents before children.
  ///
  /// `cover` is a commit outside the range that every other parent outside is an ancestor of, where
  /// there is one.
  package init(_ commits: [CommitInfo], cover: ObjectID?) {
    var ids = commits.map(\.id)
    var numbers: [ObjectID: Int] = [:]
    for (number, id) in ids.enumerated() { numbers[id] = number }
    parents = commits.map { commit in
      commit.parents.map { parent in
        if let known = numbers[parent] { return known }
        numbers[parent] = ids.count
        ids.append(parent)
        return ids.count - 1
      }
    }
    self.cover = cover.flatMap { numbers[$0] }
    self.ids = ids
    self.numbers = numbers
  }

  /// The commits outside the range that are parents of one inside.
  package static func outside(_ commits: [CommitInfo]) -> Set<ObjectID> {
    Set(commits.flatMap(\.parents)).subtracting(commits.map(\.id))
  }

  /// Where the histories of two commits went apart, as far as the range tells.
  package enum Forks: Hashable, Sendable {
    /// The newest commits that both come from.
    case known([ObjectID])
    /// Only the history outside tells: the first commits of it that each side reaches, and whether
    /// everything outside comes before the first side.
    case outside([ObjectID], [ObjectID], isCovered: Bool)
  }

  /// The newest commits that two commits share.
  ///
  /// Those inside the range are enough where there are any: what both had there, neither brings.
  /// Otherwise they are what `git merge-base --all` says.
  package func forks(_ left: ObjectID, _ right: ObjectID) -> Forks? {
    guard let left = numbers[left], let right = numbers[right] else { return nil }
    var walk = Walk(left, right, inside: parents.count, all: ids.count)
    while let number = walk.next() {
      for parent in parents[number] { walk.reach(parent, from: number) }
    }
    if !walk.shared.isEmpty { return .known(walk.shared.map { ids[$0] }) }
    return outside(walk.outside(.left), walk.outside(.right))
  }

  /// A commit of the range and those before it that reach the newest commit only through it, oldest
  /// first; none for a commit that is not in the range.
  package func commits(onlyThrough gate: ObjectID) -> [ObjectID] {
    guard let gate = numbers[gate], gate < parents.count else { return [] }
    var isBefore = Array(repeating: false, count: ids.count)
    var isFree = isBefore
    isBefore[gate] = true
    isFree[parents.count - 1] = gate != parents.count - 1
    for number in parents.indices.reversed() {
      for parent in parents[number] {
        if isBefore[number] { isBefore[parent] = true }
        if isFree[number], number != gate, parent != gate { isFree[parent] = true }
      }
    }
    return parents.indices.filter { isBefore[$0] && !isFree[$0] }.map { ids[$0] }
  }

  private func outside(_ mine: [Int], _ theirs: [Int]) -> Forks {
    // A side that ends inside the range shares nothing outside.
    if mine.isEmpty || theirs.isEmpty { return .known([]) }
    if mine == theirs, mine.count == 1 { return .known(mine.map { ids[$0] }) }
    for (one, other) in [(mine, theirs), (theirs, mine)] {
      guard let cover, one.contains(cover) else { continue }
      if other.contains(cover) { return .known([ids[cover]]) }
      // Everything outside comes before `cover`, so what the other side is at is shared.
      let shared = other.map { ids[$0] }
      return shared.count == 1
        ? .known(shared) : .outside(one.map { ids[$0] }, shared, isCovered: true)
    }
    return .outside(mine.map { ids[$0] }, theirs.map { ids[$0] }, isCovered: false)
  }
}

/// From which of two commits others are reached, newest first.
private struct Walk {
  struct Sides: OptionSet {
    let rawValue: UInt8
    static let left = Sides(rawValue: 1)
    static let right = Sides(rawValue: 2)
    /// Behind a shared commit that was found.
    static let behind = Sides(rawValue: 4)
    static let both: Sides = [.left, .right]
  }

  /// The newest shared commits inside the range.
  private(set) var shared: [Int] = []
  private var sides: [Sides]
  /// Numbers from here on are outside.
  private let inside: Int
  /// Commits from here on have been looked at.
  private var position: Int
  /// How many commits inside that are not behind a shared one are still to be looked at.
  private var open = 0

  init(_ left: Int, _ right: Int, inside: Int, all: Int) {
    sides = Array(repeating: [], count: all)
    self.inside = inside
    position = inside
    add(.left, to: left)
    add(.right, to: right)
  }

  /// The commits outside that one side reaches.
  func outside(_ side: Sides) -> [Int] {
    (inside..<sides.count).filter { sides[$0].contains(side) }
  }

  /// The newest commit inside the range that was reached; nil once no more can matter.
  mutating func next() -> Int? {
    while position > 0, open > 0 {
      position -= 1
      guard !sides[position].isEmpty else { continue }
      if !sides[position].contains(.behind) { open -= 1 }
      if sides[position] == .both {
        shared.append(position)
        sides[position].insert(.behind)
      }
      return position
    }
    return nil
  }

  /// A commit is a parent of one that was reached.
  mutating func reach(_ parent: Int, from child: Int) { add(sides[child], to: parent) }

  private mutating func add(_ more: Sides, to number: Int) {
    let before = sides[number]
    sides[number].formUnion(more)
    guard number < inside else { return }
    if !before.isEmpty, !before.contains(.behind) { open -= 1 }
    if !sides[number].contains(.behind) { open += 1 }
  }
}
