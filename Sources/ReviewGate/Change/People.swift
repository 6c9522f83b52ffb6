import ReviewCore

/// Who took part in a change, by address.
enum People {
  /// The addresses of authors, committers and everybody a `…-by` line names, lower case.
  static func of(_ commits: [CommitInfo]) -> Set<String> {
    var found: Set<String> = []
    for commit in commits {
      for identity in [commit.author, commit.committer] {
        // By hand, blanks can stand beside an address, and more than one of them in its place.
        found.formUnion(addresses(in: identity.email[...]))
      }
      for line in commit.message.split(separator: UInt8(ascii: "\n")) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
        let key = line[..<colon].filter { $0 > 0x20 }
        guard String(decoding: key, as: UTF8.self).lowercased().hasSuffix("-by") else { continue }
        let value = line[line.index(after: colon)...]
        found.formUnion(addresses(in: value).filter { $0.contains("@") })
      }
    }
    return found
  }

  /// The words of a text as addresses are written, lower case.
  private static func addresses(in text: ArraySlice<UInt8>) -> [String] {
    text.split { $0 <= 0x20 || "<>,;()\"'".utf8.contains($0) }
      .map { String(decoding: $0, as: UTF8.self).lowercased() }
  }
}
