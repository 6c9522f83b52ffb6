/// What was found about how a repository is set up, area by area, each with what mends it.
package struct DoctorReport: Sendable {
  /// How bad a finding is.
  package enum Level: String, Hashable, Sendable, CaseIterable {
    /// As it should be.
    case good = "ok"
    /// Worth knowing; nothing has to be done.
    case note
    /// The gate does not do here what it is there for.
    case problem
  }

  /// One finding.
  package struct Item: Hashable, Sendable {
    /// What it is about: `hooks`, `records`, and so on.
    package let area: String
    /// How bad it is.
    package let level: Level
    /// What was found; foreign text in it is made visible when it is printed.
    package let text: String
    /// Commands or steps that mend it.
    package let fix: [String]

    /// Describes a finding.
    package init(area: String, level: Level, text: String, fix: [String] = []) {
      self.area = area
      self.level = level
      self.text = text
      self.fix = fix
    }
  }

  /// The findings in the order they were made.
  package private(set) var items: [Item] = []
  /// Whether the repository could be looked at at all.
  package var isReadable = true

  /// Starts with nothing.
  package init() {}

  /// Takes in a finding.
  package mutating func add(
    _ area: String,
    _ level: Level,
    _ text: String,
    fix: [String] = []
  ) {
    items.append(Item(area: area, level: level, text: text, fix: fix))
  }

  /// Whether anything has to be mended.
  package var hasProblems: Bool { items.contains { $0.level == .problem } }

  private func count(_ level: Level) -> Int { items.count { $0.level == level } }

  // MARK: - Text

  /// For people, with a line feed at its end.
  package func text(unicode: Bool = false) -> String {
    let charset = Charset(unicode: unicode)
    var lines = [
      "reviewgate: doctor. \(Count.of(count(.problem), "problem")), "
        + "\(Count.of(count(.note), "note"))."
    ]
    var area = ""
    for item in items {
      if item.area != area {
        area = item.area
        lines += ["", area]
      }
      let mark = item.level == .problem ? "PROBLEM" : item.level.rawValue
      let blanks = String(repeating: " ", count: 9 - mark.utf8.count)
      lines.append("  " + mark + blanks + charset.show(item.text.utf8, width: 400))
      lines += item.fix.enumerated().map { number, step in
        (number == 0 ? "             fix: " : "                  ") + charset.show(step)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - JSON

  /// The name and version of the document's form.
  package static let schema = "reviewgate.doctor/1"

  /// One document.
  package var json: String {
    ReportJSON.text(
      ReportJSON.object([
        ("schema", .string(Self.schema)),
        ("readable", .bool(isReadable)),
        ("problems", .integer(count(.problem))),
        ("notes", .integer(count(.note))),
        (
          "findings",
          .array(
            items.map { item in
              ReportJSON.object([
                ("area", .string(item.area)),
                ("level", .string(item.level.rawValue)),
                ("text", ReportJSON.text(item.text)),
                ("fix", .array(item.fix.map(ReportJSON.text))),
              ])
            }
          )
        ),
      ])
    )
  }
}
