internal import Yams

/// The policy file: where it stands, how large it may be, and how its bytes become a policy.
package enum PolicyFile {
  /// Its one place in a repository; only a regular file there counts.
  package static let path = ".reviewgate/policy.yml"

  /// The largest file that is read, in bytes.
  package static let maxBytes = 256 * 1024

  /// The most levels a file may nest.
  package static let maxDepth = 16

  /// Reads a policy, or says everything that is wrong with it.
  ///
  /// Nothing is guessed: an unknown key, a wrong type or a word in another case is an error, since
  /// a typing slip in such a file would otherwise switch a protection off without a word.
  package static func parse(_ bytes: [UInt8]) throws(PolicyErrors) -> Policy {
    let text: String
    do {
      let plain = try PolicyText(bytes)
      try PolicySyntax.check(plain.lines)
      text = plain.text
    } catch {
      throw PolicyErrors(error)
    }
    var reader = PolicyReader()
    let policy = reader.read(try compose(text))
    if let errors = PolicyErrors(reader.errors) { throw errors }
    return policy
  }

  /// Builds the nodes of the text.
  ///
  /// The resolver without rules spares the regular expressions of the default one, and with them
  /// YAML's reading of `off` as a boolean. The encoding is named because the default one looks at
  /// the environment and prints.
  private static func compose(_ text: String) throws(PolicyErrors) -> Node {
    do {
      let plain = Constructor([:], [:], [:])
      if let node = try Yams.compose(yaml: text, .basic, plain, .utf8) { return node }
    } catch let error as YamlError {
      throw PolicyErrors(PolicyError(error))
    } catch {
      throw PolicyErrors(PolicyError(line: 1, column: 1, problem: .yaml("it can not be read")))
    }
    throw PolicyErrors(PolicyError(line: 1, column: 1, problem: .empty))
  }
}

extension PolicyError {
  /// Places what the parser complains about.
  fileprivate init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(line: mark.line, column: mark.column, problem: .yaml(problem))
    case .duplicatedKeysInMapping(let keys, let context):
      self.init(
        line: context.mark.line,
        column: context.mark.column,
        problem: .duplicateKey(keys.first ?? "")
      )
    case .reader(let problem, _, _, _):
      self.init(line: 1, column: 1, problem: .yaml(problem))
    default:
      self.init(line: 1, column: 1, problem: .yaml("it can not be read"))
    }
  }
}
