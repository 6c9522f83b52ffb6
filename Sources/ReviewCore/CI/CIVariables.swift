/// What a CI service tells a job, read by name; what was read is remembered to be printed.
package struct CIVariables {
  /// The service that is asked, for problems.
  let provider: String
  /// What was used so far.
  private(set) var facts: [CIFact] = []
  private let variables: [String: String]
  private let eventFile: [UInt8]?
  private var event: StrictJSON?

  private static let mostEventBytes = 32 << 20

  /// Wraps an environment; `event` is the file that `GITHUB_EVENT_PATH` names, nil where none is.
  init(_ variables: [String: String], event: [UInt8]?, provider: String) {
    self.variables = variables
    self.provider = provider
    eventFile = event
  }

  // MARK: - Variables

  /// The value of a variable; an empty one counts as none.
  mutating func text(_ name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    note(name, value)
    return value
  }

  /// The value of a variable that has to be there.
  mutating func need(_ name: String) throws(CIProblem) -> String {
    guard let value = text(name) else { throw .missing(provider: provider, [name]) }
    return value
  }

  /// The commit that the first of these variables names.
  mutating func commit(_ names: String...) throws(CIProblem) -> ObjectID {
    for name in names {
      if let id = try commitIfAny(name) { return id }
    }
    throw .missing(provider: provider, names)
  }

  /// The commit that a variable names; nil where it names none.
  mutating func commitIfAny(_ name: String) throws(CIProblem) -> ObjectID? {
    guard let value = text(name) else { return nil }
    return try commit(name, value)
  }

  /// The branch that a variable names, with or without `refs/heads/`.
  mutating func branch(_ name: String) throws(CIProblem) -> String {
    guard let branch = try branchIfAny(name) else { throw .missing(provider: provider, [name]) }
    return branch
  }

  /// The branch that a variable names; nil where it names none.
  mutating func branchIfAny(_ name: String) throws(CIProblem) -> String? {
    guard let value = text(name) else { return nil }
    return try branch(name, value)
  }

  // MARK: - The event file

  /// Whether there is an event file at all.
  var hasEvent: Bool { eventFile != nil }

  /// The commit at the end of a path of members.
  mutating func eventCommit(_ path: String...) throws(CIProblem) -> ObjectID {
    let name = path.joined(separator: ".")
    guard let value = try eventText(path) else {
      throw .missing(provider: provider, [name + " in the event"])
    }
    return try commit(name, value)
  }

  /// The branch at the end of a path of members; nil where there is none.
  mutating func eventBranch(_ path: String...) throws(CIProblem) -> String? {
    guard let value = try eventText(path) else { return nil }
    return try branch(path.joined(separator: "."), value)
  }

  /// The text at the end of a path of members.
  mutating func eventText(_ path: [String]) throws(CIProblem) -> String? {
    guard case .string(let text)? = try member(path), !text.isEmpty else { return nil }
    note(path.joined(separator: "."), text)
    return text
  }

  /// The whole number at the end of a path of members.
  mutating func eventNumber(_ path: String...) throws(CIProblem) -> Int? {
    guard case .integer(let number)? = try member(path) else { return nil }
    return number
  }

  private mutating func member(_ path: [String]) throws(CIProblem) -> StrictJSON? {
    var value: StrictJSON? = try document()
    for key in path {
      guard case .object(let members)? = value else { return nil }
      value = members[Array(key.utf8)]
    }
    return value
  }

  private mutating func document() throws(CIProblem) -> StrictJSON {
    if let event { return event }
    guard let eventFile else {
      throw .missing(provider: provider, ["a readable file at GITHUB_EVENT_PATH"])
    }
    guard eventFile.count <= Self.mostEventBytes,
      let read = try? StrictJSON.parse(eventFile, depth: 64)
    else { throw .unreadableEvent(provider: provider) }
    event = read
    return read
  }

  // MARK: - Values

  private func commit(_ name: String, _ value: String) throws(CIProblem) -> ObjectID {
    guard let id = ObjectID(hex: value) else {
      throw unusable(name, value, "a commit of 40 digits")
    }
    return id
  }

  private func branch(_ name: String, _ value: String) throws(CIProblem) -> String {
    guard let branch = BranchName.plain(value) else {
      throw unusable(name, value, "a branch name")
    }
    return branch
  }

  private func unusable(_ name: String, _ value: String, _ wanted: String) -> CIProblem {
    .unusable(provider: provider, name: name, value: value, wanted: wanted)
  }

  private mutating func note(_ name: String, _ value: String) {
    let fact = CIFact(name, value)
    if !facts.contains(fact) { facts.append(fact) }
  }
}
