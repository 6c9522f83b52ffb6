/// Records that do not count, or that are odd, in one line.
enum WarningSummary {
  static func line(_ warnings: [LedgerWarning], _ charset: Charset) -> String? {
    let ignored = warnings.filter { Kind($0.reason) != .odd }
    let odd = warnings.filter { Kind($0.reason) == .odd }
    let parts = [absent(ignored, charset), odd.first.map { example($0, charset) }]
    let text = parts.compactMap { $0 }.joined(separator: "; ")
    return text.isEmpty ? nil : text
  }

  private static func absent(_ warnings: [LedgerWarning], _ charset: Charset) -> String? {
    guard let first = warnings.first else { return nil }
    let verb = warnings.count == 1 ? "does not count" : "do not count"
    let parts = Kind.allCases.compactMap { kind in
      let count = warnings.count { Kind($0.reason) == kind }
      return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }
    return "\(Count.of(warnings.count, "record")) \(verb): \(parts.joined(separator: ", "))"
      + " (\(warnings.count == 1 ? "" : "first: ")\(example(first, charset)))"
  }

  private static func example(_ warning: LedgerWarning, _ charset: Charset) -> String {
    charset.show(warning.description.utf8, width: 160)
  }

  static func line(_ warnings: [OriginWarning], _ charset: Charset) -> String? {
    guard let first = warnings.first else { return nil }
    let example = charset.show(first.description.utf8, width: 200)
    let count = Count.of(warnings.count, "record")
    return "\(count) of who wrote what not understood "
      + "(\(warnings.count == 1 ? "" : "first: ")\(example))"
  }

  private enum Kind: String, CaseIterable {
    case unreadable
    case unproven = "with a signature that proves nothing"
    case agent = "in the name of an agent"
    case foreign = "about another repository"
    case refused = "withdrawing what they cannot"
    case odd

    init(_ reason: LedgerWarning.Reason) {
      switch reason {
      case .unreadable: self = .unreadable
      case .unproven: self = .unproven
      case .agent: self = .agent
      case .foreignRepository: self = .foreign
      case .withdrawalRefused: self = .refused
      case .counterWentBack: self = .odd
      }
    }
  }
}
