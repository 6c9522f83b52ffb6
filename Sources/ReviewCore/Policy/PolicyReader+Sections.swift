internal import Yams

extension PolicyReader {
  mutating func readGate(_ node: Node, _ gate: inout Policy.Gate) {
    for (key, node) in fields(of: node, key: "gate", keys: PolicySchema.gate) {
      switch key {
      case "commit": read(node, key, &gate.commit)
      case "push": read(node, key, &gate.push)
      case "receive": read(node, key, &gate.receive)
      case "ci": read(node, key, &gate.ci)
      case "manual": read(node, key, &gate.manual)
      case "commits": read(node, key, &gate.commits)
      case "protected": gate.protected = references(node, key)
      case "rewrite": read(node, key, &gate.rewrite)
      default: gate.baseline = revision(node, key)
      }
    }
  }

  /// A list of patterns for references.
  private mutating func references(_ node: Node, _ key: String) -> ProtectedReferences {
    var result = ProtectedReferences()
    for item in items(of: node, key: key) {
      guard let text = text(item, key, expected: "patterns") else { continue }
      do throws(GlobError) {
        try result.add(text)
      } catch {
        report(.badPattern(text, error), at: item)
      }
    }
    return result
  }

  mutating func readOrigin(_ node: Node, _ origin: inout Policy.OriginRule) {
    for (key, node) in fields(of: node, key: "origin", keys: PolicySchema.origin) {
      switch key {
      case "unattributed": read(node, key, &origin.unattributed)
      default: read(node, key, &origin.lineRecords)
      }
    }
  }

  mutating func readReview(_ node: Node, _ review: inout Policy.Requirement) {
    for (key, node) in fields(of: node, key: "review", keys: PolicySchema.review) {
      switch key {
      case "require":
        read(node, key, &review.require)
        review.isRequireGiven = true
      case "independence": read(node, key, &review.independence)
      case "approvals": read(node, key, PolicySchema.approvals, &review.approvals)
      default: review.maxAgeDays = age(node, key) ?? review.maxAgeDays
      }
    }
  }

  mutating func readOverride(_ node: Node, _ override: inout Policy.Override) {
    for (key, node) in fields(of: node, key: "override", keys: PolicySchema.override) {
      switch key {
      case "by":
        override.by = items(of: node, key: key).compactMap {
          text($0, key, expected: "names of the roster")
        }
      case "max-days": read(node, key, PolicySchema.overrideDays, &override.maxDays)
      default: read(node, key, PolicySchema.approvals, &override.approvals)
      }
    }
  }

  mutating func readForge(_ node: Node, _ forge: inout Policy.Forge) {
    for (key, node) in fields(of: node, key: "forge", keys: PolicySchema.forge) {
      switch key {
      case "github": forge.github = accounts(node, key)
      default: forge.gitlab = accounts(node, key)
      }
    }
  }

  /// A list of `NUMBER NAME`; an account is one person's.
  private mutating func accounts(_ node: Node, _ key: String) -> [String: String] {
    var result: [String: String] = [:]
    for item in items(of: node, key: key) {
      guard let text = text(item, key, expected: "'NUMBER NAME'") else { continue }
      guard let entry = Policy.Forge.entry(text) else {
        report(.badAccount(text), at: item)
        continue
      }
      if result.updateValue(entry.person, forKey: entry.account) != nil {
        report(.repeatedWord(key: key, word: entry.account), at: item)
      }
    }
    return result
  }

  mutating func readTrailers(_ node: Node, _ trailers: inout Policy.Trailers) {
    for (key, node) in fields(of: node, key: "trailers", keys: PolicySchema.trailers) {
      switch key {
      case "write": trailers.write = words(node, key)
      default: trailers.forbid = words(node, key)
      }
    }
  }

  /// The file's own sensitive paths come after the defaults, which it cannot take away.
  mutating func readPaths(_ node: Node, _ paths: inout Policy.Paths) {
    for (key, node) in fields(of: node, key: "paths", keys: PolicySchema.paths) {
      switch key {
      case "exempt": paths.exempt = globs(node, key)
      case "sensitive": paths.sensitive += globs(node, key)
      case "linguist-generated": read(node, key, &paths.generated)
      default: paths.prototype = globs(node, key)
      }
    }
  }

  mutating func readLimits(_ node: Node, _ limits: inout Policy.Limits) {
    for (key, node) in fields(of: node, key: "limits", keys: PolicySchema.limits) {
      switch key {
      case "max-file-bytes": read(node, key, PolicySchema.fileBytes, &limits.maxFileBytes)
      case "max-hunks": read(node, key, PolicySchema.count, &limits.maxHunks)
      default: read(node, key, PolicySchema.count, &limits.maxCommits)
      }
    }
  }

  mutating func readRule(_ node: Node) -> Policy.Rule? {
    let known = errors.count
    var rule = Policy.Rule(paths: [])
    for (key, node) in fields(of: node, key: "rules", keys: PolicySchema.rule) {
      switch key {
      case "paths": rule.paths = globs(node, key)
      case "require": rule.require = word(node, key)
      case "independence": rule.independence = word(node, key)
      case "approvals": rule.approvals = int(node, key, PolicySchema.approvals)
      default: rule.maxAgeDays = age(node, key)
      }
    }
    guard errors.count == known else { return nil }
    if rule.paths.isEmpty || !rule.hasEffect { report(.idleRule, at: node) }
    return rule
  }

  /// The name of one revision: no option, no range, nothing that git or a shell would split.
  private mutating func revision(_ node: Node, _ key: String) -> String? {
    guard let text = text(node, key, expected: "the name of a revision") else { return nil }
    let isSafe = text.unicodeScalars.allSatisfy { $0.value > 0x20 && !VisibleText.isHidden($0) }
    let isName =
      isSafe && !text.isEmpty && text.utf8.count <= 256 && text.utf8.first != UInt8(ascii: "-")
      && !text.utf8.contains { ":?*[\\\u{7f}".utf8.contains($0) } && !hasRange(text)
    if !isName { report(.badRevision(text), at: node) }
    return text
  }

  private func hasRange(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { $0 == UInt8(ascii: ".") && $0 == $1 }
  }
}
