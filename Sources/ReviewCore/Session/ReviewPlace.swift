/// The size of a screen in cells.
package struct Viewport: Hashable, Sendable {
  /// Cells per row.
  package let width: Int
  /// Rows.
  package let height: Int

  /// The size assumed where a terminal does not tell.
  package static let standard = Viewport(width: 80, height: 24)

  /// Creates a size; what cannot be a screen is taken for the standard one.
  package init(width: Int, height: Int) {
    self.width = width > 0 ? width : 80
    self.height = height > 0 ? height : 24
  }

  /// The rows between title and footer.
  package var bodyHeight: Int { max(1, height - 3) }
}

/// How far one item was read at one width: everything before `seen` was on the screen.
struct ReviewPlace: Hashable, Sendable {
  private(set) var rows: [ScreenRow]
  private(set) var top = 0
  private(set) var seen = 0

  init(rows: [ScreenRow]) { self.rows = rows }

  /// Whether the last row was on the screen.
  var isWhollySeen: Bool { seen >= rows.count }

  /// The rows on the screen.
  func visible(_ height: Int) -> ArraySlice<ScreenRow> {
    rows[top..<min(rows.count, top + height)]
  }

  /// Whether rows follow below the screen.
  func hasMore(below height: Int) -> Bool { top + height < rows.count }

  /// Moves the screen by some rows; false when there is nothing further that way.
  mutating func move(by offset: Int, height: Int) -> Bool {
    let last = max(0, rows.count - height)
    let target = min(max(0, top + offset), last)
    defer { top = target }
    return target != top
  }

  /// Notes what is on the screen; rows count only when none before them was jumped over.
  mutating func noteShown(_ height: Int) {
    if top <= seen { seen = max(seen, min(rows.count, top + height)) }
  }

  /// Continues with the rows of another width: only lines shown to their end stay seen.
  mutating func relayout(_ newRows: [ScreenRow]) {
    let unseenBlock = isWhollySeen ? Int.max : rows[seen].block
    let topBlock = top < rows.count ? rows[top].block : 0
    rows = newRows
    seen = newRows.firstIndex { $0.block >= unseenBlock } ?? newRows.count
    top = newRows.firstIndex { $0.block >= topBlock } ?? 0
  }
}
