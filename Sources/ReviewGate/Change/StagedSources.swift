import GitCommand
import GitKit
import ReviewCore

/// Reads what the worktree and the git directory say about lines that are not committed yet.
struct StagedSources {
  let project: Project

  /// What every source says about the paths that `staged` changes.
  func reports(_ staged: Staged, _ transitions: [FileTransition]) throws -> [SourceReport] {
    var reports: [SourceReport] = []
    if let worktree = project.layout.worktree {
      reports.append(
        AgentTraceFormat().report(onPaths: transitions.map(\.path), head: staged.head) {
          RecordFile.read(worktree + "/" + $0)
        }
      )
    }
    let log = WorkingLog(
      directory: WorkingLog.directory(in: project.layout),
      repository: project.repository
    )
    reports.append(try log.report(staged, transitions))
    return reports
  }
}

/// Files of records that others wrote, never more of them than is read.
enum RecordFile {
  /// The content; nil when there is no such regular file.
  static func read(_ path: String) -> StoredText? {
    guard let size = FileBytes.size(of: path) else { return nil }
    guard size <= StoredText.mostBytes else { return .tooLarge }
    return FileBytes.read(path).map(StoredText.bytes)
  }
}
