import ReviewCore

/// A tree that grows, shrinks and changes kinds at random, on names made to sort badly.
struct RandomTree {
  private indirect enum Node {
    case file(FileMode, String)
    case directory([[UInt8]: Node])
  }

  /// `a`, `a.b`, `a/` sort differently as files and as directories; the rest is hard to print.
  private static let names: [[UInt8]] =
    ["a", "a.b", "a-b", "a0", "ab", "A", "b", "new\nline", "quo\"te", "tab\t", "back\\slash", "é"]
    .map { Array($0.utf8) } + [[0xff, 0xfe], [UInt8(ascii: "a"), 0x80]]

  private var root: [[UInt8]: Node] = [:]

  /// Makes a few changes.
  mutating func change(_ random: inout SeededRandom) {
    for _ in 0...random.below(4) { Self.change(&root, depth: 0, &random) }
    if random.once(in: 40) { root = [:] }
  }

  /// Every file, sorted by path.
  var files: [FastImport.File] { Self.files(root, below: []) }

  private static func change(
    _ directory: inout [[UInt8]: Node],
    depth: Int,
    _ random: inout SeededRandom
  ) {
    let name = random.pick(names)
    if case .directory(var inner)? = directory[name], !random.once(in: 6) {
      change(&inner, depth: depth + 1, &random)
      directory[name] = inner.isEmpty ? nil : .directory(inner)
    } else if random.once(in: 4) {
      directory[name] = nil
    } else if depth < 3, random.once(in: 2) {
      var inner: [[UInt8]: Node] = [:]
      change(&inner, depth: depth + 1, &random)
      directory[name] = inner.isEmpty ? nil : .directory(inner)
    } else {
      directory[name] = file(&random)
    }
  }

  private static func file(_ random: inout SeededRandom) -> Node {
    let mode = random.pick([.regular, .regular, .executable, .symlink, .submodule] as [FileMode])
    guard mode == .submodule else { return .file(mode, "text \(random.below(3))\n") }
    return .file(mode, String(repeating: random.pick(["1", "2"]), count: 40))
  }

  private static func files(
    _ directory: [[UInt8]: Node],
    below path: [UInt8]
  ) -> [FastImport.File] {
    directory.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { name, node in
      let path = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
      return switch node {
      case .file(let mode, let content):
        [FastImport.File(path: path, mode: mode, content: content)]
      case .directory(let inner): files(inner, below: path)
      }
    }
  }
}
