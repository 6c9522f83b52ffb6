import FoundationEssentials
import ReviewCore

/// The `shallow` file of a git directory: one commit id on each line.
enum ShallowFile {
  /// Reads the file; a missing one means that nothing is cut off.
  static func read(_ path: String) throws -> Set<ObjectID> {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return Set(text.split(separator: "\n").compactMap { ObjectID(hex: $0) })
  }
}
