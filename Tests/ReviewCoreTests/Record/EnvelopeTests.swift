import ReviewCore
import Testing

@Suite struct EnvelopeTests {
  static func decode(_ text: String) -> RecordError? {
    let result = Result { () throws(RecordError) in try Envelope.decode(Array(text.utf8)) }
    if case .failure(let error) = result { return error }
    return nil
  }

  @Test func `keeps the payload byte for byte`() throws {
    let payload: [UInt8] = Array("{ \"b\" : 1,\n\"a\":2}\n".utf8) + [0, 0xff]
    let signatures = [Envelope.Signature(keyID: "SHA256:a/b+c", bytes: [0, 255, 10])]
    let envelope = Envelope(payload: payload, signatures: signatures)
    let decoded = try Envelope.decode(envelope.encode())
    #expect(decoded == envelope)
    #expect(decoded.payload == payload)
    #expect(decoded.payloadDigest == envelope.payloadDigest)
  }

  @Test func `is named by its payload, whoever signed it`() {
    var envelope = Envelope(payload: Array("abc".utf8))
    let id = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(envelope.payloadDigest == id)
    envelope.signatures = [Envelope.Signature(keyID: "k", bytes: [1])]
    #expect(envelope.payloadDigest == id)
  }

  @Test func `encodes type and length before the payload`() {
    let envelope = Envelope(payload: Array("hello world".utf8))
    #expect(
      String(decoding: envelope.preAuthenticationEncoding(), as: UTF8.self)
        == "DSSEv1 28 application/vnd.in-toto+json 11 hello world"
    )
  }

  @Test(
    arguments: [
      ("[]", RecordError.invalid(field: "")),
      ("{}", .missing(field: "payloadType")),
      (
        #"{"payloadType":"text/plain","payload":"","signatures":[]}"#,
        .unknownPayloadType("text/plain")
      ),
      (#"{"payloadType":"application/vnd.in-toto+json"}"#, .missing(field: "payload")),
      (
        #"{"payloadType":"application/vnd.in-toto+json","payload":"Zg","signatures":[]}"#,
        .invalid(field: "payload")
      ),
      (
        #"{"payloadType":"application/vnd.in-toto+json","payload":"Zg=="}"#,
        .missing(field: "signatures")
      ),
      (
        #"{"payloadType":"application/vnd.in-toto+json","payload":"Zg==","signatures":[{}]}"#,
        .missing(field: "signatures[0].sig")
      ),
      (
        #"{"payloadType":"application/vnd.in-toto+json","payload":"Zg==","#
          + #""signatures":[{"sig":""}]}"#,
        .invalid(field: "signatures[0].sig")
      ),
    ]
  )
  func `refuses a malformed envelope`(text: String, expected: RecordError) {
    #expect(Self.decode(text) == expected)
  }

  @Test func `holds the largest payload and no larger one`() throws {
    let largest = Envelope(payload: [UInt8](repeating: 0x61, count: 1 << 20))
    #expect(try Envelope.decode(largest.encode()) == largest)
    let larger = Envelope(payload: [UInt8](repeating: 0x61, count: 1 << 20 + 1))
    #expect(throws: RecordError.tooLarge(.payload, limit: 1 << 20)) {
      try Envelope.decode(larger.encode())
    }
    #expect(throws: RecordError.tooLarge(.envelope, limit: 1_572_864)) {
      try Envelope.decode([UInt8](repeating: 0x20, count: 1_572_865))
    }
  }

  @Test func `refuses too many signatures`() {
    let signature = Envelope.Signature(keyID: "", bytes: [1])
    let crowded = Envelope(payload: [], signatures: Array(repeating: signature, count: 17))
    #expect(throws: RecordError.tooLarge(.signatures, limit: 16)) {
      try Envelope.decode(crowded.encode())
    }
  }
}
