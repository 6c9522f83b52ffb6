/// Why bytes are not a review record, or not one that this version may use.
package enum RecordError: Error, Hashable, Sendable {
  /// More of something than `RecordLimits` allows.
  case tooLarge(Part, limit: Int)
  /// Not strict JSON, at this byte.
  case json(JSONFault, offset: Int)
  /// A field that must be there is not.
  case missing(field: String)
  /// A field has another type, or a value outside its range or form.
  case invalid(field: String)
  /// Two fields contradict each other, such as a mode and a content.
  case contradiction(field: String)
  /// The same path, hunk or id stands twice in a list.
  case duplicate(field: String)
  /// `_type` is not the in-toto Statement that is read here.
  case unknownStatement(String)
  /// The predicate is a version that is not understood.
  case unknownVersion(String)
  /// The predicate is about something else.
  case unknownPredicate(String)
  /// The record needs a field understood that this version does not know.
  case unknownCritical(String)
  /// The envelope holds something other than an in-toto statement.
  case unknownPayloadType(String)

  /// What has a size limit.
  package enum Part: String, Hashable, Sendable {
    /// A record.
    case payload
    /// A record with its signatures.
    case envelope
    /// The files of a record.
    case files
    /// The hunks of a record.
    case hunks
    /// The signatures of an envelope.
    case signatures
  }
}

/// What can be wrong with JSON.
package enum JSONFault: String, Hashable, Sendable {
  /// The text ends too early.
  case truncated
  /// A byte that cannot stand here.
  case unexpectedByte = "unexpected byte"
  /// Something follows the document.
  case trailingBytes = "trailing bytes"
  /// A key stands twice in one object.
  case duplicateKey = "duplicate key"
  /// Too many nested arrays and objects.
  case tooDeep = "too deeply nested"
  /// Bytes that are not UTF-8.
  case invalidUTF8 = "invalid UTF-8"
  /// Half of a surrogate pair.
  case loneSurrogate = "lone surrogate"
  /// An escape that JSON does not have.
  case invalidEscape = "invalid escape"
}

extension RecordError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLarge(let part, let limit): "too large: \(part.rawValue) over the limit of \(limit)"
    case .json(let fault, let offset): "not strict JSON: \(fault.rawValue) at byte \(offset)"
    case .missing(let field): "field \(field) is missing"
    case .invalid(let field): "field \(field) is not valid"
    case .contradiction(let field): "field \(field) contradicts another one"
    case .duplicate(let field): "field \(field) lists something twice"
    case .unknownStatement(let type): "unknown statement type \(Self.quoted(type))"
    case .unknownVersion(let type): "unknown version of the record: \(Self.quoted(type))"
    case .unknownPredicate(let type): "not a review record: \(Self.quoted(type))"
    case .unknownCritical(let name): "needs \(Self.quoted(name)), which this version does not know"
    case .unknownPayloadType(let type): "unknown payload type \(Self.quoted(type))"
    }
  }

  private static func quoted(_ text: String) -> String {
    "\u{22}\(VisibleText.line(text.utf8.prefix(200)))\u{22}"
  }
}
