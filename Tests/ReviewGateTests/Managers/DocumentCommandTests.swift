import Foundation
import TestSupport
import Testing

/// The commands that the documents show are ones that the program knows, and do what is shown.
@Suite struct DocumentCommandTests {
  private static let names: [String] = {
    let manager = FileManager.default
    let docs = try? manager.contentsOfDirectory(atPath: HookChapters.root.path + "/docs")
    return ["README.md"]
      + (docs ?? []).filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
  }()

  private static func text(_ document: String) -> String {
    let file = HookChapters.root.appending(path: document)
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  /// The fenced blocks of a document, each with its language in the first line.
  private static func blocks(_ document: String) -> [String] {
    text(document).components(separatedBy: "\n```").enumerated().compactMap { number, block in
      number % 2 == 1 ? block : nil
    }
  }

  /// The lines of shell blocks that start the program, without their comments.
  private static func shown(_ document: String) -> [String] {
    blocks(document).filter { $0.hasPrefix("sh\n") }.flatMap { block in
      block.split(separator: "\n").map(String.init).filter { $0.hasPrefix("reviewgate ") }
    }.map { line in
      line.components(separatedBy: " #")[0].trimmingCharacters(in: .whitespaces)
    }
  }

  // MARK: - Blocks

  /// What `docs/ci.md` shows is run by CIDocumentTests, in jobs.
  static let all = names.filter { $0 != "docs/ci.md" }.flatMap(shown)

  @Test func `there are some`() {
    for start in [
      "reviewgate install", "reviewgate init", "reviewgate simulate", "reviewgate doctor",
      "reviewgate sync", "reviewgate agents install --user", "reviewgate check --out sarif:",
    ] {
      #expect(Self.all.contains { $0.hasPrefix(start) }, "\(start)")
    }
    #expect(Self.all.contains("reviewgate install --method config"))
  }

  @Test(arguments: all)
  func `runs as it stands`(command: String) throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("init", "--quiet", "--bare", "../server.git")
    try place.repository.git("remote", "add", "origin", "../server.git")
    try place.repository.git("switch", "--quiet", "--create", "topic")
    try place.land(["a.swift": Workplace.block])
    try place.repository.write("../home/.claude/settings.json", "{}\n")
    let words = command.split(separator: " ").dropFirst().map(String.init)
    let output = try place.repository.runDetached([Workplace.program] + words)
    // 4: somebody has to be asked. 2: this git may be too old for one of them.
    #expect([0, 1, 2, 4].contains(output.status), "\(output)")
    #expect(output.status != 2 || output.stderr.contains("need git 2.54"), "\(output)")
  }

  // MARK: - Words

  /// Every mention of a command, wherever it stands: a document, and the words after the program.
  static let mentions: [String] = {
    let lines = names.flatMap { name -> [String] in
      let prose = text(name).matches(of: /`reviewgate ([^`]+)`/).map { String($0.output.1) }
      let code = blocks(name).joined(separator: "\n")
        .matches(of: /reviewgate ((?:[a-z-]+)(?: [^\n#;|>"']*)?)/).map { String($0.output.1) }
      return prose + code
    }
    return Set(lines).sorted()
  }()

  private func help(_ words: [String]) throws -> CommandOutput {
    let place = try TempRepository()
    return try place.runDetached([Workplace.program] + words + ["--help"])
  }

  @Test func `every command and option that is named exists`() throws {
    #expect(Self.mentions.count > 60)
    let general = try help([]).stdout
    let known = general.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^\s\s([a-z]+)\s/).map { String($0.output.1) }
    }
    #expect(known.count > 20)
    var pages: [String: String] = [:]
    for mention in Self.mentions {
      let words = mention.split(separator: " ").map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: "[](),.:"))
      }
      guard let command = words.first, !["hook", "agent-event", "VERB"].contains(command),
        command.first?.isLowercase == true
      else { continue }
      #expect(known.contains(command) || command.hasPrefix("-"), "\(mention)")
      guard known.contains(command) else { continue }
      let path =
        [command]
        + words.dropFirst().prefix(1).filter { word in
          general.contains("  \(command) ") && word.allSatisfy { $0.isLowercase || $0 == "-" }
            && !word.hasPrefix("-")
        }
      let key = path.joined(separator: " ")
      var page = pages[key] ?? ""
      if page.isEmpty {
        page = try help(path).stdout + help([command]).stdout
        pages[key] = page
      }
      for word in words where word.hasPrefix("--") && word.count > 2 {
        let option = String(word.prefix { $0 != "=" })
        #expect(page.contains(option), "reviewgate \(mention): \(option)")
      }
    }
  }

  @Test func `the options of install.sh that are named exist`() throws {
    let place = try TempRepository()
    let script = HookChapters.root.path + "/install.sh"
    let usage = try place.run(["/bin/sh", script, "--help"]).stdout
    var found = 0
    for name in Self.names {
      for line in Self.text(name).matches(of: /install\.sh((?: [^`\s#]+)+)/) {
        for word in line.output.1.split(separator: " ") where word.hasPrefix("--") {
          found += 1
          #expect(usage.contains(word), "\(name): install.sh \(word)")
        }
      }
    }
    #expect(found > 3)
  }

  // MARK: - The picture

  @Test func `the commit that README shows is blocked in these words`() throws {
    let block = try #require(Self.blocks("README.md").first)
    let lines = block.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    let command = try #require(lines.first)
    #expect(command.hasPrefix("$ git commit -m "))
    let place = try Workplace()
    let old = "import jwt\nlimit = 10\n\ndef check(token):\n    return jwt.decode(token)\n\n"
    try place.land(["a.py": old], message: "by hand")
    let new =
      old.replacing("limit = 10", with: "limit = 20")
      + "def is_fresh(token, now):\n    claims = check(token)\n"
      + "    return claims[\"exp\"] > now + limit\n\n"
    try place.stage(["a.py": new])
    let shell = ["/bin/sh", "-c", String(command.dropFirst(2))]
    let output = try place.repository.runDetached(shell)
    #expect(output.status == 1)
    let shown = lines.dropFirst().joined(separator: "\n")
    #expect(output.stderr == shown + "\n", "\(output.stderr)")
  }
}
