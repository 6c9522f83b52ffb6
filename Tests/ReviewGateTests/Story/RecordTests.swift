import Foundation
import Glibc
import TestSupport
import Testing

/// Records move between clones and survive crowds and crashes.
@Suite struct RecordTests {
  /// A clone with a remote, an agent's commit on `topic`, pushed past the hooks.
  private func shared() throws -> (ada: Clone, remote: String) {
    let ada = try Clone()
    let remote = try ada.makeRemote()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.commitAgentWork()
    try ada.git("push", "--quiet", "--no-verify", "-u", "origin", "topic")
    return (ada, remote)
  }

  private func clone(_ name: String, _ remote: String, _ ada: Clone) throws -> Clone {
    let clone = try Clone(of: remote, named: name, temp: ada.temp)
    try clone.git("switch", "--quiet", "topic")
    return clone
  }

  private func exported(_ clone: Clone) throws -> String {
    let output = try clone.gate("records", "export")
    try output.expectSuccess("export")
    return output.stdout
  }

  /// Envelopes that differ from one of this clone only in when they were made.
  private func singleRecordFiles(_ count: Int, _ ada: Clone) throws -> [String] {
    let line = try exported(ada)
    let decoded = try JSONSerialization.jsonObject(with: Data(line.utf8))
    var envelope = try #require(decoded as? [String: Any])
    let base64 = try #require(envelope["payload"] as? String)
    let payload = String(decoding: try #require(Data(base64Encoded: base64)), as: UTF8.self)
    #expect(payload.contains("\"seq\":0"))
    return try (1...count).map { number in
      let changed = payload.replacing("\"seq\":0", with: "\"seq\":\(number + 1_000)")
      envelope["payload"] = Data(changed.utf8).base64EncodedString()
      let file = ada.temp.sandbox + "/record-\(number).intoto.jsonl"
      let text = try JSONSerialization.data(withJSONObject: envelope, options: .sortedKeys)
      try (text + Data("\n".utf8)).write(to: URL(filePath: file))
      return file
    }
  }

  @Test func `an export lets another clone pass, and counts once`() throws {
    let (ada, remote) = try shared()
    try ada.approveAll(hunks: 3)
    let file = ada.temp.sandbox + "/all.intoto.jsonl"
    try ada.gate("records", "export", file).expectSuccess("export")

    let job = try clone("job", remote, ada)
    #expect(try job.gate("check", "--base", "origin/main").status == 1)
    for _ in 1...2 {
      try job.gate("records", "import", file).expectSuccess("import")
      #expect(try job.records().count == 3)
    }
    #expect(try job.gate("check", "--base", "origin/main").status == 0)
    #expect(try exported(job) == exported(ada))
  }

  @Test(arguments: [
    "not json", "{}", "{\"payload\":\"AAAA\",\"payloadType\":\"x\",\"signatures\":[]}",
  ])
  func `a line that is no record stores nothing`(bad: String) throws {
    let (ada, remote) = try shared()
    try ada.approveAll(hunks: 3)
    let job = try clone("job", remote, ada)
    let file = ada.temp.sandbox + "/mixed.jsonl"
    try Data((try exported(ada) + bad + "\n").utf8).write(to: URL(filePath: file))
    let output = try job.gate("records", "import", file)
    #expect(output.status == 70, "\(output)")
    #expect(output.stderr.contains("line 4 is not a review record"), "\(output.stderr)")
    #expect(try job.recordReferences() == "")
  }

  @Test func `a file that is not there is said to be unreadable`() throws {
    let ada = try Clone()
    let output = try ada.gate("records", "import", "nowhere.jsonl")
    #expect(output.status == 70)
    #expect(output.stderr.contains("nowhere.jsonl cannot be read"))
  }

  // Case 34.
  @Test func `forty writers at once lose nothing`() throws {
    let (ada, remote) = try shared()
    try approveOne(ada)
    let files = try singleRecordFiles(40, ada)
    let job = try clone("job", remote, ada)
    let writers = try files.map { try job.startGate(["records", "import", $0]) }
    for writer in writers {
      let output = try writer.wait(seconds: 120)
      #expect(output.status == 0, "\(output)")
    }
    #expect(try job.records().count == 40)
  }

  private func approveOne(_ ada: Clone) throws {
    let terminal = try ada.atTerminal("approve", "Sources/Parting.txt")
    try terminal.waitFor("Type the number of changed lines")
    terminal.send("2\n")
    #expect(try terminal.waitForExit() == 0)
  }

  @Test func `forty people approve at once`() throws {
    let (ada, _) = try shared()
    let terminals = try (1...40).map { number in
      let person = [
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.email",
        "GIT_CONFIG_VALUE_0": "reader-\(number)@example.com",
      ]
      return try ada.atTerminal("approve", "--base", "main", env: person)
    }
    for terminal in terminals {
      try terminal.waitFor("Type the number of changed lines", seconds: 60)
    }
    for terminal in terminals { terminal.send("6\n") }
    for terminal in terminals {
      #expect(try terminal.waitForExit(seconds: 60) == 0, "\(terminal.output)")
    }
    let records = try ada.records()
    #expect(records.count == 40)
    for number in 1...40 {
      #expect(records.count { $0.contains(" reader-\(number)@example.com ") } == 1)
    }
  }

  @Test func `killed writers lose nothing that was acknowledged`() throws {
    let (ada, remote) = try shared()
    try approveOne(ada)
    let files = try singleRecordFiles(24, ada)
    let job = try clone("job", remote, ada)
    var acknowledged = 0
    for (number, file) in files.enumerated() {
      let writer = try job.startGate(["records", "import", file])
      // From before the start of the program to after its end, in steps.
      usleep(UInt32(number) * 6_000 + UInt32.random(in: 0...6_000))
      writer.kill()
      let output = try writer.wait()
      if output.stdout.contains("1 records imported") { acknowledged += 1 }
      #expect([0, 137].contains(output.status), "\(output)")
      #expect(try job.records().count >= acknowledged)
    }
    for file in files { try job.gate("records", "import", file).expectSuccess("import") }
    #expect(try job.records().count == files.count)
    #expect(try job.tryGit("fsck", "--strict", "--no-dangling").status == 0)
  }

  @Test func `a lock left behind by a killed writer does not stop the next one`() throws {
    let (ada, _) = try shared()
    try approveOne(ada)
    let name = try ada.git("for-each-ref", "--format=%(refname)", "refs/reviewgate")
    let lock = ada.path + "/.git/" + name + ".lock"
    try Data().write(to: URL(filePath: lock))
    let past = Date(timeIntervalSinceNow: -60)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: lock)
    let files = try singleRecordFiles(1, ada)
    try ada.gate("records", "import", files[0]).expectSuccess("import")
    #expect(try ada.records().count == 2)
  }

