import ReviewCore
import Testing

/// Vectors are computed apart from the code under test, by this Python.
///
///     import hashlib, struct
///     def LP(x): return struct.pack(">Q", len(x)) + x
///     def fp(path, old, new, before, removed, added, after, flags):
///         return hashlib.sha256(b"reviewgate.hunk.v1\0" + LP(path) + struct.pack(">II", old, new)
///           + LP(before) + LP(removed) + LP(added) + LP(after) + bytes([flags])).hexdigest()
///     fp(b"Sources/Auth.swift", 0o100644, 0o100644, b"func check() {\n",
///        b"  return false\n", b"  return true\n", b"}\n", 0)
///     fp(b"README", 0, 0o100644, b"", b"", b"hello", b"", 6)
///     fp(b"caf\xe9/\x00.bin", 0o100644, 0o100755, b"\xff\n", b"a\x00b\n", b"", b"z", 0)
///     fp(b"a", 0o100644, 0o100644, b"x\n", b"end", b"end\n", b"", 1)
@Suite struct HunkFingerprintTests {
  static let span = HunkSpan(old: LineRange(start: 2, count: 1), new: LineRange(start: 2, count: 1))

  static func hunk(
    _ removed: String = "  return false\n",
    _ added: String = "  return true\n",
    before: String = "func check() {\n",
    after: String = "}\n",
    flags: (old: Bool, new: Bool) = (false, false)
  ) -> Hunk {
    Hunk(
      span: span,
      removed: Array(removed.utf8),
      added: Array(added.utf8),
      contextBefore: Array(before.utf8),
      contextAfter: Array(after.utf8),
      oldLacksFinalNewline: flags.old,
      newLacksFinalNewline: flags.new
    )
  }

  static func transition(
    _ path: String = "Sources/Auth.swift",
    _ oldMode: FileMode = .regular,
    _ newMode: FileMode = .regular
  ) -> FileTransition {
    FileTransition(
      path: RepositoryPath(path),
      oldMode: oldMode,
      newMode: newMode,
      oldID: .zero,
      newID: .emptyTree
    )
  }

  @Test func `is the digest that the format defines`() {
    #expect(
      HunkFingerprint.of(hunk: Self.hunk(), in: Self.transition()).hex
        == "d86ca7c23a04906de39d88ae66a909208bc7773a31d39aa03dad8b3284c68161"
    )
    let added = Self.hunk("", "hello", before: "", after: "", flags: (false, true))
    #expect(
      HunkFingerprint.of(hunk: added, in: Self.transition("README", .absent)).hex
        == "373d3bad9bb28c6aac7754542221a1c97b03bd4b85c6c0718aadee37db64613e"
    )
    let newline = Self.hunk("end", "end\n", before: "x\n", after: "", flags: (true, false))
    #expect(
      HunkFingerprint.of(hunk: newline, in: Self.transition("a")).hex
        == "76cef018e487f463ddda5e900c171696c79b99f520dd7229b45121c2ddc53e1c"
    )
  }

  @Test func `hashes bytes that are not text as they are`() {
    let hunk = Hunk(
      span: Self.span,
      removed: [0x61, 0, 0x62, 0x0a],
      added: [],
      contextBefore: [0xff, 0x0a],
      contextAfter: [0x7a]
    )
    let transition = FileTransition(
      path: RepositoryPath(Array("caf".utf8) + [0xe9, 0x2f, 0] + Array(".bin".utf8)),
      oldMode: .regular,
      newMode: .executable,
      oldID: .zero,
      newID: .zero
    )
    #expect(
      HunkFingerprint.of(hunk: hunk, in: transition).hex
        == "817ee4c61ecb6697a4f6a3d7417f7231c04ebe74e56e7cc6434dae7b099763b7"
    )
  }

  @Test(
    arguments: [
      (hunk("  return false\n", "return true\n"), transition()),
      (hunk("  return false\n", "  return true\r\n"), transition()),
      (hunk(before: "func check() {\n\n"), transition()),
      (hunk(after: ""), transition()),
      (hunk("  return false\n  return true\n", ""), transition()),
      (hunk("", "  return false\n  return true\n"), transition()),
      (hunk(flags: (true, false)), transition()),
      (hunk(flags: (false, true)), transition()),
      (hunk(), transition("sources/Auth.swift")),
      (hunk(), transition("Sources/Auth.swift", .executable)),
      (hunk(), transition("Sources/Auth.swift", .regular, .executable)),
      (hunk(), transition("Sources/Auth.swift", .absent)),
      (hunk(), transition("Sources/Auth.swift", .regular, .absent)),
    ]
  )
  func `changes with every part of the hunk`(hunk: Hunk, transition: FileTransition) {
    let original = HunkFingerprint.of(hunk: Self.hunk(), in: Self.transition())
    #expect(HunkFingerprint.of(hunk: hunk, in: transition) != original)
  }

  @Test func `reads back its digits and nothing else`() {
    let fingerprint = HunkFingerprint.of(hunk: Self.hunk(), in: Self.transition())
    #expect(HunkFingerprint(hex: fingerprint.hex) == fingerprint)
    #expect(HunkFingerprint(rawBytes: fingerprint.rawBytes) == fingerprint)
    #expect(HunkFingerprint(hex: fingerprint.hex.dropLast(2)) == nil)
    #expect(HunkFingerprint(hex: fingerprint.hex.dropLast() + "g") == nil)
    #expect(HunkFingerprint(rawBytes: []) == nil)
  }

  @Test func `orders by bytes`() {
    let sorted = [3, 1, 2].map { HunkFingerprint(rawBytes: [UInt8](repeating: $0, count: 32)) }
      .compactMap { $0 }.sorted()
    #expect(sorted.map { $0.rawBytes[0] } == [1, 2, 3])
  }
}

