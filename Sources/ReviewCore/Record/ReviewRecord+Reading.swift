extension ReviewRecord {
  /// Reads a whole statement, its types first: nothing of an unknown version is interpreted.
  init(statement: RecordFields) throws(RecordError) {
    let type = try statement.text("_type")
    guard type == RecordPayload.statementType else { throw .unknownStatement(type) }
    let predicateType = try statement.text("predicateType")
    guard predicateType == RecordPayload.predicateType else {
      throw predicateType.hasPrefix(RecordPayload.predicateFamily)
        ? .unknownVersion(predicateType) : .unknownPredicate(predicateType)
    }
    try self.init(predicate: statement.fields("predicate"))
    try checkSubject(statement)
    try checkWithdrawal()
    try checkOverride()
  }

  private init(predicate: RecordFields) throws(RecordError) {
    // Before anything else: an unknown critical field may change what the others mean.
    let crit = try predicate.optionalTexts("crit")
    for name in crit where !RecordPayload.understood.contains(name) {
      throw .unknownCritical(name)
    }
    let createdAt = try predicate.text("createdAt")
    guard RecordTime.seconds(createdAt) != nil else {
      throw .invalid(field: predicate.name("createdAt"))
    }
    try self.init(
      repositoryID: predicate.fields("repository").identifier("id"),
      target: predicate.optionalText("target"),
      base: TreeState(predicate.fields("base")),
      head: TreeState(predicate.fields("head")),
      verdict: predicate.choice("verdict"),
      scope: predicate.choice("scope"),
      files: Self.files(predicate),
      principal: predicate.fields("reviewer").identifier("principal"),
      presentation: Presentation(predicate.fields("presentation")),
      policyBlob: predicate.optionalFields("policy")?.object("gitBlob"),
      createdAt: createdAt,
      seq: predicate.count("seq"),
      prev: predicate.recordIDs(predicate.texts("prev"), "prev"),
      withdraws: predicate.recordIDs(predicate.optionalTexts("withdraws"), "withdraws"),
      note: predicate.optionalText("note", limit: predicate.limits.textBytes),
      until: predicate.optionalText("until"),
      ticket: predicate.optionalText("ticket"),
      crit: crit
    )
  }

  private static func files(_ predicate: RecordFields) throws(RecordError) -> [ReviewedFile] {
    let limits = predicate.limits
    let items = try predicate.list("files")
    guard items.count <= limits.files else { throw .tooLarge(.files, limit: limits.files) }
    var files: [ReviewedFile] = []
    var paths: Set<RepositoryPath> = []
    var hunks = 0
    for (index, item) in items.enumerated() {
      let place = predicate.name("files[\(index)]")
      let file = try ReviewedFile(RecordFields(item, at: place, limits: limits))
      guard paths.insert(file.path).inserted else { throw .duplicate(field: place + ".path") }
      hunks += file.hunks.count
      guard hunks <= limits.hunks else { throw .tooLarge(.hunks, limit: limits.hunks) }
      files.append(file)
    }
    return files
  }

  /// The subject is for other readers of in-toto statements: it must not tell them another story.
  private func checkSubject(_ statement: RecordFields) throws(RecordError) {
    let subjects = try statement.list("subject")
    guard subjects.count == files.count else { throw .contradiction(field: "subject") }
    for (index, (json, file)) in zip(subjects, files).enumerated() {
      let place = "subject[\(index)]"
      let fields = try RecordFields(json, at: place, limits: statement.limits)
      let name = try fields.text("name", limit: statement.limits.textBytes)
      let content = try ContentID(fields.fields("digest"))
      guard name.utf8.elementsEqual(file.path.escaped.utf8), content == file.subject else {
        throw .contradiction(field: place)
      }
    }
  }

  /// An exception says until when and why, and nothing else does.
  private func checkOverride() throws(RecordError) {
    guard (until != nil) == (verdict == .override) else {
      throw .contradiction(field: "predicate.until")
    }
    if let until, RecordTime.seconds(until) == nil { throw .invalid(field: "predicate.until") }
    guard verdict == .override || ticket == nil else {
      throw .contradiction(field: "predicate.ticket")
    }
    guard verdict != .override || !(note ?? "").isEmpty else {
      throw .contradiction(field: "predicate.note")
    }
  }

  private func checkWithdrawal() throws(RecordError) {
    guard withdraws.isEmpty == (verdict != .withdrawn) else {
      throw .contradiction(field: "predicate.withdraws")
    }
  }
}

