/// An exported file of records, one envelope a line (`.intoto.jsonl`), checked by itself.
///
/// A bundle as a whole is not authenticated: whoever hands it over may leave records out.
package struct RecordBundle: Sendable {
  /// One line of the file.
  package struct Line: Sendable {
    /// Its number, from 1.
    package let number: Int
    /// The id of the payload; nil where there is no envelope.
    package let id: String?
    /// The record with what is proven about it, or why it does not count.
    package let result: Result<StoredRecord, LedgerWarning.Reason>
  }

  /// The lines that are not empty.
  package let lines: [Line]

  /// Reads and verifies every line.
  package init(_ bytes: [UInt8], verifier: RecordVerifier) {
    let all = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    lines = all.enumerated().compactMap { index, line in
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard !text.isEmpty else { return nil }
      let source = RecordSource(name: "line \(index + 1)", envelope: Array(text))
      let result = source.read(verifier)
      let id: String? =
        if case .success(let stored) = result { stored.id } else {
          try? Envelope.decode(source.envelope).payloadDigest
        }
      return Line(number: index + 1, id: id, result: result)
    }
  }

  /// The records that count for something.
  package var records: [StoredRecord] { lines.compactMap { try? $0.result.get() } }

  /// Whether every line is a record that is proven at least this well, and there is one.
  package func isProven(atLeast strength: ReviewStrength) -> Bool {
    !lines.isEmpty
      && lines.allSatisfy { line in
        (try? line.result.get())?.strength.satisfies(strength) ?? false
      }
  }
}