@Suite struct TrivialHunkTests {
  @Test(
    arguments: [
      ("}\n", "", true), ("", "abc1234\n", true), ("abcd\n", "12 3\n", true),
      ("", "abcd1234\n", false), ("abcd\n", "1234\n", false), ("", "éééé\n", false),
      ("", "ééé\n", true), ("{}();,.-+*/\n", "__________\n", true),
    ]
  )
  func `needs eight letters or digits`(removed: String, added: String, isTrivial: Bool) {
    let hunk = HunkFingerprintTests.hunk(removed, added)
    #expect(hunk.isTrivial(in: HunkFingerprintTests.transition()) == isTrivial)
  }

  @Test func `needs context in a file that stays`() {
    let bare = HunkFingerprintTests.hunk(before: "", after: "")
    #expect(bare.isTrivial(in: HunkFingerprintTests.transition()))
    #expect(!bare.isTrivial(in: HunkFingerprintTests.transition("a", .absent, .regular)))
    #expect(!bare.isTrivial(in: HunkFingerprintTests.transition("a", .regular, .absent)))
    let below = HunkFingerprintTests.hunk(before: "")
    #expect(!below.isTrivial(in: HunkFingerprintTests.transition()))
  }
}

@Suite struct DigestTests {
  @Test func `gives the standard digest for every kind of sequence`() {
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let bytes = Array("xabc".utf8)
    #expect(Hex.encode(Digest.sha256("abc".utf8)) == abc)
    #expect(Hex.encode(Digest.sha256(bytes.dropFirst())) == abc)
    #expect(Hex.encode(Digest.sha256(bytes.dropFirst().lazy.map { $0 })) == abc)
  }

  @Test func `prefixes lengths with eight bytes`() {
    var builder = DigestBuilder()
    builder.append(lengthPrefixed: Array("ab".utf8))
    builder.append(bigEndian: UInt32(0x0102_0304))
    #expect(
      builder.finish() == Digest.sha256([0, 0, 0, 0, 0, 0, 0, 2, 0x61, 0x62, 1, 2, 3, 4])
    )
  }
}
