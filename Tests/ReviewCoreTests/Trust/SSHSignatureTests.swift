import ReviewCore
import TestSupport
import Testing

@Suite struct SSHSignatureTests {
  static let message = Array("DSSEv1 a message".utf8)

  /// What the product makes of a signature by a key.
  static func verify(
    _ blob: [UInt8],
    by key: TestKey,
    over message: [UInt8] = message
  ) -> Result<ReviewStrength, SignatureProblem> {
    Result { () throws(SignatureProblem) in
      let signature = try SSHSignature(blob: blob)
      return try signature.presence(over: message, by: SSHPublicKey(blob: key.blob)).strength
    }
  }

  static func problem(_ result: Result<ReviewStrength, SignatureProblem>) -> SignatureProblem? {
    if case .failure(let problem) = result { problem } else { nil }
  }

  @Test(arguments: TestKey.Kind.allCases, ["sha256", "sha512"])
  func `verifies every kind of key with both digests`(kind: TestKey.Kind, hash: String) throws {
    let key = TestKey(kind)
    var form = TestKey.Form()
    form.hash = hash
    let result = Self.verify(try key.sign(Self.message, form), by: key)
    #expect(result == .success(kind.isHardware ? .touched : .signed))
    #expect(try SSHPublicKey(blob: key.blob).fingerprint == key.fingerprint)
    #expect(try SSHPublicKey(line: key.line).line == key.line)
  }

  @Test(
    arguments: [
      (0x00, .signed), (0x01, .touched), (0x04, .signed), (0x05, .verified), (0x80, .signed),
      (0x81, .touched), (0xc5, .verified),
    ] as [(UInt8, ReviewStrength)]
  )
  func `takes presence from the flags of hardware keys`(
    flags: UInt8,
    strength: ReviewStrength
  ) throws {
    for kind in [TestKey.Kind.hardwareEd25519, .hardwareP256] {
      let key = TestKey(kind)
      var form = TestKey.Form()
      form.flags = flags
      #expect(Self.verify(try key.sign(Self.message, form), by: key) == .success(strength))
    }
  }

  @Test(arguments: TestKey.Kind.allCases)
  func `refuses every signature with one bit changed`(kind: TestKey.Kind) throws {
    let key = TestKey(kind)
    let blob = try key.sign(Self.message)
    for index in blob.indices {
      var changed = blob
      changed[index] ^= 1
      #expect(Self.problem(Self.verify(changed, by: key)) != nil, "byte \(index)")
    }
  }

  @Test(arguments: TestKey.Kind.allCases)
  func `refuses every signature that is cut or continued`(kind: TestKey.Kind) throws {
    let key = TestKey(kind)
    let blob = try key.sign(Self.message)
    for count in 0..<blob.count {
      #expect(Self.problem(Self.verify(Array(blob.prefix(count)), by: key)) != nil)
    }
    #expect(Self.verify(blob + [0], by: key) == .failure(.malformed(.trailingBytes)))
    #expect(
      Self.verify(blob + [UInt8](repeating: 0, count: 9_000), by: key)
        == .failure(.malformed(.tooLong))
    )
  }

  @Test func `refuses another message, key, purpose and form`() throws {
    let key = TestKey()
    let blob = try key.sign(Self.message)
    #expect(Self.verify(blob, by: key, over: Self.message + [0]) == .failure(.mismatch))
    #expect(Self.verify(blob, by: TestKey(seed: 2)) == .failure(.mismatch))
    func changed(_ change: (inout TestKey.Form) -> Void) throws -> SignatureProblem? {
      var form = TestKey.Form()
      change(&form)
      return Self.problem(Self.verify(try key.sign(Self.message, form), by: key))
    }
    #expect(try changed { $0.namespace = "git" } == .foreignNamespace("git"))
    #expect(try changed { $0.namespace = "" } == .foreignNamespace(""))
    #expect(try changed { $0.namespace = "reviewgate-review@v1\u{0}" } != nil)
    #expect(try changed { $0.version = 2 } == .malformed(.version))
    #expect(try changed { $0.reserved = "x" } == .malformed(.reserved))
    #expect(try changed { $0.hash = "md5" } == .unsupportedHash("md5"))
  }

  @Test func `binds a hardware signature to the application of its key`() throws {
    let key = TestKey(.hardwareEd25519, application: "ssh:reviewgate")
    let login = TestKey(.hardwareEd25519, application: "ssh:")
    #expect(Self.verify(try login.sign(Self.message), by: key) == .failure(.mismatch))
  }

  @Test(arguments: [
    "ssh-rsa", "ssh-dss", "ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp384",
  ])
  func `refuses other kinds of keys by name`(kind: String) {
    let blob = TestKey.string(kind) + TestKey.string([UInt8](repeating: 1, count: 257))
    #expect(throws: SignatureProblem.unsupportedKey(kind)) { try SSHPublicKey(blob: blob) }
    #expect(throws: SignatureProblem.unsupportedKey(kind)) {
      try SSHPublicKey(blob: blob + [UInt8](repeating: 1, count: 4_096))
    }
    #expect(throws: SignatureProblem.unsupportedKey(kind)) { try SSHPublicKey(line: kind + " AA") }
  }

  @Test func `refuses points that are no keys`() {
    let head = TestKey.string("ecdsa-sha2-nistp256") + TestKey.string("nistp256")
    let points: [[UInt8]] = [
      [], [0], [4] + [UInt8](repeating: 0, count: 64), [4] + [UInt8](repeating: 0xff, count: 64),
      [2] + [UInt8](repeating: 1, count: 32), [4] + [UInt8](repeating: 1, count: 63),
    ]
    for point in points {
      #expect(throws: SignatureProblem.malformed(.key)) {
        try SSHPublicKey(blob: head + TestKey.string(point))
      }
    }
    let other = TestKey.string("ecdsa-sha2-nistp256") + TestKey.string("nistp384")
    #expect(throws: SignatureProblem.self) { try SSHPublicKey(blob: other + TestKey.string([4])) }
  }

  @Test func `reads the text form and nothing that only looks like it`() throws {
    let key = TestKey()
    let text = try key.armoured(Self.message)
    let blob = try key.sign(Self.message)
    #expect(try SSHSignature.blob(armoured: Array(text.utf8)) == blob)
    let windows = text.replacing("\n", with: "\r\n")
    #expect(try SSHSignature.blob(armoured: Array(windows.utf8)) == blob)
    let broken = [
      "", "\n", String(text.dropFirst()), text + text, text + "x", " " + text,
      text.replacing("BEGIN SSH", with: "BEGIN PGP"), text.replacing("=", with: "*"),
      text.replacing("\n", with: ""), text.replacing("-----END SSH SIGNATURE-----\n", with: ""),
    ]
    for text in broken {
      #expect(throws: SignatureProblem.self, "\(text)") {
        try SSHSignature.blob(armoured: Array(text.utf8))
      }
    }
    #expect(throws: SignatureProblem.malformed(.tooLong)) {
      try SSHSignature.blob(armoured: [UInt8](repeating: 0x41, count: 1 << 20))
    }
  }
}
