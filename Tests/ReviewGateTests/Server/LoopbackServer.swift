import Foundation
import Glibc
import TestSupport

/// A program that serves a repository on the loopback interface until the test ends.
final class LoopbackServer {
  /// No port was found on which it listens.
  struct NotStarted: Error {
    let name: String
  }

  let port: Int
  /// Ends the program when the test does.
  private let running: DetachedCommand

  /// Starts `command` with a port; where that is taken, another one is tried.
  init(_ place: TempRepository, _ command: (Int) -> [String]) throws {
    var name = ""
    for _ in 0..<5 {
      let port = Int.random(in: 20_000..<60_000)
      let words = command(port)
      name = words[0]
      guard !Self.listens(port) else { continue }
      let running = try DetachedCommand(
        words,
        environment: place.environment,
        directory: place.sandbox
      )
      if Self.waits(for: port) {
        self.port = port
        self.running = running
        return
      }
    }
    throw NotStarted(name: name)
  }

  /// Whether something listens before some seconds are over.
  private static func waits(for port: Int) -> Bool {
    for _ in 0..<500 {
      if listens(port) { return true }
      usleep(20_000)
    }
    return false
  }

  private static func listens(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
