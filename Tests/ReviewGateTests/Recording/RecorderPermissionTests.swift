import Foundation
import Glibc
import TestSupport
import Testing

/// Folders that the record may not read or write: the agent goes on, and nothing becomes a person's.
///
/// Who may do everything is not stopped by modes: such a run takes the part of somebody who may not.
@Suite struct RecorderPermissionTests {
  private static let somebody = "65534"
  private static let isRoot = geteuid() == 0

  /// Whether the program can be started as somebody else, whose way to it may be closed.
  private static let isPossible: Bool = {
    guard isRoot else { return true }
    let process = Process()
    process.executableURL = URL(filePath: asSomebody[0])
    process.arguments = asSomebody.dropFirst() + [Workplace.program, "--version"]
    process.standardOutput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  private static let asSomebody = [
    "/usr/bin/setpriv", "--reuid", somebody, "--regid", somebody, "--clear-groups",
  ]

  /// Runs events as a person whom modes stop.
  private struct Person {
    let desk: AgentDesk
    /// What a command is put behind.
    private let prefix: [String]

    init() throws {
      desk = try RecordedCommitTests.desk()
      prefix = RecorderPermissionTests.isRoot ? RecorderPermissionTests.asSomebody : []
      guard RecorderPermissionTests.isRoot else { return }
      let everything = desk.place.repository.sandbox
      let owner = RecorderPermissionTests.somebody + ":" + RecorderPermissionTests.somebody
      let given = try desk.place.repository.run(["/bin/chown", "-R", owner, everything])
      #expect(given.status == 0, "\(given)")
    }

    var repository: TempRepository { desk.place.repository }

    func run(_ command: [String], stdin: String = "") throws -> CommandOutput {
      try repository.run(prefix + command, stdin: stdin)
    }

    func event(_ name: String, _ file: String? = nil) throws {
      let input = file.map { ["file_path": desk.place.path + "/" + $0] } ?? [:]
      let payload = try desk.payload(
        name,
        tool: file == nil ? nil : "Edit",
        input: input,
        call: file
      )
      let output = try run([Workplace.program, "agent-event", "claude"], stdin: payload)
      #expect(output.status == 0 && output.stdout.isEmpty, "\(output)")
    }

    /// The agent edits a file, whatever becomes of the events.
    func edits(_ file: String, _ text: String) throws {
      try event("PreToolUse", file)
      try desk.type(file, text)
      if RecorderPermissionTests.isRoot {
        _ = try repository.run(
          ["/bin/chown", RecorderPermissionTests.somebody, desk.place.path + "/" + file]
        )
      }
      try event("PostToolUse", file)
    }

    func mode(_ mode: String, _ path: String) throws {
      let output = try run(["/bin/chmod", mode, path])
      #expect(output.status == 0, "\(output)")
    }

    /// The note of a commit of everything, which no review holds up.
    func note() throws -> String {
      let text = try run(
        ["/usr/bin/env", "git", "commit", "--no-verify", "--quiet", "-am", "work"]
      )
      #expect(text.status == 0, "\(text)")
      let note = try run(["/usr/bin/env", "git", "notes", "--ref=reviewgate-ai", "show"])
      return note.status == 0 ? note.stdout : ""
    }

    func status() throws -> String {
      try run([Workplace.program, "status", "--staged"]).stdout
    }
  }

  static let agents = RecordedCommitTests.start + "let agent = compute(10)\n"

  /// What is closed, and how.
  static let closed: [(path: String, mode: String)] = [
    ("/reviewgate/events", "0"), ("/reviewgate/events", "500"), ("/reviewgate", "0"),
    ("/reviewgate", "500"), ("/reviewgate/events/state", "0"), ("/reviewgate/events/blobs", "0"),
    ("/reviewgate/events/lock", "0"), ("/reviewgate/salt", "0"), ("", "500"),
  ]

  @Test(
    .enabled(if: isPossible, "the program cannot be run as somebody whom modes stop"),
    arguments: closed
  )
  func `what an agent writes while its record is closed is never a person's`(
    path: String,
    mode: String
  ) throws {
    let person = try Person()
    try person.event("PreToolUse", "b.swift")
    try person.event("PostToolUse", "b.swift")
    let place = person.desk.place.path + "/.git" + path
    try person.mode(mode, place)
    try person.edits("a.swift", Self.agents)
    try person.event("Stop")
    try person.mode("700", place)
    try person.event("UserPromptSubmit")
    let note = try person.note()
    #expect(!note.contains("  h_"), "\(note)")
  }

  @Test(
    .enabled(if: isPossible, "the program cannot be run as somebody whom modes stop"),
    arguments: [
      ("/reviewgate/events", "500", true), ("/reviewgate", "0", true), ("", "500", false),
    ]
  )
  func `a gap is kept elsewhere while the git directory is closed`(
    path: String,
    mode: String,
    isKnown: Bool
  ) throws {
    let person = try Person()
    if isKnown {
      try person.event("SessionStart")
      try person.event("PreToolUse", "b.swift")
    } else {
      // Where nothing was ever recorded, as in a sandbox that lets nobody write to `.git`.
      try? FileManager.default.removeItem(atPath: person.desk.place.path + "/.git/reviewgate")
    }
    let place = person.desk.place.path + "/.git" + path
    try person.mode(mode, place)
    try person.edits("a.swift", Self.agents)
    try person.mode("700", place)
    #expect(try person.status().contains("(any file)"))
    try person.event("Stop")
    #expect(try person.status().contains("(any file)"))
    let kept = person.repository.sandbox + "/home/.local/state/reviewgate/gaps"
    #expect(try FileManager.default.contentsOfDirectory(atPath: kept).isEmpty)
  }

  @Test(
    .enabled(if: isPossible, "the program cannot be run as somebody whom modes stop")
  )
  func `a commit whose record cannot be opened is not decided, and says what to do`() throws {
    let person = try Person()
    try person.edits("a.swift", Self.agents)
    try person.mode("0", person.desk.events + "/lock")
    let output = try person.run(["/usr/bin/env", "git", "commit", "--quiet", "-am", "work"])
    #expect(output.status != 0)
    #expect(output.stderr.contains("cannot be read") && output.stderr.contains("/events"))
  }

  @Test(.enabled(if: TinyDisk.isPossible, "mounting a file system is not allowed here"))
  func `a file system without room leaves a gap, and the lines are nobody's`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.event("PreToolUse", tool: "Bash", input: ["command": "x"], call: "c")
    try desk.event("PostToolUse", tool: "Bash", input: ["command": "x"], call: "c")
    let disk = try TinyDisk(over: desk.events)
    defer { disk.leave() }
    try disk.fill()
    try desk.edit("a.swift", Self.agents)
    try desk.edit("c.swift", String(repeating: Self.agents, count: 4_000))
    try desk.event("Stop")
    #expect(try desk.place.gate("status", "--staged").stdout.contains("(any file)"))
    try disk.free()
    try desk.event("UserPromptSubmit")
    #expect(try desk.place.gate("status", "--staged").stdout.contains("(any file)"))
    try desk.place.git("add", ".")
    try desk.place.passes("commit", "--no-verify", "-m", "work")
    #expect(!(try desk.note() ?? "").contains("  h_"))
  }
}

