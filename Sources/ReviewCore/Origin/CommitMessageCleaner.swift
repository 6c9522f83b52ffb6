/// Cleans a message file the way git does before it commits: hooks see it earlier.
package enum CommitMessageCleaner {
  /// Drops everything from the scissors line on, and every comment line.
  ///
  /// `git commit -v` puts the diff below the scissors; its lines are not the message.
  package static func clean(
    _ bytes: [UInt8],
    commentPrefix: [UInt8] = [UInt8(ascii: "#")]
  ) -> [UInt8] {
    let scissors = commentPrefix + Array(" ------------------------ >8 ".utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.count
      let line = bytes[start..<end]
      if !commentPrefix.isEmpty {
        if line.starts(with: scissors) { break }
        if !line.starts(with: commentPrefix) { result.append(contentsOf: line) }
      } else {
        result.append(contentsOf: line)
      }
      start = end
    }
    return result
  }
}
