import Foundation
import TestSupport
import Testing

/// Every command that the chapters about setting up show is one that the program knows.
@Suite struct DocumentCommandTests {
  /// The lines of shell blocks that start the program.
  private static func commands(_ document: String) -> [String] {
    let file = HookChapters.root.appending(path: document)
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n```").enumerated().flatMap { number, block -> [String] in
      guard number % 2 == 1, block.hasPrefix("sh\n") else { return [] }
      return block.split(separator: "\n").map(String.init).filter {
        $0.hasPrefix("reviewgate ") && !$0.hasPrefix("reviewgate hook ")
      }
    }
  }

  static let all = ["docs/adoption.md", "docs/hooks.md"].flatMap(commands)

  @Test func `there are some`() {
    for start in ["reviewgate init", "reviewgate simulate", "reviewgate doctor"] {
      #expect(Self.all.contains { $0.hasPrefix(start) })
    }
    #expect(Self.all.contains("reviewgate install --method config"))
  }

  @Test(arguments: all)
  func `runs as it stands`(command: String) throws {
    let place = try Workplace(hooks: false)
    let words = command.split(separator: " ").dropFirst().map(String.init)
    let output = try place.repository.runDetached([Workplace.program] + words)
    // 4: somebody has to be asked. 2: this git may be too old for one of them.
    #expect([0, 1, 2, 4].contains(output.status), "\(output)")
    #expect(output.status != 2 || output.stderr.contains("need git 2.54"), "\(output)")
  }
}
