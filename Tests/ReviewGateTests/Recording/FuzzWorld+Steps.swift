import Testing

extension FuzzWorld {
  mutating func step() throws -> String {
    let file = Self.files[random.below(Self.files.count)]
    switch random.below(16) {
    case 0...2: return try agentEdits(file)
    case 3: return try agentRunsShell(file)
    case 4: return try agentIsCutOff(file)
    case 5...8: return try personEdits(file)
    case 9: return try commit(["-a"])
    case 10: return try commit(["--only", file])
    case 11: return try commitPart(file)
    case 12: return try stash()
    case 13: return try amend()
    case 14: return try softReset()
    default: return try rebase()
    }
  }

  private mutating func agentEdits(_ file: String) throws -> String {
    let text = edited(read(file), by: "agent")
    look(at: file)
    try desk.edit(file, text.joined())
    looked[file] = text
    return "agent edits \(file)"
  }

  private mutating func agentRunsShell(_ file: String) throws -> String {
    let text = edited(read(file), by: "agent")
    for file in Self.files { look(at: file) }
    let isStaged = random.below(2) == 0
    try desk.shell(isStaged ? "git add \(file)" : "true") {
      try desk.place.repository.write(file, text.joined())
    }
    for file in Self.files { looked[file] = read(file) }
    return "agent's shell writes \(file)\(isStaged ? " and stages it" : "")"
  }

  /// The end of the call is never reported; the session goes on later.
  private mutating func agentIsCutOff(_ file: String) throws -> String {
    look(at: file)
    let input = ["file_path": desk.place.path + "/" + file]
    try desk.event("PreToolUse", tool: "Edit", input: input, call: "cut\(count)")
    let text = edited(read(file), by: "agent")
    try desk.type(file, text.joined())
    try check("inside a call")
    try desk.event(random.below(2) == 0 ? "Stop" : "UserPromptSubmit")
    looked[file] = text
    return "agent is cut off in \(file)"
  }

  private mutating func personEdits(_ file: String) throws -> String {
    try desk.type(file, edited(read(file), by: "person").joined())
    return "person edits \(file)"
  }

  private mutating func commit(_ arguments: [String]) throws -> String {
    for file in Self.files { look(at: file) }
    let output = try desk.place.git(
      "commit",
      "--quiet",
      "--allow-empty",
      "-m",
      "work",
      arguments[0],
      arguments.count > 1 ? arguments[1] : "--quiet"
    )
    #expect(output.status == 0, "\(output)")
    try checkNote("commit \(arguments)")
    return "commit \(arguments.joined(separator: " "))"
  }

  /// Some of the changed places are staged and the others are not.
  private mutating func commitPart(_ file: String) throws -> String {
    let committed = try lines(of: file, in: "HEAD")
    let now = read(file)
    var staged: [String] = []
    for part in Self.compared(committed, now) {
      let isNew = random.below(2) == 0
      staged += part.old == part.new ? part.old : isNew ? part.new : part.old
    }
    for file in Self.files { look(at: file) }
    excuse(from: now, to: staged)
    // What else is staged, a soft reset left there: older than what the record has seen.
    for other in Self.files where other != file {
      excuse(from: read(other), to: try lines(of: other, in: ""))
    }
    let blob = try desk.place.repository.git(
      ["hash-object", "-w", "--stdin"],
      stdin: staged.joined()
    )
    try desk.place.repository.git("update-index", "--cacheinfo", "100644,\(blob),\(file)")
    let output = try desk.place.git("commit", "--quiet", "--allow-empty", "-m", "part")
    #expect(output.status == 0, "\(output)")
    try checkNote("part of \(file)")
    return "commit part of \(file)"
  }

  private mutating func stash() throws -> String {
    guard try isDirty() else { return "nothing to stash" }
    try desk.place.git("stash", "--quiet")
    moved = Set(Self.files)
    let isSeen = random.below(2) == 0
    if isSeen {
      try desk.shell("true")
      for file in Self.files {
        look(at: file)
        returning.insert(file)
      }
    }
    let output = try desk.place.git("stash", "pop", "--quiet")
    #expect(output.status == 0, "\(output)")
    return isSeen ? "stash, seen, and pop" : "stash and pop"
  }

  private mutating func amend() throws -> String {
    for file in Self.files { look(at: file) }
    // The note of the old commit is carried by content, where the new one's has nothing to say.
    let said = try recorded()
    for file in Self.files {
      excuse(from: try lines(of: file, in: "HEAD"), to: read(file)) { model, line in
        model.unknown.contains(line) || said[file]?[line] == .unknown
      }
    }
    let output = try desk.place.git(
      "commit",
      "--quiet",
      "-a",
      "--amend",
      "--no-edit",
      "--allow-empty"
    )
    #expect(output.status == 0, "\(output)")
    try checkNote("amend")
    return "amend"
  }

  private mutating func softReset() throws -> String {
    guard try parents() == 1, try desk.place.repository.tryGit("rev-parse", "HEAD~2").status == 0
    else { return "nothing to reset" }
    for file in Self.files {
      let kept = Set(try lines(of: file, in: "HEAD~1"))
      let gone = try lines(of: file, in: "HEAD").filter { !kept.contains($0) }
      unknown.formUnion(gone.filter(Self.isPersons))
    }
    try desk.place.git("reset", "--quiet", "--soft", "HEAD~1")
    moved = Set(Self.files)
    return "soft reset"
  }

  private mutating func rebase() throws -> String {
    guard try !isDirty(), try desk.place.repository.tryGit("rev-parse", "HEAD~2").status == 0 else {
      return "nothing to rebase"
    }
    try desk.place.git("checkout", "--quiet", "-B", "side", "HEAD~1")
    let file = Self.files[random.below(Self.files.count)]
    let text = [line("base")] + (try lines(of: file, in: "HEAD"))
    try desk.place.land([file: text.joined()], message: "upstream")
    try desk.place.git("checkout", "--quiet", "main")
    let output = try desk.place.git("rebase", "--quiet", "side")
    if output.status != 0 {
      try desk.place.git("rebase", "--abort")
      return "rebase that stops"
    }
    try checkNote("rebase")
    return "rebase"
  }

  private func isDirty() throws -> Bool {
    try !desk.place.repository.git("status", "--porcelain").isEmpty
  }

  private func parents() throws -> Int {
    try desk.place.repository.git("rev-list", "--parents", "-1", "HEAD").split(separator: " ").count
      - 1
  }
}
