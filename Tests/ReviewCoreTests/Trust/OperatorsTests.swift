import ReviewCore
import TestSupport
import Testing

@Suite struct OperatorsTests {
  static let event = #"{"pull_request":{"user":{"login":"Bob","id":77}},"sender":{"login":"x"}}"#

  @Test(
    arguments: [
      (
        ["GITHUB_EVENT_NAME": "pull_request", "GITHUB_ACTOR": "ann", "GITHUB_ACTOR_ID": "5"], .ci,
        [
          "77+bob@users.noreply.github.com", "bob@users.noreply.github.com",
          "5+ann@users.noreply.github.com", "ann@users.noreply.github.com",
        ]
      ),
      (["GITHUB_EVENT_NAME": "push", "GITHUB_ACTOR": "ann"], .ci, []),
      (
        [
          "GITHUB_EVENT_NAME": "pull_request_review", "GITHUB_ACTOR": "ann", "GITHUB_ACTOR_ID": "5",
        ],
        .ci, ["77+bob@users.noreply.github.com", "bob@users.noreply.github.com"]
      ),
      (
        ["CI_MERGE_REQUEST_IID": "1", "GITLAB_USER_EMAIL": "Ann@example.com"], .ci,
        ["ann@example.com"]
      ),
      (["GITLAB_USER_EMAIL": "ann@example.com"], .ci, []),
      (["GL_USERNAME": "ann", "REMOTE_USER": ""], .receive, ["ann"]),
      (["GITEA_PUSHER_EMAIL": "ann@example.com"], .receive, ["ann@example.com"]),
      (["GL_USERNAME": "ann", "GITHUB_ACTOR": "ann"], .push, []),
    ] as [([String: String], Policy.Place, Set<String>)]
  )
  func `takes who drives the change from the service`(
    variables: [String: String],
    place: Policy.Place,
    names: Set<String>
  ) {
    #expect(Operators.names(variables, githubEvent: Array(Self.event.utf8), at: place) == names)
  }

  @Test(arguments: ["", "{", "[]", "{\"pull_request\":1}", "{\"pull_request\":{\"user\":{}}}"])
  func `an event that says nothing adds nobody`(event: String) {
    let variables = ["GITHUB_EVENT_NAME": "pull_request", "GITHUB_ACTOR": "ann"]
    let names = Operators.names(variables, githubEvent: Array(event.utf8), at: .ci)
    #expect(names == ["ann@users.noreply.github.com"])
  }

  @Test func `finds the key that signed a commit in its header`() throws {
    let key = TestKey()
    let lines = try key.armoured(Array("x".utf8)).split(separator: "\n").map(String.init)
    let header =
      "tree 1\nauthor A <a@example.com> 1 +0000\ngpgsig "
      + lines.joined(separator: "\n ") + "\nencoding UTF-8\n"
    #expect(CommitSigner.keyBlob(header: Array(header.utf8)) == key.blob)
    let pgp =
      "tree 1\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----\n"
    for other in ["", "tree 1\n", pgp, "gpgsig \n"] {
      #expect(CommitSigner.keyBlob(header: Array(other.utf8)) == nil)
    }
  }
}
