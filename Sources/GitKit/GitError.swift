import CGit2

/// A failed libgit2 call: which call, its code, and libgit2's own words.
package struct GitError: Error, Sendable, CustomStringConvertible {
  /// The C function that failed.
  package let call: StaticString

  /// The negative status the call returned.
  package let code: Int32

  /// What libgit2 said about it.
  package let message: String

  package var description: String { "\(call) failed: \(message)" }

  /// Throws the error libgit2 recorded when `status` is negative.
  static func check(_ call: StaticString, _ status: Int32) throws(GitError) {
    guard status < 0 else { return }
    defer { git_error_clear() }
    let last = git_error_last()
    let message = last.map { String(cString: $0.pointee.message) } ?? "no details recorded"
    throw GitError(call: call, code: status, message: message)
  }
}
