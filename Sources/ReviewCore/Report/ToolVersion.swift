/// The version of this program.
package enum ToolVersion {
  /// As printed by `--version` and written into every report.
  package static let current = "0.1.0"
}
