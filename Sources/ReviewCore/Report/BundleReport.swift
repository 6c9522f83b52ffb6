/// Exported records that were checked by themselves, for programs (`reviewgate.verify/1`).
package struct BundleReport: Sendable {
  private let bundle: RecordBundle
  private let required: ReviewStrength
  private let hasRoster: Bool

  /// The name and version of the document's form.
  package static let schema = "reviewgate.verify/1"

  /// Puts a report together.
  package init(bundle: RecordBundle, required: ReviewStrength, hasRoster: Bool) {
    (self.bundle, self.required, self.hasRoster) = (bundle, required, hasRoster)
  }

  /// One document; without the records that are proven where it is to be quiet.
  package func json(isQuiet: Bool) -> String {
    let listed = bundle.lines.filter { !isQuiet || !isEnough($0) }
    let strengths = ReviewStrength.allCases.map { strength in
      (strength.rawValue, StrictJSON.integer(bundle.records.count { $0.strength == strength }))
    }
    return ReportJSON.text(
      ReportJSON.object([
        ("schema", .string(Self.schema)),
        (
          "tool",
          .object(["name": .string("reviewgate"), "version": .string(ToolVersion.current)])
        ),
        ("required", .string(required.rawValue)),
        ("roster", .bool(hasRoster)),
        ("proven", .bool(bundle.isProven(atLeast: required))),
        (
          "totals",
          .object([
            "lines": .integer(bundle.lines.count),
            "proven": .integer(bundle.lines.count(where: isEnough)),
            "byStrength": ReportJSON.object(strengths),
          ])
        ),
        ("records", .array(listed.map(member))),
      ])
    )
  }

  private func isEnough(_ line: RecordBundle.Line) -> Bool {
    (try? line.result.get())?.strength.satisfies(required) ?? false
  }

  private func member(_ line: RecordBundle.Line) -> StrictJSON {
    let place: [(String, StrictJSON?)] = [
      ("line", .integer(line.number)), ("id", line.id.map { .string($0) }),
      ("proven", .bool(isEnough(line))),
    ]
    switch line.result {
    case .success(let stored): return ReportJSON.object(place + facts(stored))
    case .failure(let reason):
      return ReportJSON.object(place + [("reason", ReportJSON.text(reason.description))])
    }
  }

  private func facts(_ stored: StoredRecord) -> [(String, StrictJSON?)] {
    let record = stored.record
    let key = stored.proof.key
    return [
      ("verdict", .string(record.verdict.rawValue)),
      ("reviewer", ReportJSON.text(stored.person)),
      ("strength", .string(stored.strength.rawValue)),
      ("key", key.map { .string($0.fingerprint) }),
      ("keyType", key.map { .string($0.kind.rawValue) }),
      ("listed", key.map { .bool($0.isListed) }),
      ("flags", key?.presence.flags.map { .integer(Int($0)) }),
      ("counter", key?.presence.counter.map { .integer(Int($0)) }),
      ("createdAt", ReportJSON.text(record.createdAt)),
      ("bulk", .bool(record.presentation.bulk)),
      ("paths", .array(record.files.map { .string($0.path.escaped) })),
    ]
  }
}
