import Foundation
import GitKit
import TestSupport
import Testing

/// Writers that are processes of their own, as several terminals and hooks are.
@Suite struct RecordWritersTests {
  @Test func `forty processes that write at once lose nothing`() async throws {
    let temporary = try TempRepository()
    let directory = temporary.gitDirectory
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<40 {
        group.addTask {
          await #expect(processExitsWith: .success) {
            [directory = directory as String, writer = writer as Int] in
            let log = RecordLog(try Repository(gitDirectory: directory))
            for number in 0..<5 {
              let text = Array("\(writer) \(number)".utf8)
              try log.append(text, to: RecordLogTests.log, message: "m", time: 1)
            }
          }
        }
      }
    }
    let expected = (0..<40).flatMap { writer in (0..<5).map { "\(writer) \($0)" } }
    #expect(try RecordLogTests.texts(temporary) == expected.sorted())
    #expect(try temporary.git("rev-list", "--count", RecordLogTests.log) == "200")
  }

  @Test func `a writer killed at any moment loses nothing that it had stored`() async throws {
    let temporary = try TempRepository()
    let directory = temporary.gitDirectory
    let journal = temporary.sandbox + "/journal"
    for writer in 0..<12 {
      let delay = UInt32(writer * 2_000 + 100)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [directory = directory as String, journal = journal as String, delay = delay as UInt32] in
        let log = RecordLog(try Repository(gitDirectory: directory))
        let file = try #require(fopen(journal, "a"))
        Thread.detachNewThread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
        while true {
          let text = UUID().uuidString
          try log.append(Array(text.utf8), to: RecordLogTests.log, message: "m", time: 1)
          fputs(text + "\n", file)
          fflush(file)
        }
      }
      let stored = (try? TestFiles.text(journal)) ?? ""
      let found = Set(try RecordLogTests.texts(temporary))
      #expect(found.isSuperset(of: stored.split(separator: "\n").map(String.init)))
      // The next writer goes on, whatever lock the killed one held.
      let log = RecordLog(try temporary.open())
      try log.append(Array("after \(writer)".utf8), to: RecordLogTests.log, message: "m", time: 1)
    }
    let after = try RecordLogTests.texts(temporary).filter { $0.hasPrefix("after ") }
    #expect(after.count == 12)
    #expect(try temporary.tryGit("fsck", "--strict", "--no-dangling").status == 0)
  }
}
