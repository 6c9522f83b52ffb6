import Testing

@testable import ReviewGate

/// Commands that the program tells people to type exist.
@Suite struct AdviceTests {
  @Test func `a missing base is named with an option that check has`() throws {
    let remedy = Failure(Undecided.noBase(tried: ["master"])).remedy
    #expect(
      remedy == [
        "name it: reviewgate check --base REV, or set REVIEWGATE_BASE",
        "to judge the last commit alone: reviewgate check --commit HEAD",
      ]
    )
    _ = try CheckCommand.parse(["--base", "REV"])
    _ = try CheckCommand.parse(["--commit", "HEAD"])
  }

  @Test(arguments: [false, true])
  func `an installation names each hook once`(isStrict: Bool) {
    let hooks = HookName.installed(isStrict: isStrict)
    #expect(Set(hooks).count == hooks.count)
    #expect(hooks.contains(.referenceTransaction) == isStrict)
  }
}
