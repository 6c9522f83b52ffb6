import ReviewCore
import Testing

@Suite struct RecordPayloadTests {
  static let sample = String(
    decoding: RecordPayload.encode(RecordSamples.record()),
    as: UTF8.self
  )

  static func decode(_ text: String) -> Result<ReviewRecord, RecordError> {
    Result { () throws(RecordError) in try RecordPayload.decode(Array(text.utf8)) }
  }

  static func failure(_ result: Result<ReviewRecord, RecordError>) -> RecordError? {
    if case .failure(let error) = result { error } else { nil }
  }

  @Test func `reads back any record it writes`() throws {
    var records = RandomRecords(random: SeededGenerator(seed: 1))
    for _ in 0..<1_000 {
      let record = records.record()
      let bytes = RecordPayload.encode(record)
      #expect(bytes == RecordPayload.encode(record))
      let decoded = try RecordPayload.decode(bytes)
      #expect(decoded == record)
      #expect(RecordPayload.encode(decoded) == bytes)
    }
  }

  @Test func `names the old content of a deleted file as its subject`() throws {
    var file = RecordSamples.file()
    file.newMode = .absent
    file.new = nil
    let text = String(
      decoding: RecordPayload.encode(RecordSamples.record(files: [file])),
      as: UTF8.self
    )
    let digest = "\"gitBlob\":\"\(RecordSamples.id(1).hex)\""
    #expect(text.contains("\"subject\":[{\"digest\":{\(digest)"))
  }

  @Test func `ignores keys it does not know`() {
    let extended = Self.sample.replacing("{", with: "{\"zz\":[1.5e9,null,{\"a\":{}}],")
    #expect(Self.decode(extended) == .success(RecordSamples.record()))
  }

  @Test func `ignores the space that JSON allows`() {
    let spaced = Self.sample.replacing("\":", with: "\" :\r\n\t ")
    #expect(Self.decode(" " + spaced + "\n") == .success(RecordSamples.record()))
  }

  /// What is replaced in the sample, by what, and what is said about it.
  static let malformed: [(String, String, RecordError)] = [
    (
      "in-toto.io/Statement/v1", "in-toto.io/Statement/v2",
      .unknownStatement("https://in-toto.io/Statement/v2")
    ),
    ("\"_type\"", "\"type\"", .missing(field: "_type")),
    (
      "human-review/v1", "human-review/v2",
      .unknownVersion("https://reviewgate.dev/attestation/human-review/v2")
    ),
    (
      "https://reviewgate.dev/attestation/human-review/v1", "https://slsa.dev/provenance/v1",
      .unknownPredicate("https://slsa.dev/provenance/v1")
    ),
    ("\"crit\":[]", "\"crit\":[\"expires\"]", .unknownCritical("expires")),
    ("\"crit\":[]", "\"crit\":[1]", .invalid(field: "predicate.crit")),
    ("\"crit\":[]", "\"crit\":null", .invalid(field: "predicate.crit")),
    ("\"approved\"", "\"Approved\"", .invalid(field: "predicate.verdict")),
    ("\"full\"", "\"all\"", .invalid(field: "predicate.scope")),
    ("\"n\":1", "\"n\":0", .invalid(field: "predicate.files[0].hunks[0].n")),
    ("\"n\":1", "\"n\":1.0", .invalid(field: "predicate.files[0].hunks[0].n")),
    ("\"n\":1", "\"n\":1e3", .invalid(field: "predicate.files[0].hunks[0].n")),
    ("\"n\":1", "\"n\":\"1\"", .invalid(field: "predicate.files[0].hunks[0].n")),
    ("\"n\":1", "\"n\":true", .invalid(field: "predicate.files[0].hunks[0].n")),
    ("\"n\":1", "\"n\":9007199254740992", .invalid(field: "predicate.files[0].hunks[0].n")),
    ("\"n\":1", "\"n\":99999999999999999999", .invalid(field: "predicate.files[0].hunks[0].n")),
    ("\"added\":1", "\"added\":-1", .invalid(field: "predicate.files[0].hunks[0].added")),
    ("\"removed\":1", "\"removed\":-1", .invalid(field: "predicate.files[0].hunks[0].removed")),
    ("\"seconds\":41", "\"seconds\":-41", .invalid(field: "predicate.presentation.seconds")),
    ("\"seq\":0", "\"seq\":-1", .invalid(field: "predicate.seq")),
    ("\"seq\":0,", "", .missing(field: "predicate.seq")),
    ("\"trivial\":false", "\"trivial\":0", .invalid(field: "predicate.files[0].hunks[0].trivial")),
    ("\"opaque\":false", "\"opaque\":\"no\"", .invalid(field: "predicate.files[0].opaque")),
    ("\"opaque\":false", "\"opaque\":true", .contradiction(field: "predicate.files[0].opaque")),
    ("\"complete\":true,", "", .missing(field: "predicate.files[0].complete")),
    (
      "\"oldMode\":\"100644\"", "\"oldMode\":\"000000\"",
      .contradiction(field: "predicate.files[0].old")
    ),
    (
      "\"newMode\":\"100644\"", "\"newMode\":\"000000\"",
      .contradiction(field: "predicate.files[0].new")
    ),
    (
      "\"oldMode\":\"100644\"", "\"oldMode\":\"100648\"",
      .invalid(field: "predicate.files[0].oldMode")
    ),
    (
      "\"oldMode\":\"100644\"", "\"oldMode\":\"+10644\"",
      .invalid(field: "predicate.files[0].oldMode")
    ),
    ("\"fp\":\"", "\"fp\":\"00", .invalid(field: "predicate.files[0].hunks[0].fp")),
    ("\"fp\":", "\"f\":", .missing(field: "predicate.files[0].hunks[0].fp")),
    ("\"gitTree\":\"22", "\"gitTree\":\"", .invalid(field: "predicate.base.gitTree")),
    ("\"gitTree\":\"22", "\"gitTree\":\"AA", .invalid(field: "predicate.base.gitTree")),
    ("\"gitTree\":\"22", "\"gitTree\":\"zz", .invalid(field: "predicate.base.gitTree")),
    (
      "\"path\":\"Sources/Auth.swift\"", "\"path\":\"\"", .invalid(field: "predicate.files[0].path")
    ),
    ("Auth.swift", "Auth%2", .invalid(field: "predicate.files[0].path")),
    ("Auth.swift", "Auth%zz", .invalid(field: "predicate.files[0].path")),
    ("Auth.swift", "%41uth.swift", .invalid(field: "predicate.files[0].path")),
    ("Auth.swift", "%ffuth.swift", .invalid(field: "predicate.files[0].path")),
    (
      "\"name\":\"Sources/Auth.swift\"", "\"name\":\"Other.swift\"",
      .contradiction(field: "subject[0]")
    ),
    ("\"subject\":[", "\"subject\":[],\"x\":[", .contradiction(field: "subject")),
    (
      "\"principal\":\"alice@example.com\"", "\"principal\":\"\"",
      .invalid(field: "predicate.reviewer.principal")
    ),
    ("\"prev\":[]", "\"prev\":[\"sha256:00\"]", .invalid(field: "predicate.prev")),
    ("\"prev\":[]", "\"withdraws\":[],\"prev\":{}", .invalid(field: "predicate.prev")),
    ("2026-11-23T18:00:00Z", "2026-11-23", .invalid(field: "predicate.createdAt")),
    ("2026-11-23T18:00:00Z", "2026-02-29T18:00:00Z", .invalid(field: "predicate.createdAt")),
    (
      "\"verdict\":\"approved\"", "\"verdict\":\"withdrawn\"",
      .contradiction(field: "predicate.withdraws")
    ),
    ("\"predicate\":{", "\"predicate\":[],\"x\":{", .invalid(field: "predicate")),
  ]

