import Foundation
import TestSupport
import Testing

/// A server that is reached over the network: git's own daemon on the loopback.
@Suite struct DaemonTests {
  /// Starts the daemon for a server's folder and returns the address of its repository.
  private func start(_ server: PushServer) throws -> (daemon: DetachedCommand, address: String) {
    let git = server.place.repository
    let folder = try git.git("--exec-path")
    for _ in 0..<5 {
      let port = Int.random(in: 20_000...60_000)
      let daemon = try DetachedCommand(
        [
          folder + "/git-daemon", "--listen=127.0.0.1", "--port=\(port)", "--reuseaddr",
          "--base-path=" + git.sandbox, "--export-all", "--enable=receive-pack",
        ],
        environment: git.environment,
        directory: git.sandbox
      )
      let address = "git://127.0.0.1:\(port)/server.git"
      for _ in 0..<50 {
        if try git.tryGit("ls-remote", address).status == 0 { return (daemon, address) }
        usleep(100_000)
      }
      daemon.kill()
    }
    throw CocoaError(.featureUnsupported)
  }

  @Test func `a push over the network is judged like any other`() throws {
    let server = try PushServer(hasRoster: true)
    let place = server.place
    let (daemon, address) = try start(server)
    defer { daemon.kill() }
    try place.repository.git("remote", "set-url", "origin", address)
    try place.land(["a.swift": Workplace.block])
    #expect(try server.refuses("main").contains("10 AI-written lines in 1 file"))
    try place.approve("--range", "origin/main..main")
    #expect(try server.refuses("main").contains("no human review"))
    let said = try server.accepts("--atomic", "main", try server.log())
    #expect(said.contains("all reviewed (signed: made with a key of the roster)"), "\(said)")
    // `sync` goes the same way, and the server says no to what is no record.
    try place.land(["b.swift": Workplace.block])
    try place.approve("--range", "origin/main..main")
    #expect(try place.gate("sync").status == 0)
    try server.accepts("main")
    #expect(try server.refuses("HEAD:refs/reviewgate/v1/x").contains("no log of review records"))
  }
}
