/// What one CI service gives a job, made up from its documentation.
///
/// Words in braces stand for what a test knows: `{BASE}` and `{HEAD}` are commits, `{MERGE}` is the
/// merge of both that some services make, `{ZERO}` forty zeros, `{SERVER}` an address.
package struct CIJobSample: CustomStringConvertible, Sendable {
  /// The service and the event as the program prints them.
  package let title: String
  /// The variables that are about the change.
  package let variables: [String: String]
  /// The event file; nil where the service writes none.
  package let event: String?
  /// Variables and fields without which the range is not known.
  package let needed: [String]
  /// What is checked out: the head, or a merge that the service made.
  package let checksOutMerge: Bool
  /// How much history the service clones; nil for all of it.
  package let depth: Int?

  init(
    _ title: String,
    depth: Int?,
    merges: Bool = false,
    needed: [String],
    event: String? = nil,
    _ variables: [String: String]
  ) {
    self.title = title
    self.depth = depth
    checksOutMerge = merges
    self.needed = needed
    self.event = event
    self.variables = variables
  }

  package var description: String { title }

  /// The text with its words replaced.
  package static func fill(_ text: String, _ values: [String: String]) -> String {
    values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
  }

  /// The variables with their words replaced.
  package func filled(_ values: [String: String]) -> [String: String] {
    variables.mapValues { Self.fill($0, values) }
  }

  /// Every kind of job whose range the program knows.
  package static let all = github + hosted + selfHosted

  // MARK: - GitHub and its like

  /// An event of a pull request, with what surrounds the fields that count.
  private static let pullRequest = """
    {"action": "synchronize", "number": 7, "before": "{BASE}", "after": "{HEAD}",
     "pull_request": {"id": 1, "number": 7, "state": "open", "draft": false, "merged": null,
       "merge_commit_sha": "{MERGE}", "user": {"login": "ada-example", "id": 1},
       "base": {"label": "team:main", "ref": "main", "sha": "{BASE}",
         "repo": {"full_name": "team/project", "clone_url": "{SERVER}/team/project.git"}},
       "head": {"label": "team:topic", "ref": "topic", "sha": "{HEAD}",
         "repo": {"full_name": "team/project", "clone_url": "{SERVER}/team/project.git"}}},
     "repository": {"default_branch": "main", "size": 1.5}, "sender": {"login": "ada-example"}}
    """
  private static let mergeGroup = """
    {"action": "checks_requested", "merge_group": {"base_ref": "refs/heads/main",
     "base_sha": "{BASE}", "head_ref": "refs/heads/gh-readonly-queue/main/pr-7-{BASE}",
     "head_sha": "{HEAD}"}, "repository": {"default_branch": "main"}}
    """

  private static func push(before: String) -> String {
    """
    {"ref": "refs/heads/topic", "before": "\(before)", "after": "{HEAD}", "forced": false,
     "created": false, "repository": {"default_branch": "main"}, "commits": []}
    """
  }

  private static func github(
    _ title: String,
    _ name: String,
    merges: Bool = false,
    needed: [String],
    event: String,
    _ more: [String: String] = [:]
  ) -> CIJobSample {
    let variables = [
      "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": name,
      "GITHUB_SERVER_URL": "{SERVER}", "GITHUB_SHA": merges ? "{MERGE}" : "{HEAD}",
      "GITHUB_EVENT_PATH": "{EVENT}",
    ]
    return CIJobSample(
      title,
      depth: 1,
      merges: merges,
      needed: needed + ["GITHUB_EVENT_NAME"],
      event: event,
      variables.merging(more) { $1 }
    )
  }

  private static let github: [CIJobSample] = [
    github(
      "GitHub Actions, pull_request",
      "pull_request",
      merges: true,
      needed: ["pull_request.base.sha", "pull_request.head.sha"],
      event: pullRequest
    ),
    github(
      "GitHub Actions, pull_request_review",
      "pull_request_review",
      merges: true,
      needed: ["pull_request.base.sha", "pull_request.head.sha"],
      event: pullRequest
    ),
    github(
      "GitHub Actions, pull_request_target",
      "pull_request_target",
      needed: ["pull_request.base.sha", "pull_request.head.sha"],
      event: pullRequest
    ),
    github(
      "GitHub Actions, merge_group",
      "merge_group",
      needed: ["merge_group.base_sha", "merge_group.head_sha"],
      event: mergeGroup
    ),
    github("GitHub Actions, push", "push", needed: ["before"], event: push(before: "{BASE}")),
    github(
      "GitHub Actions, push",
      "push",
      needed: ["repository.default_branch"],
      event: push(before: "{ZERO}")
    ),
    github(
      "Gitea Actions, pull_request",
      "pull_request",
      merges: true,
      needed: ["pull_request.base.sha"],
      event: pullRequest,
      ["GITEA_ACTIONS": "true"]
    ),
    github(
      "Forgejo Actions, push",
      "push",
      needed: ["after"],
      event: push(before: "{BASE}"),
      ["FORGEJO_ACTIONS": "true"]
    ),
  ]

  // MARK: - Hosted

  private static let hosted: [CIJobSample] = [
    CIJobSample(
      "GitLab CI, merge request",
      depth: 20,
      needed: ["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"],
      [
        "CI": "true", "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "{FORKPOINT}",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_COMMIT_SHA": "{HEAD}",
        "CI_DEFAULT_BRANCH": "main",
      ]
    ),
    CIJobSample(
      "GitLab CI, merge request",
      depth: 20,
      merges: true,
      needed: ["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"],
      [
        "CI": "true", "GITLAB_CI": "true", "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "{BASE}",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "{HEAD}", "CI_COMMIT_SHA": "{MERGE}",
      ]
    ),
    CIJobSample(
      "GitLab CI, push",
      depth: 20,
      needed: ["CI_COMMIT_BEFORE_SHA", "CI_COMMIT_SHA"],
      [
        "CI": "true", "GITLAB_CI": "true", "CI_COMMIT_BEFORE_SHA": "{BASE}",
        "CI_COMMIT_SHA": "{HEAD}", "CI_COMMIT_BRANCH": "topic", "CI_DEFAULT_BRANCH": "main",
      ]
    ),
    CIJobSample(
      "GitLab CI, push",
      depth: 20,
      needed: ["CI_DEFAULT_BRANCH"],
      [
        "CI": "true", "GITLAB_CI": "true", "CI_COMMIT_BEFORE_SHA": "{ZERO}",
        "CI_COMMIT_SHA": "{HEAD}", "CI_COMMIT_BRANCH": "topic", "CI_DEFAULT_BRANCH": "main",
      ]
    ),
    CIJobSample(
      "Azure Pipelines, pull request",
      depth: 1,
      merges: true,
      needed: [
        "BUILD_REASON", "SYSTEM_PULLREQUEST_TARGETBRANCH", "SYSTEM_PULLREQUEST_SOURCECOMMITID",
      ],
      [
        "TF_BUILD": "True", "BUILD_REASON": "PullRequest", "BUILD_SOURCEVERSION": "{MERGE}",
        "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
        "SYSTEM_PULLREQUEST_SOURCECOMMITID": "{HEAD}",
      ]
    ),
    CIJobSample(
      "Bitbucket Pipelines, pull request",
      depth: 50,
      needed: ["BITBUCKET_PR_DESTINATION_BRANCH", "BITBUCKET_COMMIT"],
      [
        "CI": "true", "BITBUCKET_BUILD_NUMBER": "12", "BITBUCKET_PR_ID": "7",
        "BITBUCKET_PR_DESTINATION_BRANCH": "main",
        "BITBUCKET_PR_DESTINATION_COMMIT": "0123456789ab",
        "BITBUCKET_COMMIT": "{HEAD}",
      ]
    ),
    CIJobSample(
      "Travis CI, pull_request",
      depth: 50,
      merges: true,
      needed: ["TRAVIS_EVENT_TYPE", "TRAVIS_BRANCH", "TRAVIS_PULL_REQUEST_SHA"],
      [
        "CI": "true", "TRAVIS": "true", "TRAVIS_EVENT_TYPE": "pull_request",
        "TRAVIS_PULL_REQUEST": "7", "TRAVIS_BRANCH": "main", "TRAVIS_COMMIT": "{MERGE}",
        "TRAVIS_PULL_REQUEST_SHA": "{HEAD}",
      ]
    ),
    CIJobSample(
      "Travis CI, push",
      depth: 50,
      needed: ["TRAVIS_COMMIT_RANGE", "TRAVIS_COMMIT"],
      [
        "CI": "true", "TRAVIS": "true", "TRAVIS_EVENT_TYPE": "push", "TRAVIS_BRANCH": "topic",
        "TRAVIS_COMMIT": "{HEAD}", "TRAVIS_COMMIT_RANGE": "{BASE}...{HEAD}",
      ]
    ),
    CIJobSample(
      "Cirrus CI, pull request",
      depth: nil,
      needed: ["CIRRUS_BASE_SHA", "CIRRUS_CHANGE_IN_REPO"],
      [
        "CI": "true", "CIRRUS_CI": "true", "CIRRUS_PR": "7", "CIRRUS_BASE_SHA": "{BASE}",
        "CIRRUS_BASE_BRANCH": "main", "CIRRUS_CHANGE_IN_REPO": "{HEAD}",
      ]
    ),
  ]

  // MARK: - On machines of one's own

  private static let selfHosted: [CIJobSample] = [
    CIJobSample(
      "Buildkite, pull request",
      depth: nil,
      needed: ["BUILDKITE_PULL_REQUEST_BASE_BRANCH", "BUILDKITE_COMMIT"],
      [
        "CI": "true", "BUILDKITE": "true", "BUILDKITE_PULL_REQUEST": "7",
        "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main", "BUILDKITE_BRANCH": "topic",
        "BUILDKITE_COMMIT": "{HEAD}", "BUILDKITE_PIPELINE_DEFAULT_BRANCH": "main",
      ]
    ),
    CIJobSample(
      "Buildkite, branch",
      depth: nil,
      needed: ["BUILDKITE_PULL_REQUEST", "BUILDKITE_PIPELINE_DEFAULT_BRANCH"],
      [
        "CI": "true", "BUILDKITE": "true", "BUILDKITE_PULL_REQUEST": "false",
        "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "", "BUILDKITE_BRANCH": "topic",
        "BUILDKITE_COMMIT": "{HEAD}", "BUILDKITE_PIPELINE_DEFAULT_BRANCH": "main",
      ]
    ),
    CIJobSample(
      "Jenkins, change request",
      depth: nil,
      needed: ["CHANGE_TARGET", "GIT_COMMIT"],
      [
        "JENKINS_URL": "https://ci.example.com/", "CHANGE_ID": "7", "CHANGE_TARGET": "main",
        "CHANGE_BRANCH": "topic", "GIT_COMMIT": "{HEAD}",
      ]
    ),
    CIJobSample(
      "Jenkins, branch",
      depth: nil,
      needed: ["GIT_PREVIOUS_SUCCESSFUL_COMMIT"],
      [
        "JENKINS_URL": "https://ci.example.com/", "BRANCH_NAME": "topic", "GIT_COMMIT": "{HEAD}",
        "GIT_PREVIOUS_SUCCESSFUL_COMMIT": "{BASE}",
      ]
    ),
    CIJobSample(
      "Gerrit, patch set",
      depth: 1,
      needed: [],
      [
        "JENKINS_URL": "https://ci.example.com/", "GERRIT_PATCHSET_REVISION": "{HEAD}",
        "GERRIT_REFSPEC": "refs/changes/07/7/1", "GERRIT_BRANCH": "main", "GIT_COMMIT": "{HEAD}",
      ]
    ),
    CIJobSample(
      "Drone, pull_request",
      depth: 50,
      needed: ["DRONE_BUILD_EVENT", "DRONE_TARGET_BRANCH", "DRONE_COMMIT_SHA"],
      [
        "CI": "true", "DRONE": "true", "DRONE_BUILD_EVENT": "pull_request",
        "DRONE_TARGET_BRANCH": "main", "DRONE_COMMIT_SHA": "{HEAD}",
      ]
    ),
    CIJobSample(
      "Drone, push",
      depth: 50,
      needed: ["DRONE_COMMIT_BEFORE"],
      [
        "CI": "true", "DRONE": "true", "DRONE_BUILD_EVENT": "push", "DRONE_BRANCH": "topic",
        "DRONE_COMMIT_BEFORE": "{BASE}", "DRONE_COMMIT_SHA": "{HEAD}", "DRONE_REPO_BRANCH": "main",
      ]
    ),
    CIJobSample(
      "Woodpecker, pull_request",
      depth: 1,
      needed: ["CI_PIPELINE_EVENT", "CI_COMMIT_TARGET_BRANCH", "CI_COMMIT_SHA"],
      [
        "CI": "woodpecker", "CI_PIPELINE_EVENT": "pull_request", "CI_COMMIT_TARGET_BRANCH": "main",
        "CI_COMMIT_SHA": "{HEAD}", "CI_COMMIT_BRANCH": "main", "CI_REPO_DEFAULT_BRANCH": "main",
      ]
    ),
    CIJobSample(
      "Woodpecker, push",
      depth: 1,
      needed: ["CI_REPO_DEFAULT_BRANCH", "CI_COMMIT_BRANCH"],
      [
        "CI": "woodpecker", "CI_PIPELINE_EVENT": "push", "CI_COMMIT_SHA": "{HEAD}",
        "CI_COMMIT_BRANCH": "topic", "CI_REPO_DEFAULT_BRANCH": "main",
      ]
    ),
  ]
}