  @Test(arguments: malformed)
  func `refuses a malformed record`(old: String, new: String, expected: RecordError) throws {
    try #require(Self.sample.contains(old))
    #expect(Self.failure(Self.decode(Self.sample.replacing(old, with: new))) == expected)
  }

  @Test func `refuses a path listed twice`() {
    let record = RecordSamples.record(files: [
      RecordSamples.file(), RecordSamples.file(from: 3, to: 4),
    ])
    let result = Result { () throws(RecordError) in
      try RecordPayload.decode(RecordPayload.encode(record))
    }
    #expect(Self.failure(result) == .duplicate(field: "predicate.files[1].path"))
  }

  @Test func `refuses a hunk listed twice, which would double the budget`() {
    let hunk = RecordSamples.hunk(1)
    let record = RecordSamples.record(files: [RecordSamples.file(hunks: [hunk, hunk])])
    let result = Result { () throws(RecordError) in
      try RecordPayload.decode(RecordPayload.encode(record))
    }
    #expect(Self.failure(result) == .duplicate(field: "predicate.files[0].hunks[1].fp"))
  }

  @Test func `refuses a complete file that lists nothing`() {
    let record = RecordSamples.record(files: [RecordSamples.file(hunks: [])])
    let result = Result { () throws(RecordError) in
      try RecordPayload.decode(RecordPayload.encode(record))
    }
    #expect(Self.failure(result) == .contradiction(field: "predicate.files[0].complete"))
  }

  @Test func `stays within its limits`() {
    let bytes = Array(Self.sample.utf8)
    let cases: [(WritableKeyPath<RecordLimits, Int>, Int, RecordError)] = [
      (\.payloadBytes, bytes.count - 1, .tooLarge(.payload, limit: bytes.count - 1)),
      (\.files, 0, .tooLarge(.files, limit: 0)),
      (\.hunks, 0, .tooLarge(.hunks, limit: 0)),
      (\.depth, 1, .json(.tooDeep, offset: 55)),
      (\.nameBytes, 20, .invalid(field: "_type")),
      (\.textBytes, 3, .invalid(field: "predicate.files[0].path")),
    ]
    for (limit, value, expected) in cases {
      var limits = RecordLimits.standard
      limits[keyPath: limit] = value
      let result = Result { () throws(RecordError) in
        try RecordPayload.decode(bytes, limits: limits)
      }
      #expect(Self.failure(result) == expected)
    }
  }

  @Test func `refuses more than a mebibyte before reading it`() {
    let result = Result { () throws(RecordError) in
      try RecordPayload.decode([UInt8](repeating: 0x20, count: 1 << 20 + 1))
    }
    #expect(Self.failure(result) == .tooLarge(.payload, limit: 1 << 20))
  }

  @Test func `says what is wrong without passing on control characters`() {
    let error = RecordError.unknownVersion("v9\u{1b}[2J\u{202e}")
    #expect(error.description == "unknown version of the record: \"v9^[[2J<U+202E>\"")
  }
}
