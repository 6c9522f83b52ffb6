import Testing

@testable import ReviewCore

/// What is stored comes back as it was, and what was damaged is not used.
@Suite struct RecorderStateTests {
  static let agent = EditMark(.agent, agent: "codex", model: "gpt 5\t1", session: "ab")

  static let sample: RecorderState = {
    var state = RecorderState(since: 7)
    state.seen = 9
    state.head = "141"
    state.note(model: "m\n", of: "ab")
    state.add(RecorderState.Gap(time: 3, path: nil, reason: "damaged record"))
    state.add(RecorderState.Gap(time: 4, path: RepositoryPath([0xff, 0x0a, 0x25]), reason: "x"))
    state.add(RecorderState.Window(times: 1...5, mark: agent))
    state.open(
      RecorderState.Call(
        id: "c1",
        phase: .late,
        mark: agent,
        since: 5,
        paths: [RepositoryPath("a b"), RepositoryPath("ü")]
      )
    )
    var file = TracedFile(.text(.emptyTree), lines: 4, stat: nil)
    file.trail.apply(
      [HunkSpan(old: LineRange(start: 2, count: 1), new: LineRange(start: 2, count: 2))]
    ) { _ in ([agent, .person], agent) }
    file.stat = FileStat(size: 1, modified: 2, changed: 3, inode: 4, mode: 0o100644)
    file.prior = TracedFile.Prior(blob: .zero, mark: agent)
    file.isBasePersons = true
    state.files[RepositoryPath("a\tb")] = file
    var opaque = TracedFile(.opaque, lines: 0, stat: nil)
    opaque.whole = agent
    state.files[RepositoryPath("z")] = opaque
    return state
  }()

  @Test func `a state is stored and read back whole`() throws {
    #expect(try RecorderState(stored: Self.sample.stored) == Self.sample)
  }

  @Test func `every cut and every changed byte is seen`() {
    let stored = Self.sample.stored
    for length in 0..<stored.count {
      #expect(throws: RecorderState.Damage.self) {
        try RecorderState(stored: Array(stored[..<length]))
      }
    }
    for place in stride(from: 0, to: stored.count, by: 7) {
      var changed = stored
      changed[place] ^= 1
      #expect(throws: RecorderState.Damage.self) { try RecorderState(stored: changed) }
    }
  }

  @Test func `another version is refused by name`() {
    #expect(throws: RecorderState.Damage.version) {
      try RecorderState(stored: Array("reviewgate-events 2 00\n".utf8))
    }
  }

  @Test(
    arguments: [
      "file\tx", "base\t1\t1", "edit\t0\tagent\t\t\t", "gone\t5\t3\tagent\t\t\t", "what\t1",
      "call\tx\topen\t1\tnobody\t\t\t", "window\t5\t1\tagent\t\t\t", "gap\tx\t*\ty", "prior\t00",
    ]
  )
  func `lines that no writer writes are refused`(line: String) {
    let body = Array((line + "\n").utf8)
    let digest = Hex.encode(Digest.sha256(body)).prefix(32)
    let stored = Array("reviewgate-events 1 \(digest)\n".utf8) + body
    #expect(throws: RecorderState.Damage.torn) { try RecorderState(stored: stored) }
  }

  @Test func `lists do not grow without end`() {
    var state = RecorderState(since: 0)
    for number in 0..<500 {
      state.add(RecorderState.Gap(time: number, path: nil, reason: "\(number)"))
      state.add(RecorderState.Window(times: 0...number, mark: Self.agent))
      state.open(
        RecorderState.Call(id: "\(number)", phase: .open, mark: Self.agent, since: 0, paths: [])
      )
      state.note(model: "m", of: "\(number)")
    }
    for count in [state.gaps.count, state.windows.count, state.calls.count, state.models.count] {
      #expect(count <= RecorderState.mostEntries)
    }
  }

  @Test func `a pool with a torn end gives what stands before it`() {
    let keys = LinePool.Keys(salt: [1])
    let path = RepositoryPath("a")
    let lines = ["let value = compute(1)", "let other = compute(2)"].map { Array($0.utf8)[...] }
    let text = LinePool.text(lines, in: path, by: Self.agent, keys)
    let whole = LinePool(reading: Array(text.utf8))
    #expect(whole.authors(of: lines, in: path, keys) == [Self.agent, Self.agent])
    #expect(whole.authors(of: lines, in: path, LinePool.Keys(salt: [2])) == [nil, nil])
    // Two lines that stand elsewhere may be anybody's.
    #expect(whole.authors(of: lines, in: RepositoryPath("b"), keys) == [nil, nil])
    let torn = LinePool(reading: Array(text.utf8.dropLast(3)))
    #expect(torn.isEmpty && torn.damage == 1)
    #expect(LinePool(reading: [0xff, 0x0a, 0x6c, 0x09, 0x0a]).damage == 2)
  }
}
