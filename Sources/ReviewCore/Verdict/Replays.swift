/// Commits whose change is, without a conflict, that of a head which may land by itself.
package struct Replays: Sendable {
  private let reviews: [ObjectID?: ReviewReference]

  /// Nothing is a replay.
  package static let none = Replays([:])

  /// Knows the reviews that replayed commits rest on; nil stands for what is not committed yet.
  package init(_ reviews: [ObjectID?: ReviewReference]) { self.reviews = reviews }

  /// Whether nothing is a replay.
  var isEmpty: Bool { reviews.isEmpty }

  /// The review that the change of a commit rests on.
  func review(of commit: ObjectID?) -> ReviewReference? { reviews[commit] }
}
