/// Who drives a change, as the service around the decision says: pusher and author of the request.
///
/// A roster lists such a name as an alias of the person.
package enum Operators {
  /// The names a server's hook finds in its variables.
  private static let receiveVariables = [
    "GL_USERNAME", "GL_USER", "GITEA_PUSHER_NAME", "GITEA_PUSHER_EMAIL", "REMOTE_USER",
  ]

  /// The names, lower case, at one place; `githubEvent` is the file `GITHUB_EVENT_PATH` names.
  package static func names(
    _ variables: [String: String],
    githubEvent: [UInt8]? = nil,
    at place: Policy.Place
  ) -> Set<String> {
    var names: Set<String>
    switch place {
    case .receive: names = Set(receiveVariables.compactMap { variables[$0] })
    case .ci: names = github(variables, githubEvent).union(gitlab(variables))
    case .commit, .push, .manual: names = []
    }
    names.remove("")
    return Set(names.map { $0.lowercased() })
  }

  /// Who opened the pull request and who pushed to it last, by the addresses GitHub gives them.
  ///
  /// A push to a branch is by whoever merged, who may well be the reviewer: it says nothing.
  private static func github(_ variables: [String: String], _ event: [UInt8]?) -> Set<String> {
    guard let name = variables["GITHUB_EVENT_NAME"], name.hasPrefix("pull_request") else {
      return []
    }
    // Who acts in a review is the reviewer.
    let isReview = name.hasPrefix("pull_request_review")
    var names =
      isReview ? [] : addresses(variables["GITHUB_ACTOR"], variables["GITHUB_ACTOR_ID"])
    guard let event, let json = try? StrictJSON.parse(event, depth: 64),
      case .object(let top) = json, case .object(let request)? = top[Array("pull_request".utf8)],
      case .object(let user)? = request[Array("user".utf8)],
      case .string(let login)? = user[Array("login".utf8)]
    else { return names }
    var id: String?
    if case .integer(let number)? = user[Array("id".utf8)] { id = String(number) }
    names.formUnion(addresses(login, id))
    return names
  }

  private static func addresses(_ login: String?, _ id: String?) -> Set<String> {
    guard let login, !login.isEmpty else { return [] }
    let address = login + "@users.noreply.github.com"
    return Set([address] + (id.map { ["\($0)+\(address)"] } ?? []))
  }

  /// Who started the pipeline of a merge request.
  private static func gitlab(_ variables: [String: String]) -> Set<String> {
    guard variables["CI_MERGE_REQUEST_IID"] != nil else { return [] }
    return Set(["GITLAB_USER_EMAIL", "GITLAB_USER_LOGIN"].compactMap { variables[$0] })
  }
}
