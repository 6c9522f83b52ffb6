import TestSupport
import Testing

/// Lines that are taken out of a reviewed block, before any of it landed.
@Suite struct CutTests {
  private static let check = "guard isAllowed else { return }\n"
  private static let block = "func remove() {\n" + check + "  eraseEverything()\n}\n"

  private func reviewed() throws -> (place: Workplace, base: String) {
    let place = try Workplace(hooks: false)
    let base = try place.land(["a.swift": Workplace.lines(1...20)], message: "by hand")
    try place.land(["a.swift": Workplace.lines(1...20) + Self.block])
    try place.approve("--range", "\(base)..HEAD")
    #expect(try place.check(since: base).status == 0)
    return (place, base)
  }

  private static var cut: String { block.replacing(check, with: "") }

  @Test func `an agent's removal of a reviewed check is a change to be read`() throws {
    let (place, base) = try reviewed()
    try place.land(["a.swift": Workplace.lines(1...20) + Self.cut])
    let output = try place.check(since: base)
    #expect(output.status == 1, "\(output.stdout)")
    #expect(output.stdout.contains("changed after review by ada@example.com"))
  }

  @Test func `a person may take lines out of what was reviewed`() throws {
    let (place, base) = try reviewed()
    try place.land(["a.swift": Workplace.lines(1...20) + Self.cut], message: "by hand")
    let output = try place.check(since: base)
    #expect(output.status == 0, "\(output.stdout)")
  }

  @Test func `a removal that was reviewed in its own commit needs no other review`() throws {
    let (place, base) = try reviewed()
    try place.land(["a.swift": Workplace.lines(1...20) + Self.cut])
    try place.approve("--commit", "HEAD")
    let output = try place.check(since: base)
    #expect(output.status == 0, "\(output.stdout)")
  }

  @Test func `a removal is not hidden by a person's line in its place`() throws {
    let (place, base) = try reviewed()
    let pass = Self.block.replacing(Self.check, with: "pass()\n")
    try place.land(["a.swift": Workplace.lines(1...20) + pass])
    try place.land(["a.swift": Workplace.lines(1...20) + Self.cut], message: "by hand")
    #expect(try place.check(since: base).status == 1)
  }

  @Test func `a removal reaches the branch through a merge`() throws {
    let (place, base) = try reviewed()
    try place.repository.git("switch", "--quiet", "-c", "side")
    try place.land(["a.swift": Workplace.lines(1...20) + Self.cut])
    try place.repository.git("switch", "--quiet", "main")
    try place.land(["b": "other\n"], message: "by hand")
    try place.passes("merge", "--quiet", "-m", "merge", "side")
    #expect(try place.check(since: base).status == 1)
  }

  @Test func `a merge that drops the reviewed check of one side has to be read`() throws {
    let (place, base) = try reviewed()
    try place.repository.git("switch", "--quiet", "-c", "side")
    try place.land(["b": "side\n"], message: "by hand")
    try place.repository.git("switch", "--quiet", "main")
    try place.land(["c": "main\n"], message: "by hand")
    _ = try place.git("merge", "--no-commit", "--no-ff", "side")
    try place.land(
      ["a.swift": Workplace.lines(1...20) + Self.cut],
      message: Workplace.message("merge")
    )
    #expect(try place.check(since: base).status == 1)
  }
}
