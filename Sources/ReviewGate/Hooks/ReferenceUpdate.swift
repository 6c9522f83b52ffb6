import ReviewCore

/// One reference that moves, as git tells its hooks on standard input.
struct ReferenceUpdate: Equatable {
  /// The reference that is written: on the remote for a push.
  let name: String
  /// What it pointed to; zero when it is new.
  let old: ObjectID
  /// What it will point to; zero when it is deleted.
  let new: ObjectID

  /// `<local ref> <local oid> <remote ref> <remote oid>`, as pre-push gets it.
  init?(pushed line: String) {
    let fields = line.split(separator: " ").map(String.init)
    // A local ref may be an expression such as `HEAD~1`, never with a blank in it; `(delete)` is one.
    guard fields.count == 4, let new = ObjectID(hex: fields[1]), let old = ObjectID(hex: fields[3])
    else { return nil }
    (self.name, self.old, self.new) = (fields[2], old, new)
  }

  /// `<old oid> <new oid> <ref>`, as pre-receive gets it.
  init?(received line: String) {
    let fields = line.split(separator: " ", maxSplits: 2).map(String.init)
    guard fields.count == 3, let old = ObjectID(hex: fields[0]), let new = ObjectID(hex: fields[1])
    else { return nil }
    (self.name, self.old, self.new) = (fields[2], old, new)
  }

  /// All lines of pre-receive; one that is not understood refuses all, so that no ref goes unseen.
  static func received(_ lines: [String]) throws -> [ReferenceUpdate] {
    try lines.map { line in
      guard let update = ReferenceUpdate(received: line) else {
        throw PushGate.InputProblem.line(line)
      }
      return update
    }
  }

  /// The same form, from reference-transaction; a symbolic value is no update of a commit.
  init?(transaction line: String) { self.init(received: line) }

  /// Whether the reference holds code that can land.
  var isJudged: Bool { !new.isZero && !isBelow("refs/reviewgate/") && !isBelow("refs/notes/") }

  /// Whether its name starts with these bytes.
  ///
  /// Not `hasPrefix`: that compares characters, and an accent after the slash makes another one.
  func isBelow(_ prefix: String) -> Bool { name.utf8.starts(with: prefix.utf8) }

  /// The same where capital letters may stand for small ones.
  func isBelow(inAnyCase prefix: String) -> Bool {
    Bytes.lowercased(Array(name.utf8)).starts(with: prefix.utf8)
  }
}
