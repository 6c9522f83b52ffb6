import GitCommand
import ReviewCore

/// What a CI job lacks to be decided.
enum Unready: Error {
  /// The range of a CI job has no commits.
  case emptyRange
  /// There is no remote to fetch from, or none that is the one.
  case noRemote([String])
  /// The remote has no branch of this name.
  case noBranch(String, remote: String)
  /// What a service checked out is no merge of a change into its target.
  case noMerge(ObjectID)
  /// History is cut off before the range is whole, and more of it could not be fetched.
  case notDeepened(RemoteGit.Problem, base: ObjectID?, head: ObjectID, tried: [String])
  /// Lines need a review, and there are no records of any.
  case noRecords(lines: Int, files: Int, range: String, isFetched: Bool)
  /// Lines have no review that this version can read, and records that it cannot.
  case newerRecords(Int)
}
