import Crypto

extension ObjectID {
  /// The id git gives to a blob with this content.
  package static func blob(_ content: [UInt8]) -> ObjectID? {
    var hash = Insecure.SHA1()
    hash.update(data: Array("blob \(content.count)\0".utf8))
    hash.update(data: content)
    return ObjectID(rawBytes: Array(hash.finalize()))
  }
}
