import FoundationEssentials
import GitCommand
import ReviewCore

/// Files of the index whose content is known without git and without an object.
enum StagedFiles {
  /// The content of each path, nil for one that is not staged; nil for all where only git can say.
  ///
  /// A staged file is known when the worktree holds exactly its bytes: the worktree is never
  /// believed by itself, but by the id that the index has.
  static func known(_ paths: [String], index: String, worktree: String) -> [[UInt8]?]? {
    let options: Data.ReadingOptions = .alwaysMapped
    guard let bytes = try? Data(contentsOf: URL(filePath: index), options: options),
      let blobs = IndexFile.blobs(at: paths.map { Array($0.utf8) }, in: bytes.span)
    else { return nil }
    var contents: [[UInt8]?] = []
    for (path, blob) in zip(paths, blobs) {
      guard let blob else {
        contents.append(nil)
        continue
      }
      guard let shown = FileBytes.read(worktree + "/" + path), ObjectID.blob(shown) == blob else {
        return nil
      }
      contents.append(shown)
    }
    return contents
  }
}
