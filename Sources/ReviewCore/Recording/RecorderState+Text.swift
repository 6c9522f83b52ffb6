extension RecorderState {
  /// The first word of the file, and its version.
  private static let name = "reviewgate-events"
  private static let version = "1"

  /// Why a stored state is not used.
  package enum Damage: Error, Hashable, Sendable {
    /// Another version wrote it.
    case version
    /// It was cut off or changed.
    case torn
  }

  /// The state as it is stored: a line with the digest of all the others comes first.
  package var stored: [UInt8] {
    var lines = [
      ["since", String(since)], ["seen", String(seen)], ["head", EventText.escape(head.utf8)],
    ]
    lines += models.sorted { $0.key < $1.key }.map { session, model in
      ["model", EventText.escape(session.utf8), EventText.escape(model.utf8)]
    }
    lines += gaps.map { gap in
      [
        "gap", String(gap.time), gap.path.map { EventText.escape($0.bytes) } ?? "*",
        EventText.escape(gap.reason.utf8),
      ]
    }
    lines += windows.map { window in
      ["window", String(window.times.lowerBound), String(window.times.upperBound)]
        + window.mark.fields
    }
    lines += calls.map { call in
      ["call", call.id, call.phase.rawValue, String(call.since)] + call.mark.fields
        + call.paths.map { EventText.escape($0.bytes) }
    }
    for (path, file) in files.sorted(by: { $0.key < $1.key }) { lines += Self.lines(file, path) }
    let body = Array(lines.map { $0.joined(separator: "\t") + "\n" }.joined().utf8)
    return Array("\(Self.name) \(Self.version) \(Self.digest(body[...]))\n".utf8) + body
  }

  private static func digest(_ body: ArraySlice<UInt8>) -> String {
    String(Hex.encode(Digest.sha256(body)).prefix(32))
  }

  private static func lines(_ file: TracedFile, _ path: RepositoryPath) -> [[String]] {
    var lines = [
      [
        "file", EventText.escape(path.bytes), text(file.base), text(file.latest),
        file.isBasePersons ? "person" : "", file.stat.map(text) ?? "",
      ]
    ]
    if let prior = file.prior { lines.append(["prior", prior.blob.hex] + prior.mark.fields) }
    if let whole = file.whole { lines.append(["whole"] + whole.fields) }
    lines += file.trail.runs.map { run in
      switch run.source {
      case .base(let line): ["base", String(run.count), String(line)]
      case .edit(let mark): ["edit", String(run.count)] + mark.fields
      }
    }
    lines += file.trail.removals.map { removal in
      ["gone", String(removal.lines.lowerBound), String(removal.lines.upperBound)]
        + removal.mark.fields
    }
    return lines
  }

  private static func text(_ content: TracedFile.Content) -> String {
    switch content {
    case .absent: "absent"
    case .opaque: "opaque"
    case .text(let id): id.hex
    }
  }

  private static func text(_ stat: FileStat) -> String {
    "\(stat.size) \(stat.modified) \(stat.changed) \(stat.inode) \(stat.mode)"
  }

  // MARK: - Reading

  /// Reads a stored state.
  package init(stored bytes: [UInt8]) throws(Damage) {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { throw .torn }
    let head = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
    guard head.count == 3, head[0] == Self.name else { throw .torn }
    guard head[1] == Self.version else { throw .version }
    let body = bytes[(end + 1)...]
    guard Self.digest(body) == head[2] else { throw .torn }
    self.init(since: 0)
    var reader = StateReader(state: self)
    for line in body.split(separator: UInt8(ascii: "\n")) {
      guard reader.read(EventText.fields(line)) else { throw .torn }
    }
    reader.closeFile()
    self = reader.state
  }
}

/// Puts the lines of a stored state together.
private struct StateReader {
  var state: RecorderState
  private var path: RepositoryPath?
  private var file: TracedFile?
  private var runs: [EditTrail.Run] = []
  private var removals: [EditTrail.Removal] = []

  init(state: RecorderState) { self.state = state }

