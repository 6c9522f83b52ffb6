extension ReviewSession {
  /// The whole screen: never wider than the viewport, and as many rows as it has.
  package var screen: [ScreenRow] {
    guard let item = current else { return [] }
    let body = phase == .help ? help : phase == .offeringSkipped ? offer : visibleRows
    let height = viewport.bodyHeight
    let filler = Array(repeating: ScreenRow("", .context), count: max(0, height - body.count))
    let rows = [title(item)] + body.prefix(height) + filler + [status, keys]
    return Array(rows.prefix(max(1, viewport.height)))
  }

  /// All rows of the item and its title, for a terminal that cannot move its cursor.
  package var transcript: [ScreenRow] {
    guard let item = current else { return [] }
    return [title(item)] + place.rows
  }

  /// The keys with their meaning.
  package var help: [ScreenRow] {
    [
      "y        approve: you read this and it may land",
      "n        reject; asks for the reason",
      "s        skip for now",
      "u        take back the answer of this one",
      "e        open the file in your editor",
      "J  K     next, previous (also the right and left arrows)",
      "j  k     one line down, up (also the arrows); at the end, the next one",
      "space b  one page down, up (also PgDn and PgUp)",
      "q        stop; answers given so far are kept",
      "",
      "Each answer is recorded at once. There is no key that approves everything.",
    ].map { ScreenRow(CellWidth.cut($0, width: viewport.width), .context) }
  }

  /// What the session came to, in one line.
  package var summary: String {
    let names = answers.values.map(\.name)
    let parts = ["approved", "rejected", "skipped"].compactMap { name in
      let count = names.count { $0 == name }
      return count == 0 ? nil : "\(count) \(name)"
    }
    let left = items.count - answers.count
    let rest = left == 0 ? [] : ["\(left) left"]
    return (parts + rest).joined(separator: ", ") + "."
  }

  private var visibleRows: [ScreenRow] { Array(place.visible(viewport.bodyHeight)) }

  private func title(_ item: ReviewItem) -> ScreenRow {
    let answer = answers[item.id].map { " (\($0.name))" } ?? ""
    let start = "\(index + 1)/\(items.count)\(answer)  "
    let heading = VisibleText.line(item.heading)
    return ScreenRow(CellWidth.cut(start + heading, width: viewport.width), .title)
  }

  private var offer: [ScreenRow] {
    let count = answers.values.count { $0 == .skipped }
    return [
      "", "All answered, \(count) of them skipped.", "", "s  go through the skipped ones", "q  end",
    ]
    .map { ScreenRow(CellWidth.cut($0, width: viewport.width), .context) }
  }

  private var status: ScreenRow {
    let parts = [position, message ?? "answered \(answered) of \(items.count)"].compactMap(\.self)
    let text = parts.joined(separator: " | ")
    return ScreenRow(CellWidth.cut(text, width: viewport.width), .status)
  }

  /// `lines 1-17 of 60` when the item is longer than the screen.
  private var position: String? {
    let height = viewport.bodyHeight
    guard phase == .reading, place.rows.count > height, let count = current?.lines.count else {
      return nil
    }
    let lines = visibleRows.compactMap(\.line)
    let more = place.hasMore(below: height) ? ", more below" : ", end"
    guard let first = lines.first, let last = lines.last else { return "0 of \(count)" + more }
    return "lines \(first)-\(last) of \(count)" + more
  }

  private var keys: ScreenRow {
    let long = "y approve  n reject  s skip  e edit  u undo  J next  K back  q quit  ? help"
    let short = "[y,n,s,e,u,J,K,q,?]"
    let text = phase == .offeringSkipped ? "s skipped ones  q end" : long
    return ScreenRow(
      CellWidth.cut(CellWidth.of(text) <= viewport.width ? text : short, width: viewport.width),
      .keys
    )
  }
}
