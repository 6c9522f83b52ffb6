import Foundation

/// What the program says about its own commands (`--experimental-dump-help`).
struct CommandTree: Decodable {
  let command: Command

  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool
    let arguments: [Argument]?
    let subcommands: [Command]?
  }

  struct Argument: Decodable {
    let kind: String
    let abstract: String?
    let defaultValue: String?
    let allValues: [String]?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
    let names: [Name]?
    let valueName: String?
  }

  struct Name: Decodable {
    let kind: String
    let name: String
  }
}

/// The manual page: what the commands say of themselves, and what holds for all of them.
struct ManualPage {
  let tree: CommandTree
  let version: String

  /// The page in the macros of man(7).
  var text: String {
    let title = [
      ".\\\" Made from the commands by ManualTests; RECORD_SNAPSHOTS=1 makes it again.",
      ".TH REVIEWGATE 1 \"\" \"reviewgate \(version)\" \"User Commands\"",
      ".SH NAME", "reviewgate \\- " + Self.escaped(tree.command.abstract ?? ""),
      ".SH SYNOPSIS", ".B reviewgate",
      "[\\fB\\-C\\fR \\fIDIR\\fR] \\fICOMMAND\\fR [\\fIOPTION\\fR]...",
      ".SH DESCRIPTION",
    ]
    let lines =
      title + paragraphs(tree.command.discussion) + [".SH COMMANDS"] + commands + Self.ending
    return lines.joined(separator: "\n") + "\n"
  }

  private var commands: [String] {
    (tree.command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
      .flatMap { lines($0, of: "reviewgate") }
  }

  private func lines(_ command: CommandTree.Command, of parent: String) -> [String] {
    let name = parent + " " + command.commandName
    var lines = [".SS " + Self.escaped(name), Self.escaped(command.abstract ?? "") + "."]
    lines += paragraphs(command.discussion)
    let own = (command.arguments ?? []).filter { argument in
      let names = (argument.names ?? []).map(\.name)
      return argument.shouldDisplay && !names.contains("help") && !names.contains("version")
    }
    lines += own.flatMap { option($0) }
    let nested = (command.subcommands ?? []).filter {
      $0.shouldDisplay && $0.commandName != "help"
    }
    return lines + nested.flatMap { self.lines($0, of: name) }
  }

  private func option(_ argument: CommandTree.Argument) -> [String] {
    let value = "\\fI" + Self.escaped((argument.valueName ?? "").uppercased()) + "\\fR"
    let names = (argument.names ?? []).map {
      "\\fB" + Self.escaped(($0.kind == "short" ? "-" : "--") + $0.name) + "\\fR"
    }
    let dots = argument.isRepeating ? "..." : ""
    let head: String
    switch argument.kind {
    case "positional": head = value + dots
    case "option": head = names.joined(separator: ", ") + " " + value + dots
    default: head = names.joined(separator: ", ")
    }
    var text = argument.abstract ?? ""
    if let values = argument.allValues, !values.isEmpty {
      text += (text.isEmpty ? "" : ": ") + values.joined(separator: ", ")
    }
    if let value = argument.defaultValue, argument.kind == "option" {
      text += " (default: \(value))"
    }
    return [".TP", head, Self.escaped(text.isEmpty ? "See above" : text)]
  }

  private func paragraphs(_ text: String?) -> [String] {
    guard let text, !text.isEmpty else { return [] }
    let parts = text.split(separator: "\n").map(String.init)
    return parts.flatMap { [".PP", Self.escaped($0)] }
  }

  /// Text that troff takes for nothing else.
  static func escaped(_ text: String) -> String {
    let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("`", with: "\\(ga").replacing("~", with: "\\(ti").replacing("^", with: "\\(ha")
    return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
  }

  private static func list(_ rows: [(String, String)]) -> [String] {
    rows.flatMap { [".TP", ".B " + escaped($0.0), escaped($0.1)] }
  }

  private static let ending =
    [".SH EXIT STATUS"]
    + list([
      ("0", "Looked, and the change may land."), ("1", "Looked, and the change is blocked."),
      ("2", "Could not look, or could not write a report: nothing was passed."),
      ("3", "The policy or the roster is wrong."),
      ("4", "A person is needed and none is there."),
      ("5", "With --strict: only an override lets the change land."),
      ("64", "The command line is wrong."), ("70", "A mistake of the program itself."),
    ]) + [".SH ENVIRONMENT"]
    + list([
      ("REVIEWGATE_BASE", "The base of the branch, where --base does not say."),
      ("REVIEWGATE_SKIP", "Why a hook is passed by; written down, and ignored in CI."),
      ("NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, TERM", "Whether text is coloured; see --color."),
      ("GITHUB_ACTIONS, GITHUB_STEP_SUMMARY", "A job on GitHub, and where its summary is."),
    ]) + [".SH FILES"]
    + list([
      (".reviewgate/policy.yml", "What needs a review, and where that blocks."),
      (".reviewgate/reviewers", "The keys of those who review."),
      (".git/reviewgate/", "What was refused, passed by or recorded here."),
    ])
}
