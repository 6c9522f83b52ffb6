extension ForgeReviews.Account {
  /// `ada (583231)`, safe to print.
  package var line: String { "\(VisibleText.line(login.utf8.prefix(100))) (\(id))" }
}

extension ForgeReviews.Refusal {
  /// Whose approval does not count, and why.
  package var line: String { "the approval by \(account.line) does not count: \(reason)" }
}

extension ForgeApprovals {
  private static let mostLines = 20

  /// A line for each approval that does not count, and for how many are not shown.
  package var lines: [String] {
    let shown = refusals.prefix(Self.mostLines).map(\.line)
    let rest = refusals.count - shown.count
    return shown + (rest > 0 ? ["\(rest) more approvals do not count"] : [])
  }
}
