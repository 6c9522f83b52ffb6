/// Why a CI service's range is not known.
package enum CIProblem: Error, Hashable, Sendable {
  /// A CI service that is none of these.
  case noService(known: [String])
  /// The service did not say any of these.
  case missing(provider: String, [String])
  /// A variable or field holds no usable value.
  case unusable(provider: String, name: String, value: String, wanted: String)
  /// The file of the event cannot be read or is no JSON.
  case unreadableEvent(provider: String)
  /// The job was started by something that carries no range.
  case unknownEvent(provider: String, name: String, supported: [String])
  /// The service never says what a job of this kind is compared with.
  case noBase(provider: String, event: String)
}
