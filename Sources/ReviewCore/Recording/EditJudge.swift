/// Says who wrote the lines of one edit, from whose hand it was and what they replace.
package struct EditJudge {
  /// Whose hand: an agent's, a person's, or nobody knows.
  package let hand: EditMark
  private let path: RepositoryPath
  private let new: FileLines
  private let pool: LinePool
  private let keys: LinePool.Keys
  /// The lines of the base, whose return is nobody's work.
  private let base: Set<ArraySlice<UInt8>>

  /// Judges edits that lead to `new`.
  package init(
    hand: EditMark,
    path: RepositoryPath,
    base: FileLines,
    new: FileLines,
    pool: LinePool,
    keys: LinePool.Keys
  ) {
    self.hand = hand
    self.path = path
    self.new = new
    self.pool = pool
    self.keys = keys
    self.base =
      hand.isAgent ? [] : Set((0..<base.count).map { base.text($0) })
  }

  /// Who wrote each added line, and who removed the old ones.
  ///
  /// An agent's edit is the agent's. A person's edit is the person's, unless the lines are known to
  /// be somebody's who wrote them before, or stand in place of an agent's.
  package func author(_ edit: EditTrail.Edit) -> (added: [EditMark], removed: EditMark) {
    guard !hand.isAgent else {
      return ([EditMark](repeating: hand, count: edit.span.new.count), hand)
    }
    let texts = new.texts(edit.span.new)
    let known = pool.authors(of: texts, in: path, keys)
    let changed = edit.replaced.first(where: \.isAgent)?.changedByPerson
    let marks = zip(texts, known).map { text, author in
      // What a soft reset brought back was there when the record began, and may be an agent's.
      let isBase = keys.line(text)?.isStrong == true && base.contains(text)
      if isBase, author?.isAgent != true { return hand }
      return author ?? changed ?? hand
    }
    return (marks, hand)
  }
}
