import Testing

@testable import ReviewCore

/// What hosting services say about approvals, and what of it counts.
@Suite struct ForgeReviewsTests {
  private static let head = String(repeating: "a", count: 40)
  private static let older = String(repeating: "b", count: 40)

  private static func review(
    _ state: String = "APPROVED",
    id: Int = 1,
    user: Int = 7,
    login: String = "ada",
    type: String = "User",
    commit: String = head,
    time: String = "2026-01-01T00:00:00Z",
    more: String = ""
  ) -> String {
    """
    {"id": \(id), "state": "\(state)", "commit_id": "\(commit)", "submitted_at": "\(time)", \(more)
     "body": "", "user": {"id": \(user), "login": "\(login)", "type": "\(type)"}}
    """
  }

  private static func list(_ reviews: String...) -> String {
    "[" + reviews.joined(separator: ",") + "]"
  }

  private static func read(
    _ text: String,
    _ service: ForgeReviews.Service? = nil,
    request: String? = nil
  ) throws -> ForgeReviews {
    let head = try #require(ObjectID(hex: head))
    return try ForgeReviews(Array(text.utf8), from: service, head: head, request: request)
  }

  private static func accounts(_ text: String) throws -> [String] {
    try read(text).approvals.map(\.account.id)
  }

  // MARK: - GitHub

  @Test func `an approval of exactly this head counts, from any page`() throws {
    #expect(try Self.accounts(Self.list(Self.review())) == ["7"])
    let pages = Self.list(Self.list(Self.review()), Self.list(Self.review(user: 19), "[]"))
    #expect(throws: ForgeReviews.Problem.self) { try Self.read(pages) }
    let good = Self.list(Self.list(Self.review()), Self.list(Self.review(user: 19)))
    #expect(try Self.accounts(good) == ["7", "19"])
    #expect(try Self.accounts("[[],[]]").isEmpty)
  }

  // Attack 79.
  @Test(
    arguments: [
      (review("COMMENTED"), nil), (review("PENDING"), nil), (review("commented"), nil),
      (review("DISMISSED"), .takenBack("DISMISSED")),
      (review("CHANGES_REQUESTED"), .takenBack("CHANGES_REQUESTED")),
      (review(type: "Bot"), .notHuman), (review(login: "helper[bot]"), .notHuman),
      (review(login: "Copilot", type: "Bot"), .notHuman), (review(type: "Organization"), .notHuman),
      (review(user: 198_982_749, login: "Copilot"), .notHuman), (review(login: "ghost"), .notHuman),
      (review(more: "\"performed_via_github_app\": {\"id\": 1},"), .notHuman),
      (review(commit: older), .otherHead(older)),
      (review(commit: head.uppercased()), .otherHead(head.uppercased())),
      (review(commit: String(head.prefix(12))), .otherHead(String(head.prefix(12)))),
    ] as [(String, ForgeReviews.Reason?)]
  )
  func `nothing else does, and it is said why`(review: String, reason: ForgeReviews.Reason?) throws
  {
    let found = try Self.read(Self.list(review))
    #expect(found.approvals.isEmpty)
    #expect(found.refusals.map(\.reason) == [reason].compactMap { $0 })
  }

  @Test func `an account that was deleted approves nothing`() throws {
    let gone = Self.review().replacing(
      "{\"id\": 7, \"login\": \"ada\", \"type\": \"User\"}",
      with: "null"
    )
    #expect(try Self.accounts(Self.list(gone)).isEmpty)
  }

  @Test(arguments: ["CHANGES_REQUESTED", "DISMISSED"])
  func `the last word of an account counts, whatever the order of the list`(state: String) throws {
    let yes = Self.review(id: 1)
    let later = Self.review(state, id: 2, time: "2026-01-02T00:00:00Z")
    #expect(try Self.accounts(Self.list(yes, later)).isEmpty)
    #expect(try Self.accounts(Self.list(later, yes)).isEmpty)
    let again = Self.review(id: 3, time: "2026-01-03T00:00:00Z")
    #expect(try Self.accounts(Self.list(again, later, yes)) == ["7"])
    // In one second the number decides; another name is the same account.
    let tie = Self.list(Self.review(state, id: 5, login: "ada-new"), Self.review(id: 4))
    #expect(try Self.accounts(tie).isEmpty)
  }

