import Foundation
import Testing

/// What the documents point at exists.
@Suite struct DocumentTests {
  /// One Markdown file of the project.
  struct Document: CustomTestStringConvertible, Sendable {
    /// Relative to the root of the project.
    let path: String
    let text: String
    var testDescription: String { path }

    /// Without fenced code, which may show other projects' files.
    var prose: String {
      var isCode = false
      return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
        guard line.trimmingPrefix(while: \.isWhitespace).hasPrefix("```") else { return !isCode }
        isCode.toggle()
        return false
      }.joined(separator: "\n")
    }

    /// The project's own files that it names; patterns are left out.
    var namedPaths: [String] {
      let pattern = /(?:^|[^\w\/.+-])((?:Sources|Tests|hooks|docs)\/[\w\/.+*-]*)/
      return prose.matches(of: pattern).map { String($0.output.1) }
        .filter { !$0.contains("*") && !$0.contains("...") }
        .map { path in String(path.reversed().drop { ".+-".contains($0) }.reversed()) }
    }

    /// The targets of links into the project, without their anchors.
    var links: [String] {
      prose.matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }
        .filter { !$0.contains("://") && !$0.hasPrefix("#") && !$0.hasPrefix("mailto:") }
        .map { link in String(link.prefix { $0 != "#" }) }
    }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let documents: [Document] = ["", "docs"].flatMap { folder in
    let directory = folder.isEmpty ? root : root.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { name in
      let text = (try? String(contentsOf: directory.appending(path: name), encoding: .utf8)) ?? ""
      return Document(path: folder.isEmpty ? name : folder + "/" + name, text: text)
    }
  }

  @Test func `the architecture is among the documents and names files`() throws {
    let document = try #require(Self.documents.first { $0.path == "ARCHITECTURE.md" })
    #expect(document.namedPaths.count > 20)
  }

  @Test(arguments: documents)
  func `every path that a document names exists`(document: Document) {
    for path in Set(document.namedPaths).sorted() {
      #expect(Self.exists(Self.root.appending(path: path)), "\(path)")
    }
  }

  @Test(arguments: documents)
  func `every relative link leads to a file`(document: Document) {
    let folder = Self.root.appending(path: document.path).deletingLastPathComponent()
    for link in Set(document.links).sorted() {
      #expect(Self.exists(folder.appending(path: link)), "\(link)")
    }
  }

  @Test func `a missing path is seen, and code and patterns are not`() {
    let text = """
      See `Sources/No/Such.swift`, `src/Sources/x`, `docs/*.md` and [this](docs/gone.md#part).
      ```
      Sources/Shown/Only.swift
      ```
      """
    let document = Document(path: "x.md", text: text)
    #expect(document.namedPaths == ["Sources/No/Such.swift", "docs/gone.md"])
    #expect(document.links == ["docs/gone.md"])
  }

  private static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path)
  }
}
