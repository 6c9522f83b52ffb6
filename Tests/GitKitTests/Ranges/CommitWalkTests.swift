import GitCommand
import ReviewCore
import Testing

@Suite struct CommitWalkTests {
  private static func id(_ digit: String) -> String { String(repeating: digit, count: 40) }

  private func list(_ lines: [[String]]) -> CommitWalk? {
    let text = lines.map { $0.map(Self.id).joined(separator: " ") + "\n" }.joined()
    return CommitWalk(Array(text.utf8))
  }

  @Test func `commits, those without parents, and parents that are not listed`() throws {
    let lines = [["1"], ["2", "1"], ["3", "a"], ["4", "3", "2", "b"], ["5", "4"]]
    let walk = try #require(list(lines))
    let ids = ["1", "2", "3", "4", "5"].compactMap { ObjectID(hex: Self.id($0)) }
    #expect(walk.commits == ids)
    #expect(walk.roots == [ids[0]])
    let parents = [nil, ids[0], ObjectID(hex: Self.id("a")), ids[2], ids[3]]
    #expect(walk.firstParents == parents)
    #expect(walk.outside == Set(["a", "b"].compactMap { ObjectID(hex: Self.id($0)) }))
    #expect(walk.has(ids[3]) && !walk.has(.zero))
  }

  @Test func `a parent that is listed later is listed`() throws {
    let walk = try #require(list([["2", "1"], ["1"]]))
    #expect(walk.outside.isEmpty)
    #expect(walk.roots == [walk.commits[1]])
  }

  @Test func `no commits are a list`() throws {
    #expect(try #require(CommitWalk([])).commits.isEmpty)
  }

  @Test(arguments: [
    "\n", "x\n", id("1"), id("1") + " ", id("1") + " \n", id("1") + "  " + id("2") + "\n",
    id("1") + "\r\n", id("1") + "\n\n" + id("2") + "\n", " " + id("1") + "\n", id("1") + "0\n",
    id("1").dropLast() + "\n", id("1") + "\n" + id("2") + " " + id("3").dropLast(), id("g") + "\n",
    id("1") + " fatal: bad object\n", "\u{FEFF}" + id("1") + "\n", id("1") + "\0",
  ])
  func `anything else is none`(text: String) {
    #expect(CommitWalk(Array(text.utf8)) == nil)
  }
}
