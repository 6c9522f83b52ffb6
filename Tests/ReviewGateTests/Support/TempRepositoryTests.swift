import Foundation
import TestSupport
import Testing

@Suite struct TempRepositoryTests {
  @Test func `the same calls make the same commit names`() throws {
    let names = try (0..<2).map { _ in
      let repository = try TempRepository()
      try repository.write("a.txt", "one\n")
      return try repository.commit("first")
    }
    #expect(names[0] == names[1])
  }

  @Test func `a failing command says what git said`() throws {
    let repository = try TempRepository()
    let error = #expect(throws: CommandFailure.self) { try repository.git("no-such-command") }
    #expect(error?.output.status == 1)
    #expect(error?.description.contains("'no-such-command' is not a git command") == true)
  }

  @Test func `nothing is left behind`() throws {
    var repository: TempRepository? = try TempRepository(named: "it's a \"name\"")
    let sandbox = try #require(repository?.sandbox)
    #expect(FileManager.default.fileExists(atPath: sandbox))
    repository = nil
    #expect(!FileManager.default.fileExists(atPath: sandbox))
  }

  @Test func `standard input and large output pass through`() throws {
    let repository = try TempRepository()
    let text = String(repeating: "line\n", count: 50_000)
    #expect(try repository.tryGit("stripspace", stdin: text).stdout == text)
  }
}
