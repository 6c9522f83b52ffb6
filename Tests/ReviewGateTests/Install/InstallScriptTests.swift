import Foundation
import TestSupport
import Testing

/// `install.sh` with made-up tools in place of the toolchain and the package manager.
@Suite struct InstallScriptTests {
  @Test func `builds a static release, installs it and checks its own checkout`() throws {
    let machine = try Machine()
    let output = try machine.install()
    #expect(output.status == 0, "\(output.stderr)")
    #expect(
      try machine.log() == [
        "swift build -c release --static-swift-stdlib --disable-local-rpath --product reviewgate",
        "reviewgate --version", "reviewgate --generate-completion-script bash",
        "reviewgate --generate-completion-script zsh",
        "reviewgate --generate-completion-script fish",
        "reviewgate -C \(machine.checkout) check",
      ]
    )
    #expect(FileManager.default.isExecutableFile(atPath: machine.program))
    #expect(
      output.stdout.contains("libgit2-dev pkg-config git openssh-client binutils g++ are here")
    )
    #expect(output.stdout.contains("\(machine.prefix)/bin is not in PATH"))
    #expect(output.stdout.hasSuffix("==> Installed. The check of \(machine.checkout) passed.\n"))
  }

  // Case 15: that shells and man understand these files is in ManualTests.
  @Test func `completions and the manual are where shells and man look, and go again`() throws {
    let machine = try Machine()
    #expect(try machine.install().status == 0)
    let files = [
      "bash-completion/completions/reviewgate", "zsh/site-functions/_reviewgate",
      "fish/vendor_completions.d/reviewgate.fish", "man/man1/reviewgate.1",
    ]
    for file in files {
      #expect(FileManager.default.fileExists(atPath: machine.prefix + "/share/" + file), "\(file)")
    }
    try Data().write(to: URL(filePath: machine.prefix + "/share/man/man1/other.1"))
    #expect(try machine.install("--uninstall").status == 0)
    let left = try FileManager.default.subpathsOfDirectory(atPath: machine.prefix)
    #expect(
      left.sorted() == ["bin", "share", "share/man", "share/man/man1", "share/man/man1/other.1"]
    )
  }

  @Test func `a page that cannot be written does not end the installation`() throws {
    let machine = try Machine()
    try FileManager.default.removeItem(atPath: machine.checkout + "/docs/man/reviewgate.1")
    let output = try machine.install()
    #expect(output.status == 0)
    #expect(output.stdout.contains("reviewgate.1 could not be written; the program works without"))
    #expect(
      !FileManager.default.fileExists(atPath: machine.prefix + "/share/man/man1/reviewgate.1")
    )
  }

  @Test func `checks the repository that is named`() throws {
    let machine = try Machine()
    #expect(try machine.install(machine.other).status == 0)
    #expect(try machine.log().last == "reviewgate -C \(machine.other) check")
  }

  @Test func `a blocked check is an answer and not a failure`() throws {
    let machine = try Machine()
    let output = try machine.install(env: ["STATUS_check": "1"])
    #expect(output.status == 0)
    #expect(output.stdout.contains("says: blocked.\n    That is its answer"))
  }

  @Test(arguments: [2, 3])
  func `a check that could not decide is reported`(status: Int32) throws {
    let machine = try Machine()
    let output = try machine.install(env: ["STATUS_check": "\(status)"])
    #expect(output.status == status)
    #expect(output.stdout.contains("could not be checked (status \(status))"))
    #expect(output.stdout.contains("not the installation: \(machine.program) is in place."))
    #expect(output.stdout.contains("nothing to compare with yet") == (status == 2))
    #expect(FileManager.default.fileExists(atPath: machine.program))
  }

  @Test func `a missing toolchain is one clear sentence before anything is installed`() throws {
    let machine = try Machine()
    try FileManager.default.removeItem(atPath: machine.tools + "/swift")
    let output = try machine.install(env: ["MISSING": "1"])
    #expect(output.status == 1)
    #expect(output.stdout == "")
    #expect(output.stderr.hasPrefix("install.sh: there is no Swift toolchain"))
    #expect(output.stderr.contains("https://www.swift.org/install/linux/"))
    #expect(output.stderr.split(separator: "\n").count == 1)
    #expect(try machine.log() == [])
  }

  @Test(arguments: [("5.10", true), ("6.2", true), ("6.3", false), ("6.10", false), ("7.0", false)])
  func `an old toolchain is named`(version: String, isTooOld: Bool) throws {
    let output = try Machine().install(env: ["SWIFT_VERSION": version])
    #expect((output.status == 1) == isTooOld)
    #expect(output.stderr.contains("Swift \(version) is too old") == isTooOld)
  }

  @Test func `an old libgit2 is named before anything is built`() throws {
    let machine = try Machine()
    let output = try machine.install(env: ["OLD_LIBGIT2": "1"])
    #expect(output.status == 1)
    #expect(output.stderr.hasPrefix("install.sh: libgit2 1.1.0 is too old, 1.5 is needed."))
    #expect(try machine.log() == [])
  }

  @Test(arguments: ["update", "install"])
  func `a package manager that fails ends the installation`(step: String) throws {
    let machine = try Machine()
    let output = try machine.install(env: ["MISSING": "1", "FAIL_apt": step])
    #expect(output.status == 1)
    #expect(output.stderr == "install.sh: apt-get \(step) failed; what went wrong is above.\n")
  }

  @Test func `what is missing is installed with apt, as root without sudo`() throws {
    let machine = try Machine()
    let output = try machine.install(env: ["MISSING": "1"])
    #expect(output.status == 0, "\(output.stderr)")
    #expect(output.stdout.contains("==> Packages: installing libgit2-dev\n    apt-get update\n"))
    #expect(
      try machine.log().prefix(2) == [
        "apt-get update", "apt-get install -y --no-install-recommends libgit2-dev",
      ]
    )
  }

  @Test func `what signs reviews is installed where it is missing`() throws {
    let machine = try Machine()
    try FileManager.default.removeItem(atPath: machine.tools + "/ssh-keygen")
    let output = try machine.install("--needs-only")
    #expect(output.status == 1, "nothing brings it here: \(output)")
    #expect(
      try machine.log().contains("apt-get install -y --no-install-recommends openssh-client")
    )
  }

  @Test func `what the toolchain needs and does not bring is installed too`() throws {
    let machine = try Machine()
    try FileManager.default.removeItem(atPath: machine.tools + "/ld")
    let output = try machine.install("--no-apt", env: ["NO_HEADERS": "1"])
    #expect(output.status == 1)
    #expect(output.stderr.hasPrefix("install.sh: missing: binutils g++ (Debian's names)."))
    try machine.add("ld", "exit 0\n")
    let installed = try machine.install("--needs-only", env: ["NO_HEADERS": "1"])
    #expect(installed.status == 0, "\(installed.stderr)")
    #expect(try machine.log().last == "apt-get install -y --no-install-recommends g++")
  }

  @Test func `a toolchain that does not start says why`() throws {
    let output = try Machine().install(env: ["BROKEN_SWIFT": "1"])
    #expect(output.status == 1)
    #expect(output.stderr.contains("`swift --version` fails: swift: no libncurses.so.6\n"))
    #expect(output.stderr.contains("https://www.swift.org/install/linux/"))
  }

  @Test func `without sudo one command says all that an administrator has to do`() throws {
    let machine = try Machine()
    try FileManager.default.removeItem(atPath: machine.tools + "/sudo")
    let output = try machine.install(env: ["MISSING": "1", "USER_ID": "1000"])
    #expect(output.status == 1)
    #expect(
      output.stderr == "install.sh: missing: libgit2-dev. There is no sudo here; as root: "
        + "apt-get update && apt-get install -y --no-install-recommends libgit2-dev\n"
    )
    #expect(try machine.log() == [])
  }

  @Test func `uninstall takes the hooks of every repository, and names the one that keeps them`()
    throws
  {
    let machine = try Machine()
    let second = try machine.makeRepository("second")
    #expect(try machine.install("--into", machine.other, "--into", second).status == 0)
    let third = machine.other + "3"
    try FileManager.default.createDirectory(atPath: third, withIntermediateDirectories: true)
    let output = try machine.install("--uninstall", "--into", third)
    #expect(output.status == 0, "\(output)")
    #expect(
      try machine.log().filter { $0.hasSuffix(" uninstall") } == [
        "reviewgate -C \(machine.other) uninstall", "reviewgate -C \(second) uninstall",
      ]
    )
    #expect(output.stdout.contains("\(third) is not a repository any more"))
    #expect(!FileManager.default.fileExists(atPath: machine.program))
  }

  @Test func `sudo is used and shown when not root`() throws {
    let machine = try Machine()
    let output = try machine.install(env: ["MISSING": "1", "USER_ID": "1000"])
    #expect(output.status == 0, "\(output.stderr)")
    #expect(output.stdout.contains("    sudo apt-get update\n"))
    #expect(try machine.log().first == "sudo apt-get update")
    #expect(try machine.log().contains { $0.hasPrefix("sudo env DEBIAN_FRONTEND=") })
  }

  @Test func `no-apt names what is missing`() throws {
    let machine = try Machine()
    let output = try machine.install("--no-apt", env: ["MISSING": "1"])
    #expect(output.status == 1)
    #expect(output.stderr.hasPrefix("install.sh: missing: libgit2-dev (Debian's names)."))
    #expect(try machine.log() == [])
  }

  @Test func `needs-only builds nothing`() throws {
    let machine = try Machine()
    #expect(try machine.install("--needs-only", env: ["MISSING": "1"]).status == 0)
    #expect(try machine.log().count == 2)
    #expect(!FileManager.default.fileExists(atPath: machine.prefix))
  }

  @Test func `a failed build leaves the installed program alone`() throws {
    let machine = try Machine()
    _ = try machine.install()
    let output = try machine.install(env: ["STATUS_build": "1"])
    #expect(output.status == 1)
    #expect(output.stderr == "install.sh: the build failed; what went wrong is above.\n")
    #expect(FileManager.default.isExecutableFile(atPath: machine.program))
  }

  @Test func `into installs hooks and uninstall takes everything away`() throws {
    let machine = try Machine()
    #expect(try machine.install("--into", machine.other).status == 0)
    #expect(
      try machine.log().suffix(2) == [
        "reviewgate -C \(machine.other) install", "reviewgate -C \(machine.other) check",
      ]
    )
    _ = try machine.install("--into", machine.other)
    #expect(try machine.install("--uninstall").status == 0)
    #expect(try machine.log() == ["reviewgate -C \(machine.other) uninstall"])
    let left = try FileManager.default.subpathsOfDirectory(atPath: machine.prefix)
    #expect(left.sorted() == ["bin", "share"])
    #expect(try machine.install("--uninstall").stdout.contains("Nothing is installed"))
  }

  @Test func `hooks that could not be installed end in failure`() throws {
    let machine = try Machine()
    let output = try machine.install("--into", machine.other, env: ["STATUS_install": "2"])
    #expect(output.status == 1)
    #expect(output.stdout.contains("no hooks were installed into \(machine.other) (status 2)"))
  }

  @Test func `the program stays while hooks that need it stay`() throws {
    let machine = try Machine()
    _ = try machine.install("--into", machine.other)
    let output = try machine.install("--uninstall", env: ["STATUS_uninstall": "2"])
    #expect(output.status == 1)
    #expect(output.stderr.contains("hooks could not be removed from:\n    \(machine.other)\n"))
    #expect(FileManager.default.fileExists(atPath: machine.program))
    try FileManager.default.removeItem(atPath: machine.other)
    #expect(try machine.install("--uninstall").status == 0)
    #expect(!FileManager.default.fileExists(atPath: machine.program))
  }

  @Test(arguments: [["--what"], ["--into"], ["/", "/tmp"]])
  func `a wrong command line is a usage error`(arguments: [String]) throws {
    let output = try Machine().install(arguments)
    #expect(output.status == 64)
    #expect(output.stderr.contains("usage: ./install.sh"))
  }

  @Test func `a directory that does not exist is named`() throws {
    let output = try Machine().install("/no/such/place")
    #expect(output.status == 1)
    #expect(output.stderr == "install.sh: no such directory: /no/such/place\n")
  }
}
