import Glibc
import ReviewCore

/// The processes that this one descends from, read from `/proc`.
enum ProcessAncestry {
  /// Deeper than any real chain; a chain that long is cut.
  private static let depthLimit = 64
  private static let byteLimit = 65_536

  /// The ancestors, parent first, up to and including process 1.
  ///
  /// Process 1 counts because in a container it may be the agent itself. Where `/proc` shows no
  /// more (another namespace, `hidepid`), the chain ends: what is not seen accuses nobody.
  static func ancestors() -> [AncestorProcess] {
    var found: [AncestorProcess] = []
    var process = getppid()
    while process > 0, found.count < depthLimit {
      guard let stat = contents(of: "/proc/\(process)/stat").flatMap(ProcessStat.init) else {
        break
      }
      let arguments = contents(of: "/proc/\(process)/cmdline") ?? []
      found.append(AncestorProcess(name: stat.name, arguments: split(arguments)))
      process = stat.parent
    }
    return found
  }

  /// Splits the contents of `cmdline`, where every argument ends with a NUL byte.
  static func split(_ bytes: [UInt8]) -> [String] {
    let trimmed = bytes.last == 0 ? bytes.dropLast() : bytes[...]
    guard !trimmed.isEmpty else { return [] }
    return trimmed.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static func contents(of path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while bytes.count < byteLimit {
      let count = unsafe buffer.withUnsafeMutableBytes { space in
        unsafe read(descriptor, space.baseAddress, space.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    return bytes
  }
}

/// The two fields of `/proc/<pid>/stat` that make a chain.
struct ProcessStat: Hashable {
  let name: String
  let parent: pid_t

  /// Reads `pid (name) state ppid …`; the name may itself hold blanks and parentheses.
  init?(_ bytes: [UInt8]) {
    guard let start = bytes.firstIndex(of: UInt8(ascii: "(")),
      let end = bytes.lastIndex(of: UInt8(ascii: ")")), start < end
    else { return nil }
    let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "))
    guard fields.count > 1, let parent = pid_t(String(decoding: fields[1], as: UTF8.self)),
      parent >= 0
    else { return nil }
    name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    self.parent = parent
  }
}
