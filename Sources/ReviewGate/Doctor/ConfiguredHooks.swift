import GitCommand
import ReviewCore

/// Hooks that are named in git's configuration (`hook.NAME.event` and `.command`, git 2.54).
struct ConfiguredHooks {
  /// One of them.
  struct Hook: Equatable {
    let name: String
    var command = ""
    var events: [String] = []
    var isEnabled = true
  }

  private(set) var hooks: [Hook] = []

  /// Whether there is none.
  var isEmpty: Bool { hooks.isEmpty }

  /// Reads every file of configuration that counts here.
  init(_ git: Git) async throws {
    let answer = try await git.ask(["config", "-z", "--get-regexp", #"^hook\."#])
    // 1 says that nothing was found.
    self.init(listing: answer.status == 0 ? answer.output : [])
  }

  /// Reads `KEY LF VALUE NUL`, in the order of the configuration.
  init(listing: [UInt8]) {
    for field in listing.split(separator: 0) {
      let text = String(decoding: field, as: UTF8.self)
      let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      guard let dot = parts[0].lastIndex(of: "."), parts[0].hasPrefix("hook.") else { continue }
      let start = parts[0].index(parts[0].startIndex, offsetBy: "hook.".count)
      guard start <= dot else { continue }
      let value = parts.count > 1 ? String(parts[1]) : "true"
      set(String(parts[0][start..<dot]), String(parts[0][dot...].dropFirst()), value)
    }
  }

  private mutating func set(_ name: String, _ key: String, _ value: String) {
    let place = hooks.firstIndex { $0.name == name } ?? hooks.endIndex
    if place == hooks.endIndex { hooks.append(Hook(name: name)) }
    switch key {
    case "command": hooks[place].command = value
    // An empty value takes back the earlier ones.
    case "event" where value.isEmpty: hooks[place].events = []
    case "event": hooks[place].events.append(value)
    case "enabled":
      hooks[place].isEnabled = !["false", "no", "off", "0"].contains(value.lowercased())
    default: break
    }
  }

  /// Whether every hook of an event is switched off, also those in the hooks folder.
  func switchesOff(_ hook: HookName) -> Bool {
    hooks.contains { $0.name == hook.rawValue && !$0.isEnabled }
  }

  /// The commands that git runs for a hook, in order.
  func commands(_ hook: HookName) -> [String] {
    hooks.filter { $0.isEnabled && !$0.command.isEmpty && $0.events.contains(hook.rawValue) }
      .map(\.command)
  }
}
