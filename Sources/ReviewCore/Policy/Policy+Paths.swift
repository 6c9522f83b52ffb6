extension Policy {
  /// Which paths are treated specially.
  package struct Paths: Hashable, Sendable {
    /// Need no review; a policy file's list replaces the defaults.
    package var exempt = Policy.defaultExempt
    /// Are never exempt nor prototype; a policy file's list adds to the defaults.
    package var sensitive = Policy.defaultSensitive
    /// Throw-away work that needs no review while it stays there.
    package var prototype: [Glob] = []
    /// Whether what `.gitattributes` calls generated needs no review.
    package var generated = Generated.exempt

    /// What becomes of a path that `.gitattributes` calls generated.
    package enum Generated: String, Hashable, Sendable, CaseIterable {
      /// It needs no review, as an exempt path.
      case exempt
      /// It is judged like any other path.
      case judge
    }

    /// Creates the default lists.
    package init() {}
  }

  /// How a path is treated.
  package enum PathClass: Hashable, Sendable {
    /// Steers builds, hooks, agents or this gate; always judged.
    case sensitive
    /// Needs no review, because of this pattern.
    case exempt(Glob)
    /// Needs no review, because a file of attributes says that a tool writes it.
    case generated(GeneratedPaths.Source)
    /// Throw-away work, because of this pattern.
    case prototype(Glob)
    /// Judged like any other path.
    case ordinary
  }

  /// How a path is treated when its entry becomes `newMode`.
  package func classification(
    of path: RepositoryPath,
    newMode: FileMode,
    generated: GeneratedPaths = .none
  ) -> PathClass {
    if isSensitive(path, newMode) { return .sensitive }
    if Self.mayBeExempt(newMode), let pattern = paths.exempt.first(where: { $0.matches(path) }) {
      return .exempt(pattern)
    }
    if paths.generated == .exempt, Self.mayBeExempt(newMode),
      let source = generated.source(of: path)
    {
      return .generated(source)
    }
    if Self.mayBePrototype(newMode),
      let pattern = paths.prototype.first(where: { $0.matches(path) })
    {
      return .prototype(pattern)
    }
    return .ordinary
  }

  /// Whether a path is declared throw-away work, whatever its mode.
  package func isPrototype(_ path: RepositoryPath) -> Bool {
    paths.prototype.contains { $0.matches(path) } && !matchesSensitive(path)
  }

  /// Whether an exemption may cover an entry of this mode.
  ///
  /// An exemption is for data that a tool wrote. A file that runs by itself, a link out of the
  /// exempt folder or another repository is none, wherever it stands, so it is judged.
  private static func mayBeExempt(_ mode: FileMode) -> Bool {
    mode == .absent || (mode.isFile && mode.rawValue & 0o111 == 0)
  }

  /// Prototypes may be scripts, but a link or submodule reaches beyond their folder.
  private static func mayBePrototype(_ mode: FileMode) -> Bool { mode == .absent || mode.isFile }

  private func isSensitive(_ path: RepositoryPath, _ mode: FileMode) -> Bool {
    if matchesSensitive(path) { return true }
    // A link or submodule in the place of a sensitive folder supplies everything below it.
    guard mode != .absent, !mode.isFile else { return false }
    return matchesSensitive(path.appending([UInt8(ascii: "_")]))
  }

  private func matchesSensitive(_ path: RepositoryPath) -> Bool {
    paths.sensitive.contains { glob in
      glob.matches(path) && !(glob.text == Self.ownFolder && Self.isRecord(path))
    }
  }

  /// Review records are evidence that is checked by itself, not settings.
  private static func isRecord(_ path: RepositoryPath) -> Bool {
    path.bytes.starts(with: ".reviewgate/records/".utf8)
  }
}
