import Foundation
import Testing

/// House rules the compiler and the formatter cannot check.
@Suite struct ConventionTests {
  struct SourceFile: CustomTestStringConvertible, Sendable {
    var path: String
    var lines: [String]
    var testDescription: String { path }
  }

  static let sources: [SourceFile] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }.map {
      let text = (try? String(contentsOf: $0, encoding: .utf8)) ?? ""
      return SourceFile(
        path: String($0.path.dropFirst(root.path.count + 1)),
        lines: text.components(separatedBy: "\n")
      )
    }
  }()

  @Test(arguments: sources)
  func `only GitKit imports CGit2`(file: SourceFile) {
    guard !file.path.hasPrefix("GitKit/") else { return }
    #expect(!file.lines.contains { $0.hasSuffix("import CGit2") })
  }

  @Test(arguments: sources)
  func `a file stays under 400 lines`(file: SourceFile) {
    #expect(file.lines.count <= 400)
  }

  @Test(arguments: sources)
  func `every package declaration is documented`(file: SourceFile) {
    for (number, line) in file.lines.enumerated() where isDeclaration(line) {
      let above = file.lines[..<number].last {
        !$0.trimmingPrefix(while: \.isWhitespace).hasPrefix("@")
      }
      let text = above?.trimmingPrefix(while: \.isWhitespace) ?? ""
      #expect(text.hasPrefix("///"), "\(file.path):\(number + 1)")
    }
  }

  private func isDeclaration(_ line: String) -> Bool {
    let code = line.trimmingPrefix(while: \.isWhitespace)
    return code.hasPrefix("package ") && !code.hasPrefix("package import")
      && !code.hasPrefix("package var description:") && !code.hasPrefix("package static func ==")
  }
}
