import Foundation
import FoundationXML
import ReviewCore
import TestSupport
import Testing

/// Reports as they leave the program: forms, files, jobs, and what could not be judged.
@Suite struct ReportScenarioTests {
  private static let forms = [
    "text", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown",
    "html",
  ]

  /// An agent's commit of two files on a branch.
  private func agentWork() throws -> Clone {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.commitAgentWork()
    return ada
  }

  /// Runs `check` with every form into a file of a folder, and gives the files by form.
  private func reports(
    _ ada: Clone,
    _ arguments: [String] = [],
    env: [String: String] = [:],
    status: Int32
  ) throws -> [String: Data] {
    let folder = ada.temp.sandbox + "/reports-" + UUID().uuidString
    let outs = Self.forms.flatMap { ["--out", "\($0):\(folder)/\($0)"] }
    let output = try ada.startGate(["check"] + arguments + outs, env: env).wait()
    #expect(output.status == status, "\(output)")
    return try Dictionary(
      uniqueKeysWithValues: Self.forms.map { form in
        (form, try Data(contentsOf: URL(filePath: "\(folder)/\(form)")))
      }
    )
  }

  private func string(_ data: Data?) -> String { String(decoding: data ?? Data(), as: UTF8.self) }

  private func json(_ data: Data?) throws -> Any {
    try JSONSerialization.jsonObject(with: data ?? Data(), options: [.fragmentsAllowed])
  }

  // MARK: - Several in one run

