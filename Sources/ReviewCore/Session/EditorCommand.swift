/// How a file is opened in the person's editor.
package struct EditorCommand: Hashable, Sendable {
  /// The program and its arguments for a shell, as git reads `GIT_EDITOR`.
  package let editor: String

  /// Wraps an editor setting.
  package init(_ editor: String) { self.editor = editor }

  /// Chooses as git does: `GIT_EDITOR`, `VISUAL` on a full terminal, `EDITOR`, `vi`.
  package init(environment: [String: String]) {
    let visual = Style.canMoveCursor(environment) ? environment["VISUAL"] : nil
    let wishes = [environment["GIT_EDITOR"], visual, environment["EDITOR"]]
    editor = wishes.compactMap { $0?.isEmpty == false ? $0 : nil }.first ?? "vi"
  }

  /// The argument vector for `/bin/sh`; the path never passes through the shell's parser.
  package func arguments(path: String, line: Int) -> [String] {
    // A path that starts with a dash or plus must not be taken for an option.
    let file = path.hasPrefix("/") ? path : "./" + path
    let target = takesLine ? ["+\(max(1, line))", file] : [file]
    return ["sh", "-c", editor + " \"$@\"", editor] + target
  }

  /// Only editors known to understand `+LINE` get it; others would open a file of that name.
  private var takesLine: Bool {
    let program = editor.split(separator: " ").first ?? ""
    let name = program.split(separator: "/").last.map(String.init) ?? ""
    return Self.takingLine.contains(name)
  }

  private static let takingLine: Set<String> = [
    "vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe",
    "jed", "ne", "mg",
  ]
}
