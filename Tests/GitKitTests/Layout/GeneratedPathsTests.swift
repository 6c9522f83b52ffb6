import Foundation
import ReviewCore
import TestSupport
import Testing

/// `linguist-generated` as git itself reads `.gitattributes`.
@Suite struct GeneratedPathsTests {
  static let paths = [
    "a.js", "dist/a.js", "dist/deep/a.js", "src/gen/a.js", "src/a.js", "src/a b.js", "docs/x.md",
    "gen", "gen/x", "src/gen/keep.js", "a.txt", "#x", "[attr]y", "deep/er/z.js",
  ]

  static let files: [[String: String]] = [
    [".gitattributes": "*.js linguist-generated\n"],
    [".gitattributes": "dist/** linguist-generated=true\ndist/deep/* -linguist-generated\n"],
    [".gitattributes": "/a.js linguist-generated\n  gen linguist-generated\r\n"],
    [".gitattributes": "dist/ linguist-generated\nsrc/gen/* text linguist-generated eol=lf\n"],
    [".gitattributes": "*.js linguist-generated -linguist-generated\n"],
    [".gitattributes": "*.js -linguist-generated linguist-generated\n"],
    [".gitattributes": "\"src/a b.js\" linguist-generated\n#x linguist-generated\n"],
    [".gitattributes": "\"\\\"q\\\"\" linguist-generated\n\\#x linguist-generated\n"],
    [".gitattributes": "[attr]made linguist-generated\n*.js made\nsrc/* -made\n"],
    [
      ".gitattributes": "*.js linguist-generated", "src/.gitattributes": "*.js !linguist-generated",
    ],
    [
      ".gitattributes": "* -linguist-generated", "src/gen/.gitattributes": "* linguist-generated\n",
    ],
    ["src/.gitattributes": "[attr]made linguist-generated\n*.js made\ngen/* linguist-generated\n"],
    [".gitattributes": "**/gen/** linguist-generated\ndeep/**/*.js linguist-generated\n"],
    [".gitattributes": "!*.js linguist-generated\n*.[tj]s linguist-generated\n"],
    [".gitattributes": "*.js\tlinguist-generated\n\n   # linguist-generated\n"],
    [".gitattributes": "*.js linguist-generated=false\n*.md linguist-generatedx\n"],
    [".gitattributes": String(repeating: "x", count: 2100) + " linguist-generated\n"],
  ]

  @Test(arguments: files)
  func `agrees with git`(files: [String: String]) throws {
    let repository = try TempRepository()
    for (file, text) in files { try repository.write(file, text) }
    let input = Self.paths.joined(separator: "\n") + "\n"
    let answer = try repository.git("check-attr", "--stdin", "linguist-generated", stdin: input)
    let expected = answer.split(separator: "\n").map { line in
      line.hasSuffix(": set") || line.hasSuffix(": true")
    }
    let generated = GeneratedPaths(for: Self.paths.map { RepositoryPath($0) }) { file in
      files[file.display].map { Array($0.utf8) }
    }
    let actual = Self.paths.map { generated.source(of: RepositoryPath($0)) != nil }
    #expect(actual == expected)
  }

  @Test func `says which file and which pattern`() {
    let generated = GeneratedPaths(for: [RepositoryPath("web/out/a.js")]) { file in
      file.display == "web/.gitattributes" ? Array("out/** linguist-generated\n".utf8) : nil
    }
    let source = generated.source(of: RepositoryPath("web/out/a.js"))
    #expect(source?.file.display == "web/.gitattributes")
    #expect(source?.pattern == "out/**")
  }

  @Test(
    arguments: [
      [UInt8](repeating: UInt8(ascii: "a"), count: (1 << 20) + 1),
      Array("*.js linguist-generated\n".utf8) + [0xff, 0x20] + Array("-linguist-generated\n".utf8),
      Array("*.js linguist-generated\n\"a -linguist-generated".utf8),
      Array("[js linguist-generated\n".utf8), [0], [],
    ]
  )
  func `what is not understood calls nothing generated`(bytes: [UInt8]) {
    let path = RepositoryPath("a.js")
    let generated = GeneratedPaths(for: [path]) { _ in bytes }
    let text = String(decoding: bytes, as: UTF8.self)
    // A line that ends before its quote does is no line, for git too.
    let isKept = text.contains("\"a")
    #expect((generated.source(of: path) != nil) == isKept)
  }
}
