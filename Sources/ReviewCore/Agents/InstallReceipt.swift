/// What an installation changed in a file, kept so that it can be undone byte for byte.
///
/// It holds places and the few bytes that were replaced, never the rest of the file: settings may
/// have secrets in them.
package struct InstallReceipt: Hashable, Sendable {
  /// The digest of the file as the installation left it.
  package let written: String
  /// Whether there was no file before.
  package let madeFile: Bool
  /// The changes that lead back, in the order in which they are applied.
  package let inverse: [[TextEdit]]
  /// How many folders above the file were made for it.
  package private(set) var folders = 0

  /// Remembers a change.
  package init(_ change: HookChange) {
    written = Self.digest(change.after ?? [])
    madeFile = change.before == nil
    var bytes = change.before ?? []
    var inverse: [[TextEdit]] = []
    for step in change.steps {
      inverse.append(TextEdit.inverse(of: step, on: bytes))
      bytes = TextEdit.apply(step, to: bytes) ?? bytes
    }
    if change.before?.isEmpty == true, let after = change.after {
      inverse = [[TextEdit(0..<after.count, [])]]
    }
    self.inverse = inverse.reversed()
  }

  /// The way back from a file; nil when it has changed since, or never was as remembered.
  package func undo(_ bytes: [UInt8]) -> HookChange? {
    guard Self.digest(bytes) == written else { return nil }
    if madeFile { return HookChange(before: bytes, after: nil) }
    var result = bytes
    for step in inverse {
      guard let next = TextEdit.apply(step, to: result) else { return nil }
      result = next
    }
    return HookChange(before: bytes, after: result)
  }

  /// The receipt of this change after an earlier one, so that both are undone together.
  package func after(_ earlier: InstallReceipt?, on before: [UInt8]?) -> InstallReceipt {
    guard let earlier, let before, Self.digest(before) == earlier.written else { return self }
    return InstallReceipt(
      written: written,
      madeFile: earlier.madeFile,
      inverse: inverse + earlier.inverse
    )
  }

  /// The same, with the number of folders that were made.
  package func making(folders: Int) -> InstallReceipt {
    var receipt = self
    receipt.folders = folders
    return receipt
  }

  private init(written: String, madeFile: Bool, inverse: [[TextEdit]]) {
    self.written = written
    self.madeFile = madeFile
    self.inverse = inverse
  }

  /// A name for the receipt of a path.
  package static func name(of path: String) -> String { digest(Array(path.utf8)) }

  private static func digest(_ bytes: [UInt8]) -> String { Hex.encode(Digest.sha256(bytes)) }

  // MARK: - Stored form

  /// The receipt as JSON.
  package var encoded: [UInt8] {
    let steps = inverse.map { step in
      StrictJSON.array(
        step.map { edit in
          .object([
            "start": .integer(edit.range.lowerBound), "length": .integer(edit.range.count),
            "text": .string(Hex.encode(edit.text)),
          ])
        }
      )
    }
    return StrictJSON.object([
      "written": .string(written), "madeFile": .bool(madeFile), "inverse": .array(steps),
      "folders": .integer(folders),
    ]).encoded
  }

  /// Reads a stored receipt; nil when it is none.
  package init?(encoded bytes: [UInt8]) {
    guard let root = try? JSONText(bytes).root, let written = root["written"]?.text else {
      return nil
    }
    var inverse: [[TextEdit]] = []
    for step in root["inverse"]?.items ?? [] {
      let edits = step.items.compactMap(Self.edit)
      guard edits.count == step.items.count else { return nil }
      inverse.append(edits)
    }
    self.init(written: written, madeFile: root["madeFile"]?.isTrue ?? false, inverse: inverse)
    folders = Self.number(root["folders"], upTo: 20) ?? 0
  }

  private static func edit(_ node: JSONNode) -> TextEdit? {
    guard let start = number(node["start"], upTo: JSONText.largest),
      let length = number(node["length"], upTo: JSONText.largest),
      let text = node["text"]?.text.flatMap({ Hex.decode($0) })
    else { return nil }
    return TextEdit(start..<start + length, text)
  }

  private static func number(_ node: JSONNode?, upTo limit: Int) -> Int? {
    guard case .number(let text)? = node?.value, let number = Int(text), number >= 0,
      number <= limit
    else { return nil }
    return number
  }
}
