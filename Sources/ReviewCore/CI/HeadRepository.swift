/// Addresses of the repositories that changes come from.
enum HeadRepository {
  /// Whether an address is below that of the service's own server, and plain.
  static func isOn(_ server: String, _ address: String) -> Bool {
    server.contains("://") && address.hasPrefix(server.hasSuffix("/") ? server : server + "/")
      && address.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 < 0x7f }
  }
}
