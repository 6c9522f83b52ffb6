import FoundationEssentials
import GitCommand
import ReviewCore

/// Where pushes go, and whether anything decides there.
extension Doctor {
  private static let area = "remotes"

  /// Examines every remote, as far as it can be seen from here.
  mutating func remotes() async throws {
    for remote in try await git.ask(["remote"]).lines {
      guard let url = try await git.ask(["remote", "get-url", "--push", remote]).lines.first
      else { continue }
      guard let path = await localPath(url) else {
        report.add(
          Self.area,
          .note,
          "\(remote) is \(url): whether it refuses unread code and guards refs/reviewgate/ cannot be "
            + "seen from here",
          fix: ["on a hosting service: require the CI check on the protected branch (docs/ci.md)"]
        )
        continue
      }
      try await server(remote, path)
    }
  }

  /// The folder that a remote is, where it is one on this machine.
  private func localPath(_ url: String) async -> String? {
    let path = url.hasPrefix("file://") ? String(url.dropFirst("file://".count)) : url
    guard path == url ? path.hasPrefix("/") || path.hasPrefix(".") : path.hasPrefix("/") else {
      return nil
    }
    let root = path.hasPrefix("/") ? nil : (try? await RepositoryLayout(git))?.worktree
    return Self.repository(at: root.map { $0 + "/" + path } ?? path)
  }

  /// The git directory that git takes a local address for, looked for as git does.
  private static func repository(at path: String) -> String {
    for place in ["/.git", "", ".git/.git", ".git"].map({ path + $0 }) {
      if FileManager.default.fileExists(atPath: place + "/HEAD") { return place }
      guard let bytes = FileBytes.read(place), bytes.starts(with: Self.link) else { continue }
      let target = String(decoding: bytes.dropFirst(Self.link.count), as: UTF8.self)
        .trimmingPrefix { $0 == " " }.prefix { !$0.isNewline }
      let folder = place.prefix(upTo: place.lastIndex(of: "/") ?? place.startIndex)
      return target.hasPrefix("/") ? String(target) : "\(folder)/\(target)"
    }
    return path
  }

  /// How a file begins that stands for a git directory elsewhere.
  private static let link = Array("gitdir:".utf8)

  private mutating func server(_ remote: String, _ path: String) async throws {
    let there = Git(directory: path, variables: ["GIT_DIR": path])
    let layout: RepositoryLayout
    do {
      layout = try await RepositoryLayout(there)
    } catch {
      let complaint = (error as? GitFailure)?.complaint ?? "\(error)"
      return report.add(Self.area, .note, "\(remote) (\(path)) cannot be looked at: \(complaint)")
    }
    let directory = HookDirectory(path: layout.hooksDirectory)
    let install =
      "install -m 755 hooks/pre-receive "
      + HookScripts.shellQuoted(layout.hooksDirectory + "/pre-receive")
    switch directory.facts(.preReceive).file {
    case .ours(let text, isExecutable: true) where HookScripts.isGenuine(text, of: .preReceive):
      await guarded(remote, layout)
    case .calling: await guarded(remote, layout)
    default:
      report.add(
        Self.area,
        .problem,
        "\(remote) (\(path)) has no pre-receive hook of reviewgate: nothing there refuses unread code, "
          + "and receive.denyDeletes and denyNonFastForwards do not guard refs/reviewgate/",
        fix: [install, "docs/server.md"]
      )
    }
  }

  private mutating func guarded(_ remote: String, _ layout: RepositoryLayout) async {
    let path = layout.hooksDirectory + "/pre-receive"
    switch await HookSelfTest.run(path) {
    case .answered:
      report.add(Self.area, .good, "\(remote) decides by its own pre-receive hook")
    case .failed(let why):
      report.add(
        Self.area,
        .problem,
        "the pre-receive hook of \(remote) does not start reviewgate: \(why)",
        fix: ["docs/server.md"]
      )
    }
  }
}
