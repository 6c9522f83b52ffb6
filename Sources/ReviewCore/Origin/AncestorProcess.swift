/// A process that the current one descends from.
package struct AncestorProcess: Hashable, Sendable {
  /// The short name the kernel keeps, at most 15 bytes.
  package let name: String
  /// The argument vector, program first; empty when it cannot be read.
  package let arguments: [String]

  /// Creates the description of an ancestor.
  package init(name: String, arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }
}
