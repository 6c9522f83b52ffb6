import CGit2
package import ReviewCore

/// A failed libgit2 call: which call, its code, and libgit2's own words.
package struct GitError: Error, Sendable, CustomStringConvertible {
  /// The C function that failed.
  package let call: StaticString

  /// The negative status the call returned.
  package let code: Int32

  /// What libgit2 said about it.
  package let message: String

  /// The object that was wanted, where there was one.
  package let object: ObjectID?

  init(call: StaticString, code: Int32, message: String, object: ObjectID? = nil) {
    self.call = call
    self.code = code
    self.message = message
    self.object = object
  }

  package var description: String {
    let subject = object.map { " on \($0.hex)" } ?? ""
    return "\(call) failed\(subject): \(VisibleText.line(message))"
  }

  /// Whether the object or reference that was asked for does not exist.
  package var isNotFound: Bool { code == GIT_ENOTFOUND.rawValue }

  /// Whether another writer was faster: the reference moved, is locked or already exists.
  var isContention: Bool {
    [GIT_EMODIFIED.rawValue, GIT_ELOCKED.rawValue, GIT_EEXISTS.rawValue].contains(code)
  }

  /// Throws the error libgit2 recorded when `status` is negative.
  static func check(
    _ call: StaticString,
    _ status: Int32,
    object: ObjectID? = nil
  ) throws(GitError) {
    guard status < 0 else { return }
    defer { git_error_clear() }
    let last = git_error_last()
    let message = last.map { String(cString: $0.pointee.message) } ?? "no details recorded"
    throw GitError(call: call, code: status, message: message, object: object)
  }
}
