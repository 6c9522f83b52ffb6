import Foundation
import GitCommand
import ReviewCore
import TestSupport
import Testing

/// What is read from an index without git is what git says, or nothing at all.
@Suite struct IndexFileTests {
  private static let path = ".reviewgate/policy.yml"

  private func repository(files: Int = 3, policy: Bool = true) throws -> TempRepository {
    let repository = try TempRepository()
    for number in 0..<files { try repository.write("d\(number % 7)/file \(number)", "\(number)\n") }
    if policy { try repository.write(Self.path, "version: 1\n") }
    try repository.git("add", "--all")
    return repository
  }

  private func bytes(_ repository: TempRepository) throws -> [UInt8] {
    try TestFiles.bytes(repository.gitDirectory + "/index")
  }

  private func blobs(_ bytes: [UInt8], _ paths: [String] = [path]) -> [ObjectID?]? {
    IndexFile.blobs(at: paths.map { Array($0.utf8) }, in: bytes.span)
  }

  @Test func `a staged file has the blob git says`() throws {
    let repository = try repository(files: 40)
    let id = try repository.id(":" + Self.path).hex
    // Longer than the field for its length holds, and than a file's path may be.
    let long = String(repeating: "long/", count: 900) + "name"
    try repository.git("update-index", "--index-info", stdin: "100644 \(id)\t\(long)\n")
    let paths = try repository.git("ls-files", "-z").split(separator: "\0").map(String.init)
    #expect(paths.count == 42)
    let found = try #require(try blobs(bytes(repository), paths + ["absent"]))
    #expect(try found == paths.map { try repository.id(":" + $0) } + [nil])
  }

  @Test func `a file that is not staged is absent`() throws {
    let repository = try repository(policy: false)
    try repository.write(Self.path, "version: 1\n")
    #expect(try blobs(bytes(repository)) == [Optional<ObjectID>.none])
    try repository.git("add", "--all")
    try repository.git("rm", "--cached", "--quiet", Self.path)
    #expect(try blobs(bytes(repository)) == [Optional<ObjectID>.none])
  }

  /// Ways to make an index that only git can read, and one that says something else than it seems.
  static let forms: [[String]] = [
    ["update-index", "--index-version", "4"], ["update-index", "--split-index"],
    ["update-index", "--skip-worktree", path],
    ["-c", "index.sparse=true", "sparse-checkout", "set", "d0"],
  ]

  @Test(arguments: forms)
  func `an index that is not plain is left to git`(form: [String]) throws {
    let repository = try repository()
    try repository.git("commit", "--quiet", "--message=all")
    try repository.git(form)
    if form.contains("sparse-checkout") {
      try repository.git("sparse-checkout", "reapply", "--cone", "--sparse-index")
    }
    #expect(try blobs(bytes(repository)) == nil)
  }

  @Test func `conflicts and promised files are left to git`() throws {
    let repository = try repository()
    let id = try repository.id(":" + Self.path).hex
    let lines = (1...3).map { "100644 \(id) \($0)\t\(Self.path)\n" }.joined()
    try repository.git("update-index", "--index-info", stdin: "0 \(id)\t\(Self.path)\n" + lines)
    #expect(try blobs(bytes(repository)) == nil)
    try repository.git("rm", "--cached", "--quiet", Self.path)
    try repository.git("add", "--intent-to-add", Self.path)
    #expect(try blobs(bytes(repository)) == nil)
  }

  @Test func `another file with flags of version 3 does not hide what is asked for`() throws {
    let repository = try repository()
    try repository.write("promised", "later\n")
    try repository.git("add", "--intent-to-add", "promised")
    let bytes = try bytes(repository)
    #expect(bytes[7] == 3)
    #expect(blobs(bytes) == [try repository.id(":" + Self.path)])
  }

  @Test func `a link is not a file`() throws {
    let repository = try repository(policy: false)
    try repository.write(".reviewgate/other", "version: 1\n")
    try FileManager.default.createSymbolicLink(
      atPath: repository.path + "/" + Self.path,
      withDestinationPath: "other"
    )
    try repository.git("add", "--all")
    #expect(try blobs(bytes(repository)) == nil)
  }

  @Test func `a damaged index says nothing`() throws {
    let intact = try bytes(try repository())
    #expect(blobs(intact) != nil)
    for length in 0..<intact.count { #expect(blobs(Array(intact.prefix(length))) == nil) }
    #expect(blobs(intact + [0]) == nil)
    for (index, value) in [(0, 0), (7, 1), (7, 5), (8, 255), (11, 0), (11, 9)] {
      var broken = intact
      broken[index] = UInt8(value)
      #expect(blobs(broken) == nil, "byte \(index)")
    }
  }

  @Test func `no byte that is changed crashes the reader`() throws {
    let intact = try bytes(try repository())
    for index in stride(from: 0, to: min(intact.count, 1_200), by: 1) {
      for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff] {
        var broken = intact
        broken[index] = value
        _ = blobs(broken)
      }
    }
  }
}