extension ReviewRecord.TreeState {
  fileprivate init(_ fields: RecordFields) throws(RecordError) {
    self.init(commit: try fields.optionalObject("gitCommit"), tree: try fields.object("gitTree"))
  }
}

extension ReviewRecord.Presentation {
  fileprivate init(_ fields: RecordFields) throws(RecordError) {
    self.init(
      tool: try fields.text("tool"),
      seconds: try fields.count("seconds"),
      changedLines: try fields.count("changedLines"),
      bulk: try fields.bool("bulk")
    )
  }
}

extension ContentID {
  fileprivate init(_ fields: RecordFields) throws(RecordError) {
    self.init(
      gitBlob: try fields.object("gitBlob"),
      sha256: try fields.optionalHex("sha256", count: 32)
    )
  }
}

extension ReviewedFile {
  fileprivate init(_ fields: RecordFields) throws(RecordError) {
    let escaped = try fields.text("path", limit: fields.limits.textBytes)
    // One path has one spelling, so that it cannot stand twice in a list under two names.
    guard let path = RepositoryPath(escaped: escaped), !path.bytes.isEmpty,
      path.escaped.utf8.elementsEqual(escaped.utf8)
    else { throw .invalid(field: fields.name("path")) }
    self.init(
      path: path,
      oldMode: try Self.mode(fields, "oldMode"),
      newMode: try Self.mode(fields, "newMode"),
      old: try fields.optionalFields("old").map(ContentID.init),
      new: try fields.optionalFields("new").map(ContentID.init),
      opaque: try fields.bool("opaque"),
      complete: try fields.bool("complete"),
      hunks: try Self.hunks(fields)
    )
    try check(fields)
  }

  private func check(_ fields: RecordFields) throws(RecordError) {
    guard oldMode != .absent || newMode != .absent else {
      throw .contradiction(field: fields.name("newMode"))
    }
    guard (old == nil) == (oldMode == .absent) else {
      throw .contradiction(field: fields.name("old"))
    }
    guard (new == nil) == (newMode == .absent) else {
      throw .contradiction(field: fields.name("new"))
    }
    guard !opaque || hunks.isEmpty else { throw .contradiction(field: fields.name("opaque")) }
    guard !complete || opaque || !hunks.isEmpty else {
      throw .contradiction(field: fields.name("complete"))
    }
  }

  private static func mode(_ fields: RecordFields, _ key: String) throws(RecordError) -> FileMode {
    let text = try fields.text(key)
    guard let mode = FileMode(octal: text), mode.octal == text else {
      throw .invalid(field: fields.name(key))
    }
    return mode
  }

  private static func hunks(_ fields: RecordFields) throws(RecordError) -> [ReviewedHunk] {
    var hunks: [ReviewedHunk] = []
    var seen: Set<HunkFingerprint> = []
    for (index, item) in try fields.list("hunks").enumerated() {
      let place = fields.name("hunks[\(index)]")
      let hunk = try ReviewedHunk(RecordFields(item, at: place, limits: fields.limits))
      guard seen.insert(hunk.fingerprint).inserted else { throw .duplicate(field: place + ".fp") }
      hunks.append(hunk)
    }
    return hunks
  }
}

extension ReviewedHunk {
  fileprivate init(_ fields: RecordFields) throws(RecordError) {
    guard let bytes = try fields.optionalHex("fp", count: 32),
      let fingerprint = HunkFingerprint(rawBytes: bytes)
    else { throw .missing(field: fields.name("fp")) }
    self.init(
      fingerprint: fingerprint,
      count: try fields.count("n", from: 1),
      added: try fields.count("added"),
      removed: try fields.count("removed"),
      trivial: try fields.bool("trivial"),
      origin: try fields.text("origin"),
      agent: try fields.optionalText("agent")
    )
  }
}
