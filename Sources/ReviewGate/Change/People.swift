import ReviewCore

/// Who took part in a change, by address.
enum People {
  /// The addresses of authors, committers and everybody a `…-by` line names, lower case.
  static func of(_ commits: [CommitInfo]) -> Set<String> {
    // The same few people take part in most commits: each spelling is read once.
    var identities: Set<ArraySlice<UInt8>> = []
    var trailers: Set<ArraySlice<UInt8>> = []
    for commit in commits {
      identities.insert(commit.author.email[...])
      identities.insert(commit.committer.email[...])
      for line in commit.message.split(separator: UInt8(ascii: "\n")) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), namesPerson(line[..<colon])
        else { continue }
        trailers.insert(line[line.index(after: colon)...])
      }
    }
    // By hand, blanks can stand beside an address, and more than one of them in its place.
    let named = trailers.lazy.flatMap(addresses).filter { $0.contains("@") }
    return Set(identities.flatMap(addresses)).union(named)
  }

  /// Whether a trailer's key ends in `-by`, in either case, whatever blanks stand in it.
  private static func namesPerson(_ key: ArraySlice<UInt8>) -> Bool {
    let end = Array(key.lazy.reversed().filter { $0 > 0x20 }.prefix(3))
    return end.count == 3 && end[2] == UInt8(ascii: "-") && end[1] | 0x20 == UInt8(ascii: "b")
      && end[0] | 0x20 == UInt8(ascii: "y")
  }

  /// The words of a text as addresses are written, lower case.
  private static func addresses(in text: ArraySlice<UInt8>) -> [String] {
    text.split { $0 <= 0x20 || "<>,;()\"'".utf8.contains($0) }
      .map { String(decoding: $0, as: UTF8.self).lowercased() }
  }
}
