extension Policy {
  /// The folder of the policy and the roster, as the sensitive defaults name it.
  static let ownFolder = ".reviewgate/**"

  /// Paths that need no review unless the policy file gives its own list.
  package static let defaultExempt = globs(exemptPatterns)

  /// Paths that are always judged; the policy file can only add to them.
  package static let defaultSensitive = globs(sensitivePatterns)

  /// The patterns are constants; a test shows that none of them is dropped here.
  private static func globs(_ patterns: [String]) -> [Glob] {
    patterns.compactMap { try? Glob($0) }
  }

  static let exemptPatterns = [
    "**/package-lock.json", "**/npm-shrinkwrap.json", "**/yarn.lock", "**/pnpm-lock.yaml",
    "**/bun.lock", "**/deno.lock", "**/Cargo.lock", "**/Package.resolved", "**/go.sum",
    "**/poetry.lock", "**/uv.lock", "**/pdm.lock", "**/Pipfile.lock", "**/Gemfile.lock",
    "**/composer.lock", "**/mix.lock", "**/flake.lock", "**/pubspec.lock", "**/Podfile.lock",
    "vendor/**", "third_party/**", "**/node_modules/**",
    "**/*.snap", "**/__snapshots__/**",
    "**/*.min.js", "**/*.pb.go", "**/*_pb2.py", "**/*.generated.*",
  ]

  static let sensitivePatterns = [
    ownFolder,
    // Only a link or submodule can stand at `.github` itself; it would replace the workflows.
    "/.github", ".github/workflows/**", ".github/actions/**",
    "/.gitlab-ci.yml", ".gitea/**", ".forgejo/**", ".circleci/**",
    "/azure-pipelines.yml", "/Jenkinsfile",
    "**/.gitattributes", "/.gitmodules", ".githooks/**", ".husky/**",
    "/lefthook.yml", "/.pre-commit-config.yaml", "**/CODEOWNERS",
    ".claude/**", ".codex/**", ".cursor/**", ".gemini/**", ".opencode/**", ".pi/**",
    "**/AGENTS.md", "**/CLAUDE.md", "/.mcp.json",
  ]
}
