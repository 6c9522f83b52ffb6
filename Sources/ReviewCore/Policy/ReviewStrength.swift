/// How well it is proven that a person made a review record.
///
/// The first four form a ladder. `forge` stands beside it: the hosting service vouches for the
/// person, no key of the roster does.
package enum ReviewStrength: String, Hashable, Sendable, CaseIterable {
  /// Unsigned: a promise, not a proof.
  case recorded
  /// Signed with a key of the roster.
  case signed
  /// Signed with a hardware key that proves a touch.
  case touched
  /// Signed with a hardware key after its PIN or a biometric check.
  case verified
  /// An authenticated approval of exactly this head on the hosting service.
  case forge

  /// Whether proof of this strength is enough where `required` is asked for.
  ///
  /// A forge approval is at least a record, but no step of the ladder of keys replaces it and it
  /// replaces none: `require: forge` is met by `forge` alone, `require: signed` never by `forge`.
  package func satisfies(_ required: ReviewStrength) -> Bool {
    switch (self, required) {
    case (.forge, .forge), (.forge, .recorded): true
    case (.forge, _), (_, .forge): false
    default: step >= required.step
    }
  }

  private var step: Int {
    switch self {
    case .recorded, .forge: 0
    case .signed: 1
    case .touched: 2
    case .verified: 3
    }
  }
}