/// A file system of a few pages over a folder.
private struct TinyDisk {
  private let folder: String

  static let isPossible: Bool = {
    guard geteuid() == 0, let disk = try? TinyDisk(over: NSTemporaryDirectory() + "tiny-disk-probe")
    else { return false }
    disk.leave()
    return true
  }()

  init(over folder: String) throws {
    self.folder = folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { !$0.hasPrefix("blobs") }
      .map { ($0, FileManager.default.contents(atPath: folder + "/" + $0) ?? Data()) }
    guard mount("tmpfs", folder, "tmpfs", 0, "size=32k,mode=0755") == 0 else {
      throw POSIXError(.EPERM)
    }
    for (name, bytes) in kept { try bytes.write(to: URL(filePath: folder + "/" + name)) }
    try FileManager.default.createDirectory(
      atPath: folder + "/blobs",
      withIntermediateDirectories: true
    )
  }

  /// Leaves no byte free.
  func fill() throws {
    let file = open(folder + "/filler", O_CREAT | O_WRONLY, 0o600)
    while write(file, [UInt8](repeating: 1, count: 512), 512) > 0 {}
    close(file)
  }

  func free() throws { try FileManager.default.removeItem(atPath: folder + "/filler") }

  func leave() { umount2(folder, Int32(MNT_DETACH)) }
}
