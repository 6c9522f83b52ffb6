import ReviewCore
import Testing

@Suite struct JSONTextTests {
  @Test func `values are read with the place where they stand`() throws {
    let source =
      "\u{feff}// head\n{\"a\": [1, true, null,], /* x */ \"b\\u00e9\": {\"c\": \"d\\n\"},}\n"
    let text = try JSONText(Array(source.utf8))
    #expect(text.root["a"]?.items.map(\.value) == [.number("1"), .bool(true), .null])
    #expect(text.root["bé"]?["c"]?.text == "d\n")
    let range = try #require(text.root["a"]?.range)
    #expect(String(decoding: text.bytes[range], as: UTF8.self) == "[1, true, null,]")
  }

  @Test func `the last of two equal keys is found`() throws {
    #expect(try JSONText(Array(#"{"a":1,"a":2}"#.utf8)).root["a"]?.value == .number("2"))
  }

  static let broken = [
    "", " ", "{", "[", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\" 1}", "{a:1}", "[1 2]", "[,]", "{,}",
    "\"x", "\"\\", "\"\\u12", "\"\\q\"", "tru", "nul", "-", "1 2", "{} x", "/", "/*", "// only",
    "'x'", "{\"a\":1}}", "\u{0}",
  ]

  @Test(arguments: broken)
  func `what is not JSON is refused`(source: String) {
    #expect(throws: JSONText.JSONFault.self) { try JSONText(Array(source.utf8)) }
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `deep nesting is refused before the stack ends`(open: String) {
    let fault = #expect(throws: JSONText.JSONFault.self) {
      try JSONText(Array(String(repeating: open, count: 1_000_000).utf8))
    }
    #expect(fault?.kind == .tooDeep)
  }

  @Test func `every beginning of a text is refused or read, and nothing crashes`() throws {
    let source = Array(#"{"a": [1, "x\u00e9\ud83d\ude00", {"b": null}], "c": -1.5e3} // end"#.utf8)
    for count in 0..<source.count { _ = try? JSONText(Array(source.prefix(count))) }
    for index in source.indices {
      for byte: UInt8 in [0, 0x22, 0x5c, 0x7b, 0xff] {
        var changed = source
        changed[index] = byte
        _ = try? JSONText(changed)
      }
    }
  }

  @Test func `changes are undone by their inverse`() throws {
    let bytes = Array("0123456789".utf8)
    let edits = [
      TextEdit(1..<3, Array("abc".utf8)), TextEdit(5..<5, Array("x".utf8)), TextEdit(8..<10, []),
    ]
    let changed = try #require(TextEdit.apply(edits, to: bytes))
    #expect(String(decoding: changed, as: UTF8.self) == "0abc34x567")
    #expect(TextEdit.apply(TextEdit.inverse(of: edits, on: bytes), to: changed) == bytes)
    #expect(TextEdit.apply([TextEdit(5..<20, [])], to: bytes) == nil)
  }
}
