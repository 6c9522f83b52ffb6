/// A hook of git that ReviewGate has a shim for.
enum HookName: String, CaseIterable, Sendable {
  case preCommit = "pre-commit"
  case commitMsg = "commit-msg"
  case preMergeCommit = "pre-merge-commit"
  case prepareCommitMsg = "prepare-commit-msg"
  case postCommit = "post-commit"
  case postRewrite = "post-rewrite"
  case prePush = "pre-push"
  case referenceTransaction = "reference-transaction"
  case preReceive = "pre-receive"

  /// What `install` puts into a clone.
  static let local: [HookName] = [
    .preCommit, .commitMsg, .preMergeCommit, .prepareCommitMsg, .postCommit, .postRewrite,
    .prePush,
  ]

  /// What `install --strict-local` puts there: `--no-verify` does not skip the last one.
  static let strictLocal = local + [.referenceTransaction]

  /// What `install` puts into a clone, each hook once.
  static func installed(isStrict: Bool) -> [HookName] { isStrict ? strictLocal : local }

  /// What belongs into a repository that is pushed to.
  static let server: [HookName] = [.preReceive]

  /// Whether git tells this hook something on standard input.
  var readsStandardInput: Bool {
    switch self {
    case .postRewrite, .prePush, .referenceTransaction, .preReceive: true
    case .preCommit, .commitMsg, .preMergeCommit, .prepareCommitMsg, .postCommit: false
    }
  }

  /// Whether git gives up when this hook fails.
  var canBlock: Bool {
    switch self {
    case .postCommit, .postRewrite: false
    case .preCommit, .commitMsg, .preMergeCommit, .prepareCommitMsg, .prePush, .preReceive: true
    case .referenceTransaction: true
    }
  }
}
