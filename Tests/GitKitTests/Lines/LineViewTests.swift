import GitKit
import ReviewCore
import TestSupport
import Testing

@Suite struct LineViewTests {
  /// One pair of contents, and what is to be read of it: old and new ranges, or a reason.
  struct Sample: CustomTestStringConvertible {
    var name: String
    var old: String?
    var new: String?
    var expected: String
    var modes: (FileMode, FileMode) = (.regular, .regular)
    var cap = Repository.defaultSizeCap

    var testDescription: String { name }
  }

  private static let pointer =
    "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n"

  static let samples: [Sample] = [
    Sample(name: "one line", old: "a\nb\nc\n", new: "a\nB\nc\n", expected: "2 2"),
    Sample(
      name: "neighbours of one line",
      old: "a\nb\nc\n",
      new: "A\nb\nC\n",
      expected: "1 1, 3 3"
    ),
    Sample(name: "insertion", old: "a\nb\n", new: "a\nx\ny\nb\n", expected: "after 1 2-3"),
    Sample(name: "deletion", old: "a\nx\nb\n", new: "a\nb\n", expected: "2 after 1"),
    Sample(name: "addition of a file", old: nil, new: "a\nb\n", expected: "after 0 1-2"),
    Sample(name: "deletion of a file", old: "a\nb\n", new: nil, expected: "1-2 after 0"),
    Sample(name: "emptied", old: "a\n", new: "", expected: "1 after 0"),
    Sample(name: "filled", old: "", new: "a", expected: "after 0 1"),
    Sample(name: "final line feed lost", old: "a\nb\n", new: "a\nb", expected: "2 2"),
    Sample(name: "final line feed gained", old: "a\nb", new: "a\nb\n", expected: "2 2"),
    Sample(name: "line ends alone", old: "a\nb\n", new: "a\r\nb\r\n", expected: "1-2 1-2"),
    Sample(name: "lone CR is no line end", old: "a\rb\n", new: "a\rc\n", expected: "1 1"),
    Sample(name: "white space alone", old: "a\n", new: "a \n", expected: "1 1"),
    Sample(name: "only line feeds", old: "\n\n\n", new: "\n", expected: "2-3 after 1"),
    Sample(
      name: "hunk header as text",
      old: "@@ -1 +1 @@\n",
      new: "@@ -9,9 +9 @@\n",
      expected: "1 1"
    ),
    Sample(name: "NUL on the new side", old: "a\n", new: "a\n\0", expected: "binary"),
    Sample(name: "NUL on the old side", old: "a\0\n", new: "a\n", expected: "binary"),
    Sample(
      name: "NUL far behind where git looks",
      old: nil,
      new: String(repeating: "a\n", count: 9_000) + "\0",
      expected: "binary"
    ),
    Sample(name: "LFS pointer", old: "a\n", new: pointer, expected: "lfs-pointer"),
    Sample(name: "from an LFS pointer", old: pointer, new: nil, expected: "lfs-pointer"),
    Sample(
      name: "text about LFS",
      old: nil,
      new: pointer + String(repeating: "x\n", count: 512),
      expected: "after 0 1-515"
    ),
    Sample(name: "empty file", old: nil, new: "", expected: "mode-only"),
    Sample(name: "empty file gone", old: "", new: nil, expected: "mode-only"),
    Sample(
      name: "mode alone",
      old: "a\n",
      new: "a\n",
      expected: "mode-only",
      modes: (.regular, .executable)
    ),
    Sample(
      name: "mode and lines",
      old: "a\n",
      new: "b\n",
      expected: "1 1",
      modes: (.executable, .regular)
    ),
    Sample(name: "link", old: "a", new: "b", expected: "symlink", modes: (.symlink, .symlink)),
    Sample(
      name: "file to link",
      old: "a\n",
      new: "b",
      expected: "symlink",
      modes: (.regular, .symlink)
    ),
    Sample(name: "at the cap", old: nil, new: "1234", expected: "after 0 1", cap: 4),
    Sample(name: "over the cap", old: nil, new: "12345", expected: "too-large", cap: 4),
    Sample(name: "was over the cap", old: "12345", new: nil, expected: "too-large", cap: 4),
  ]

  private func transition(_ sample: Sample, _ temporary: TempRepository) throws -> FileTransition {
    let ids = try [sample.old, sample.new].map { content in
      try content.map {
        try #require(ObjectID(hex: try temporary.git("hash-object", "-w", "--stdin", stdin: $0)))
      }
    }
    return FileTransition(
      path: RepositoryPath("file"),
      oldMode: ids[0] == nil ? .absent : sample.modes.0,
      newMode: ids[1] == nil ? .absent : sample.modes.1,
      oldID: ids[0] ?? .zero,
      newID: ids[1] ?? .zero
    )
  }

  @Test(arguments: samples)
  func `is read line by line or as a whole`(sample: Sample) throws {
    let temporary = try TempRepository()
    let transition = try transition(sample, temporary)
    let repository = try temporary.open()
    let seen =
      switch try repository.lineView(of: transition, sizeCap: sample.cap) {
      case .spans(let spans): spans.map { "\($0.old) \($0.new)" }.joined(separator: ", ")
      case .opaque(let reason): reason.rawValue
      }
    #expect(seen == sample.expected)
    let change = try repository.fileChange(of: transition, sizeCap: sample.cap)
    switch change.content {
    case .opaque(let reason): #expect(reason.rawValue == sample.expected)
    case .text(let hunks):
      #expect(
        hunks.map { "\($0.span.old) \($0.span.new)" }.joined(separator: ", ") == sample.expected
      )
      #expect(rebuilt(sample.old ?? "", hunks) == Array((sample.new ?? "").utf8))
    }
    #expect(change.oldSHA256 == sample.old.map { Digest.sha256($0.utf8) })
    #expect(change.newSHA256 == sample.new.map { Digest.sha256($0.utf8) })
  }

  /// The new version, made of the old one and the hunks.
  private func rebuilt(_ old: String, _ hunks: [Hunk]) -> [UInt8] {
    let table = LineTable(Array(old.utf8))
    var next = 1
    var result: [UInt8] = []
    for hunk in hunks {
      result += table.bytes(of: next..<hunk.span.old.start) + hunk.added
      #expect(table.bytes(of: hunk.span.old.lines) == hunk.removed)
      next = hunk.span.old.end
    }
    return result + table.bytes(of: next..<max(next, table.count + 1))
  }

  @Test func `a submodule is opaque and its commit is not looked for`() throws {
    let temporary = try TempRepository()
    let commit = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
    let transition = FileTransition(
      path: RepositoryPath("sub"),
      oldMode: .absent,
      newMode: .submodule,
      oldID: .zero,
      newID: commit
    )
    let change = try temporary.open().fileChange(of: transition)
    #expect(change.content == .opaque(.submodule))
    #expect(change.newSHA256 == nil)
  }
}
