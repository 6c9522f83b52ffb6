import Testing

@testable import ReviewGate

/// What git tells hooks about references.
@Suite struct ReferenceUpdateTests {
  private static let line =
    "\(String(repeating: "0", count: 40)) \(String(repeating: "a", count: 40))"

  @Test func `every received line is read`() throws {
    let updates = try ReferenceUpdate.received(
      [Self.line + " refs/heads/main", Self.line + " refs/tags/v1"]
    )
    #expect(updates.map(\.name) == ["refs/heads/main", "refs/tags/v1"])
    #expect(updates.map(\.old) == [.zero, .zero])
  }

  @Test(arguments: ["", "refs/heads/main", line, "0 1 refs/heads/main", line + "a refs/heads/main"])
  func `one line that is not understood refuses all`(line: String) {
    #expect(throws: PushGate.InputProblem.self) {
      try ReferenceUpdate.received([Self.line + " refs/heads/main", line])
    }
  }
}
