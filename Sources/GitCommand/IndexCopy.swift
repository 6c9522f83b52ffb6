import FoundationEssentials
import ReviewCore

/// A second name for an index, in a directory of its own, that git may lock and replace.
///
/// A hard link where possible: git replaces an index by renaming a new one over it and never writes
/// into the old one, so the file under its first name stays as it is.
struct IndexCopy {
  /// The second name; no file when there is no index yet.
  let path: String
  private let directory: String

  /// Seconds after which a directory is one that a killed process left behind.
  private static let staleAfter = 86_400.0
  private static let prefix = "index-"

  /// Links or copies the index at `original`.
  init(of original: String, scratch: String) throws {
    directory = "\(scratch)/\(Self.prefix)\(UUID().uuidString)"
    path = directory + "/index"
    let files = FileManager.default
    do {
      Self.removeStale(in: scratch)
      try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
      // Git follows a link to the file it replaces, so the second name must be the file's own.
      let file = URL(filePath: original).resolvingSymlinksInPath().path
      do {
        try files.linkItem(atPath: file, toPath: path)
      } catch {
        try Data(contentsOf: URL(filePath: file)).write(to: URL(filePath: path))
      }
    } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
      // There is no index before the first `git add`, which is an empty tree.
    } catch {
      try? files.removeItem(atPath: directory)
      throw IndexProblem.unreadable(VisibleText.line("\(original): \(error)"))
    }
  }

  /// Removes it, with whatever git left beside it.
  func remove() { try? FileManager.default.removeItem(atPath: directory) }

  private static func removeStale(in scratch: String) {
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: scratch)) ?? [] where name.hasPrefix(prefix)
    {
      let attributes = try? files.attributesOfItem(atPath: "\(scratch)/\(name)")
      guard let date = attributes?[.modificationDate] as? Date,
        date.timeIntervalSinceNow < -staleAfter
      else { continue }
      try? files.removeItem(atPath: "\(scratch)/\(name)")
    }
  }
}
