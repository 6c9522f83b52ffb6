/// Who signed a commit, as its header claims.
package enum CommitSigner {
  private static let field = Array("gpgsig ".utf8)

  /// The encoding of the SSH key that the signature in a commit's header names.
  ///
  /// The signature is not verified: taking part in a change only ever takes a right away.
  package static func keyBlob(header: [UInt8]) -> [UInt8]? {
    let lines = header.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0.starts(with: field) }) else { return nil }
    var text = Array(lines[start].dropFirst(field.count)) + [UInt8(ascii: "\n")]
    for line in lines[(start + 1)...] {
      guard line.first == UInt8(ascii: " ") else { break }
      text += Array(line.dropFirst()) + [UInt8(ascii: "\n")]
    }
    return (try? SSHSignature(armoured: text))?.keyBlob
  }
}
