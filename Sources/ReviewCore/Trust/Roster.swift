/// The people who may review, and their keys.
package struct Roster: Hashable, Sendable {
  /// One key of one person.
  package struct Entry: Hashable, Sendable {
    /// The line in the file, from 1.
    package let line: Int
    /// The person's name, which records carry.
    package let person: String
    /// Other addresses of the same person, such as the one they commit with.
    package let aliases: [String]
    /// The key.
    package let key: SSHPublicKey
    /// Seconds since 1970 from when on the key counts.
    package let validAfter: Int?
    /// Seconds since 1970 from when on it no longer counts.
    package let validBefore: Int?
    /// What the line says after the key.
    package let comment: String

    /// Every name of the person in this line.
    package var names: [String] { [person] + aliases }
  }

  /// The keys, in the order of the file.
  package let entries: [Entry]
  private let byKey: [[UInt8]: Int]
  /// The person that a name in lower case belongs to.
  private let owners: [String: String]
  /// The names in lower case of each person.
  private let names: [String: Set<String>]

  /// A roster that lists nobody: no signature counts.
  package static let empty = Roster([])

  /// Wraps entries that the reader has checked: each key once, each name one person's.
  init(_ entries: [Entry]) {
    self.entries = entries
    byKey = Dictionary(
      entries.enumerated().map { ($1.key.blob, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let pairs = entries.flatMap { entry in
      entry.names.map { (name: $0.lowercased(), person: entry.person) }
    }
    owners = Dictionary(
      pairs.map { ($0.name, $0.person) },
      uniquingKeysWith: { first, _ in first }
    )
    names = Dictionary(grouping: pairs, by: \.person).mapValues { Set($0.map(\.name)) }
  }

  /// The line of a key, by its encoding.
  package func entry(ofKey blob: [UInt8]) -> Entry? { byKey[blob].map { entries[$0] } }

  /// The person with this name or address, whatever the case of its letters.
  package func person(named name: String) -> String? { owners[name.lowercased()] }

  /// Every name of a person, lower case; of somebody unknown the given name alone.
  package func names(of person: String) -> Set<String> {
    names[person] ?? [person.lowercased()]
  }

  /// The people, each once, in the order of the file.
  package var people: [String] {
    var seen: Set<String> = []
    return entries.map(\.person).filter { seen.insert($0).inserted }
  }
}
