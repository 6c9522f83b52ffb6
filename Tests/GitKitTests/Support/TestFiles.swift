import Foundation
import GitCommand
import GitKit
import ReviewCore
import TestSupport
import Testing

/// Files as the tests read and make them.
enum TestFiles {
  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  static func write(_ text: String, to path: String, executable: Bool = false) throws {
    let directory = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
    if executable {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static func list(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

extension TempRepository {
  /// The git directory of a repository with a worktree.
  var gitDirectory: String { path + "/.git" }

  /// Opens the repository through libgit2.
  func open() throws -> Repository { try Repository(gitDirectory: gitDirectory) }

  /// Git as the program runs it, cut off from this machine's configuration.
  func gitCommand(
    _ more: [String: String] = [:],
    at directory: String? = nil
  ) -> Git {
    let own = [
      "HOME": sandbox + "/home", "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_CONFIG_SYSTEM": "/dev/null",
    ]
    return Git(directory: directory ?? path, variables: own.merging(more) { $1 })
  }

  /// The id that a revision names.
  func id(_ revision: String, at directory: String? = nil) throws -> ObjectID {
    let hex = try git("rev-parse", "--verify", revision, at: directory)
    return try #require(ObjectID(hex: hex))
  }

  /// What a command of the shell wrote, as bytes: names need not be UTF-8.
  func bytes(ofShell script: String) throws -> [UInt8] {
    let file = "\(sandbox)/streams/\(UUID().uuidString).bytes"
    let output = try run(["/bin/sh", "-c", "{ \(script)\n} > '\(file)'"])
    try #require(output.status == 0, "\(output)")
    return try TestFiles.bytes(file)
  }
}
