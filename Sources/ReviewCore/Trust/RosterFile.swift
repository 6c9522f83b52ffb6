/// The roster file: the form of OpenSSH's allowed signers, without what makes it ambiguous.
package enum RosterFile {
  /// Its one place in a repository; only a regular file there counts.
  package static let path = ".reviewgate/reviewers"

  /// The most keys of one roster.
  package static let maxKeys = 10_000

  /// Reads a roster, or says everything that is wrong with it.
  package static func parse(_ bytes: [UInt8]) throws(RosterErrors) -> Roster {
    let lines: [[UInt8]]
    do {
      lines = try PolicyText(bytes).lines
    } catch {
      let problem = RosterError.Problem.text(error.problem)
      throw RosterErrors(RosterError(line: error.line, column: error.column, problem: problem))
    }
    var entries: [Roster.Entry] = []
    var errors: [RosterError] = []
    for (index, line) in lines.enumerated() {
      var reader = RosterLine(line, number: index + 1)
      if let entry = reader.read() { entries.append(entry) }
      errors += reader.errors
      guard entries.count <= maxKeys else {
        let problem = RosterError.Problem.tooManyKeys(maxKeys)
        throw RosterErrors(RosterError(line: index + 1, column: 1, problem: problem))
      }
    }
    errors += conflicts(entries)
    if let errors = RosterErrors(errors) { throw errors }
    return Roster(entries)
  }

  /// Keys that stand twice, and names of two people.
  private static func conflicts(_ entries: [Roster.Entry]) -> [RosterError] {
    var errors: [RosterError] = []
    var keys: [[UInt8]: Int] = [:]
    var owners: [String: (person: String, line: Int)] = [:]
    for entry in entries {
      if let line = keys[entry.key.blob] {
        errors.append(
          RosterError(line: entry.line, column: 1, problem: .repeatedKey(line: line))
        )
      } else {
        keys[entry.key.blob] = entry.line
      }
      for name in entry.names {
        let owner = owners[name.lowercased()]
        if let owner, !owner.person.utf8.elementsEqual(entry.person.utf8) {
          let problem = RosterError.Problem.nameOfAnother(name, line: owner.line)
          errors.append(RosterError(line: entry.line, column: 1, problem: problem))
        } else if owner == nil {
          owners[name.lowercased()] = (entry.person, entry.line)
        }
      }
    }
    return errors
  }
}
