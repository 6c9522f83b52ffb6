import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

/// Nothing a repository or a user configures may change what is hashed.
@Suite struct AttributeAttackTests {
  /// The fingerprints of the sample's hunks, computed apart from the code under test.
  private static let golden = [
    "f8d1bc628478302670e9a3dba0afc1146f0fe6dcb3751150e4d96befae09f2a5",
    "df33673b45af24d269f3f341355a85fad419b07cb72046894ab5fc37cee6f899",
  ]

  private static let old = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n"
  private static let new = "one\nTWO\nthree\nfour\nfive\nsix\nseven\neight\nnine and ten\n"

  /// One way to bend a diff: files of the repository, its configuration, variables of the caller.
  struct Attack: CustomTestStringConvertible {
    var name: String
    var attributes = ""
    var place = ".gitattributes"
    var settings: [String: String] = [:]

    var testDescription: String { name }
  }

  private static let places = [".gitattributes", ".git/info/attributes", "elsewhere"]
  private static let lines = [
    "*.x -diff", "*.x binary", "*.x diff=odd", "* -text -diff", "*.x filter=odd",
    "*.x text eol=crlf",
    "*.x working-tree-encoding=UTF-16", "*.x ident export-subst linguist-generated",
    "[attr]binary -diff -merge -text\n* binary",
  ]

  static let attacks: [Attack] =
    lines.flatMap { line in
      places.map { place in
        Attack(
          name: "\(line) in \(place)",
          attributes: line + "\n",
          place: place,
          settings: [
            "diff.odd.textconv": "true", "diff.odd.binary": "true", "diff.odd.command": "true",
            "diff.odd.xfuncname": "x", "filter.odd.clean": "true", "filter.odd.required": "true",
          ]
        )
      }
    } + [
      Attack(
        name: "diff settings",
        settings: [
          "diff.context": "0", "diff.interHunkContext": "9", "diff.noprefix": "true",
          "diff.mnemonicPrefix": "true", "diff.algorithm": "patience",
          "diff.indentHeuristic": "false",
          "diff.renames": "copies", "diff.external": "true", "diff.ignoreSubmodules": "all",
          "diff.wsErrorHighlight": "all", "diff.colorMoved": "zebra", "diff.orderFile": "/dev/null",
        ]
      ),
      Attack(
        name: "core settings",
        settings: [
          "core.autocrlf": "true", "core.eol": "crlf", "core.safecrlf": "true",
          "core.whitespace": "-trailing-space", "core.bigFileThreshold": "1",
          "core.fileMode": "false", "core.symlinks": "false", "core.ignoreCase": "true",
          "core.precomposeUnicode": "true", "core.quotePath": "false", "core.abbrev": "4",
          "core.useReplaceRefs": "true",
        ]
      ),
    ]

  private func repository(_ attack: Attack) throws -> TempRepository {
    let temporary = try TempRepository()
    try temporary.write("file.x", Self.old)
    try temporary.commit("old")
    try temporary.write("file.x", Self.new)
    try temporary.commit("new")
    for (name, value) in attack.settings.sorted(by: { $0.key < $1.key }) {
      try temporary.git("config", name, value)
    }
    if !attack.attributes.isEmpty {
      let place = attack.place == "elsewhere" ? "/../attributes" : "/" + attack.place
      try TestFiles.write(attack.attributes, to: temporary.path + place)
      if attack.place == "elsewhere" {
        try temporary.git("config", "core.attributesFile", temporary.sandbox + "/attributes")
      }
    }
    return temporary
  }

  private func fingerprints(_ temporary: TempRepository) throws -> [String] {
    let trees = try ["HEAD~1", "HEAD"].map { try temporary.id($0 + "^{tree}") }
    let repository = try temporary.open()
    return try repository.transitions(from: trees[0], to: trees[1]).flatMap { transition in
      try repository.fileChange(of: transition).hunks.map {
        HunkFingerprint.of(hunk: $0, in: transition).hex
      }
    }
  }

  // Attack 61.
  @Test(arguments: attacks)
  func `changes no fingerprint`(attack: Attack) throws {
    #expect(try fingerprints(repository(attack)) == Self.golden)
  }

  // Attack 56.
  @Test func `replaced objects are read as they are`() throws {
    let temporary = try repository(Attack(name: "replace"))
    let blobs = try ["HEAD~1:file.x", "HEAD:file.x"].map { try temporary.git("rev-parse", $0) }
    try temporary.git("replace", blobs[1], blobs[0])
    #expect(try temporary.git("cat-file", "blob", "HEAD:file.x") + "\n" == Self.old)
    #expect(try fingerprints(temporary) == Self.golden)
  }

  // Attack 61.
  /// The callers' variables would reach every test of this process, so this one has its own.
  @Test func `variables of the caller change no fingerprint`() async throws {
    let temporary = try repository(Attack(name: "variables"))
    let directory = temporary.gitDirectory
    let trees = try ["HEAD~1", "HEAD"].map { try temporary.id($0 + "^{tree}").hex }
    let golden = Self.golden
    await #expect(processExitsWith: .success) {
      [
        directory = directory as String, trees = trees as [String], golden = golden as [String]
      ] in
      for name in ["GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_ATTR_SOURCE", "GIT_DIR"] {
        setenv(name, "/bin/true", 1)
      }
      let repository = try Repository(gitDirectory: directory)
      let ids = trees.compactMap { ObjectID(hex: $0) }
      let change = try repository.fileChange(
        of: try #require(repository.transitions(from: ids[0], to: ids[1]).first)
      )
      let found = change.hunks.map { HunkFingerprint.of(hunk: $0, in: change.transition).hex }
      #expect(found == golden)
    }
  }
}
