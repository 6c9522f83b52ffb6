extension SSHSignature {
  private static let header = "-----BEGIN SSH SIGNATURE-----"
  private static let footer = "-----END SSH SIGNATURE-----"

  /// The binary form inside the text that `ssh-keygen -Y sign` writes.
  package static func blob(armoured bytes: [UInt8]) throws(SignatureProblem) -> [UInt8] {
    guard bytes.count <= 2 * maxBytes else { throw .malformed(.tooLong) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed(.frame) }
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.count >= 3, lines.first?.elementsEqual(header.utf8) == true,
      lines.last?.elementsEqual(footer.utf8) == true,
      let blob = Base64.decode(
        String(decoding: lines.dropFirst().dropLast().flatMap { Array($0) }, as: UTF8.self)
      )
    else { throw .malformed(.frame) }
    return blob
  }

  /// Reads the text that `ssh-keygen -Y sign` writes.
  package init(armoured bytes: [UInt8]) throws(SignatureProblem) {
    try self.init(blob: try Self.blob(armoured: bytes))
  }
}
