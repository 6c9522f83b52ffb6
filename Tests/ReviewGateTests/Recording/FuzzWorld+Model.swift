extension FuzzWorld {
  /// The recorder looks: what changed since is one edit, whose groups may hold an agent's lines.
  mutating func look(at file: String) {
    let now = read(file)
    let isReturning = returning.remove(file) != nil
    if let before = looked[file] {
      excuse(from: before, to: now) { !isReturning || !$0.seen.contains($1) }
    }
    if moved.remove(file) != nil {
      unknown.formUnion(now.filter { Self.isPersons($0) && !seen.contains($0) })
    }
    seen.formUnion(now)
    looked[file] = now
  }

  /// Excuses lines that stand in place of an agent's, as far as they are `due`.
  mutating func excuse(
    from old: [String],
    to new: [String],
    _ isDue: (Self, String) -> Bool = { _, _ in true }
  ) {
    for part in Self.compared(old, new) where part.old != part.new {
      guard part.old.contains(where: { Self.isAgents($0) || excused.contains($0) }) else {
        continue
      }
      excused.formUnion(part.new.filter { Self.isPersons($0) && isDue(self, $0) })
    }
  }

  /// Equal and differing parts in turn, by the textbook's longest common row.
  static func compared(_ old: [String], _ new: [String]) -> [(old: [String], new: [String])] {
    var lengths = [[Int]](
      repeating: [Int](repeating: 0, count: new.count + 1),
      count: old.count + 1
    )
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        lengths[i][j] =
          old[i] == new[j] ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
      }
    }
    var parts: [(old: [String], new: [String])] = []
    var (i, j) = (0, 0)
    var open: (old: [String], new: [String]) = ([], [])
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        if !open.old.isEmpty || !open.new.isEmpty { parts.append(open) }
        open = ([], [])
        parts.append(([old[i]], [new[j]]))
        i += 1
        j += 1
      } else if j == new.count || i < old.count && lengths[i + 1][j] >= lengths[i][j + 1] {
        open.old.append(old[i])
        i += 1
      } else {
        open.new.append(new[j])
        j += 1
      }
    }
    if !open.old.isEmpty || !open.new.isEmpty { parts.append(open) }
    return parts
  }
}