  /// Takes in one line; false when it is not one of ours.
  mutating func read(_ fields: [String]) -> Bool {
    switch (fields[0], fields.count) {
    case ("since", 2): return set(Int(fields[1])) { $0.since = $1 }
    case ("head", 2):
      return set(EventText.bytes(fields[1])) { $0.head = String(decoding: $1, as: UTF8.self) }
    case ("seen", 2): return set(Int(fields[1])) { $0.seen = $1 }
    case ("model", 3):
      guard let session = EventText.bytes(fields[1]) else { return false }
      return set(EventText.bytes(fields[2])) {
        let model = String(decoding: $1, as: UTF8.self)
        $0.note(model: model, of: String(decoding: session, as: UTF8.self))
      }
    case ("gap", 4): return readGap(fields)
    case ("window", 7): return readWindow(fields)
    case ("call", 8...): return readCall(fields)
    case ("file", 6): return openFile(fields)
    case ("prior", 6): return readPrior(fields)
    case ("whole", 5):
      guard let mark = EditMark(fields: fields[1...]) else { return false }
      file?.whole = mark
      return file != nil
    case ("base", 3), ("edit", 6), ("gone", 7): return readLines(fields)
    default: return false
    }
  }

  private mutating func set<Value>(
    _ value: Value?,
    _ change: (inout RecorderState, Value) -> Void
  ) -> Bool {
    guard let value else { return false }
    change(&state, value)
    return true
  }

  private mutating func readGap(_ fields: [String]) -> Bool {
    guard let time = Int(fields[1]), let path = EventText.bytes(fields[2]),
      let reason = EventText.bytes(fields[3])
    else { return false }
    state.gaps.append(
      RecorderState.Gap(
        time: time,
        path: fields[2] == "*" ? nil : RepositoryPath(path),
        reason: String(decoding: reason, as: UTF8.self)
      )
    )
    return true
  }

  private mutating func readWindow(_ fields: [String]) -> Bool {
    guard let first = Int(fields[1]), let last = Int(fields[2]), first <= last,
      let mark = EditMark(fields: fields[3...])
    else { return false }
    state.windows.append(RecorderState.Window(times: first...last, mark: mark))
    return true
  }

  private mutating func readCall(_ fields: [String]) -> Bool {
    let paths = fields[8...].compactMap { EventText.bytes($0) }.map { RepositoryPath($0) }
    guard let phase = RecorderState.Call.Phase(rawValue: fields[2]), let since = Int(fields[3]),
      let mark = EditMark(fields: fields[4..<8]), paths.count == fields.count - 8
    else { return false }
    state.calls.append(
      RecorderState.Call(id: fields[1], phase: phase, mark: mark, since: since, paths: paths)
    )
    return true
  }

  // MARK: - Files

  private mutating func openFile(_ fields: [String]) -> Bool {
    closeFile()
    guard let bytes = EventText.bytes(fields[1]), let base = content(fields[2]),
      let latest = content(fields[3])
    else { return false }
    path = RepositoryPath(bytes)
    var file = TracedFile(
      trail: EditTrail(runs: [], removals: []),
      base: base,
      latest: latest
    )
    file.isBasePersons = fields[4] == "person"
    file.stat = stat(fields[5])
    self.file = file
    return true
  }

  /// Puts the file away whose lines have all been read.
  mutating func closeFile() {
    if let path, var file {
      file.trail = EditTrail(runs: runs, removals: removals)
      state.files[path] = file
    }
    (path, file, runs, removals) = (nil, nil, [], [])
  }

  private mutating func readPrior(_ fields: [String]) -> Bool {
    guard let blob = ObjectID(hex: fields[1]), let mark = EditMark(fields: fields[2...]) else {
      return false
    }
    file?.prior = TracedFile.Prior(blob: blob, mark: mark)
    return file != nil
  }

  private mutating func readLines(_ fields: [String]) -> Bool {
    guard file != nil, let first = Int(fields[1]), first > 0 else { return false }
    if fields[0] == "edit" {
      guard let mark = EditMark(fields: fields[2...]) else { return false }
      runs.append(EditTrail.Run(source: .edit(mark), count: first))
      return true
    }
    guard let second = Int(fields[2]), second > 0 else { return false }
    if fields[0] == "base" {
      runs.append(EditTrail.Run(source: .base(line: second), count: first))
      return true
    }
    guard first <= second, let mark = EditMark(fields: fields[3...]) else { return false }
    removals.append(EditTrail.Removal(lines: first..<second, mark: mark))
    return true
  }

  private func content(_ text: String) -> TracedFile.Content? {
    switch text {
    case "absent": .absent
    case "opaque": .opaque
    default: ObjectID(hex: text).map { .text($0) }
    }
  }

  private func stat(_ text: String) -> FileStat? {
    let numbers = text.split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 5, let mode = UInt32(exactly: numbers[4]) else { return nil }
    return FileStat(
      size: numbers[0],
      modified: numbers[1],
      changed: numbers[2],
      inode: UInt(clamping: numbers[3]),
      mode: mode
    )
  }
}
