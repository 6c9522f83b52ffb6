#if canImport(Testing)
import Foundation
package import Testing

/// Compares `actual` with the file `Snapshots/<name>` beside the calling test.
///
/// Setting `RECORD_SNAPSHOTS` rewrites the file instead.
package func expectSnapshot(
  _ actual: String,
  named name: String,
  filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: filePath).deletingLastPathComponent().appending(
    path: "Snapshots/\(name)"
  )
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
    try Data(actual.utf8).write(to: file)
    return
  }
  let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  #expect(actual == expected, "snapshot \(name) differs", sourceLocation: sourceLocation)
}
#endif
