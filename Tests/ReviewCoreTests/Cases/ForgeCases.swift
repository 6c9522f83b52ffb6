import Testing

@testable import ReviewCore

/// Approvals on a hosting service as the judge sees them.
@Suite struct ForgeCases {
  typealias World = CaseWorld

  private static let head = String(repeating: "a", count: 40)

  /// What is said about reviews of GitHub, each by an account number, under a policy that knows 70 to 72.
  private static func approvals(
    _ world: World,
    _ users: [(id: Int, login: String)] = [(70, "alice")],
    at time: String = "2026-11-23T18:00:00Z"
  ) throws -> ForgeApprovals {
    let reviews = users.map { user in
      """
      {"id": \(user.id), "state": "APPROVED", "commit_id": "\(head)", "submitted_at": "\(time)",
       "user": {"id": \(user.id), "login": "\(user.login)", "type": "User"}}
      """
    }
    let text = "[" + reviews.joined(separator: ",") + "]"
    let id = try #require(ObjectID(hex: head))
    let list = try world.roster.map { try RosterFile.parse(Array($0.utf8)) }
    return ForgeApprovals(
      [try ForgeReviews(Array(text.utf8), head: id)],
      world.policy.forge,
      list
    )
  }

  private static func world(_ require: ReviewStrength = .forge) -> World {
    var world = World(require)
    world.policy.forge.github = [
      "70": "alice@example.com", "71": "alice@example.com", "72": "carol@example.com",
      "73": "bob@example.com", "74": "erin@example.com",
    ]
    return world
  }

  @Test func `an enrolled person's approval of the head covers all of it`() throws {
    let world = Self.world()
    let verdict = try world.judge([], forge: Self.approvals(world))
    #expect(verdict.outcomes == [.reviewed])
    let review = try #require(verdict.findings[0].review)
    #expect(review.rule == .head && review.strength == .forge)
    #expect(review.principal == "alice@example.com")
    #expect(review.id == "github-reviews:70@\(Self.head)")
    #expect(verdict.weakestStrength == .forge)
  }

  // Attack 79.
  @Test func `an account that the policy gives to nobody counts for nothing`() throws {
    var world = Self.world()
    let stranger = try Self.approvals(world, [(99, "alice")])
    #expect(try world.judge([], forge: stranger).outcomes == [.unreviewed])
    #expect(stranger.lines.count == 1 && stranger.lines[0].contains("to nobody (forge.github)"))
    // A number on one service says nothing about the other.
    world.policy.forge = Policy.Forge()
    world.policy.forge.gitlab = ["70": "alice@example.com"]
    #expect(try world.judge([], forge: Self.approvals(world)).outcomes == [.unreviewed])
  }

  @Test(
    arguments: [
      (.recorded, .reviewed), (.forge, .reviewed), (.signed, .tooWeak), (.touched, .tooWeak),
      (.verified, .tooWeak),
    ] as [(ReviewStrength, Finding.Outcome)]
  )
  func `it replaces no key`(require: ReviewStrength, outcome: Finding.Outcome) throws {
    let world = Self.world(require)
    #expect(try world.judge([], forge: Self.approvals(world)).outcomes == [outcome])
  }

  @Test func `no key replaces it`() throws {
    let record = try World.envelope(World.alice) { $0.flags = 5 }
    #expect(try Self.world().judge([record]).outcomes == [.tooWeak])
  }

  @Test func `who took part does not review, by any name of theirs`() throws {
    var world = Self.world()
    world.policy.review.independence = .secondPerson
    // Bob drove the agent: his alias in the roster, and the account itself where the roster is silent.
    #expect(
      try world.judge([], forge: Self.approvals(world, [(73, "bob")])).outcomes == [.selfReviewed]
    )
    world.people = ["erin@users.noreply.github.com"]
    #expect(
      try world.judge([], forge: Self.approvals(world, [(74, "Erin")])).outcomes == [.selfReviewed]
    )
    world.people = ["74+erin@users.noreply.github.com"]
    #expect(
      try world.judge([], forge: Self.approvals(world, [(74, "erin")])).outcomes == [.selfReviewed]
    )
    #expect(
      try world.judge([], forge: Self.approvals(world, [(72, "carol")])).outcomes == [.reviewed]
    )
  }

  @Test func `two accounts of one person are one approval`() throws {
    var world = Self.world()
    world.policy.review.approvals = 2
    let one = try Self.approvals(world, [(70, "alice"), (71, "alice-work")])
    #expect(try world.judge([], forge: one).outcomes == [.unreviewed])
    let two = try Self.approvals(world, [(70, "alice"), (72, "carol")])
    #expect(try world.judge([], forge: two).outcomes == [.reviewed])
  }

  @Test func `a record and an approval by another person are two`() throws {
    var world = Self.world(.recorded)
    world.policy.review.approvals = 2
    let carol = try World.envelope(World.record(by: "carol@example.com"), World.carol)
    let approvals = try Self.approvals(world)
    #expect(try world.judge([carol], forge: approvals).outcomes == [.reviewed])
    let alice = try World.envelope(World.alice)
    #expect(try world.judge([alice], forge: approvals).outcomes == [.unreviewed])
  }

  @Test func `it ages like a record`() throws {
    let world = Self.world()
    let old = try Self.approvals(world, at: "2026-06-01T00:00:00Z")
    #expect(try world.judge([], forge: old).outcomes == [.stale])
  }

  @Test func `a rejection by record stands against it`() throws {
    var record = World.record(by: "carol@example.com")
    record.verdict = .rejected
    let world = Self.world()
    let verdict = try world.judge(
      [World.envelope(record, World.carol)],
      forge: Self.approvals(world)
    )
    #expect(verdict.outcomes == [.rejected])
  }

  @Test func `a signed override passes where the service is asked, an unsigned one does not`()
    throws
  {
    var record = World.record()
    record.verdict = .override
    record.note = "the service is down"
    record.until = "2026-11-25T00:00:00Z"
    let world = Self.world()
    #expect(try world.judge([World.envelope(record, World.alice)]).outcomes == [.overridden])
    #expect(try world.judge([World.envelope(record, nil)]).outcomes == [.unreviewed])
  }
}
