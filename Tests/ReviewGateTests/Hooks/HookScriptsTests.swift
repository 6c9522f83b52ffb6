import Foundation
import TestSupport
import Testing

@testable import ReviewGate

@Suite struct HookScriptsTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test(arguments: HookName.allCases)
  func `the program carries the text of the file in hooks`(hook: HookName) throws {
    let file = Self.root.appending(path: "hooks/\(hook.rawValue)")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Data(HookScripts.template(hook).utf8).write(to: file)
    }
    #expect(
      String(decoding: try Data(contentsOf: file), as: UTF8.self) == HookScripts.template(hook)
    )
  }

  @Test func `hooks holds nothing else`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "hooks").path
    )
    let known = Set(HookName.allCases.map(\.rawValue))
    #expect(Set(files).isSuperset(of: known))
    #expect(files.filter { !known.contains($0) && !$0.contains(".") } == [])
  }

  @Test(arguments: HookName.allCases)
  func `a shim is short, marked and a plain script`(hook: HookName) {
    let lines = HookScripts.template(hook).split(separator: "\n")
    #expect(lines.count <= 32)
    #expect(lines[0] == "#!/bin/sh")
    #expect(lines[1] == HookScripts.marker)
    #expect(!HookScripts.template(hook).contains("\r"))
  }

  @Test(arguments: ["/usr/bin/x", "/a b/x", "/it's/x", "/$HOME/`x`/\"x\"", "/a\nb/x", "'"])
  func `any path survives the shell`(path: String) throws {
    let repository = try TempRepository()
    let script = "printf '%s' \(HookScripts.shellQuoted(path))"
    #expect(try repository.run(["/bin/sh", "-c", script]).stdout == path)
  }

  @Test(arguments: HookName.allCases)
  func `only blocking hooks can stop git`(hook: HookName) {
    #expect(hook.canBlock == !hook.rawValue.hasPrefix("post-"))
  }
}