  @Test func `a comment takes nothing back, an approval of an older head does not stay`() throws {
    let comment = Self.review("COMMENTED", id: 2, time: "2026-01-02T00:00:00Z")
    #expect(try Self.accounts(Self.list(Self.review(), comment)) == ["7"])
    let old = Self.review(id: 2, commit: Self.older, time: "2026-01-02T00:00:00Z")
    #expect(try Self.accounts(Self.list(Self.review(), old)).isEmpty)
  }

  @Test func `two accounts that were called the same are two`() throws {
    let both = Self.list(Self.review(user: 10), Self.review(user: 9))
    #expect(try Self.accounts(both) == ["9", "10"])
  }

  @Test func `a review of another request does not count where the request is known`() throws {
    let own = "https://api.example.com/repos/o/r/pulls/6"
    let other = Self.review(more: "\"pull_request_url\": \"\(own)0\",")
    #expect(try Self.read(Self.list(other), request: own).approvals.isEmpty)
    #expect(try Self.read(Self.list(other)).approvals.count == 1)
    let same = Self.review(more: "\"pull_request_url\": \"\(own)\",")
    #expect(try Self.read(Self.list(same), request: own).approvals.count == 1)
    let event = "{\"pull_request\": {\"url\": \"\(own)\"}}"
    #expect(ForgeReviews.request(inEvent: Array(event.utf8)) == own)
    #expect(ForgeReviews.request(inEvent: Array("{}".utf8)) == nil)
  }

  @Test(arguments: [("approved", ["7"]), ("dismissed", []), ("commented", []), ("edited", nil)])
  func `an event holds one review`(state: String, accounts: [String]?) throws {
    let event =
      "{\"action\": \"submitted\", \"review\": \(Self.review(state)), \"pull_request\": {}}"
    guard let accounts else {
      #expect(throws: ForgeReviews.Problem.self) { try Self.read(event) }
      return
    }
    #expect(try Self.accounts(event) == accounts)
    #expect(try Self.read(event).service == .github)
    // An event of another kind has none.
    #expect(try Self.accounts("{\"pull_request\": {}, \"number\": 5}").isEmpty)
  }

  static let broken = [
    "", "{}", "[", "[1]", "[{}]", "null", "{\"message\": \"Not Found\"}", "[[[]]]",
    list(review().replacing(": 7", with: ": \"7\"")),
    list(review().replacing(": 7", with: ": -7")), list(review().replacing(": 7", with: ": 7.5")),
    list(review().replacing(": 7", with: ": 7e300")), list(review().replacing(": 7", with: ": 0")),
    list(review().replacing("\"state\"", with: "\"state\": \"COMMENTED\", \"state\"")),
    list(review(time: "yesterday")), list(review(time: "2026-02-30T00:00:00Z")),
    list(review("LGTM")), list(review().replacing("\"commit_id\"", with: "\"commit\"")),
    list(review(login: "\\ud800")), String(repeating: "[", count: 100_000),
    list(review(login: String(repeating: "a", count: 5_000))),
    "[" + String(repeating: "[],", count: 10_001) + "[]]",
  ]

  @Test(arguments: broken)
  func `what the service does not send is refused as a whole`(text: String) {
    #expect(throws: ForgeReviews.Problem.self) { try Self.read(text, .github) }
  }

  // MARK: - GitLab

  private static func user(
    _ name: String = "ada",
    id: Int = 7,
    state: String = "active",
    more: String = ""
  ) -> String {
    "{\"id\": \(id), \"username\": \"\(name)\", \"state\": \"\(state)\"\(more)}"
  }

