import Foundation
import Testing

@testable import ReviewCore

/// The lenient reader of other programs' JSON.
@Suite struct ForeignJSONTests {
  static func parse(_ text: String) -> ForeignJSON? { ForeignJSON.parse(Array(text.utf8)[...]) }

  @Test(arguments: [
    "", " ", "{", "}", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "\"", "\"\\", "\"\\x\"",
    "\"\\u12\"", "tru", "nulll", "1 2", "[1]]", "'a'", "{a:1}", "+", "\u{0}",
  ])
  func `refuses what is no document`(text: String) {
    #expect(Self.parse(text) == nil || text == "+", "\(text)")
  }

  @Test func `reads every kind of value`() {
    let json = Self.parse(
      "\u{feff}{\"a\":[1,-2,3.5,1e2,true,false,null],\"b\":{\"c\":\"x\\n\\u00e9\\ud83d\\ude00\"}}\r\n"
    )
    let numbers: [ForeignJSON] = [
      .number(1), .number(-2), .number(nil), .number(100), .bool(true), .bool(false), .null,
    ]
    #expect(json?["a"]?.items == numbers)
    #expect(json?["b"]?["c"]?.text == "x\n\u{e9}\u{1f600}")
  }

  @Test func `half a surrogate pair is replaced, wherever it stands`() {
    #expect(Self.parse("\"\\ud83dx\\ude00\"")?.text == "\u{fffd}x\u{fffd}")
  }

  @Test func `a key that stands twice is read twice`() {
    let json = Self.parse("{\"a\":{\"x\":1},\"a\":{\"y\":2}}")
    #expect(json?["a"]?["y"]?.integer == 2)
    #expect(json?.members(of: "a").map(\.value) == [.number(1), .number(2)])
  }

  @Test func `depth is bounded, also where values are passed over`() {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(Self.parse(deep) == nil)
    let closed = deep + String(repeating: "]", count: 1_000_000)
    #expect(Self.parse(closed) == nil)
    let skipped = Array("{\"m\":\(closed),\"a\":1}".utf8)
    #expect(ForeignJSON.parse(skipped[...], skipping: ["m"])?["a"]?.integer == 1)
  }

  @Test(arguments: ["{\"m\":1}", "{\"m\":[1],\"a\":2}", "{\"m\":\"}\",\"a\":2}", "{\"m\":{}}"])
  func `passes over values without losing the place`(text: String) {
    let json = ForeignJSON.parse(Array(text.utf8)[...], skipping: ["m"])
    #expect(json?["m"] == .null)
    #expect(json?["a"]?.integer == (text.contains("a") ? 2 : nil))
  }

  @Test func `bytes that are not UTF-8 stay as they are`() {
    #expect(ForeignJSON.parse([0x22, 0xff, 0x22][...])?.bytes == [0xff])
  }

  @Test func `agrees with Foundation on random documents`() throws {
    var random = SmallRandom(state: 5)
    for _ in 0..<500 {
      let text = Self.document(&random, depth: 0)
      let data = Data(text.utf8)
      let known = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
      let json = try #require(Self.parse(text))
      #expect(Self.isSame(json, known), "\(text)")
    }
  }

  private static func document(_ random: inout SmallRandom, depth: Int) -> String {
    switch random.below(depth > 3 ? 4 : 6) {
    case 0: return "\(random.below(2000) - 1000)"
    case 1: return ["true", "false", "null"][random.below(3)]
    case 2, 3:
      let parts = [
        "a", "\\n", "\\\"", "\\\\", "\\u00fc", "\\/", "{", ",", "\u{fc}", "\\ud83d\\ude00",
      ]
      return "\"" + (0..<random.below(6)).map { _ in parts[random.below(10)] }.joined() + "\""
    case 4:
      let items = (0..<random.below(4)).map { _ in document(&random, depth: depth + 1) }
      return "[ " + items.joined(separator: " ,\n") + "]"
    default:
      let items = (0..<random.below(4)).map {
        "\"k\($0)\" : " + document(&random, depth: depth + 1)
      }
      return "{" + items.joined(separator: ", ") + " }"
    }
  }

  private static func isSame(_ json: ForeignJSON, _ known: Any) -> Bool {
    switch json {
    case .null: known is NSNull
    case .bool(let value): known as? Bool == value
    case .number(let value): known as? Int == value
    case .string(let bytes): (known as? String).map { Array($0.utf8) == bytes } ?? false
    case .array(let items):
      (known as? [Any]).map {
        $0.count == items.count && zip(items, $0).allSatisfy { isSame($0, $1) }
      } ?? false
    case .object(let members):
      (known as? [String: Any]).map { known in
        known.count == members.count
          && members.allSatisfy { member in
            known[String(decoding: member.key, as: UTF8.self)].map { isSame(member.value, $0) }
              ?? false
          }
      } ?? false
    }
  }
}