  // Case 66.
  @Test func `one run writes every form, and the same bytes twice`() throws {
    let ada = try agentWork()
    let first = try reports(ada, status: 1)
    let second = try reports(ada, status: 1)
    for form in Self.forms { #expect(first[form] == second[form], "\(form)") }
    for form in Self.forms {
      let printed = try ada.gate("check", "--format", form)
      #expect(printed.status == 1)
      #expect(printed.stdout == string(first[form]), "\(form)")
      #expect(string(first[form]).contains("Sources/Greeting.txt"), "\(form)")
    }
  }

  // Case 65.
  @Test func `nothing found is written in every form`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.write("Sources/Greeting.txt", lines: Clone.greeting + ["by hand"])
    try ada.git("commit", "--quiet", "--all", "-m", "By hand")
    let files = try reports(ada, status: 0)
    #expect(string(files["gitlab"]) == "[]\n")
    let runs = try #require(
      (try json(files["sarif"]) as? [String: Any])?["runs"] as? [[String: Any]]
    )
    #expect((runs[0]["results"] as? [Any])?.count == 0)
    let junit = string(files["junit"])
    #expect(junit.contains("failures=\"0\" errors=\"0\""))
    #expect(junit.contains("<testcase name=\"line 31 ("), "\(junit)")
    #expect(XMLParser(data: files["checkstyle"] ?? Data()).parse())
    #expect(string(files["rdjson"]).contains("\"diagnostics\":[]"))
    #expect(string(files["markdown"]).contains("### ReviewGate: passed"))
    #expect(string(files["html"]).contains("no AI-written lines found"))
    #expect(string(files["text"]).contains("passed. main..HEAD"))
    #expect(files["github"] == Data())
  }

  @Test func `each pushed reference is in one document`() throws {
    let ada = try agentWork()
    let head = try ada.git("rev-parse", "HEAD")
    let base = try ada.git("rev-parse", "main")
    let lines =
      "refs/heads/a \(head) refs/heads/a \(base)\nrefs/heads/b \(head) refs/heads/b \(base)\n"
    let output = try ada.gate("check", "--stdin", "--format", "sarif", stdin: lines)
    #expect(output.status == 1)
    let runs = try #require(
      (try json(Data(output.stdout.utf8)) as? [String: Any])?["runs"] as? [[String: Any]]
    )
    #expect(runs.count == 1 && (runs[0]["results"] as? [Any])?.count == 6)
    let nothing = try ada.gate("check", "--stdin", "--format", "gitlab", stdin: "")
    #expect(nothing.stdout == "[]\n" && nothing.status == 0)
  }

  // MARK: - Not evaluated

  @Test func `a run that could not look says so in every form`() throws {
    let ada = try agentWork()
    let files = try reports(ada, ["--range", "nowhere..HEAD"], status: 2)
    for form in Self.forms {
      #expect(string(files[form]).contains("nowhere"), "\(form)")
      guard form != "json" else { continue }
      #expect(string(files[form]).lowercased().contains("not evaluated"), "\(form)")
    }
    try ada.write(".reviewgate/policy.yml", "version: 1\ngate:\n  comit: warn\n")
    try ada.git("add", "--all")
    try ada.git("commit", "--quiet", "-m", "A policy")
    let wrong = try reports(ada, status: 3)
    #expect(string(wrong["github"]).hasPrefix("::error file=.reviewgate/policy.yml,line=3,"))
    #expect(
      string(wrong["junit"]).contains("<error message=\"NOT EVALUATED. .reviewgate/policy.yml:3")
    )
  }

  @Test(arguments: [["--format", "text"], ["--format", "sarif"]])
  func `a report that cannot be written is status 2`(format: [String]) throws {
    let ada = try agentWork()
    let place = ada.path + "/Sources/Greeting.txt/x"
    let blocked = try ada.startGate(["check", "--out", "html:" + place] + format).wait()
    #expect(blocked.status == 2)
    let complaint = "cannot write the html report to \(place): a file is in the way."
    #expect(blocked.stderr.contains(complaint), "\(blocked.stderr)")
    let passed = try ada.gate("check", "--commit", "main", "--out", "html:" + place)
    #expect(passed.status == 2 && passed.stdout.contains("passed"))
    let wrong = try ada.gate("check", "--range", "nowhere..HEAD", "--out", "html:" + place)
    #expect(wrong.status == 2)
  }

  @Test(arguments: [
    ["--out", "sarif"], ["--out", "sarif:"], ["--out", "sarif:-"], ["--out", "xml:a"],
    ["--max-annotations", "-1"],
    ["--out", "sarif:a", "--out", "junit:a"], ["--color", "blue"],
  ])
  func `a wrong report is a usage error and writes nothing`(arguments: [String]) throws {
    let ada = try agentWork()
    #expect(try ada.startGate(["check"] + arguments).wait().status == 64)
    #expect(!FileManager.default.fileExists(atPath: ada.path + "/a"))
  }

  @Test func `a form that does not exist is told which there are`() throws {
    let output = try agentWork().gate("check", "--out", "xml:a")
    let forms = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
    #expect(output.stderr.contains("'xml' is no form of a report; there are: \(forms)\n"))
  }

  @Test func `a report goes through a link and into a pipe`() throws {
    let ada = try agentWork()
    let program = "'\(BuiltProgram.path)' check --out gitlab:/dev/stdout --format sarif | wc -l"
    let output = try DetachedCommand(
      ["/bin/sh", "-c", program],
      environment: Clone.environment(ada.temp),
      directory: ada.path
    ).wait()
    #expect(output.stdout.contains("2"), "\(output)")
  }

  // MARK: - GitHub

  private func job(_ ada: Clone, _ more: [String: String] = [:]) -> [String: String] {
    ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": ada.temp.sandbox + "/summary"]
      .merging(more) { $1 }
  }

  private func summary(_ ada: Clone) throws -> String {
    String(
      decoding: try Data(contentsOf: URL(filePath: ada.temp.sandbox + "/summary")),
      as: UTF8.self
    )
  }

  @Test func `a job gets annotations and a summary by itself`() throws {
    let ada = try agentWork()
    try Data("before\n".utf8).write(to: URL(filePath: ada.temp.sandbox + "/summary"))
    let output = try ada.gate("check", "--format", "json", env: job(ada))
    #expect(output.status == 1)
    #expect(!output.stdout.contains("::error"), "the answer stays whole")
    #expect(output.stderr.split(separator: "\n").count { $0.hasPrefix("::error file=") } == 3)
    let summary = try summary(ada)
    #expect(summary.hasPrefix("before\n### ReviewGate: blocked\n"))
    #expect(summary.contains("<code>Sources/Greeting.txt:5</code>"))
    #expect(!summary.contains("<!--"))
    _ = try ada.gate("check", "--range", "nowhere..HEAD", env: job(ada))
    #expect(try self.summary(ada).contains("### ReviewGate: not evaluated"))
  }

  @Test func `a job can do without, and another place can ask for it`() throws {
    let ada = try agentWork()
    let without = try ada.gate("check", "--no-github", env: job(ada))
    #expect(!without.stderr.contains("::error"))
    #expect(!FileManager.default.fileExists(atPath: ada.temp.sandbox + "/summary"))
    let asked = try ada.gate("check", "--github", "--max-annotations", "1")
    #expect(asked.stderr.split(separator: "\n").count == 2, "\(asked.stderr)")
    let once = try ada.gate("check", "--format", "github", env: job(ada))
    #expect(once.stdout.contains("::error") && !once.stderr.contains("::error"))
  }

  @Test func `a summary that cannot be written is status 2 only where it was asked for`() throws {
    let ada = try agentWork()
    let env = job(ada, ["GITHUB_STEP_SUMMARY": ada.path + "/none/summary"])
    let own = try ada.gate("check", "--commit", "main", env: env)
    #expect(own.status == 0 && own.stderr.contains("cannot write the summary"))
    #expect(try ada.gate("check", "--commit", "main", "--github", env: env).status == 2)
  }

  @Test func `a staged change nobody is accused of is in the summary too`() throws {
    let ada = try Clone()
    try ada.write("Sources/Greeting.txt", lines: Clone.greeting + ["by hand"])
    try ada.git("add", "--all")
    #expect(try ada.gate("check", "--staged", env: job(ada)).status == 0)
    #expect(try summary(ada).contains("### ReviewGate: passed"))
  }

  // Case 63.
  @Test func `three thousand findings stay within every limit`() throws {
    let ada = try Clone()
    let lines = (1...90).map { "a line of text with number \($0)" }
    for file in 1...100 { try ada.write("many/\(file).txt", lines: lines) }
    try ada.git("add", "--all")
    try ada.git("commit", "--quiet", "-m", "Before")
    try ada.git("switch", "--quiet", "-c", "topic")
    let changed = lines.enumerated().map { $0.offset % 3 == 1 ? $0.element + " again" : $0.element }
    for file in 1...100 { try ada.write("many/\(file).txt", lines: changed) }
    try ada.git("add", "--all")
    try ada.commitAsAgent()
    let files = try reports(ada, env: job(ada), status: 1)
    let annotations = string(files["github"]).split(separator: "\n")
    #expect(annotations.count == 11)
    #expect(annotations[10].contains("2990 more in 100 files"))
    #expect(try summary(ada).utf8.count < 900 * 1024)
    #expect(string(files["markdown"]).count < 65_536)
    let issues = try #require(try json(files["gitlab"]) as? [[String: Any]])
    #expect(issues.count == 3000)
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == 3000)
    let runs = try #require(
      (try json(files["sarif"]) as? [String: Any])?["runs"] as? [[String: Any]]
    )
    #expect((runs[0]["results"] as? [Any])?.count == 3000)
  }

  // MARK: - Hostile

  // Case 64.
  @Test func `a path with every mark of an annotation is one annotation`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    let name = "a%b:c,d\n::error::e"
    try ada.write(name, "one\n")
    try ada.git("add", "--all")
    try ada.commitAsAgent()
    let output = try ada.gate("check", "--format", "github")
    #expect(output.stdout.split(separator: "\n").count == 1)
    #expect(
      output.stdout.hasPrefix("::error file=a%25b%3Ac%2Cd%0A%3A%3Aerror%3A%3Ae,line=1,endLine=1,")
    )
    // No line of the text is one that a runner would obey.
    let text = try ada.gate("check").stdout
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(!lines.contains { $0.hasPrefix("::") }, "\(text)")
  }

  @Test func `no name of a file is a command to a service that reads the log`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    for name in ["::error::x", "##vso[task.setvariable variable=A]b", "##[error]x", "##teamcity[x"]
    {
      try ada.write(name, "one\n")
    }
    try ada.git("add", "--all")
    try ada.commitAsAgent()
    for form in Self.forms where form != "github" {
      let text = try ada.gate("check", "--format", form).stdout
      let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
      #expect(!lines.contains { $0.hasPrefix("::") }, "\(form): \(text)")
      for word in ["##vso[", "##[", "##teamcity["] { #expect(!text.contains(word), "\(form)") }
    }
  }

  // Cases 39 and 75: content and path that are not UTF-8, and code that a terminal would obey.
  @Test func `bytes that are no text and escapes are shown in every form`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    let script = "printf 'a\\033[2Jb\\342\\200\\256c\\377\\n' >\"$(printf 'caf\\351\\033[2J')\""
    try DetachedCommand(
      ["/bin/sh", "-c", script],
      environment: Clone.environment(ada.temp),
      directory: ada.path
    ).wait().expectSuccess("printf")
    try ada.git("add", "--all")
    try ada.commitAsAgent()
    let files = try reports(ada, status: 1)
    for form in Self.forms {
      let data = files[form] ?? Data()
      let text = try #require(String(data: data, encoding: .utf8), "\(form)")
      #expect(!text.unicodeScalars.contains("\u{1b}") && !text.contains("\u{202e}"), "\(form)")
    }
    for form in ["json", "sarif", "gitlab", "rdjson"] { _ = try json(files[form]) }
    for form in ["junit", "checkstyle", "html"] {
      #expect(XMLParser(data: files[form] ?? Data()).parse(), "\(form)")
    }
    #expect(string(files["html"]).contains("+a^[[2Jb&lt;U+202E&gt;c\\xff<"))
    #expect(string(files["sarif"]).contains("\"uri\":\"caf%E9%1B%5B2J\""))
  }

  // Case 77.
  @Test func `a page needs nothing beside it and its code is inert`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    let lines = ["<script>alert(1)</script>", "</td><img src=x onerror=alert(1)>"]
    try ada.write("page.html", lines: lines + (1...4_000).map { "line \($0)" })
    try ada.git("add", "--all")
    try ada.commitAsAgent()
    let page = try ada.gate("check", "--format", "html").stdout
    #expect(!page.contains("<script") && !page.contains("<img"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!page.contains("://") && !page.contains("<link") && !page.contains("url("))
    #expect(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"))
    #expect(page.contains("1002 lines not shown"))
    #expect(page.utf8.split(separator: 0x0a).count { $0.starts(with: "<tr".utf8) } == 3_000)
  }

  // MARK: - Colour

  @Test(
    arguments: [
      (["--color", "always"], ["TERM": "dumb"], true), (["--color", "never"], [:], false),
      ([], ["FORCE_COLOR": "1"], true), ([], ["FORCE_COLOR": "0"], false),
      ([], ["CLICOLOR_FORCE": "1", "TERM": ""], true),
      ([], ["NO_COLOR": "1", "FORCE_COLOR": "1"], false),
      (["--color", "always"], ["NO_COLOR": "1"], true),
      (["--color=never"], ["FORCE_COLOR": "1"], false),
    ] as [([String], [String: String], Bool)]
  )
  func `what is said about colours counts before what the variables say`(
    arguments: [String],
    env: [String: String],
    isColoured: Bool
  ) throws {
    let ada = try agentWork()
    let output = try ada.startGate(["check"] + arguments, env: env).wait()
    #expect(output.stdout.contains("\u{1b}[31m") == isColoured, "\(output.stdout)")
    let file = try ada.startGate(
      ["check", "--out", "text:\(ada.temp.sandbox)/t"] + arguments,
      env: env
    ).wait()
    #expect(file.status == 1)
    let text = try Data(contentsOf: URL(filePath: ada.temp.sandbox + "/t"))
    #expect(!text.contains(0x1b), "a file has no colours")
  }
}
