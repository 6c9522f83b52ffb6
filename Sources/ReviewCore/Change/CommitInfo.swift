/// What a commit object says.
package struct CommitInfo: Hashable, Sendable {
  /// The commit.
  package let id: ObjectID
  /// Its tree.
  package let tree: ObjectID
  /// Its parents, first one first.
  package let parents: [ObjectID]
  /// Who wrote it, as claimed.
  package let author: Identity
  /// Who committed it, as claimed.
  package let committer: Identity
  /// The raw message.
  package let message: [UInt8]

  /// Creates the description of a commit.
  package init(
    id: ObjectID,
    tree: ObjectID,
    parents: [ObjectID],
    author: Identity,
    committer: Identity,
    message: [UInt8]
  ) {
    self.id = id
    self.tree = tree
    self.parents = parents
    self.author = author
    self.committer = committer
    self.message = message
  }
}

/// A name and an address, as a commit or a trailer claims them; both are raw bytes.
package struct Identity: Hashable, Sendable {
  /// The name before the angle brackets.
  package let name: [UInt8]
  /// The address between the angle brackets.
  package let email: [UInt8]

  /// Creates an identity from raw bytes.
  package init(name: [UInt8], email: [UInt8]) {
    self.name = name
    self.email = email
  }

  /// Creates an identity from text.
  package init(name: String, email: String) {
    self.init(name: Array(name.utf8), email: Array(email.utf8))
  }

  /// `Name <address>`, safe to print.
  package var display: String { "\(VisibleText.line(name)) <\(VisibleText.line(email))>" }
}
