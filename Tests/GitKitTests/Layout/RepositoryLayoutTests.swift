import Foundation
import GitCommand
import GitKit
import ReviewCore
import TestSupport
import Testing

@Suite struct RepositoryLayoutTests {
  private func repository(named name: String = "repository") throws -> TempRepository {
    let repository = try TempRepository(named: name)
    try repository.write("deep/er/file.txt", "text\n")
    try repository.commit("first")
    return repository
  }

  /// A path without `..` and links, to compare by.
  private func plain(_ path: String?) -> String? {
    path.map { URL(filePath: $0).standardizedFileURL.resolvingSymlinksInPath().path }
  }

  @Test(arguments: ["repository", "with space", "quo'te", "ünïcode", "-dash", "dollar$HOME"])
  func `is found from the root and from below`(name: String) async throws {
    let repository = try repository(named: name)
    for directory in [repository.path, repository.path + "/deep", repository.path + "/deep/er"] {
      let layout = try await RepositoryLayout(repository.gitCommand(at: directory))
      #expect(layout.gitDirectory == repository.gitDirectory)
      #expect(layout.commonDirectory == repository.gitDirectory)
      #expect(plain(layout.worktree) == repository.path)
      #expect(layout.hooksDirectory == repository.gitDirectory + "/hooks")
      #expect(layout.indexFile == repository.gitDirectory + "/index")
      #expect(layout.objectFormat == "sha1")
      #expect(!layout.isShallow)
    }
  }

  @Test func `inside the git directory there is no worktree`() async throws {
    let repository = try repository()
    let layout = try await RepositoryLayout(repository.gitCommand(at: repository.gitDirectory))
    #expect(layout.gitDirectory == repository.gitDirectory)
    #expect(layout.worktree == nil)
  }

  @Test func `a linked worktree has its own index and shares the rest`() async throws {
    let repository = try repository()
    let linked = repository.sandbox + "/linked tree"
    try repository.git("worktree", "add", "--quiet", "--detach", linked)
    let layout = try await RepositoryLayout(repository.gitCommand(at: linked + "/deep"))
    let own = repository.gitDirectory + "/worktrees/linked-tree"
    #expect(layout.gitDirectory == own)
    #expect(layout.commonDirectory == repository.gitDirectory)
    #expect(plain(layout.worktree) == linked)
    #expect(layout.indexFile == own + "/index")
    #expect(layout.hooksDirectory == repository.gitDirectory + "/hooks")
    let opened = try Repository(gitDirectory: layout.gitDirectory)
    #expect(opened.commonDirectory == repository.gitDirectory)
    #expect(try opened.contains(repository.id("HEAD")))
  }

  @Test func `a submodule has its git directory inside the outer one`() async throws {
    let inner = try repository()
    let outer = try TempRepository(named: "outer")
    try outer.git(
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "--quiet",
      "add",
      inner.path,
      "sub module"
    )
    let layout = try await RepositoryLayout(outer.gitCommand(at: outer.path + "/sub module/deep"))
    #expect(layout.gitDirectory == outer.gitDirectory + "/modules/sub module")
    #expect(plain(layout.worktree) == outer.path + "/sub module")
    let opened = try Repository(gitDirectory: layout.gitDirectory)
    #expect(try opened.commit(inner.id("HEAD")).message == Array("first".utf8))
  }

  @Test func `a bare repository has no worktree`() async throws {
    let repository = try TempRepository(named: "bare.git", bare: true)
    let layout = try await RepositoryLayout(repository.gitCommand())
    #expect(layout.worktree == nil)
    #expect(layout.gitDirectory == repository.path)
    #expect(layout.hooksDirectory == repository.path + "/hooks")
  }

  @Test func `a separate git directory is followed`() async throws {
    let repository = try repository()
    let separate = repository.sandbox + "/separate git"
    try repository.git("init", "--quiet", "--separate-git-dir", separate)
    let layout = try await RepositoryLayout(repository.gitCommand(at: repository.path + "/deep"))
    #expect(layout.gitDirectory == separate)
    #expect(plain(layout.worktree) == repository.path)
    #expect(try Repository(gitDirectory: separate).contains(repository.id("HEAD")))
  }

  @Test func `GIT_DIR and GIT_WORK_TREE decide, inside the worktree and outside`() async throws {
    let repository = try repository()
    let worktree = repository.sandbox + "/other tree"
    try TestFiles.write("x\n", to: worktree + "/inner/file.txt")
    let variables = ["GIT_DIR": repository.gitDirectory, "GIT_WORK_TREE": worktree]
    for directory in [worktree, worktree + "/inner", repository.sandbox] {
      let layout = try await RepositoryLayout(repository.gitCommand(variables, at: directory))
      #expect(layout.gitDirectory == repository.gitDirectory)
      #expect(plain(layout.worktree) == worktree, "from \(directory)")
    }
    let alone = ["GIT_DIR": repository.gitDirectory]
    let layout = try await RepositoryLayout(repository.gitCommand(alone, at: worktree))
    #expect(plain(layout.worktree) == worktree)
  }

  @Test func `a repository of another object format says so`() async throws {
    let repository = try TempRepository()
    let path = repository.sandbox + "/sha256"
    let made = try repository.tryGit("init", "--quiet", "--object-format=sha256", path)
    guard made.status == 0 else { return }
    let layout = try await RepositoryLayout(repository.gitCommand(at: path))
    #expect(layout.objectFormat == "sha256")
    #expect(throws: GitError.self) { try Repository(gitDirectory: layout.gitDirectory) }
  }

  @Test func `outside a repository git's own words are the error`() async throws {
    let repository = try TempRepository()
    let failure = await #expect(throws: GitFailure.self) {
      _ = try await RepositoryLayout(
        repository.gitCommand(["GIT_CEILING_DIRECTORIES": "/"], at: repository.sandbox)
      )
    }
    #expect(failure?.complaint.contains("not a git repository") == true)
  }

  @Test func `a line feed in the path never passes for another answer`() async throws {
    let repository = try repository(named: "line\nfeed")
    let layout = try? await RepositoryLayout(repository.gitCommand())
    #expect(layout?.objectFormat != "sha1")
  }
}
