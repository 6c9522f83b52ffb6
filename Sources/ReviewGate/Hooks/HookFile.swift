/// What lies where git looks for one hook.
enum HookFile: Equatable, Sendable {
  case absent
  /// One of our shims, of this or another generation.
  case ours(text: String, isExecutable: Bool)
  /// A hook of the user, or a link to one.
  case foreign(isExecutable: Bool)
  /// A hook that asks ReviewGate by itself.
  case calling
  case managed(HookManager)
  /// A directory or something else that is no hook.
  case obstacle

  /// Tells by its text what a file is.
  static func file(text: String, isExecutable: Bool) -> HookFile {
    if text.split(separator: "\n").contains(where: { $0.hasPrefix(HookScripts.anyMarker) }) {
      return .ours(text: text, isExecutable: isExecutable)
    }
    if isExecutable && callsReviewGate(text) { return .calling }
    if let manager = HookManager.recognised(in: text) { return .managed(manager) }
    return .foreign(isExecutable: isExecutable)
  }

  private static func callsReviewGate(_ text: String) -> Bool {
    text.split(separator: "\n").contains { line in
      let code = line.drop { $0 == " " || $0 == "\t" }
      return !code.hasPrefix("#") && code.contains("reviewgate hook ")
    }
  }
}

/// What is known about one hook before anything is changed.
struct HookFacts: Equatable, Sendable {
  var file: HookFile = .absent

  /// What was kept aside earlier under the hook's name with `HookScripts.keptSuffix`.
  var kept: EarlierHook?

  /// Shims of ours that another manager renamed when it took the hook over.
  var displaced: [DisplacedShim] = []
}

/// A hook that was there before ours.
enum EarlierHook: Equatable, Sendable {
  /// The shim runs it first.
  case runs
  /// It is not executable, so neither git nor the shim runs it.
  case isUnused
}

/// What another manager makes of the name of a hook it found.
enum DisplacedShim: String, CaseIterable, Sendable {
  /// pre-commit and prek run the hook under this name first.
  case legacy = ".legacy"
  /// lefthook only keeps it.
  case old = ".old"
}
