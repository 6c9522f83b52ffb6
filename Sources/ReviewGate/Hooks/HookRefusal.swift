import ReviewCore

/// Why nothing was installed; nothing has been changed when it is thrown.
enum HookRefusal: Error, Equatable, CustomStringConvertible {
  case sharedHooksPath(HooksPathSetting, own: String, version: GitVersion?)
  case notADirectory(String)
  case obstacle(String)
  case keptAlreadyThere(hook: String)
  case relativeProgram(String)
  case gitWithoutConfiguredHooks(GitVersion?)

  /// Could not be done: the same as every other "could not".
  static let exitStatus: Int32 = 2

  var description: String {
    switch self {
    case .sharedHooksPath(let setting, let own, let version): Self.shared(setting, own, version)
    case .notADirectory(let path):
      """
      git takes hooks from \(Self.visible(path)), which is not a directory.
        see where that is set: git config --show-origin --get core.hooksPath
      """
    case .obstacle(let path): "\(Self.visible(path)) is not a file. Move it away and try again."
    case .keptAlreadyThere(let hook):
      """
      there is a hook \(Self.visible(hook)) and also an older one kept aside beside it,
        \(Self.visible(hook + HookScripts.keptSuffix)).
        Only one can be kept: remove or rename one of the two and try again.
      """
    case .gitWithoutConfiguredHooks(let version):
      """
      hooks named in the configuration need git 2.54; \
      \(version.map { "this is \($0.major).\($0.minor)" } ?? "which git this is cannot be told").
        hooks as files work everywhere: reviewgate install
      """
    case .relativeProgram(let path):
      "the program's path must be absolute, not \(Self.visible(path))."
    }
  }

  private static func shared(
    _ setting: HooksPathSetting,
    _ own: String,
    _ version: GitVersion?
  ) -> String {
    let place = setting.origin.isEmpty ? "" : " in \(visible(setting.origin))"
    let ways = [
      "  either give this repository its own hooks:",
      "    git config --local core.hooksPath \(visible(HookScripts.shellQuoted(own)))",
      "  or add this line to each hook there:",
      "    reviewgate hook \"${0##*/}\" \"$@\" || exit",
    ]
    let configured = [
      "  or name the hooks in the configuration of this repository, beside those there:",
      "    reviewgate install --method config",
    ]
    let head = [
      "core.hooksPath is \(visible(setting.value)), set\(place) (\(setting.scope.rawValue)).",
      "  Hooks there run for other repositories too, so nothing was installed.",
    ]
    return (head + ways + (version?.hasConfiguredHooks == true ? configured : []))
      .joined(separator: "\n")
  }

  private static func visible(_ text: String) -> String { VisibleText.line(text) }
}
