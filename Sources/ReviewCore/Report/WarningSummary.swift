/// Records that do not count, in one line.
enum WarningSummary {
  static func line(_ warnings: [LedgerWarning], _ charset: Charset) -> String? {
    guard let first = warnings.first else { return nil }
    let verb = warnings.count == 1 ? "does not count" : "do not count"
    let parts = Kind.allCases.compactMap { kind in
      let count = warnings.count { Kind($0.reason) == kind }
      return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }
    let example = charset.show(first.description.utf8, width: 160)
    return "\(Count.of(warnings.count, "record")) \(verb): \(parts.joined(separator: ", "))"
      + " (\(warnings.count == 1 ? "" : "first: ")\(example))"
  }

  private enum Kind: String, CaseIterable {
    case unreadable
    case unverified = "with a signature that could not be verified"
    case foreign = "about another repository"
    case refused = "withdrawing what another person recorded"

    init(_ reason: LedgerWarning.Reason) {
      switch reason {
      case .unreadable: self = .unreadable
      case .unverified: self = .unverified
      case .foreignRepository: self = .foreign
      case .withdrawalRefused: self = .refused
      }
    }
  }
}
