import Foundation
import TestSupport
import Testing

/// One repository in every form that git knows: the verdict of a commit is that of a plain clone.
@Suite struct RepositoryFormatTests {
  /// How a repository is made, and how git is called in it.
  struct Form: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Makes the form out of a plain clone, and says where to work.
    let make: @Sendable (Clone) throws -> Site

    init(_ name: String, _ make: @escaping @Sendable (Clone) throws -> Site) {
      testDescription = name
      self.make = make
    }

    /// A form that a few git commands make in the clone itself.
    init(_ name: String, _ commands: [[String]]) {
      self.init(name) { clone in
        for command in commands { try clone.git(command) }
        return Site(directory: clone.path)
      }
    }
  }

  /// Where work goes on.
  struct Site {
    let directory: String
    /// Words between `git` and its command.
    var words: [String] = []
    var env: [String: String] = [:]
    /// Where `install` runs; the directory when nil.
    var installs: String?
  }

  /// A plain clone of a repository with folders and history.
  struct Clone {
    let place: Workplace
    let path: String
    let origin: String

    init() throws {
      place = try Workplace(hooks: false)
      for folder in ["inside", "outside/deep"] {
        try place.repository.write("\(folder)/file.txt", "one\ntwo\n")
      }
      try place.repository.commit("folders")
      try place.land(["inside/more.txt": "more\n"], message: "more")
      origin = place.path
      path = place.repository.sandbox + "/clone"
      try place.repository.git("config", "uploadpack.allowFilter", "true")
      try place.repository.git("clone", "--quiet", "file://" + origin, path)
    }

    @discardableResult
    func git(_ arguments: [String], at directory: String? = nil) throws -> String {
      try place.repository.git(arguments, at: directory ?? path)
    }

    /// Clones again, in another way.
    func again(_ options: String...) throws {
      try FileManager.default.removeItem(atPath: path)
      try place.repository.git(["clone", "--quiet"] + options + ["file://" + origin, path])
    }
  }

  static let forms: [Form] = [
    Form("plain", []),
    Form("linked worktree") { clone in
      let path = clone.place.repository.sandbox + "/linked"
      try clone.git(["worktree", "add", "--quiet", "-b", "side", path])
      return Site(directory: path)
    },
    Form("worktree of a bare repository") { clone in
      let bare = clone.place.repository.sandbox + "/bare.git"
      let path = clone.place.repository.sandbox + "/linked"
      try clone.git(["clone", "--quiet", "--bare", clone.origin, bare])
      try clone.git(["worktree", "add", "--quiet", "-b", "side", path], at: bare)
      return Site(directory: path)
    },
    Form("worktree with a configuration of its own") { clone in
      let path = clone.place.repository.sandbox + "/linked"
      try clone.git(["config", "core.repositoryFormatVersion", "1"])
      try clone.git(["config", "extensions.worktreeConfig", "true"])
      try clone.git(["worktree", "add", "--quiet", "-b", "side", path])
      return Site(directory: path)
    },
    Form("submodule") { clone in
      let outer = clone.place.repository.sandbox + "/outer"
      try clone.git(["init", "--quiet", outer])
      let add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add"]
      try clone.git(add + [clone.origin, "library"], at: outer)
      return Site(directory: outer + "/library")
    },
    Form("separate git directory") { clone in
      try clone.git(["init", "--quiet", "--separate-git-dir", "../separate git"])
      return Site(directory: clone.path)
    },
    Form("sparse checkout", [["sparse-checkout", "set", "--cone", "inside"]]),
    Form("sparse index", [["sparse-checkout", "set", "--cone", "--sparse-index", "inside"]]),
    Form(
      "split index",
      [["config", "core.splitIndex", "true"], ["update-index", "--split-index"]]
    ),
    Form("index version 4", [["update-index", "--index-version", "4"]]),
    Form("skipHash", [["config", "index.skipHash", "true"]]),
    Form("manyFiles", [["config", "feature.manyFiles", "true"]]),
    Form("untracked cache", [["update-index", "--untracked-cache"]]),
    Form("partial clone") { clone in
      try clone.again("--filter=blob:none")
      return Site(directory: clone.path)
    },
    Form("partial and sparse clone") { clone in
      try clone.again("--filter=blob:none", "--sparse")
      try clone.git(["sparse-checkout", "set", "inside"])
      return Site(directory: clone.path)
    },
    Form("shallow clone") { clone in
      try clone.again("--depth", "1")
      return Site(directory: clone.path)
    },
    Form("alternates") { clone in
      try FileManager.default.removeItem(atPath: clone.path)
      let options = ["clone", "--quiet", "--shared", clone.origin, clone.path]
      try clone.place.repository.git(options)
      return Site(directory: clone.path)
    },
    Form("everything packed", [["gc", "--quiet"], ["pack-refs", "--all"]]),
    Form("detached HEAD", [["switch", "--quiet", "--detach"]]),
    Form("settings on the command line") { clone in
      Site(
        directory: clone.path,
        words: ["-c", "core.quotePath=false", "-c", "diff.noprefix=true"]
      )
    },
    Form("settings in variables") { clone in
      Site(
        directory: clone.path,
        env: [
          "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "core.autocrlf",
          "GIT_CONFIG_VALUE_0": "input", "GIT_CONFIG_KEY_1": "index.version",
          "GIT_CONFIG_VALUE_1": "4",
        ]
      )
    },
    Form("dotfiles: a bare repository and a worktree elsewhere") { clone in
      let bare = clone.place.repository.sandbox + "/dotfiles.git"
      let home = clone.place.repository.sandbox + "/files"
      try clone.git(["clone", "--quiet", "--bare", clone.origin, bare])
      try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
      let words = ["--git-dir=" + bare, "--work-tree=" + home]
      try clone.git(words + ["checkout", "--quiet", "main", "--", "."], at: home)
      return Site(directory: home, words: words, installs: bare)
    },
    Form("GIT_DIR and GIT_WORK_TREE") { clone in
      Site(
        directory: clone.path + "/inside",
        env: ["GIT_DIR": clone.path + "/.git", "GIT_WORK_TREE": clone.path]
      )
    },
    Form("an index elsewhere") { clone in
      let index = clone.place.repository.sandbox + "/other index"
      try FileManager.default.copyItem(atPath: clone.path + "/.git/index", toPath: index)
      return Site(directory: clone.path, env: ["GIT_INDEX_FILE": index])
    },
    Form("a path with blanks and quotes") { clone in
      let path = clone.place.repository.sandbox + "/it's \"a\" tree"
      try FileManager.default.moveItem(atPath: clone.path, toPath: path)
      return Site(directory: path)
    },
  ]

  /// What the hook says without the names that differ from place to place.
  private func report(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter {
      !$0.contains("then  ") && !$0.contains("[side ") && !$0.contains("COMMIT_EDITMSG")
    }
  }

  /// Stages an agent's change, a deletion and an edit, tries to commit it, and reviews it by hand.
  private func verdict(_ form: Form) throws -> [String] {
    let clone = try Clone()
    let site = try form.make(clone)
    let repository = clone.place.repository
    let installed = try repository.runDetached(
      [Workplace.program, "install"],
      env: site.env,
      at: site.installs ?? site.directory
    )
    try #require(installed.status == 0, "\(installed)")
    func git(_ arguments: String...) throws -> CommandOutput {
      try repository.runDetached(
        ["git"] + site.words + arguments,
        env: site.env,
        at: site.directory
      )
    }
    let root = try git("rev-parse", "--show-toplevel").stdout.dropLast()
    let top = root.isEmpty ? site.directory : String(root)
    try Data(Workplace.block.utf8).write(to: URL(filePath: top + "/inside/new.swift"))
    try Data("one\nTWO\nthree\n".utf8).write(to: URL(filePath: top + "/inside/file.txt"))
    for command in [
      ["add", "--", top + "/inside/new.swift", top + "/inside/file.txt"],
      ["rm", "--quiet", "--", top + "/inside/more.txt"],
    ] {
      let output = try repository.runDetached(
        ["git"] + site.words + command,
        env: site.env,
        at: site.directory
      )
      try #require(output.status == 0, "\(output)")
    }
    let before = try git("rev-parse", "HEAD").stdout
    let refused = try git("commit", "-m", Workplace.message("a"))
    #expect(refused.status != 0, "\(refused)")
    #expect(try git("rev-parse", "HEAD").stdout == before)
    let env = site.env.merging(variables(site.words)) { given, _ in given }
    let check = try repository.runDetached(
      [Workplace.program, "check", "--staged"],
      env: env,
      at: site.directory
    )
    #expect(check.status == 1, "\(check)")
    let passed = try git("commit", "--quiet", "-m", "by hand")
    #expect(passed.status == 0, "\(passed)")
    return report(refused.stderr) + ["--"] + report(check.stdout)
  }

  /// The same repository for a program that is no command of git.
  private func variables(_ words: [String]) -> [String: String] {
    var variables: [String: String] = [:]
    for word in words {
      if word.hasPrefix("--git-dir=") { variables["GIT_DIR"] = String(word.dropFirst(10)) }
      if word.hasPrefix("--work-tree=") { variables["GIT_WORK_TREE"] = String(word.dropFirst(12)) }
    }
    return variables
  }

  /// What a plain clone is told, worked out once.
  private static let plain = Result { try RepositoryFormatTests().verdict(forms[0]) }

  // Cases 45 and 50.
  @Test(arguments: forms.dropFirst())
  func `a commit has the verdict of a plain clone`(form: Form) throws {
    let plain = try Self.plain.get()
    #expect(try verdict(form) == plain)
  }

  // Case 45.
  @Test func `a plain clone is judged by all of its three files`() throws {
    let plain = try Self.plain.get().joined(separator: "\n")
    #expect(plain.contains("commit blocked. Index against HEAD: 14 AI-written lines in 3 files"))
    for place in ["inside/file.txt:2-3", "inside/more.txt:", "inside/new.swift:1-10"] {
      #expect(plain.contains(place))
    }
  }
}
