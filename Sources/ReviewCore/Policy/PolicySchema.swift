/// The keys of the policy file, by section.
enum PolicySchema {
  static let top = [
    "version", "gate", "origin", "review", "override", "forge", "trailers", "paths", "limits",
    "rules",
  ]
  static let gate = [
    "commit", "push", "receive", "ci", "manual", "baseline", "commits", "protected",
    "rewrite",
  ]
  static let origin = ["unattributed", "line-records"]
  static let review = ["require", "independence", "approvals", "max-age-days"]
  static let override = ["by", "max-days", "approvals"]
  static let forge = ["github", "gitlab"]
  static let trailers = ["write", "forbid"]
  static let paths = ["exempt", "sensitive", "prototype", "linguist-generated"]
  static let limits = ["max-file-bytes", "max-hunks", "max-commits"]
  static let rule = ["paths"] + review

  /// The sections in the order of the file; the empty name is the file itself.
  static let sections: [(name: String, keys: [String])] = [
    ("", top), ("gate", gate), ("origin", origin), ("review", review),
    ("override", override), ("forge", forge), ("trailers", trailers),
    ("paths", paths), ("limits", limits), ("rules", rule),
  ]

  static let approvals = 1...10
  static let days = 1...3650
  static let overrideDays = 0...365
  static let fileBytes = 1...1_073_741_824
  static let count = 1...10_000_000

  /// What an unknown key in a mapping with these keys was probably meant to be.
  static func suggestion(for key: String, among keys: [String]) -> String? {
    if let near = Spelling.closest(key, among: keys) { return near }
    let home = sections.first { !$0.name.isEmpty && $0.keys.contains(key) }
    return home.map { "\($0.name): \(key)" }
  }
}
