import CGit2

extension Repository {
  /// The file that a setting names, its `~` opened; nil where none does.
  ///
  /// For what decides nothing: what decides asks git itself.
  package func configuredFile(_ name: String) -> String? {
    var configuration: OpaquePointer?
    guard git_repository_config_snapshot(&configuration, handle.raw) == 0 else { return nil }
    defer { git_config_free(configuration) }
    var buffer = git_buf()
    guard git_config_get_path(&buffer, configuration, name) == 0, let text = buffer.ptr else {
      return nil
    }
    defer { git_buf_dispose(&buffer) }
    return String(cString: text)
  }
}
