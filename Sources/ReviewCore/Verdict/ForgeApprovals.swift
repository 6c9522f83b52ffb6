/// Approvals of exactly the head that is judged, by people whom the policy knows.
package struct ForgeApprovals: Hashable, Sendable {
  /// What counts, as records of their kind: each person once.
  let records: [StoredRecord]
  /// What does not count, each with the service it is from.
  package let refusals: [ForgeReviews.Refusal]

  /// Nobody approved on a hosting service.
  package static let none = ForgeApprovals([], .init(), nil)

  /// What counts of what services say: accounts that the policy gives to somebody.
  package init(_ all: [ForgeReviews], _ policy: Policy.Forge, _ roster: Roster?) {
    var records: [StoredRecord] = []
    var refusals: [ForgeReviews.Refusal] = []
    for reviews in all {
      refusals += reviews.refusals
      for approval in reviews.approvals {
        guard let name = policy.person(approval.account.id, on: reviews.service) else {
          let reason = ForgeReviews.Reason.notEnrolled(reviews.service)
          refusals.append(ForgeReviews.Refusal(account: approval.account, reason: reason))
          continue
        }
        let person = roster?.person(named: name) ?? name
        guard !records.contains(where: { $0.person.utf8.elementsEqual(person.utf8) }) else {
          continue
        }
        records.append(Self.record(approval, reviews, person, roster))
      }
    }
    (self.records, self.refusals) = (records, refusals)
  }

  /// The approval in the form of a record, so that age, person and strength are judged alike.
  ///
  /// It lists no file: it is about the whole of one head and is never looked up by content.
  private static func record(
    _ approval: ForgeReviews.Approval,
    _ reviews: ForgeReviews,
    _ person: String,
    _ roster: Roster?
  ) -> StoredRecord {
    let id = "\(reviews.service.rawValue):\(approval.account.id)@\(reviews.head.hex)"
    let names = roster?.names(of: person) ?? [person.lowercased()]
    let record = ReviewRecord(
      repositoryID: "",
      base: ReviewRecord.TreeState(tree: .emptyTree),
      head: ReviewRecord.TreeState(commit: reviews.head, tree: .emptyTree),
      verdict: .approved,
      scope: .full,
      files: [],
      principal: person,
      presentation: ReviewRecord.Presentation(
        tool: reviews.service.rawValue,
        seconds: 0,
        changedLines: 0,
        bulk: true
      ),
      createdAt: RecordTime.text(approval.time) ?? ""
    )
    let proof = RecordProof(
      strength: .forge,
      person: person,
      names: names.union(reviews.names(of: approval.account)),
      key: nil
    )
    return StoredRecord(id: id, record: record, proof: proof, source: reviews.service.rawValue)
  }
}

extension ForgeReviews {
  /// The names under which jobs of the service know an account, lower case.
  fileprivate func names(of account: Account) -> Set<String> {
    let login = account.login.lowercased()
    switch service {
    case .github:
      let address = login + "@users.noreply.github.com"
      return [address, "\(account.id)+\(address)"]
    case .gitlab: return [login, "\(account.id)-\(login)@users.noreply.gitlab.com"]
    }
  }
}
