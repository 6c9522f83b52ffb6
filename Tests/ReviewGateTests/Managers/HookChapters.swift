import Foundation
import TestSupport
import Testing

/// The chapters of `docs/hooks.md` about other hook managers, as files that can be written.
struct HookChapters {
  private let text: String

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  init() throws {
    text = try String(contentsOf: Self.root.appending(path: "docs/hooks.md"), encoding: .utf8)
  }

  /// The fenced blocks of a chapter.
  func blocks(_ chapter: String) -> [String] {
    let parts = text.components(separatedBy: "\n### With ")
    let own = parts.first { $0.hasPrefix(chapter) }?.components(separatedBy: "\n### ")[0] ?? ""
    return own.components(separatedBy: "\n```").enumerated().compactMap { number, block in
      number % 2 == 1 ? String(block.drop { $0 != "\n" }.dropFirst()) : nil
    }
  }

  /// The files that a chapter shows: the first line of each block names it.
  func files(_ chapter: String) -> [String: String] {
    var files: [String: String] = [:]
    for block in blocks(chapter) {
      let lines = block.split(separator: "\n", maxSplits: 1)
      guard lines.count == 2, lines[0].hasPrefix("# ") else { continue }
      files[String(lines[0].dropFirst(2))] = String(lines[1]) + "\n"
    }
    return files
  }
}

/// A hook manager that `Tests/hook-managers` installed.
enum ManagerProgram: String, CaseIterable, CustomTestStringConvertible {
  case preCommit = "pre-commit"
  case prek
  case lefthook

  var testDescription: String { rawValue }

  /// Its absolute path; nil where it is not here.
  var path: String? {
    let path = HookChapters.root.appending(path: ".build/hook-managers/bin/\(rawValue)").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }

  static let missing = allCases.filter { $0.path == nil }.map(\.rawValue)

  static let reason: Comment =
    "not here (Tests/hook-managers gets them from PyPI): \(missing.joined(separator: ", "))"

  /// The chapter of `docs/hooks.md`.
  var chapter: String { self == .lefthook ? "lefthook" : "pre-commit or prek" }
}
