/// The policy file that a repository starts with.
package enum PolicyTemplate {
  /// The text of the file: every key with its default, and what it is for.
  package static let text = """
    # What ReviewGate asks of a change in this repository. Every key but `version` may be left
    # out; the values here are the defaults. docs/policy.md explains each of them.
    version: 1

    # off: judge nothing. observe: report only. warn: say it, let it pass. block: refuse.
    # To start gently, set commit and push to warn and ci to observe.
    gate:
      commit: block
      push: block
      receive: block
      ci: block
      manual: block
      # Nothing reachable from this revision is judged: set it when you begin.
      # baseline: v1.0.0
      # Branches that a server with the pre-receive hook judges, beside its default branch.
      protected: []
      # May a protected branch lose commits there, by a forced push or a deletion? refuse or allow.
      rewrite: refuse

    origin:
      # Who wrote lines that nothing attributes: human, or agent (then everything needs a review).
      unattributed: human
      # May a line-level record narrow what a commit message claims? trust or ignore.
      line-records: trust

    review:
      # recorded, signed, touched, verified, or forge. Left out: signed as soon as there is
      # .reviewgate/reviewers with the keys of your reviewers, recorded (a promise) until then.
      # require: signed
      # self: who drove the agent may review. second-person: only somebody with no part in it.
      independence: self
      approvals: 1
      # After so many days a review no longer counts; none for never.
      max-age-days: 90

    # Letting code land unread for a while, with a reason (reviewgate override).
    override:
      # Who may, by their names in .reviewgate/reviewers; empty for everybody who may review.
      by: []
      # The most days one may hold; 0 when nobody may.
      max-days: 14
      # How many different people must agree.
      approvals: 1

    # Whose accounts on hosting services are whose, for approvals there (require: forge): the
    # number of the account and the person's name, as "583231 ada@example.com".
    forge:
      github: []
      gitlab: []

    trailers:
      # Added to commit messages: assisted-by, agent-lines.
      write: []
      # Refused in commit messages: agent-co-author, agent-signed-off-by, generated-footer.
      forbid: []

    paths:
      # Your list of exempt paths replaces the default one (lock files, vendored and generated
      # code). Quote every pattern.
      # exempt: ["**/Cargo.lock", "vendor/**"]
      # Never exempt, beside the settings of builds, hooks and agents, which always are.
      sensitive: []
      # Is what .gitattributes calls linguist-generated exempt too? exempt or judge.
      linguist-generated: exempt
      # Throw-away work; it is judged when it moves elsewhere.
      prototype: []

    # Over a limit nothing is decided, and undecided never passes.
    limits:
      max-file-bytes: 8388608
      max-hunks: 200000
      max-commits: 50000

    # Stricter or looser paths; the last match wins, field by field.
    rules: []
    # - paths: ["Sources/Auth/**"]
    #   require: touched
    #   independence: second-person

    """
}
