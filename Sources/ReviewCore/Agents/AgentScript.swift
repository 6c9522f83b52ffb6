/// A program in the agent's own language that starts ours: a file of its own.
package struct AgentScript: Sendable {
  /// The canonical id of the agent.
  let agent: String
  /// The text after the head and the line that names the program.
  let body: String

  /// What the first line begins with.
  static let marker = "// reviewgate-agent v1"

  private static let assignment = "const program = "

  /// The whole file.
  package func text(_ program: String) -> [UInt8] {
    let head = """
      \(Self.marker): `reviewgate agents uninstall \(agent)` removes this file.
      import { spawnSync } from "node:child_process";

      \(Self.assignment)\(JSONValue.quoted(program));

      """
    return Array((head + body).utf8)
  }

  /// The program a file of ours starts; nil when the file is not ours.
  package func program(of file: [UInt8]) -> String? {
    let lines = String(decoding: file.prefix(4_096), as: UTF8.self).split(
      whereSeparator: \.isNewline
    )
    guard let first = lines.first, first.hasPrefix(Self.marker),
      let line = lines.first(where: { $0.hasPrefix(Self.assignment) })
    else { return nil }
    let value = line.dropFirst(Self.assignment.count).dropLast(line.hasSuffix(";") ? 1 : 0)
    return (try? JSONText(Array(value.utf8)))?.root.text
  }

  /// Whether nobody changed the file since it was written.
  package func isUnchanged(_ file: [UInt8]) -> Bool {
    program(of: file).map { text($0) == file } ?? false
  }

  /// The commands it starts.
  package func commands(_ program: String) -> [AgentCommand] {
    AgentRole.allCases.map { AgentCommand(program: program, role: $0, agent: agent) }
  }
}
