import ReviewCore

/// Who took part in a change, by address.
enum People {
  /// The addresses of authors, committers and everybody a `…-by` line names, lower case.
  static func of(_ commits: [CommitInfo]) -> Set<String> {
    var found: Set<String> = []
    for commit in commits {
      for identity in [commit.author, commit.committer] { found.insert(lowered(identity.email)) }
      for line in commit.message.split(separator: UInt8(ascii: "\n")) {
        if let address = address(in: line) { found.insert(lowered(address)) }
      }
    }
    found.remove("")
    return found
  }

  private static func address(in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
      String(decoding: line[..<colon], as: UTF8.self).lowercased().hasSuffix("-by"),
      let open = line.lastIndex(of: UInt8(ascii: "<")),
      let close = line[open...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    return line[line.index(after: open)..<close]
  }

  private static func lowered(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: Array(bytes), as: UTF8.self).lowercased()
  }
}
