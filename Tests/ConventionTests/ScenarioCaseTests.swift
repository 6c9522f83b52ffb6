import Foundation
import Testing

/// The scenarios that the design lists by number, from first contact to the review screen, stay
/// covered: a test says which one it is in a comment, `// Case 12.` or `// Cases 38 and 39`.
@Suite struct ScenarioCaseTests {
  private static func numbers() throws -> Set<Int> {
    let folder = DocumentTests.root.appending(path: "Tests/ReviewGateTests")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    )
    var found: Set<Int> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /\/\/ Cases? (\d+)(?:(?:, | and )(\d+))?/) {
        found.formUnion([match.output.1, match.output.2 ?? ""].compactMap { Int($0) })
      }
    }
    return found
  }

  @Test func `every scenario has a test`() throws {
    #expect(Set(1...77).subtracting(try Self.numbers()).sorted() == [])
  }
}
