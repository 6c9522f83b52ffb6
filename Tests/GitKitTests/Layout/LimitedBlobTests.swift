import GitKit
import ReviewCore
import TestSupport
import Testing

/// Blobs are read up to a limit, however they are stored.
@Suite struct LimitedBlobTests {
  private static let limit = 64 << 10

  /// Lines that no packer makes small.
  private static func noise(_ count: Int, seed: UInt64) -> String {
    var random = SeededRandom(seed: seed)
    return String(
      (0..<count).map { _ in
        "0123456789abcdefghijklmnopqrstuvwxyz\n".randomElement(using: &random) ?? "x"
      }
    )
  }

  private static func store(_ text: String, _ repository: TempRepository) throws -> ObjectID {
    let hex = try repository.git("hash-object", "-w", "--stdin", stdin: text)
    return try #require(ObjectID(hex: hex))
  }

  /// Puts blobs into one pack, as differences where that is smaller, and nowhere else.
  private static func pack(_ ids: [ObjectID], _ repository: TempRepository) throws {
    let base = repository.gitDirectory + "/objects/pack/pack"
    let list = ids.map { "\($0.hex) file\n" }.joined()
    try repository.git("pack-objects", "--quiet", "--window=10", "--depth=10", base, stdin: list)
    try repository.git("prune-packed", "--quiet")
  }

  @Test(arguments: [false, true]) func `a blob is read up to the limit and not beyond`(
    isPacked: Bool
  ) throws {
    let temporary = try TempRepository()
    let texts = [
      "", "note\n", Self.noise(Self.limit, seed: 1), Self.noise(Self.limit + 1, seed: 2),
    ]
    let ids = try texts.map { try Self.store($0, temporary) }
    if isPacked { try Self.pack(ids, temporary) }
    let repository = try temporary.open()
    // Twice, since what was too large once changes how others are read.
    for _ in 1...2 {
      let read = try ids.map { try repository.blob($0, upTo: Self.limit) }
      #expect(read == texts.dropLast().map { Array($0.utf8) } + [nil])
    }
  }

  @Test func `what a blob is stored as a difference to may be larger than the limit`() throws {
    let temporary = try TempRepository()
    let large = Self.noise(2 * Self.limit, seed: 3)
    let small = String(large.prefix(Self.limit / 2))
    let ids = try [large, small].map { try Self.store($0, temporary) }
    try Self.pack(ids, temporary)
    let listed = try temporary.git(
      "cat-file",
      "--batch-check=%(deltabase)",
      stdin: ids[1].hex + "\n"
    )
    try #require(listed == ids[0].hex)
    let repository = try temporary.open()
    #expect(try repository.blob(ids[1], upTo: Self.limit) == Array(small.utf8))
    #expect(try repository.blob(ids[0], upTo: Self.limit) == nil)
    // No limit is left behind.
    #expect(try repository.blob(ids[0]) == Array(large.utf8))
  }

  @Test func `what is missing or no blob is an error`() throws {
    let temporary = try TempRepository()
    try temporary.commit("first")
    let repository = try temporary.open()
    let missing = try #require(ObjectID(hex: String(repeating: "ab", count: 20)))
    let error = #expect(throws: GitError.self) { try repository.blob(missing, upTo: Self.limit) }
    #expect(error?.isNotFound == true && error?.object == missing)
    #expect(throws: GitError.self) {
      try repository.blob(temporary.id("HEAD^{tree}"), upTo: Self.limit)
    }
  }
}
