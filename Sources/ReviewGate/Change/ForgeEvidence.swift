import ReviewCore

/// Where approvals on hosting services are found: in files that were named, and in what was imported.
struct ForgeEvidence {
  /// Files with a service's answer; `-` is standard input.
  var files: [String] = []
  /// What standard input held, where it was read before.
  private var input: [UInt8]?

  init(files: [String] = []) { self.files = files }

  /// Reads standard input now, for decisions that may be tried more than once.
  mutating func readInput() throws {
    if files.contains("-") { input = try Self.bytes("-") }
  }

  /// Who approves exactly this head; nobody where it is not committed yet.
  ///
  /// What is given by hand is newer than what was imported, and takes its place.
  func approvals(
    of head: ObjectID?,
    _ project: Project,
    _ policy: LoadedPolicy,
    at place: Policy.Place
  ) throws -> ForgeApprovals {
    guard let head else { return .none }
    let request = place == .ci ? project.forgeRequest : nil
    var found: [ForgeReviews] = []
    for file in files {
      let bytes = try (file == "-" ? input : nil) ?? Self.bytes(file)
      found.append(try Self.parse(bytes, file, from: nil, head: head, request: request))
    }
    let given = Set(found.map(\.service))
    for service in ForgeReviews.Service.allCases where !given.contains(service) {
      let file = ForgeStore(project).file(service, of: head)
      guard FileBytes.size(of: file) != nil else { continue }
      found.append(try Self.read(file, from: service, head: head, request: request))
    }
    return ForgeApprovals(found, policy.policy.forge, policy.roster)
  }

  /// Reads one file; one that cannot be used is no answer, which is not the same as nobody's approval.
  static func read(
    _ file: String,
    from service: ForgeReviews.Service?,
    head: ObjectID,
    request: String?
  ) throws -> ForgeReviews {
    try parse(try bytes(file), file, from: service, head: head, request: request)
  }

  /// The bytes of a file, or of standard input.
  static func bytes(_ file: String) throws -> [UInt8] {
    if file == "-" { return try StandardInput.bytes(limit: ForgeReviews.maxBytes) }
    guard let bytes = FileBytes.read(file) else { throw Undecided.unreadableFile(file) }
    return bytes
  }

  /// What a file says.
  static func parse(
    _ bytes: [UInt8],
    _ file: String,
    from service: ForgeReviews.Service?,
    head: ObjectID,
    request: String?
  ) throws -> ForgeReviews {
    do throws(ForgeReviews.Problem) {
      return try ForgeReviews(bytes, from: service, head: head, request: request)
    } catch {
      throw Undecided.unusableFile(file, why: error.description)
    }
  }
}

/// What was imported, in the part of the git directory that nobody fetches or pushes.
struct ForgeStore {
  private let directory: String

  init(_ project: Project) { directory = project.sharedStateDirectory + "/forge" }

  /// The file of one service's answer about one head.
  func file(_ service: ForgeReviews.Service, of head: ObjectID) -> String {
    "\(directory)/\(head.hex).\(service.rawValue).json"
  }
}

extension Project {
  /// The address of the pull request that this job is about, where the service says.
  fileprivate var forgeRequest: String? {
    surroundings.variables["GITHUB_EVENT_PATH"].flatMap { FileBytes.read($0) }
      .flatMap { ForgeReviews.request(inEvent: $0) }
  }
}
