/// The `core.hooksPath` in force and where it is set.
struct HooksPathSetting: Equatable, Sendable {
  /// Whose setting it is.
  enum Scope: String, Sendable {
    case system, global, local, worktree, command
    /// One this program does not know; treated as somebody else's.
    case unknown
  }

  let scope: Scope

  /// The file, or whatever else git names as the origin.
  let origin: String

  let value: String

  /// Whether the setting concerns no other repository.
  var belongsToRepository: Bool { scope == .local || scope == .worktree }

  /// Whether git resolves the path anew for every worktree.
  var isRelative: Bool { !value.hasPrefix("/") && !value.hasPrefix("~") }

  /// Whether husky made the directory.
  var isHusky: Bool { value.split(separator: "/").suffix(2).contains(".husky") }

  init(scope: Scope, origin: String, value: String) {
    self.scope = scope
    self.origin = origin
    self.value = value
  }

  /// Reads `git config -z --show-origin --show-scope --get core.hooksPath`; nil when it is unset.
  ///
  /// An answer in another shape is a setting of unknown scope: never "unset".
  init?(answer: [UInt8]) {
    guard !answer.isEmpty else { return nil }
    let fields = answer.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == 4 else {
      self.init(scope: .unknown, origin: "", value: String(decoding: answer, as: UTF8.self))
      return
    }
    let origin = fields[1].hasPrefix("file:") ? String(fields[1].dropFirst(5)) : fields[1]
    self.init(scope: Scope(rawValue: fields[0]) ?? .unknown, origin: origin, value: fields[2])
  }
}

/// The version of git, as far as it decides what can be offered.
struct GitVersion: Equatable, Sendable {
  let major: Int
  let minor: Int

  init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads the answer of `git version`, such as `git version 2.39.5 (Vendor-1)`.
  init?(answer: String) {
    let words = answer.split { $0 == " " || $0 == "\n" }
    guard words.count >= 3, words[0] == "git", words[1] == "version" else { return nil }
    let numbers = words[2].split(separator: ".").prefix(2).map { Int($0) }
    guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else { return nil }
    self.init(major: major, minor: minor)
  }

  /// Whether hooks can be named in the configuration, beside any hook directory.
  var hasConfiguredHooks: Bool { (major, minor) >= (2, 54) }
}
