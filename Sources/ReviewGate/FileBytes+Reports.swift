import FoundationEssentials
import Glibc

/// Files that other programs read, and add to.
extension FileBytes {
  /// Replaces a file in one step; a device, a pipe or a link takes the bytes as it stands.
  static func replace(_ path: String, with bytes: [UInt8]) throws {
    let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    guard let kind, kind != .typeRegular, kind != .typeDirectory else {
      return try write(bytes, to: path)
    }
    try Data(bytes).write(to: URL(filePath: path))
  }

  /// Adds bytes to the end of a file that others add to as well; false when that fails.
  static func append(_ bytes: [UInt8], to path: String) -> Bool {
    let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno != EINTR { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return true
  }
}
