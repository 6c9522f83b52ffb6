/// One simple command of a shell script, with quotes removed.
package struct ShellCommand: Hashable, Sendable {
  /// A variable set for the command, or by itself.
  package struct Assignment: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The value as far as it is written out.
    package let value: String
  }

  /// `NAME=value` before the first word.
  package var assignments: [Assignment] = []
  /// The program and its arguments; what only a shell would know stays as `$NAME`.
  package var words: [String] = []
  /// The files that output goes to.
  package var outputs: [String] = []
  /// Here-documents and here-strings.
  package var inputs: [String] = []
  /// Whether the output of the command before it is its input.
  package var isPiped = false

  /// Nothing yet.
  package init() {}

  /// Whether there is nothing to run.
  var isEmpty: Bool { words.isEmpty && assignments.isEmpty && outputs.isEmpty }
}

/// A shell script taken apart as far as words and commands go.
package struct ShellScript: Hashable, Sendable {
  /// Every simple command, those inside `$(…)` before the one they are part of.
  package let commands: [ShellCommand]
  /// Whether the text could be followed to its end.
  package let isComplete: Bool

  /// The longest script that is looked at; the rest is passed over and `isComplete` is false.
  static let longest = 256 << 10

  /// Takes a script apart.
  package init(_ text: String) {
    self.init(text, variables: [:])
  }

  init(_ text: String, variables: [String: String]) {
    let bytes = Array(text.utf8.prefix(Self.longest))
    var reader = ShellReader(bytes, variables: variables)
    reader.list(until: nil)
    commands = reader.finished()
    isComplete = reader.isComplete && text.utf8.count <= Self.longest
  }
}
