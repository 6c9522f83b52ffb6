import ReviewCore
import Testing

/// Which files a patch is about, for the guard and for the record alike.
@Suite struct PatchPathsTests {
  @Test(
    arguments: [
      (
        "*** Begin Patch\n*** Update File: src/a.rs\n*** Move to: src/b.rs\n",
        ["src/a.rs", "src/b.rs"]
      ),
      ("*** Add File: a b.txt \r\n+x\r\n*** Delete File:  c\r\n", ["a b.txt", "c"]),
      ("--- a/x.c\t2026-01-01\n+++ b/y.c\t2026-01-01\n@@ -1 +1 @@\n-a\n+b\n", ["x.c", "y.c"]),
      ("--- x.c\n+++ x.c\n", ["x.c"]),
      ("--- /dev/null\n+++ b/new.c\n", ["new.c"]),
      // Added lines of a patch in the other form.
      ("*** Begin Patch\n*** Add File: a.md\n+++ b/no\n--- a/no\n*** End Patch", ["a.md"]),
      ("*** Update File: \n+++ \n--- \n**** x\n", []),
      ("", []),
    ]
  )
  func `a patch names its files`(patch: String, paths: [String]) {
    #expect(PatchPaths.of(patch) == paths)
  }

  @Test func `a patch of any size is read up to a bound`() {
    let heads = (0..<20_000).map { "*** Add File: f\($0)\n" }.joined()
    #expect(PatchPaths.of(heads).count == 5_000)
    #expect(PatchPaths.of(String(repeating: "+++", count: 1 << 20)).isEmpty)
  }

  @Test func `an answer's summary names files too`() {
    #expect(PatchPaths.ofSummary("Success:\nM a.rs\nA  b c\nD \nX d\n") == ["a.rs", "b c"])
  }
}
