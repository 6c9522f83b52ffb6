extension ReviewRecord {
  /// The in-toto statement that says this.
  var statement: StrictJSON {
    .object([
      "_type": .string(RecordPayload.statementType),
      "subject": .array(files.map(\.subjectJSON)),
      "predicateType": .string(RecordPayload.predicateType),
      "predicate": predicate,
    ])
  }

  private var predicate: StrictJSON {
    .object([
      "repository": .object(["id": .string(repositoryID)]),
      "target": target.map(StrictJSON.string),
      "base": base.json,
      "head": head.json,
      "verdict": .string(verdict.rawValue),
      "scope": .string(scope.rawValue),
      "files": .array(files.map(\.json)),
      "reviewer": .object(["principal": .string(principal)]),
      "presentation": presentation.json,
      "policy": policyBlob.map { .object(["gitBlob": .string($0.hex)]) },
      "createdAt": .string(createdAt),
      "seq": .integer(seq),
      "prev": .strings(prev),
      "withdraws": withdraws.isEmpty ? nil : .strings(withdraws),
      "note": note.map(StrictJSON.string),
      "until": until.map(StrictJSON.string),
      "ticket": ticket.map(StrictJSON.string),
      "crit": .strings(crit),
    ])
  }
}

extension ReviewRecord.TreeState {
  fileprivate var json: StrictJSON {
    .object([
      "gitCommit": commit.map { .string($0.hex) },
      "gitTree": .string(tree.hex),
    ])
  }
}

extension ReviewRecord.Presentation {
  fileprivate var json: StrictJSON {
    .object([
      "tool": .string(tool),
      "seconds": .integer(seconds),
      "changedLines": .integer(changedLines),
      "bulk": .bool(bulk),
    ])
  }
}

extension ReviewedFile {
  fileprivate var subjectJSON: StrictJSON {
    .object(["name": .string(path.escaped), "digest": subject?.json ?? .object([:])])
  }

  fileprivate var json: StrictJSON {
    .object([
      "path": .string(path.escaped),
      "oldMode": .string(oldMode.octal),
      "newMode": .string(newMode.octal),
      "old": old?.json,
      "new": new?.json,
      "opaque": .bool(opaque),
      "complete": .bool(complete),
      "hunks": .array(hunks.map(\.json)),
    ])
  }
}

extension ContentID {
  fileprivate var json: StrictJSON {
    .object([
      "gitBlob": .string(gitBlob.hex),
      "sha256": sha256.map { .string(Hex.encode($0)) },
    ])
  }
}

extension ReviewedHunk {
  fileprivate var json: StrictJSON {
    .object([
      "fp": .string(fingerprint.hex),
      "n": .integer(count),
      "added": .integer(added),
      "removed": .integer(removed),
      "trivial": .bool(trivial),
      "origin": .string(origin),
      "agent": agent.map(StrictJSON.string),
    ])
  }
}
