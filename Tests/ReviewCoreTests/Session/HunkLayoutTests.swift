import ReviewCore
import TestSupport
import Testing

/// What stands on the screen.
@Suite struct HunkLayoutTests {
  /// The rows without those that fill the screen up.
  private func screen(_ items: [ReviewItem], width: Int = 80, height: Int = 24) -> String {
    let session = ReviewSession(items: items, viewport: Viewport(width: width, height: height))
    #expect(session.screen.count == height)
    return session.screen.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  @Test func `shows position, origin, evidence, state, numbers and keys`() {
    let item = ReviewItem.made(start: 18, [" func a() {", "-  old", "+  new", " }"])
    #expect(
      screen([item, item]) == """
        1/2  Sources/App.swift:18
        by claude-code, not reviewed
          Co-Authored-By: Claude <noreply@example.com>
         18  18   func a() {
         19     -   old
             19 +   new
         20  20   }
        answered 0 of 2
        y approve  n reject  s skip  e edit  u undo  J next  K back  q quit  ? help
        """
    )
  }

  @Test func `shows what would be hidden or would move the cursor`() {
    let item = ReviewItem.made(
      path: "a\u{1b}[2Jb",
      evidence: ["x\u{202e}y"],
      ["+if \u{202e}admin\u{2066} {\u{7}\u{1b}]0;title\u{7}", "+zero\u{200b}width\r", "+\u{9b}31m"]
    )
    #expect(
      screen([item]) == """
        1/1  a^[[2Jb:1
        by claude-code, not reviewed
          x<U+202E>y
              1 + if <U+202E>admin<U+2066> {^G^[]0;title^G
              2 + zero<U+200B>width^M
              3 + <U+009B>31m
        answered 0 of 1
        y approve  n reject  s skip  e edit  u undo  J next  K back  q quit  ? help
        """
    )
  }

  @Test func `wraps tabs, wide characters and long lines at any width`() {
    let item = ReviewItem.made(
      evidence: [],
      [
        "+\tif\tx", "+" + String(repeating: "漢", count: 20),
        "+🙂e\u{301}" + String(repeating: "z", count: 30),
      ]
    )
    #expect(
      screen([item], width: 40, height: 12) == """
        1/1  Sources/App.swift:1
        Sources/App.swift:1
        by claude-code, not reviewed
              1 +         if      x
              2 + 漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢
                +>漢漢漢漢漢
              3 + 🙂e\u{301}zzzzzzzzzzzzzzzzzzzzzzzzzzz
                +>zzz
        answered 0 of 1
        [y,n,s,e,u,J,K,q,?]
        """
    )
  }

  @Test(arguments: [
    (["-\tx", "+        x"], ["      1     - ^Ix", "          1 +         x"]),
    (["-x", "+x  "], ["      1     - x", "          1 + x<U+0020><U+0020>"]),
    (["-x y", "+x\u{a0}y"], ["      1     - x y", "          1 + x<U+00A0>y"]),
    (["-x", "+   "], ["      1     - x", "          1 +    "]),
    (["-\tx", "+\ty"], ["  1     -         x", "      1 +         y"]),
  ])
  func `shows blanks where only blanks changed`(diff: [String], rows: [String]) {
    let shown = HunkLayout.rows(of: .made(diff), width: 80).suffix(2).map(\.text)
    #expect(shown.map(trimmed) == rows.map(trimmed))
  }

  /// A row without what stands before its mark.
  private func trimmed(_ row: String) -> Substring {
    row.drop { $0 == " " || $0.isNumber }
  }

  @Test func `a very long line is laid out whole`() {
    let item = ReviewItem.made(["+" + String(repeating: "x", count: 100_000)])
    let rows = HunkLayout.rows(of: item, width: 80).filter { $0.line == 1 }
    #expect(rows.reduce(0) { $0 + $1.text.utf8.count { $0 == UInt8(ascii: "x") } } == 100_000)
  }

  @Test func `says which lines of a long item are shown`() {
    let item = ReviewItem.made((1...60).map { "+line \($0)" })
    var session = ReviewSession(items: [item], viewport: .standard)
    #expect(session.screen[22].text == "lines 1-18 of 60, more below | answered 0 of 1")
    _ = session.handle(.pageDown)
    #expect(session.screen[22].text == "lines 19-39 of 60, more below | answered 0 of 1")
    _ = session.handle(.pageDown)
    #expect(session.screen[22].text == "lines 40-60 of 60, end | answered 0 of 1")
  }

  @Test func `says when a file does not end with a line feed`() {
    let last = ReviewLine(kind: .added, oldNumber: nil, newNumber: 1, bytes: Array("x".utf8))
    let item = ReviewItem(
      id: 1,
      path: "p",
      heading: "p:1",
      origin: "agent",
      evidence: [],
      state: "not reviewed",
      lines: [last],
      changedLines: 1
    )
    let rows = HunkLayout.rows(of: item, width: 80).map(\.text)
    #expect(rows.suffix(2) == ["      1 + x", "        \\ no newline at end"])
  }

  @Test func `shows a note for what has no lines`() {
    let item = ReviewItem.made(path: "a.png", opaqueNote: "binary, 3 KiB to 4 KiB", [])
    #expect(screen([item]).contains("\nbinary, 3 KiB to 4 KiB\n"))
  }

  @Test func `a heading too long for the title is shown whole above the lines`() {
    let path = String(repeating: "deep/", count: 30) + "end.swift"
    let rows = HunkLayout.rows(of: .made(path: path, ["+a"]), width: 80).filter {
      $0.role == .title
    }
    #expect(rows.map(\.text).joined() == path + ":1")
  }

  @Test func `bytes that are not text are shown as bytes`() {
    let line = ReviewLine(kind: .added, oldNumber: nil, newNumber: 1, bytes: [0xff, 0x00, 0x0a])
    let item = ReviewItem(
      id: 1,
      path: "p",
      heading: "p:1",
      origin: "agent",
      evidence: [],
      state: "s",
      lines: [line],
      changedLines: 1
    )
    #expect(HunkLayout.rows(of: item, width: 80).last?.text == "      1 + \\xff^@")
  }

  @Test(arguments: [8, 10, 20, 31, 40, 79, 80, 81, 132, 250], [3, 4, 8, 24, 60])
  func `no row is wider than the screen and nothing is lost`(width: Int, height: Int) {
    let text = "a\t漢字🙂" + String(repeating: "wörd ", count: 50) + "\u{202e}end"
    let item = ReviewItem.made([" " + text, "-" + text, "+" + text])
    let session = ReviewSession(items: [item], viewport: Viewport(width: width, height: height))
    #expect(session.screen.count == height)
    #expect(session.screen.allSatisfy { CellWidth.of($0.text) <= width })
    let rows = HunkLayout.rows(of: item, width: width)
    #expect(rows.allSatisfy { CellWidth.of($0.text) <= width })
    let shown = rows.filter { $0.line == 2 }.map(\.text).joined()
    #expect(shown.unicodeScalars.count { $0 == "ö" } == 50)
  }
}

/// Cells, as terminals count them.
@Suite struct CellWidthTests {
  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("한", 2), ("Ａ", 2), ("ｱ", 1), ("🙂", 2), ("✓", 1),
    ("⌚", 2), ("", 0), ("\u{1100}\u{1161}", 2), ("🇩", 2),
  ])
  func `measures`(text: String, cells: Int) {
    #expect(CellWidth.of(text) == cells)
  }

  @Test(arguments: [
    ("", 4, [""]), ("abcd", 4, ["abcd"]), ("abcde", 4, ["abcd", "e"]), ("a漢漢", 4, ["a漢", "漢"]),
    ("abcd\u{301}", 4, ["abcd\u{301}"]), ("a\tb", 20, ["a       b"]),
    ("\tb", 4, ["    ", "    ", "b"]),
    ("漢漢", 1, ["漢", "漢"]),
  ])
  func `wraps`(text: String, width: Int, rows: [String]) {
    #expect(CellWidth.wrap(text, width: width) == rows)
  }

  @Test(arguments: [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abc..."), ("漢漢漢漢", 6, "漢...")])
  func `cuts`(text: String, width: Int, expected: String) {
    #expect(CellWidth.cut(text, width: width) == expected)
  }
}
