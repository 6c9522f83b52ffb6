import GitCommand
import GitKit
import ReviewCore

/// Reads git-ai's state of what is not committed, and never writes it.
struct WorkingLog {
  /// git-ai's directory for this worktree.
  let directory: String
  let repository: Repository

  /// Where git-ai keeps the state of a worktree.
  static func directory(in layout: RepositoryLayout) -> String {
    directory(git: layout.gitDirectory, common: layout.commonDirectory)
  }

  /// The same, from the two directories alone.
  static func directory(git: String, common: String) -> String {
    guard git != common, let name = git.split(separator: "/").last else { return common + "/ai" }
    return common + "/ai/worktrees/" + name
  }

  /// What the state says about the staged files.
  func report(_ staged: Staged, _ transitions: [FileTransition]) throws -> SourceReport {
    let log = directory + "/working_logs/" + (staged.head?.hex ?? "initial")
    let initial = RecordFile.read(log + "/INITIAL")
    let checkpoints = RecordFile.read(log + "/checkpoints.jsonl")
    guard initial != nil || checkpoints != nil else {
      return SourceReport(source: .gitAIWorkingLog, places: [], claims: [])
    }
    let place = "git-ai working log"
    if initial?.bytes == nil && initial != nil || checkpoints?.bytes == nil && checkpoints != nil {
      let claims = SourceClaims.unreadable(
        .gitAIWorkingLog,
        at: place,
        commit: nil,
        .tooLarge
      )
      return SourceReport(source: .gitAIWorkingLog, places: [place], claims: [claims])
    }
    let records = WorkingLogRecords(initial: initial?.bytes, checkpoints: checkpoints?.bytes)
    var claims = SourceClaims(source: .gitAIWorkingLog)
    for transition in transitions where transition.newMode.isFile {
      guard let entry = records.files[transition.path] else { continue }
      let recorded = entry.content.flatMap { content($0, below: log) }
      let size = try repository.size(of: transition.newID)
      let isSmall = size <= StoredText.mostBytes
      claims.files[transition.path] = entry.claims(
        from: isSmall ? recorded : nil,
        to: isSmall ? try repository.blob(transition.newID) : []
      )
    }
    claims.warnings = records.warnings.map {
      OriginWarning(source: .gitAIWorkingLog, place: place, commit: nil, reason: $0)
    }
    return SourceReport(source: .gitAIWorkingLog, places: [place], claims: [claims])
  }

  /// The content of a name; nil when it is not there or is not what its name says.
  private func content(_ name: String, below log: String) -> [UInt8]? {
    guard name.utf8.count == 64, let digest = Hex.decode(name),
      case .bytes(let bytes)? = RecordFile.read(log + "/blobs/" + name),
      Digest.sha256(bytes) == digest
    else { return nil }
    return bytes
  }
}

extension StoredText {
  /// The content where there is all of it.
  fileprivate var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
}
