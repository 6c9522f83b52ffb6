import Foundation
import GitCommand
import GitKit
import ReviewCore
import TestSupport
import Testing

@Suite struct HostileConfigurationTests {
  /// Settings that name a program git would run, `%` standing for it.
  static let settings = [
    "core.fsmonitor", "gpg.program", "gpg.ssh.program", "diff.external", "core.pager",
    "core.editor", "core.sshCommand", "core.gitProxy", "core.askPass", "credential.helper",
    "diff.text.textconv", "diff.text.command", "filter.text.clean", "filter.text.smudge",
    "filter.text.process", "pager.rev-list", "pager.rev-parse", "pager.cat-file", "alias.rev-list",
    "alias.write-tree", "merge.text.driver", "interactive.diffFilter", "gpg.x509.program",
    "core.alternateRefsCommand",
  ]

  /// A signed-looking commit, hooks, filters and every program setting, all leaving a marker.
  private func trap() throws -> (repository: TempRepository, marker: String) {
    let repository = try TempRepository()
    let marker = repository.sandbox + "/ran"
    let program = repository.sandbox + "/program"
    try TestFiles.write("#!/bin/sh\necho \"$0 $@\" >> '\(marker)'\n", to: program, executable: true)
    try repository.write("file.txt", "one\n")
    try repository.commit("first")
    let body = try repository.git("cat-file", "commit", "HEAD")
    let signed = body.replacing("\n\n", with: "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n\n")
    let id = try repository.git(
      "hash-object",
      "-t",
      "commit",
      "-w",
      "--stdin",
      stdin: signed + "\n"
    )
    try repository.git("update-ref", "HEAD", id)
    try repository.write(".gitattributes", "*.txt diff=text filter=text merge=text\n")
    try repository.write("file.txt", "two\n")
    try repository.commit("second")
    for setting in Self.settings { try repository.git("config", setting, program) }
    try repository.git("config", "log.showSignature", "true")
    try repository.git("config", "core.hooksPath", repository.sandbox + "/hooks")
    for hook in ["post-index-change", "reference-transaction", "pre-commit", "post-checkout"] {
      let path = "\(repository.sandbox)/hooks/\(hook)"
      try TestFiles.write("#!/bin/sh\necho \(hook) >> '\(marker)'\n", to: path, executable: true)
    }
    return (repository, marker)
  }

  @Test func `no program of the repository's configuration is run`() async throws {
    let (repository, marker) = try trap()
    let git = repository.gitCommand()
    let layout = try await RepositoryLayout(git)
    #expect(layout.hooksDirectory == repository.sandbox + "/hooks")
    let head = try await git.commit(named: "HEAD")
    let range = try await git.range(of: head, excluding: [], limit: 99)
    #expect(range.commits.count == 2)
    _ = try await git.firstCommit(of: head)
    let opened = try repository.open()
    let trees = try range.commits.map { try opened.commit($0).tree }
    for transition in try opened.transitions(from: trees[0], to: trees[1]) {
      _ = try opened.fileChange(of: transition)
    }
    _ = try await git.tree(
      ofIndex: layout.indexFile,
      scratch: repository.gitDirectory + "/reviewgate"
    )
    try RecordLog(opened).append([1], to: "refs/reviewgate/v1/log/a/b", message: "m", time: 1)
    #expect(!TestFiles.exists(marker), "\((try? TestFiles.text(marker)) ?? "")")
    _ = try repository.tryGit("status")
    #expect(TestFiles.exists(marker), "the trap must work, or this shows nothing")
  }

  @Test func `a partial clone does not fetch what is missing`() async throws {
    let (repository, marker) = try trap()
    for setting in Self.settings { try repository.git("config", "--unset", setting) }
    try repository.git("config", "uploadpack.allowFilter", "true")
    let path = repository.sandbox + "/partial"
    try repository.git(
      "clone",
      "--quiet",
      "--no-checkout",
      "--filter=blob:none",
      "file://\(repository.path)",
      path
    )
    let program = repository.sandbox + "/program"
    try repository.git("config", "remote.origin.uploadpack", program, at: path)
    let head = try repository.id("HEAD")
    let blob = try repository.id("HEAD:file.txt")
    let git = repository.gitCommand(at: path)
    let tree = try Repository(gitDirectory: path + "/.git").commit(head).tree
    #expect(try await git.range(of: head, excluding: [], limit: 9).commits.count == 2)
    try repository.git("read-tree", "HEAD", at: path)
    let answer = try await git.ask(["cat-file", "blob", blob.hex])
    #expect(answer.status != 0)
    _ = try? await git.tree(ofIndex: path + "/.git/index", scratch: path + "/.git/reviewgate")
    let opened = try Repository(gitDirectory: path + "/.git")
    let transitions = try opened.transitions(from: .emptyTree, to: tree)
    #expect(transitions.map(\.path.display) == [".gitattributes", "file.txt"])
    let error = #expect(throws: GitError.self) { try opened.fileChange(of: transitions[1]) }
    #expect(error?.isNotFound == true)
    #expect(error?.object == blob)
    #expect(throws: GitError.self) { try opened.lineView(of: transitions[1]) }
    #expect(!TestFiles.exists(marker), "\((try? TestFiles.text(marker)) ?? "")")
  }
}
