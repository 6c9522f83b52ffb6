import CGit2
import ReviewCore

extension Repository {
  /// Moves a reference from its tip to what `next` makes of it, and again where another writer was
  /// faster; nil leaves it where it is.
  @discardableResult
  func advance(
    _ reference: String,
    reason: String,
    _ next: (ObjectID?) throws(GitError) -> ObjectID?
  ) throws(GitError) -> ObjectID? {
    let lock = RecordLock(commonDirectory: commonDirectory)
    while lock.isWorthTrying {
      lock.removeStale(reference: reference)
      let tip = try target(of: reference)
      guard let goal = try next(tip), goal != tip else { return tip }
      if try move(reference, from: tip, to: goal, reason: reason) { return goal }
      lock.pause()
    }
    throw GitError(
      call: "git_reference_create_matching",
      code: GIT_ELOCKED.rawValue,
      message: "\(reference) is locked by another process"
    )
  }

  /// Whether `start` is, or descends from, `goal`.
  func reaches(_ start: ObjectID, _ goal: ObjectID) throws(GitError) -> Bool {
    var seen: Set<ObjectID> = []
    var open = [start]
    while let id = open.popLast() {
      if id == goal { return true }
      guard seen.insert(id).inserted else { continue }
      open += try commit(id).parents
    }
    return false
  }
}
