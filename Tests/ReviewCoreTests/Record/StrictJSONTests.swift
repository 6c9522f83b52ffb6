import Testing

@testable import ReviewCore

@Suite struct StrictJSONTests {
  static func parse(_ bytes: [UInt8], depth: Int = 16) -> Result<StrictJSON, RecordError> {
    Result { () throws(RecordError) in try StrictJSON.parse(bytes, depth: depth) }
  }

  @Test(
    arguments: [
      ("0", StrictJSON.integer(0)), ("-7", .integer(-7)), ("-0", .integer(0)),
      ("9007199254740991", .integer(9_007_199_254_740_991)),
      ("9007199254740992", .number), ("-9007199254740992", .number),
      ("1.0", .number), ("1e999", .number), ("1E-2", .number), ("1e+2", .number),
      (" [ ] ", .array([])), ("{}", .object([[UInt8]: StrictJSON]())), ("null", .null),
      ("\"\\ud83d\\ude00\\u0000\\/\"", .string("😀\u{0}/")),
      ("\"\\b\\f\\n\\r\\t\\\\\\\"\"", .string("\u{8}\u{c}\n\r\t\\\"")),
      ("{\"K\":1,\"\u{212a}\":2}", .object(["K": .integer(1), "\u{212a}": .integer(2)])),
    ]
  )
  func `reads what JSON allows`(text: String, expected: StrictJSON) {
    #expect(Self.parse(Array(text.utf8)) == .success(expected))
  }

  @Test(
    arguments: [
      ("", JSONFault.truncated, 0), ("[", .truncated, 1), ("{\"a\"", .truncated, 4),
      ("\"a", .truncated, 2), ("\"\\", .truncated, 2), ("\"\\u00", .truncated, 3),
      ("tru", .truncated, 3), ("-", .truncated, 1), ("1.", .truncated, 2), ("1e", .truncated, 2),
      ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), ("{,}", .unexpectedByte, 1),
      ("{\"a\":1,}", .unexpectedByte, 7), ("{a:1}", .unexpectedByte, 1),
      ("[1 2]", .unexpectedByte, 3), ("{\"a\" 1}", .unexpectedByte, 5),
      ("01", .unexpectedByte, 1), ("-01", .unexpectedByte, 2), ("+1", .unexpectedByte, 0),
      (".5", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0), ("Infinity", .unexpectedByte, 0),
      ("-Infinity", .unexpectedByte, 1), ("nul ", .unexpectedByte, 3),
      ("'a'", .unexpectedByte, 0), ("/**/1", .unexpectedByte, 0), ("\u{feff}1", .unexpectedByte, 0),
      ("\"a\nb\"", .unexpectedByte, 2), ("\"\u{0}\"", .unexpectedByte, 1),
      ("1 1", .trailingBytes, 2), ("{}\u{0}", .trailingBytes, 2), ("[]]", .trailingBytes, 2),
      ("0x1", .trailingBytes, 1), ("\"\\x41\"", .invalidEscape, 2),
      ("\"\\u00g0\"", .invalidEscape, 3), ("\"\\u+123\"", .invalidEscape, 3),
      ("\"\\ud800\"", .loneSurrogate, 2), ("\"\\udc00\"", .loneSurrogate, 2),
      ("\"\\ud800\\ud800\"", .loneSurrogate, 2), ("\"\\ud800\\n\"", .loneSurrogate, 2),
      ("{\"a\":1,\"a\":1}", .duplicateKey, 7), ("{\"a\":1,\"\\u0061\":1}", .duplicateKey, 7),
    ]
  )
  func `refuses what JSON does not allow`(text: String, fault: JSONFault, offset: Int) {
    #expect(Self.parse(Array(text.utf8)) == .failure(.json(fault, offset: offset)))
  }

  @Test(
    arguments: [
      [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80],
    ] as [[UInt8]]
  )
  func `refuses strings that are not UTF-8`(bytes: [UInt8]) {
    let quoted: [UInt8] = [0x22] + bytes + [0x22]
    #expect(Self.parse(quoted) == .failure(.json(.invalidUTF8, offset: 1)))
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `stops at the depth limit`(opening: String) {
    let deep = String(repeating: opening, count: 100_000)
    let offset = 16 * opening.utf8.count
    #expect(Self.parse(Array(deep.utf8)) == .failure(.json(.tooDeep, offset: offset)))
    let wide = "[" + String(repeating: "[[]],", count: 100) + "[]]"
    #expect((try? Self.parse(Array(wide.utf8), depth: 3).get()) != nil)
  }

  @Test func `writes compact text with sorted keys`() {
    let json = StrictJSON.object([
      "b": .array([.null, .bool(true), .integer(-1)]),
      "a": .string("/\"\\\u{1f}\n\u{7f}é😀"),
      "B": nil,
      "": .object([:]),
    ])
    let text = String(decoding: json.encoded, as: UTF8.self)
    #expect(
      text == "{\"\":{},\"a\":\"/\\\"\\\\\\u001f\\n\u{7f}é😀\",\"b\":[null,true,-1]}"
    )
    #expect(Self.parse(json.encoded) == .success(json))
  }
}

@Suite struct Base64Tests {
  @Test(
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]
  )
  func `agrees with the vectors of the standard`(plain: String, text: String) {
    #expect(Base64.encode(Array(plain.utf8)) == text)
    #expect(Base64.decode(text) == Array(plain.utf8))
  }

  @Test(
    arguments: [
      "Z", "Zg", "Zg=", "Zg===", "=", "====", "Z===", "Zh==", "Zm9=", "Zm9v\n", "Zm 9", "Zg==Zg==",
      "_-8=", "Zm=v", "é===",
    ]
  )
  func `reads one form only`(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test func `reads back any bytes`() {
    var random = SeededGenerator(seed: 2)
    for count in 0..<200 {
      let bytes = random.bytes(count)
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }
  }
}
