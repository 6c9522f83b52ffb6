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
    /// Since when somebody else may have had the key; nil for a key that can be trusted.
    package let compromised: Compromise?
    /// What the line says after the key.
    package let comment: String

    /// Every name of the person in this line.
    package var names: [String] { [person] + aliases }
  }

  /// Since when a key was not its owner's alone; it lets nothing land any more.
  ///
  /// The order in which a branch took commits in tells before from after; the times that records and
  /// commits claim are whatever a thief writes there.
  package enum Compromise: Hashable, Sendable {
    /// Nothing that it ever proved holds.
    case ever
    /// What had landed with this commit still holds.
    case after(ObjectID)
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

  /// The line of a key that may sign, by its encoding.
  package func signer(ofKey blob: [UInt8]) -> Entry? {
    entry(ofKey: blob).flatMap { $0.compromised == nil ? $0 : nil }
  }

  /// The person with this name or address, whatever the case of its letters.
  package func person(named name: String) -> String? { owners[name.lowercased()] }

  /// Every name of a person, lower case; of somebody unknown the given name alone.
  package func names(of person: String) -> Set<String> {
    names[person] ?? [person.lowercased()]
  }

  /// The compromised keys by their fingerprints.
  package var compromises: [String: Compromise] {
    let pairs = entries.compactMap { entry in
      entry.compromised.map { (entry.key.fingerprint, $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// The same keys without an end: what landed while a key was valid stays landed.
  package var withoutEnds: Roster {
    Roster(
      entries.map { entry in
        Entry(
          line: entry.line,
          person: entry.person,
          aliases: entry.aliases,
          key: entry.key,
          validAfter: entry.validAfter,
          validBefore: nil,
          compromised: entry.compromised,
          comment: entry.comment
        )
      }
    )
  }

  /// This roster without some keys, by fingerprint, and with those that another one trusts.
  package func without(_ fingerprints: Set<String>, joining later: Roster) -> Roster {
    let more = later.entries.filter { $0.compromised == nil && entry(ofKey: $0.key.blob) == nil }
    return Roster(entries.filter { !fingerprints.contains($0.key.fingerprint) } + more)
  }

  /// The people, each once, in the order of the file.
  package var people: [String] {
    var seen: Set<String> = []
    return entries.map(\.person).filter { seen.insert($0).inserted }
  }
}
