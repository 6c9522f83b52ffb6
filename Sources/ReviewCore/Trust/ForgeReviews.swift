/// What a hosting service says about who approved one head, read from its API or its event.
///
/// It is not signed: it counts only as far as whoever passes it can be believed, which is a job of
/// the service itself and never a file of the change that is judged.
package struct ForgeReviews: Hashable, Sendable {
  /// A service.
  package enum Service: String, Hashable, Sendable, CaseIterable {
    /// Reviews of a pull request on GitHub.
    case github = "github-reviews"
    /// Approvals of a merge request on GitLab.
    case gitlab = "gitlab-approvals"
  }

  /// Somebody's account.
  package struct Account: Hashable, Sendable {
    /// Its number, which a change of its name leaves alone.
    package let id: String
    /// Its name, only to be shown.
    package let login: String
  }

  /// One account that approves exactly this head.
  package struct Approval: Hashable, Sendable {
    /// The account.
    package let account: Account
    /// Seconds since 1970, as the service says.
    package let time: Int
  }

  /// One approval that does not count.
  package struct Refusal: Hashable, Sendable {
    /// The account.
    package let account: Account
    /// Why.
    package let reason: Reason
  }

  /// Why an approval does not count.
  package enum Reason: Hashable, Sendable {
    /// It is by a bot, an app or an agent.
    case notHuman
    /// It is of another commit.
    case otherHead(String)
    /// It belongs to another request.
    case otherRequest(String)
    /// The account's last word is another one.
    case takenBack(String)
    /// The account is blocked.
    case inactive
    /// Nothing says which head it is of.
    case unbound
    /// It was there before this head.
    case beforeHead
    /// The policy gives the account to nobody.
    case notEnrolled(Service)
  }

  /// Why a document is not used at all.
  package enum Problem: Error, Hashable, Sendable {
    /// More bytes than any answer has.
    case tooLarge(Int)
    /// Not strict JSON.
    case notJSON(RecordError)
    /// More entries than any request has.
    case tooMany(Int)
    /// A field that is missing, or is not what the service sends.
    case field(String)
    /// No document of a service that is known.
    case unknownDocument
  }

  /// The service.
  package let service: Service
  /// The head that is approved.
  package let head: ObjectID
  /// Those who approve exactly this head, in the order of their accounts.
  package let approvals: [Approval]
  /// Approvals that do not count, in the order of their accounts.
  package let refusals: [Refusal]

  /// The longest document that is read, in bytes.
  package static let maxBytes = 32 << 20
  /// The most entries that are read.
  static let maxEntries = 10_000
  private static let depth = 64

  /// Reads what a service answered about `head`.
  ///
  /// Without a service the document says which one it is from. `request` is the address of the
  /// request that is judged, where it is known; reviews of another one do not count.
  package init(
    _ bytes: [UInt8],
    from service: Service? = nil,
    head: ObjectID,
    request: String? = nil
  ) throws(Problem) {
    guard bytes.count <= Self.maxBytes else { throw .tooLarge(Self.maxBytes) }
    let root: ForgeFields
    do throws(RecordError) {
      root = ForgeFields(try StrictJSON.parse(bytes, depth: Self.depth), at: "")
    } catch {
      throw .notJSON(error)
    }
    let source: Service
    if let service { source = service } else { source = try Self.service(of: root) }
    self.service = source
    self.head = head
    var words = Words()
    switch source {
    case .github: try words.readGitHub(root, head, request)
    case .gitlab: try words.readGitLab(root, head)
    }
    approvals = words.approvals.sorted { Self.precedes($0.account, $1.account) }
    refusals = words.refusals.sorted { Self.precedes($0.account, $1.account) }
  }

  /// What was found while reading.
  struct Words {
    var approvals: [Approval] = []
    var refusals: [Refusal] = []
  }

  private static func service(of root: ForgeFields) throws(Problem) -> Service {
    if root.isList || root.has("review") || root.has("pull_request") { return .github }
    let gitlab = ["approvals", "approved_by", "rules"].contains { root.has($0) }
    guard gitlab else { throw .unknownDocument }
    return .gitlab
  }

  private static func precedes(_ left: Account, _ right: Account) -> Bool {
    (left.id.utf8.count, left.id) < (right.id.utf8.count, right.id)
  }

  /// The address of the pull request that an event of GitHub is about.
  package static func request(inEvent bytes: [UInt8]) -> String? {
    guard let json = try? StrictJSON.parse(bytes, depth: depth) else { return nil }
    let request = try? ForgeFields(json, at: "").optional("pull_request")?.text("url")
    return request
  }
}

extension ForgeReviews.Account {
  /// Whether no person is behind it, as far as its name says.
  ///
  /// The account of everybody who deleted theirs is no person either.
  var isBot: Bool {
    let name = login.lowercased()
    if name.utf8.elementsEqual("ghost".utf8) || name.hasSuffix("[bot]") { return true }
    let isToken = name.hasPrefix("project_") || name.hasPrefix("group_")
    if isToken && name.contains("_bot") || name.hasPrefix("service_account_") { return true }
    let address = login + "@users.noreply.github.com"
    return ReviewerName.isAgent(address) || ReviewerName.isAgent("\(id)+\(address)")
  }
}

extension ForgeReviews.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLarge(let limit): "it is larger than \(limit) bytes"
    case .notJSON(let error): "\(error)"
    case .tooMany(let limit): "it has more than \(limit) entries"
    case .field(let name): "'\(name)' is missing or is not what the service sends"
    case .unknownDocument:
      "it is neither reviews of a pull request on GitHub nor approvals of a merge request on GitLab"
    }
  }
}

extension ForgeReviews.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notHuman: "a bot, an app or an agent never reviews"
    case .otherHead(let head): "it is of another commit (\(VisibleText.line(head.utf8.prefix(64))))"
    case .otherRequest(let address):
      "it belongs to another request (\(VisibleText.line(address.utf8.prefix(200))))"
    case .takenBack(let state):
      "the last word of that account is \(VisibleText.line(state.utf8.prefix(64)))"
    case .inactive: "the account is not active"
    case .unbound: "an approval on GitLab names no head, and the document has nothing that binds it"
    case .beforeHead: "it was given before this head was there"
    case .notEnrolled(let service):
      "\(PolicyFile.path) gives the account to nobody (forge.\(service.key))"
    }
  }
}

extension ForgeReviews.Service {
  /// The key of the policy that lists its accounts.
  package var key: String {
    switch self {
    case .github: "github"
    case .gitlab: "gitlab"
    }
  }
}
