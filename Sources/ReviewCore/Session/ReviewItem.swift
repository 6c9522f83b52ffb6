/// One change block, or one opaque file, that a person is asked to read.
package struct ReviewItem: Hashable, Sendable, Identifiable {
  /// Tells the items of one session apart.
  package let id: Int
  /// The path, safe to print.
  package let path: String
  /// Where it stands, like `Sources/Auth/Token.swift:18-51`.
  package let heading: String
  /// Who wrote it, like `claude-code`.
  package let origin: String
  /// What says so, one safe line each.
  package let evidence: [String]
  /// Where its review stands, like `not reviewed`.
  package let state: String
  /// The lines to read, with context; empty for an opaque item.
  package let lines: [ReviewLine]
  /// What is shown instead of lines.
  package let opaqueNote: String?
  /// The file an editor can open; nil where there is none.
  package let editPath: String?
  /// How many lines were added and removed together.
  package let changedLines: Int

  /// Creates an item from values that are safe to print, and from raw lines.
  package init(
    id: Int,
    path: String,
    heading: String,
    origin: String,
    evidence: [String],
    state: String,
    lines: [ReviewLine],
    opaqueNote: String? = nil,
    editPath: String? = nil,
    changedLines: Int
  ) {
    self.id = id
    self.path = path
    self.heading = heading
    self.origin = origin
    self.evidence = evidence
    self.state = state
    self.lines = lines
    self.opaqueNote = opaqueNote
    self.editPath = editPath
    self.changedLines = changedLines
  }

  /// Where an editor opens the file: the first changed line that still exists.
  package var editLine: Int {
    let changed = lines.first { $0.kind == .added } ?? lines.first { $0.newNumber != nil }
    return changed?.newNumber ?? 1
  }
}

/// One line of a change block.
package struct ReviewLine: Hashable, Sendable {
  /// What happened to the line.
  package enum Kind: String, Hashable, Sendable {
    /// Unchanged, shown for orientation.
    case context
    /// In the old version only.
    case removed
    /// In the new version only.
    case added
  }

  /// What happened to the line.
  package let kind: Kind
  /// Its number in the old version; nil for an added line.
  package let oldNumber: Int?
  /// Its number in the new version; nil for a removed line.
  package let newNumber: Int?
  /// The raw bytes with the line end; a line without one ends its file.
  package let bytes: [UInt8]

  /// Creates a line from raw bytes.
  package init(kind: Kind, oldNumber: Int?, newNumber: Int?, bytes: [UInt8]) {
    self.kind = kind
    self.oldNumber = oldNumber
    self.newNumber = newNumber
    self.bytes = bytes
  }
}

/// What a person said about an item.
package enum Answer: Hashable, Sendable {
  /// Read, and fit to land.
  case approved
  /// Read, and not fit to land.
  case rejected(reason: String)
  /// Left for later; nothing is recorded.
  case skipped

  /// The answer in one word.
  package var name: String {
    switch self {
    case .approved: "approved"
    case .rejected: "rejected"
    case .skipped: "skipped"
    }
  }
}
