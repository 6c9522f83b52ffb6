import Foundation
import Testing

/// The attacks that the design lists by number stay covered.
///
/// A test says which ones it stops in a comment above it that starts with `Attack 12` or
/// `Attacks 1, 2, 3 and 5`.
@Suite struct AttackCaseTests {
  private static func numbers() throws -> Set<Int> {
    let folder = DocumentTests.root.appending(path: "Tests")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    )
    var found: Set<Int> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      guard file.lastPathComponent != "AttackCaseTests.swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /\/\/ Attacks? (\d+(?:(?:, | and )\d+)*)/) {
        found.formUnion(match.output.1.split { !$0.isNumber }.compactMap { Int($0) })
      }
    }
    return found
  }

  @Test func `every attack of the design has a test`() throws {
    let numbers = try Self.numbers()
    #expect(Set(1...84).subtracting(numbers).sorted() == [])
    #expect(numbers.subtracting(1...84).sorted() == [], "no such attack")
  }
}
