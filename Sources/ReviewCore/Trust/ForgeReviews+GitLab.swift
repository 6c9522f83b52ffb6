extension ForgeReviews.Words {
  /// What ties approvals to a head, which they do not name themselves.
  private enum Binding {
    /// Nothing does.
    case nothing
    /// The merge request is at this head, and loses its approvals with every push.
    case reset(since: ForgeTime)
    /// The newest version of the merge request is this head, and was there from this time on.
    case version(since: ForgeTime)
    /// The merge request is at another head.
    case otherHead(String)
  }

  /// Several answers of the API in one object, or one of them alone.
  ///
  /// - `approvals`: `GET /projects/:id/merge_requests/:iid/approvals` or `.../approval_state`
  /// - `versions`: `GET /projects/:id/merge_requests/:iid/versions`
  /// - `merge_request`: `GET /projects/:id/merge_requests/:iid`
  /// - `project`: `GET /projects/:id/approvals`
  mutating func readGitLab(_ root: ForgeFields, _ head: ObjectID) throws(ForgeReviews.Problem) {
    let binding = try Self.binding(root, head)
    var seen: Set<String> = []
    for (user, time) in try Self.approvers(root.optional("approvals") ?? root) {
      let id = String(try user.number("id"))
      let account = ForgeReviews.Account(id: id, login: try user.text("username"))
      guard seen.insert(id).inserted else { continue }
      let isHuman = !account.isBot && !user.isTrue("bot")
      let isActive = try user.text("state").utf8.elementsEqual("active".utf8)
      switch Self.standing(binding, time, isHuman: isHuman, isActive: isActive) {
      case .success(let time):
        approvals.append(ForgeReviews.Approval(account: account, time: time))
      case .failure(let reason):
        refusals.append(ForgeReviews.Refusal(account: account, reason: reason))
      }
    }
  }

  /// Who approves, and when where that is said.
  private static func approvers(
    _ answer: ForgeFields
  ) throws(ForgeReviews.Problem) -> [(user: ForgeFields, time: ForgeTime?)] {
    var found: [(user: ForgeFields, time: ForgeTime?)] = []
    guard answer.has("approved_by") else {
      // The state by rules names users themselves, without a time.
      for rule in try answer.required("rules").items() {
        for user in try rule.required("approved_by").items() { found.append((user, nil)) }
        guard found.count <= ForgeReviews.maxEntries else {
          throw .tooMany(ForgeReviews.maxEntries)
        }
      }
      return found
    }
    for item in try answer.required("approved_by").items() {
      let time = item.optional("approved_at") == nil ? nil : try item.time("approved_at")
      found.append((try item.required("user"), time))
    }
    return found
  }

  private static func binding(
    _ root: ForgeFields,
    _ head: ObjectID
  ) throws(ForgeReviews.Problem) -> Binding {
    if let versions = root.optional("versions") {
      var newest: (number: Int, version: ForgeFields)?
      for version in try versions.items() {
        let number = try version.number("id")
        if newest.map({ $0.number < number }) ?? true { newest = (number, version) }
      }
      guard let version = newest?.version else { throw .field("versions") }
      let commit = try version.text("head_commit_sha")
      guard commit.utf8.elementsEqual(head.hex.utf8) else { return .otherHead(commit) }
      return .version(since: try version.time("created_at"))
    }
    guard let request = root.optional("merge_request") else { return .nothing }
    let commit = try request.text("sha")
    guard commit.utf8.elementsEqual(head.hex.utf8) else { return .otherHead(commit) }
    guard root.optional("project")?.isTrue("reset_approvals_on_push") ?? false else {
      return .nothing
    }
    return .reset(since: try request.time("created_at"))
  }

  private static func standing(
    _ binding: Binding,
    _ time: ForgeTime?,
    isHuman: Bool,
    isActive: Bool
  ) -> Result<Int, ForgeReviews.Reason> {
    if !isHuman { return .failure(.notHuman) }
    if !isActive { return .failure(.inactive) }
    switch binding {
    case .nothing: return .failure(.unbound)
    case .otherHead(let commit): return .failure(.otherHead(commit))
    // The oldest it can be: an age must not be made up.
    case .reset(let start): return .success((time ?? start).seconds)
    case .version(let start):
      guard let time else { return .failure(.unbound) }
      return time < start ? .failure(.beforeHead) : .success(time.seconds)
    }
  }
}

extension ForgeReviews.Reason: Error {}
