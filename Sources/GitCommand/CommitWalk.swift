package import ReviewCore

/// Commits with their parents, as `git rev-list --parents` lists them.
package struct CommitWalk {
  /// The commits, in the order of the list.
  package private(set) var commits: [ObjectID] = []
  /// The first parent of each; nil for those that are listed without one.
  package private(set) var firstParents: [ObjectID?] = []
  /// Parents that are not listed themselves.
  package private(set) var outside: Set<ObjectID> = []
  private var known: Set<ObjectID> = []

  /// Digits of an id in hexadecimal.
  private static let digits = 40

  /// Those that are listed without a parent.
  package var roots: [ObjectID] { zip(commits, firstParents).filter { $1 == nil }.map(\.0) }

  /// Reads a list; nil where it is none.
  package init?(_ output: [UInt8]) {
    let lines = output.count / (2 * (Self.digits + 1))
    commits.reserveCapacity(lines)
    firstParents.reserveCapacity(lines)
    known.reserveCapacity(lines)
    var position = 0
    var isStart = true
    var isFirstParent = false
    while position < output.count {
      let end = position + Self.digits
      guard end < output.count, let id = ObjectID(digits: output[position..<end]) else {
        return nil
      }
      let isLast = output[end] == UInt8(ascii: "\n")
      guard isLast || output[end] == UInt8(ascii: " ") else { return nil }
      if isStart {
        commits.append(id)
        known.insert(id)
        if isLast { firstParents.append(nil) }
      } else {
        if isFirstParent { firstParents.append(id) }
        if !known.contains(id) { outside.insert(id) }
      }
      isFirstParent = isStart
      isStart = isLast
      position = end + 1
    }
    guard isStart else { return nil }
    outside.subtract(known)
  }

  /// Whether a commit is listed.
  package func has(_ commit: ObjectID) -> Bool { known.contains(commit) }
}
