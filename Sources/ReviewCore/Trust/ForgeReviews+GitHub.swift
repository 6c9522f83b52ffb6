extension ForgeReviews.Words {
  /// What one review says.
  private struct Review {
    let account: ForgeReviews.Account
    let state: String
    let time: ForgeTime
    let number: Int
    let commit: String
    let isHuman: Bool
    let request: String?
  }

  /// `GET /repos/{owner}/{repo}/pulls/{number}/reviews`, or an event with one review in it.
  ///
  /// All pages are needed: they may be one array, or arrays in an array. The last word of each account
  /// counts; a comment is no word, it takes nothing back.
  mutating func readGitHub(
    _ root: ForgeFields,
    _ head: ObjectID,
    _ request: String?
  ) throws(ForgeReviews.Problem) {
    // By number: an account that was renamed in between is one account.
    var last: [String: Review] = [:]
    for entry in try Self.entries(root) {
      guard let review = try Self.review(entry) else { continue }
      let known = last[review.account.id]
      if let known, (known.time, known.number) > (review.time, review.number) { continue }
      last[review.account.id] = review
    }
    for review in last.values {
      let account = review.account
      if let reason = Self.problem(review, head, request) {
        refusals.append(ForgeReviews.Refusal(account: account, reason: reason))
      } else {
        approvals.append(ForgeReviews.Approval(account: account, time: review.time.seconds))
      }
    }
  }

  private static func entries(_ root: ForgeFields) throws(ForgeReviews.Problem) -> [ForgeFields] {
    guard root.isList else {
      // Of an event: one review, or a request without one.
      if let review = root.optional("review") { return [review] }
      guard root.has("pull_request") else { throw .field("review") }
      return []
    }
    var entries: [ForgeFields] = []
    for page in try root.items() {
      entries += page.isList ? try page.items() : [page]
      guard entries.count <= ForgeReviews.maxEntries else {
        throw .tooMany(ForgeReviews.maxEntries)
      }
    }
    return entries
  }

  private static func review(_ entry: ForgeFields) throws(ForgeReviews.Problem) -> Review? {
    // The API writes states in capitals, events do not.
    let state = try entry.text("state").uppercased()
    switch state {
    case "COMMENTED", "PENDING": return nil
    case "APPROVED", "CHANGES_REQUESTED", "DISMISSED": break
    default: throw .field("state")
    }
    // Nobody is left behind an account that was deleted.
    guard let user = entry.optional("user") else { return nil }
    let login = try user.text("login")
    let account = ForgeReviews.Account(id: String(try user.number("id")), login: login)
    let isApp = entry.optional("performed_via_github_app") != nil
    let type = try user.text("type")
    return Review(
      account: account,
      state: state,
      time: try entry.time("submitted_at"),
      number: try entry.number("id"),
      commit: try entry.text("commit_id"),
      isHuman: !isApp && !account.isBot && type.utf8.elementsEqual("User".utf8),
      request: try entry.has("pull_request_url") ? entry.text("pull_request_url") : nil
    )
  }

  private static func problem(
    _ review: Review,
    _ head: ObjectID,
    _ request: String?
  ) -> ForgeReviews.Reason? {
    if !review.isHuman { return .notHuman }
    guard review.state == "APPROVED" else { return .takenBack(review.state) }
    if let request, let own = review.request, !own.utf8.elementsEqual(request.utf8) {
      return .otherRequest(own)
    }
    return review.commit.utf8.elementsEqual(head.hex.utf8) ? nil : .otherHead(review.commit)
  }
}
