import Foundation
import ReviewCore
import Testing

/// The vectors of `docs/formats.md` are what other programs are written against.
@Suite struct FormatsDocumentTests {
  /// The lines of the code block with this name.
  private func lines(of block: String) throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/formats.md"), encoding: .utf8)
    let lines = text.components(separatedBy: "\n")
    let start = try #require(lines.firstIndex(of: "```" + block)) + 1
    let end = try #require(lines[start...].firstIndex(of: "```"))
    return Array(lines[start..<end])
  }

  private func bytes(_ field: String) throws -> [UInt8] {
    field == "-" ? [] : try #require(Hex.decode(field))
  }

  @Test func `hunk fingerprints`() throws {
    let vectors = try lines(of: "vectors-hunk")
    #expect(vectors.count == 6)
    for vector in vectors {
      let fields = vector.components(separatedBy: " ")
      try #require(fields.count == 10)
      let flags = try #require(Int(fields[8]))
      let transition = FileTransition(
        path: RepositoryPath(try bytes(fields[1])),
        oldMode: try #require(FileMode(octal: fields[2])),
        newMode: try #require(FileMode(octal: fields[3])),
        oldID: .zero,
        newID: .zero
      )
      let hunk = Hunk(
        span: HunkFingerprintTests.span,
        removed: try bytes(fields[5]),
        added: try bytes(fields[6]),
        contextBefore: try bytes(fields[4]),
        contextAfter: try bytes(fields[7]),
        oldLacksFinalNewline: flags & 1 != 0,
        newLacksFinalNewline: flags & 2 != 0
      )
      #expect(transition.isAddition == (flags & 4 != 0), "\(fields[0])")
      #expect(transition.isDeletion == (flags & 8 != 0), "\(fields[0])")
      #expect(HunkFingerprint.of(hunk: hunk, in: transition).hex == fields[9], "\(fields[0])")
    }
  }

  @Test func `repository identity`() throws {
    let fields = try #require(lines(of: "vectors-identity").first).components(separatedBy: " ")
    let first = try #require(ObjectID(hex: fields[0]))
    #expect(RepositoryIdentity.ofHistory(since: first) == fields.last)
  }

  @Test func `record`() throws {
    let text = try #require(lines(of: "vector-record").first)
    let record = try RecordPayload.decode(Array(text.utf8))
    #expect(String(decoding: RecordPayload.encode(record), as: UTF8.self) == text)
    #expect(record.verdict == .approved && record.principal == "alice@example.com")
    #expect(record.files.map(\.path.display) == ["Sources/Auth.swift"])
    #expect(record.files[0].hunks[0].agent == "claude-code")
    #expect(RecordPayload.id(of: Array(text.utf8)) == (try lines(of: "vector-record-id").first))
  }

  @Test func `envelope and what is signed`() throws {
    let text = try #require(lines(of: "vector-record").first)
    let envelope = Envelope(payload: Array(text.utf8))
    #expect(
      try lines(of: "vectors-envelope") == [
        "envelope " + Hex.encode(Digest.sha256(envelope.encode())),
        "pae " + Hex.encode(Digest.sha256(envelope.preAuthenticationEncoding())),
      ]
    )
  }

  @Test func `signatures`() throws {
    let text = try #require(lines(of: "vector-record").first)
    let message = Envelope(payload: Array(text.utf8)).preAuthenticationEncoding()
    let vectors = try lines(of: "vectors-signature")
    #expect(vectors.count == 5)
    for vector in vectors {
      let fields = vector.components(separatedBy: " ")
      try #require(fields.count == 4)
      let key = try SSHPublicKey(line: fields[1] + " " + fields[2])
      let blob = Array(try #require(Data(base64Encoded: fields[3])))
      let signature = try SSHSignature(blob: blob)
      #expect(try signature.presence(over: message, by: key).strength.rawValue == fields[0])
      #expect(throws: SignatureProblem.mismatch) {
        try signature.presence(over: message + [0x0a], by: key)
      }
    }
  }

  @Test func `log references`() throws {
    let vectors = try lines(of: "vectors-log")
    #expect(vectors.count == 4)
    for vector in vectors {
      let fields = vector.components(separatedBy: " ")
      try #require(fields.count == 4)
      let bytes = Array((fields[2].removingPercentEncoding ?? "").utf8)
      let log =
        fields[0] == "signed"
        ? RecordLogName.signed(principal: fields[1], publicKey: bytes)
        : RecordLogName.unsigned(repositoryID: fields[1], machineID: bytes)
      #expect(log.reference == fields[3])
    }
  }

  @Test func `predicate type`() throws {
    let text = try #require(lines(of: "vector-record").first)
    #expect(text.contains("\"predicateType\":\"\(RecordPayload.predicateType)\""))
  }
}
