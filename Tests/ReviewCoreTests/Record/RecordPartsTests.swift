import ReviewCore
import Testing

@Suite struct RecordPartsTests {
  static let limits: RecordLimits = {
    var limits = RecordLimits.standard
    limits.payloadBytes = 6_000
    return limits
  }()

  @Test func `leaves a record that fits alone`() {
    let record = RecordSamples.record(seq: 4)
    #expect(record.parts() == [record])
    let withdrawal = RecordSamples.record(.withdrawn, files: [], withdraws: ["sha256:"])
    #expect(withdrawal.parts() == [withdrawal])
  }

  @Test func `splits between files, which stay complete`() throws {
    let files = (0..<40).map { RecordSamples.file("file\($0)") }
    let parts = RecordSamples.record(files: files, seq: 4).parts(limits: Self.limits)
    #expect(parts.count > 1)
    #expect(parts.flatMap(\.files) == files)
    #expect(parts.map(\.seq) == Array(4..<4 + parts.count))
    #expect(parts.allSatisfy { $0.scope == .partial })
    for part in parts {
      let bytes = RecordPayload.encode(part)
      #expect(try RecordPayload.decode(bytes, limits: Self.limits) == part)
    }
  }

  @Test func `splits a file that is too long, which is then complete nowhere`() throws {
    let hunks = (0..<100).map { RecordSamples.hunk($0) }
    let files = [RecordSamples.file("a"), RecordSamples.file("b", hunks: hunks)]
    let parts = RecordSamples.record(files: files).parts(limits: Self.limits)
    #expect(parts.flatMap(\.files).flatMap(\.hunks) == files.flatMap(\.hunks))
    for file in parts.flatMap(\.files) {
      #expect(file.complete == (file.path == RepositoryPath("a")))
    }
    for part in parts {
      _ = try RecordPayload.decode(RecordPayload.encode(part), limits: Self.limits)
    }
  }

  @Test func `splits at the number of files`() {
    let files = (0..<5).map { RecordSamples.file("file\($0)") }
    var limits = RecordLimits.standard
    limits.files = 2
    let parts = RecordSamples.record(files: files).parts(limits: limits)
    #expect(parts.flatMap(\.files) == files)
    #expect(parts.allSatisfy { $0.files.count <= 2 })
  }
}
