import GitKit
import ReviewCore
import TestSupport
import Testing

/// Notes are found by the object they are about, however their tree is cut into directories.
@Suite struct NotesTreeTests {
  static let reference = "refs/notes/ai"

  @Test(arguments: [0, 1, 2, 3, 19]) func `finds a note at any depth of directories`(
    depth: Int
  ) throws {
    let repository = try TempRepository()
    try repository.commit("start")
    let blob = try repository.git("hash-object", "-w", "--stdin", stdin: "note\n")
    let other = String(repeating: "ab", count: 20)
    let ids = [try repository.head, other]
    let listing = ids.map { id in
      let cuts = (0..<depth).map { String(id.dropFirst($0 * 2).prefix(2)) + "/" }.joined()
      return "100644 \(blob)\t\(cuts)\(id.dropFirst(depth * 2))\n"
    }
    let index = ["GIT_INDEX_FILE": repository.sandbox + "/notes-index"]
    try repository.git(
      "update-index",
      "--index-info",
      env: index,
      stdin: listing.joined()
    )
    let tree = try repository.git("write-tree", env: index)
    let commit = try repository.git("commit-tree", tree, "-m", "notes")
    try repository.git("update-ref", Self.reference, commit)
    let notes = try NotesTree(repository.open(), tip: repository.id(Self.reference))
    for id in ids {
      let object = try #require(ObjectID(hex: id))
      #expect(try notes.notes(on: object).map(\.hex) == [blob])
    }
    #expect(try notes.notes(on: .zero).isEmpty)
    #expect(try notes.notes(on: repository.id(blob)).isEmpty)
  }

  @Test func `agrees with git on a thousand notes, and finds no others`() throws {
    let repository = try TempRepository()
    let person = "committer Jo <jo@example.com> 1700000000 +0000\n"
    var stream = ""
    for number in 1...1000 {
      stream += "commit refs/heads/c\nmark :\(number)\n" + person
      stream += "data \(String(number).utf8.count)\n\(number)\n"
    }
    stream += "commit \(Self.reference)\n" + person + "data 0\n"
    // A note on each commit: git's own writer makes the directories.
    for number in 1...1000 {
      stream += "N inline :\(number)\ndata \(String(number).utf8.count)\n\(number)\n"
    }
    try repository.git("fast-import", "--quiet", stdin: stream)
    let listed = try repository.git("notes", "--ref=ai", "list").split(separator: "\n")
      .map { $0.split(separator: " ").map(String.init) }
    try #require(listed.count == 1000)
    let notes = try NotesTree(repository.open(), tip: repository.id(Self.reference))
    for pair in listed {
      let object = try #require(ObjectID(hex: pair[1]))
      #expect(try notes.notes(on: object).map(\.hex) == [pair[0]])
    }
  }

  @Test func `notes that a merge left in two places are both found`() throws {
    let repository = try TempRepository()
    let object = String(repeating: "cd", count: 20)
    let blobs = try ["one", "two"].map {
      try repository.git("hash-object", "-w", "--stdin", stdin: $0)
    }
    let index = ["GIT_INDEX_FILE": repository.sandbox + "/notes-index"]
    try repository.git(
      "update-index",
      "--index-info",
      env: index,
      stdin: "100644 \(blobs[0])\t\(object)\n100644 \(blobs[1])\tcd/\(object.dropFirst(2))\n"
    )
    let tree = try repository.git("write-tree", env: index)
    let commit = try repository.git("commit-tree", tree, "-m", "notes")
    let tip = try #require(ObjectID(hex: commit))
    let notes = try NotesTree(repository.open(), tip: tip)
    let found = try notes.notes(on: #require(ObjectID(hex: object)))
    #expect(found.map(\.hex) == blobs)
  }
}
