import ReviewCore
import Testing

@Suite struct GlobTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var pattern: String
    var path: String
    var matches: Bool
    var testDescription: String { "\(pattern) \(matches ? "takes" : "leaves") \(path)" }

    static func takes(_ pattern: String, _ path: String) -> Case {
      Case(pattern: pattern, path: path, matches: true)
    }

    static func leaves(_ pattern: String, _ path: String) -> Case {
      Case(pattern: pattern, path: path, matches: false)
    }
  }

  static let cases: [Case] = [
    .takes("*.lock", "Cargo.lock"), .takes("*.lock", "a/b/Cargo.lock"),
    .leaves("*.lock", "Cargo.lock/x"), .leaves("*.lock", "Cargo.Lock"), .takes("*", "a/b"),
    .takes("a/*.c", "a/x.c"), .leaves("a/*.c", "a/b/x.c"), .leaves("a/*.c", "b/a/x.c"),
    .takes("/a.c", "a.c"), .leaves("/a.c", "b/a.c"), .takes("/a/b", "a/b"),
    .takes("vendor/**", "vendor/a"), .takes("vendor/**", "vendor/a/b/c"),
    .leaves("vendor/**", "x/vendor/a"), .leaves("vendor/**", "vendor"),
    .leaves("vendor/**", "vendors/a"),
    .takes("**/x", "x"), .takes("**/x", "a/x"), .takes("**/x", "a/b/x"), .leaves("**/x", "a/yx"),
    .takes("a/**/b", "a/b"), .takes("a/**/b", "a/x/y/b"), .leaves("a/**/b", "ab"),
    .leaves("a/**/b", "a/xb"), .takes("**/n/**", "n/a"), .takes("**/n/**", "p/n/q/r"),
    .takes("src/**.swift", "src/a/b.swift"), .takes("**", "a/b/c"), .takes("a**z", "a/b/z"),
    .takes("build/", "build/a"), .takes("build/", "x/build/a/b"), .leaves("build/", "build"),
    .takes("/build/", "build/a"), .leaves("/build/", "x/build/a"), .takes("a/b/", "a/b/c"),
    .takes("?.c", "a.c"), .leaves("?.c", ".c"), .leaves("a?b/x", "a/b/x"),
    .takes("??.c", "é.c"), .takes("[a-c]x", "bx"), .leaves("[a-c]x", "dx"), .takes("[!a]x", "bx"),
    .leaves("[^a]x", "ax"), .leaves("a[!x]b/c", "a/b/c"), .takes("[]]x", "]x"),
    .takes("[a-]x", "-x"), .takes("[\\]]x", "]x"), .takes("[]-a]x", "^x"),
    .takes("\\*x", "*x"), .leaves("\\*x", "yx"), .takes("\\!x", "!x"), .takes("a.b", "a.b"),
    .leaves("a.b", "axb"), .takes("*a*b", "xaybzb"), .takes("**/a*/b", "q/ax/b"),
    .takes("**/a/*b/c", "a/x/a/yb/c"), .takes("*.generated.*", "A.generated.swift"),
    .takes("**/*_pb2.py", "p/q_pb2.py"), .leaves("x", ""), .takes("a/**/**/b", "a/b"),
  ]

  @Test(arguments: cases)
  func `matches paths as gitignore does`(sample: Case) throws {
    #expect(try Glob(sample.pattern).matches(RepositoryPath(sample.path)) == sample.matches)
  }

  @Test func `matches bytes that are not UTF-8`() throws {
    let path = RepositoryPath([0x61, 0x2f, 0xff, 0xfe, 0x2e, 0x63])
    #expect(try Glob("a/*.c").matches(path))
    #expect(try Glob("a/??.c").matches(path))
    #expect(try Glob("a/[!x]?.c").matches(path))
  }

  @Test(arguments: [
    ("", GlobError.empty), ("/", .empty), ("!a", .negation), ("a//b", .component("")),
    ("//a", .component("")), ("../a", .component("..")), ("a/../b", .component("..")),
    ("./a", .component(".")), ("..", .component("..")), ("/..", .component("..")),
    ("a[bc", .unclosedClass), ("[", .unclosedClass), ("[a/b]", .unclosedClass),
    ("[]", .unclosedClass), ("[!", .unclosedClass), ("[a-", .unclosedClass),
    ("[\\", .unclosedClass), ("[z-a]", .emptyRange), ("[[:alpha:]]", .unsupportedClass),
    ("[é]", .unsupportedClass), ("a\\", .danglingEscape),
    (String(repeating: "a", count: 1025), .tooLong(1024)),
  ])
  func `refuses patterns that can not mean a path`(pattern: String, error: GlobError) {
    #expect(throws: error) { try Glob(pattern) }
    #expect(!error.description.isEmpty)
  }

  @Test(arguments: ["*a*a*a*a*a*a*a*a*b", "**a**a**a**a**a**a**b", "**/*a*/**/*a*/**/*a*b"])
  func `answers hostile patterns quickly`(pattern: String) throws {
    let glob = try Glob(pattern)
    let names = [String(repeating: "a", count: 4000), String(repeating: "a/", count: 2000)]
    let elapsed = ContinuousClock().measure {
      for name in names { #expect(!glob.matches(RepositoryPath(name))) }
    }
    #expect(elapsed < .seconds(20))
  }

  @Test func `agrees with a matcher that tries everything`() throws {
    var random = SmallRandom(state: 7)
    let pieces = ["a", "b", "/", "*", "**", "**/", "?", "[ab]", "[!a]"]
    var compared = 0
    while compared < 20_000 {
      let pattern = (0..<random.below(7) + 1).map { _ in pieces[random.below(pieces.count)] }
        .joined()
      guard pattern.contains("/"), !pattern.hasSuffix("/"), !pattern.contains("***"),
        let glob = try? Glob(pattern)
      else { continue }
      let path = (0..<random.below(8)).map { _ in ["a", "b", "/"][random.below(3)] }.joined()
      let anchored = pattern.hasPrefix("/") ? String(pattern.dropFirst()) : pattern
      let expected = NaiveGlob.match(Array(anchored), Array(path), start: true)
      #expect(glob.matches(RepositoryPath(path)) == expected, "\(pattern) on \(path)")
      compared += 1
    }
  }
}

/// The definition of a pattern, word for word, without a thought for time.
private enum NaiveGlob {
  static func match(_ pattern: [Character], _ path: [Character], start: Bool) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if pattern.starts(with: "**/"), start {
      let rest = Array(pattern.dropFirst(3))
      if match(rest, path, start: true) { return true }
      return path.indices.contains {
        path[$0] == "/" && match(rest, Array(path[($0 + 1)...]), start: true)
      }
    }
    if pattern.starts(with: "**") {
      return (0...path.count).contains {
        match(Array(pattern.dropFirst(2)), Array(path[$0...]), start: false)
      }
    }
    if first == "*" {
      let end = path.firstIndex(of: "/") ?? path.count
      return (0...end).contains {
        match(Array(pattern.dropFirst()), Array(path[$0...]), start: false)
      }
    }
    guard let byte = path.first else { return false }
    if first == "[" {
      let close = pattern.firstIndex(of: "]") ?? 0
      let isNegated = pattern[1] == "!"
      let holds = pattern[1..<close].contains(byte) != isNegated
      return holds && byte != "/"
        && match(Array(pattern[(close + 1)...]), Array(path.dropFirst()), start: false)
    }
    guard first == byte || (first == "?" && byte != "/") else { return false }
    return match(Array(pattern.dropFirst()), Array(path.dropFirst()), start: first == "/")
  }
}