  private static func approved(_ user: String = user(), at time: String? = nil) -> String {
    "{\"user\": \(user)\(time.map { ", \"approved_at\": \"\($0)\"" } ?? "")}"
  }

  private static func request(
    reset: String = "true",
    sha: String = head,
    _ approvals: String = approved()
  ) -> String {
    """
    {"project": {"reset_approvals_on_push": \(reset)},
     "merge_request": {"sha": "\(sha)", "created_at": "2026-01-01T02:00:00.000+02:00"},
     "approvals": {"approved": true, "approved_by": [\(approvals)]}}
    """
  }

  private static func versions(_ approvals: String, newest: String = head) -> String {
    """
    {"versions": [
       {"id": 12, "head_commit_sha": "\(newest)", "created_at": "2026-01-05T10:00:00.250Z"},
       {"id": 3, "head_commit_sha": "\(older)", "created_at": "2026-01-01T00:00:00Z"}],
     "approvals": {"approved_by": [\(approvals)]}}
    """
  }

  @Test func `an approval since the head was the newest version counts`() throws {
    let good = Self.versions(Self.approved(at: "2026-01-05T12:00:00.300+02:00"))
    let found = try Self.read(good)
    #expect(found.approvals.map(\.account.id) == ["7"])
    #expect(found.approvals.map { RecordTime.text($0.time) } == ["2026-01-05T10:00:00Z"])
    let before = try Self.read(Self.versions(Self.approved(at: "2026-01-05T10:00:00.2Z")))
    #expect(before.refusals.map(\.reason) == [.beforeHead])
    let unknown = try Self.read(Self.versions(Self.approved()))
    #expect(unknown.refusals.map(\.reason) == [.unbound])
    let moved = Self.versions(Self.approved(at: "2027-01-01T00:00:00Z"), newest: Self.older)
    #expect(try Self.read(moved).refusals.map(\.reason) == [.otherHead(Self.older)])
  }

  @Test func `one of a request that loses approvals with every push counts`() throws {
    let found = try Self.read(Self.request())
    #expect(found.approvals.map(\.account.id) == ["7"])
    // Where it says no time, it may be as old as the request.
    #expect(found.approvals.map { RecordTime.text($0.time) } == ["2026-01-01T00:00:00Z"])
    #expect(
      try Self.read(Self.request(sha: Self.older)).refusals.map(\.reason)
        == [.otherHead(Self.older)]
    )
  }

  @Test(arguments: [
    request(reset: "false"), request(reset: "null"), request(reset: "\"true\""),
    "{\"approved_by\": [\(approved())]}", "{\"rules\": [{\"approved_by\": [\(user())]}]}",
    "{\"approvals\": {\"rules\": [{\"approved_by\": [\(user()), \(user())]}]}}",
    "{\"approvals\": {\"approved_by\": [\(approved())]}, \"merge_request\": {\"sha\": \"\(head)\"}}",
  ])
  func `an approval that nothing ties to a head does not count`(text: String) throws {
    let found = try Self.read(text)
    #expect(found.service == .gitlab && found.approvals.isEmpty)
    #expect(found.refusals.map(\.reason) == [.unbound])
  }

  @Test func `the state by rules counts each account once`() throws {
    let state = Self.request().replacing(
      "\"approved_by\": [\(Self.approved())]",
      with: "\"rules\": [{\"approved_by\": [\(Self.user())]}, {\"approved_by\": [\(Self.user())]}]"
    )
    #expect(try Self.accounts(state) == ["7"])
  }

  @Test(
    arguments: [
      (user("project_12_bot"), .notHuman), (user("project_12_bot_0a1b"), .notHuman),
      (user("group_3_bot"), .notHuman), (user("helper[bot]"), .notHuman),
      (user("ghost"), .notHuman), (user("service_account_group_1_ab"), .notHuman),
      (user(more: ", \"bot\": true"), .notHuman), (user(state: "blocked"), .inactive),
      (user(state: "deactivated"), .inactive),
    ] as [(String, ForgeReviews.Reason)]
  )
  func `tokens, bots and blocked accounts do not`(user: String, reason: ForgeReviews.Reason) throws
  {
    let found = try Self.read(Self.request(Self.approved(user)))
    #expect(found.approvals.isEmpty && found.refusals.map(\.reason) == [reason])
  }

  @Test func `cut off anywhere it is refused`() throws {
    for text in [Self.list(Self.review()), Self.request(), Self.versions(Self.approved())] {
      let bytes = Array(text.utf8)
      for end in bytes.indices {
        let part = String(decoding: bytes[..<end], as: UTF8.self)
        #expect(throws: ForgeReviews.Problem.self) { try Self.read(part) }
      }
    }
  }

  @Test func `times are compared across zones and fractions`() throws {
    let times = [
      "2026-01-01T00:00:00.9Z", "2026-01-01T02:00:01+02:00", "2026-01-01T00:00:01.01Z",
      "2025-12-31T20:30:01.5-0330", "2026-01-01T00:00:02.000Z",
    ]
    let read = try times.map { try #require(ForgeTime($0), "\($0)") }
    #expect(read == read.sorted() && Set(read.map(\.seconds)).count == 3)
    for text in [
      "2026-01-01T00:00:00", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00.Z",
      "2026-01-01T00:00:00+2:00", "2026-01-01T00:00:00+99:00", "2026-01-01T00:00:00+02:75",
      "2026-01-01T00:00:00ZZ", "2026-01-01T25:00:00Z",
    ] { #expect(ForgeTime(text) == nil, "\(text)") }
  }
}
