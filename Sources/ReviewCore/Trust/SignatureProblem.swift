/// Why a signature proves nothing here.
package enum SignatureProblem: Error, Hashable, Sendable {
  /// The bytes are no SSH signature or key in the one form that is read.
  case malformed(Fault)
  /// A kind of key, or of signature, that is not accepted.
  case unsupportedKey(String)
  /// A digest that is not accepted.
  case unsupportedHash(String)
  /// It was made for something other than reviews.
  case foreignNamespace(String)
  /// It is not a signature of these bytes by this key.
  case mismatch
  /// The key, by fingerprint, is not in the roster.
  case unknownKey(String)
  /// The key belongs to another person than the record names.
  case otherPrincipal(claimed: String, owner: String)
  /// The roster calls the key, by fingerprint, compromised.
  case compromised(String)
  /// The roster lets the key sign only later.
  case notYetValid(String)
  /// The roster no longer lets the key sign.
  case expired(String)

  /// What is wrong with bytes.
  package enum Fault: String, Hashable, Sendable {
    /// They end too early.
    case truncated
    /// Something follows.
    case trailingBytes = "trailing bytes"
    /// More than any signature or key has.
    case tooLong = "too long"
    /// Another file, or the text around the signature is damaged.
    case frame = "not an SSH signature"
    /// A version of the format that is not known.
    case version = "unknown version"
    /// A number outside its range or not in its shortest form.
    case number = "a number in a wrong form"
    /// No key of its kind.
    case key = "not a key of its kind"
    /// The signature is not of the kind of its key.
    case kind = "the signature is of another kind than the key"
    /// A reserved field with something in it.
    case reserved = "a reserved field is in use"
  }
}

extension SignatureProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let fault): "its signature is malformed (\(fault.rawValue))"
    case .unsupportedKey(let kind):
      "its key is of a kind that is not accepted (\(Self.shown(kind)))"
    case .unsupportedHash(let name):
      "its signature uses a digest that is not accepted (\(Self.shown(name)))"
    case .foreignNamespace(let name):
      "its signature was made for something else (namespace \(Self.shown(name)))"
    case .mismatch: "its signature does not fit: record or signature were changed"
    case .unknownKey(let fingerprint): "its key \(fingerprint) is not in \(RosterFile.path)"
    case .otherPrincipal(let claimed, let owner):
      "it names \(Self.shown(claimed)), but its key is \(Self.shown(owner))'s"
    case .compromised(let fingerprint): "its key \(fingerprint) is compromised"
    case .notYetValid(let time): "its key is valid only from \(time)"
    case .expired(let time): "its key was valid until \(time)"
    }
  }

  /// The same about a key by itself, without a signature.
  package var ofKey: String {
    switch self {
    case .malformed(let fault): "it is malformed (\(fault.rawValue))"
    case .unsupportedKey(let kind): "its kind is not accepted (\(Self.shown(kind)))"
    default: description
    }
  }

  private static func shown(_ text: String) -> String { VisibleText.line(text.utf8.prefix(200)) }
}
