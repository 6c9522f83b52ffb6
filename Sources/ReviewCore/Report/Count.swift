/// Numbers with their nouns.
package enum Count {
  /// `1 hunk`, `2 hunks`, `0 bypasses`.
  package static func of(_ count: Int, _ noun: String) -> String {
    guard count != 1 else { return "1 " + noun }
    return "\(count) " + noun + (noun.hasSuffix("s") ? "es" : "s")
  }

  /// How many different files the findings are in.
  package static func files(_ findings: some Sequence<Finding>) -> Int {
    Set(findings.map(\.path)).count
  }

  /// How many lines the findings add and remove.
  package static func lines(_ findings: some Sequence<Finding>) -> Int {
    findings.reduce(0) { $0 + $1.changedLines }
  }
}
