import Glibc
import ReviewCore

/// Files of a worktree by raw names, never through a symbolic link at their end.
enum Disk {
  /// What stands under a name itself; nil when nothing does.
  static func stat(_ path: [UInt8]) -> FileStat? {
    var status = Glibc.stat()
    let result = unsafe withName(path) { unsafe lstat($0, &status) }
    guard result == 0 else { return nil }
    return FileStat(
      size: status.st_size,
      modified: nanoseconds(status.st_mtim),
      changed: nanoseconds(status.st_ctim),
      inode: status.st_ino,
      mode: status.st_mode
    )
  }

  /// The content of an ordinary file of at most `limit` bytes; nil for anything else.
  static func read(_ path: [UInt8], limit: Int) -> [UInt8]? {
    // A pipe would wait for its writer.
    let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor = unsafe withName(path) { unsafe open($0, flags) }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = Glibc.stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return read(descriptor, limit: limit)
  }

  /// Everything a descriptor still gives; nil when it is more than `limit` bytes or fails.
  static func read(_ descriptor: Int32, limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      guard bytes.count + count <= limit else { return nil }
      bytes += buffer[..<count]
    }
  }

  /// The names in a directory with whether each is a directory; nil when it cannot be listed.
  static func names(in directory: [UInt8]) -> [(name: [UInt8], isDirectory: Bool)]? {
    guard let stream = unsafe withName(directory, { unsafe opendir($0) }) else { return nil }
    defer { unsafe closedir(stream) }
    var names: [(name: [UInt8], isDirectory: Bool)] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      if name == [0x2e] || name == [0x2e, 0x2e] { continue }
      let type = unsafe Int(entry.pointee.d_type)
      let isDirectory =
        type == DT_UNKNOWN ? stat(directory + [0x2f] + name)?.isDirectory ?? false : type == DT_DIR
      names.append((name, isDirectory))
    }
    return names
  }

  /// The name with all symbolic links followed; nil when nothing has it.
  static func real(_ path: [UInt8]) -> [UInt8]? {
    guard let found = unsafe withName(path, { unsafe realpath($0, nil) }) else { return nil }
    defer { unsafe free(found) }
    return unsafe Array(UnsafeRawBufferPointer(start: found, count: strlen(found)))
  }

  /// Gives a file a second name; false when that cannot be.
  @discardableResult
  static func link(_ path: [UInt8], _ second: [UInt8]) -> Bool {
    unsafe withName(path) { first in
      unsafe withName(second) { unsafe Glibc.link(first, $0) } == 0
    }
  }

  /// Replaces a file in one step.
  static func replace(_ path: [UInt8], with bytes: [UInt8]) -> Bool {
    let scratch = path + Array(".\(getpid())".utf8)
    guard append(bytes, to: scratch, flags: O_TRUNC) else { return false }
    let done = unsafe withName(scratch) { first in
      unsafe withName(path) { unsafe rename(first, $0) } == 0
    }
    if !done { remove(scratch) }
    return done
  }

  /// Adds to the end of a file with one write, making it where needed.
  @discardableResult
  static func append(_ bytes: [UInt8], to path: [UInt8], flags: Int32 = O_APPEND) -> Bool {
    let descriptor = unsafe withName(path) {
      unsafe open($0, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0o600)
    }
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Removes a file.
  static func remove(_ path: [UInt8]) { _ = unsafe withName(path) { unsafe unlink($0) } }

  /// Makes a directory; those above it must be there.
  static func makeDirectory(_ path: [UInt8]) {
    _ = unsafe withName(path) { unsafe mkdir($0, 0o777) }
  }

  /// The clock that file systems stamp with, in nanoseconds.
  static var now: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
    return nanoseconds(time)
  }

  private static func nanoseconds(_ time: timespec) -> Int {
    time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// Calls C with a name that ends in NUL.
  private static func withName<Result>(
    _ path: [UInt8],
    _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    var name = path
    name.append(0)
    return unsafe name.withUnsafeBytes { bytes in
      // A NUL byte always stands at the end, so the buffer has a start.
      unsafe body(bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: CChar.self))
    }
  }
}