  @Test func `three clones converge in any order of synchronising`() throws {
    let (ada, remote) = try shared()
    let clones = [ada, try clone("grace", remote, ada), try clone("job", remote, ada)]
    try clones[2].introduce("Edsger Example", "edsger@example.org")
    for clone in clones { try clone.approveAll("--base", "origin/main", hunks: 3) }
    for number in (0..<3).shuffled() + (0..<3).shuffled() {
      try clones[number].gate("sync").expectSuccess("sync")
    }
    let sets = try clones.map(exported)
    #expect(sets[0].split(separator: "\n").count == 9)
    #expect(sets[1] == sets[0])
    #expect(sets[2] == sets[0])
  }

  @Test func `clones that synchronise at once all succeed`() throws {
    let (ada, remote) = try shared()
    let clones = [ada, try clone("grace", remote, ada), try clone("job", remote, ada)]
    try clones[2].introduce("Edsger Example", "edsger@example.org")
    for clone in clones { try clone.approveAll("--base", "origin/main", hunks: 3) }
    let running = try clones.map { try $0.startGate(["sync"]) }
    for sync in running {
      let output = try sync.wait()
      #expect(output.status == 0, "\(output)")
    }
    for clone in clones { try clone.gate("sync").expectSuccess("sync") }
    #expect(try Set(clones.map(exported)).count == 1)
  }

  @Test func `killed synchronisations lose nothing and stop nobody`() throws {
    let (ada, remote) = try shared()
    let grace = try clone("grace", remote, ada)
    try ada.approveAll("--base", "origin/main", hunks: 3)
    try grace.approveAll("--base", "origin/main", hunks: 3)
    for number in 0..<24 {
      let clone = number.isMultiple(of: 2) ? ada : grace
      let sync = try clone.startGate(["sync"])
      // From before the start of the program to after its end, in steps.
      usleep(UInt32(number) * 12_000 + UInt32.random(in: 0...12_000))
      sync.kill()
      let output = try sync.wait()
      #expect([0, 137].contains(output.status), "\(output)")
      #expect(try clone.records().count >= 3)
    }
    for clone in [ada, grace, ada] { try clone.gate("sync").expectSuccess("sync") }
    for clone in [ada, grace] {
      #expect(try clone.records().count == 6)
      #expect(try clone.tryGit("fsck", "--strict", "--no-dangling").status == 0)
    }
    #expect(try exported(ada) == exported(grace))
  }

  @Test func `a remote is named, or given as a path or an address`() throws {
    let (ada, remote) = try shared()
    try ada.gate("sync").expectSuccess("sync without any records")
    try ada.approveAll("--base", "main", hunks: 3)
    for name in ["origin", remote, "file://" + remote, "../remote.git"] {
      let output = try ada.gate("sync", name)
      #expect(output.status == 0, "\(name): \(output)")
    }
    for (number, name) in ["origin", remote, "file://" + remote].enumerated() {
      let job = try clone("job-\(number)", remote, ada)
      try job.gate("sync", "--no-push", name).expectSuccess(name)
      #expect(try job.records().count == 3)
      #expect(try job.gate("check", "--base", "origin/main").status == 0)
    }
    let missing = try ada.gate("sync", ada.temp.sandbox + "/nowhere")
    #expect(missing.status == 2, "\(missing)")
  }
}
