/// One change of a text: some bytes give way to others.
package struct TextEdit: Hashable, Sendable {
  /// The bytes that go.
  package let range: Range<Int>
  /// The bytes that come.
  package let text: [UInt8]

  /// Creates a change.
  package init(_ range: Range<Int>, _ text: [UInt8]) {
    self.range = range
    self.text = text
  }

  /// The text after changes that do not overlap, in their order in the text.
  package static func apply(_ edits: [TextEdit], to bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var position = 0
    for edit in edits {
      guard edit.range.lowerBound >= position, edit.range.upperBound <= bytes.count else {
        return nil
      }
      result += bytes[position..<edit.range.lowerBound]
      result += edit.text
      position = edit.range.upperBound
    }
    return result + bytes[position...]
  }

  /// The changes that lead back, where these were applied to `bytes`.
  package static func inverse(of edits: [TextEdit], on bytes: [UInt8]) -> [TextEdit] {
    var shift = 0
    return edits.map { edit in
      let start = edit.range.lowerBound + shift
      shift += edit.text.count - edit.range.count
      return TextEdit(start..<start + edit.text.count, Array(bytes[edit.range]))
    }
  }
}

extension JSONText {
  /// Adds an item at the end of an array.
  func appending(_ value: JSONValue, to array: JSONNode) -> [TextEdit] {
    insertion(into: array, { value.text(layout, indent: $0) }, line: value.line)
  }

  /// Adds a member at the end of an object.
  func adding(_ key: String, _ value: JSONValue, to object: JSONNode) -> [TextEdit] {
    let name = JSONValue.quoted(key) + ": "
    return insertion(
      into: object,
      { name + value.text(layout, indent: $0) },
      line: name + value.line
    )
  }

  /// Takes a part out of a container with what belongs to it; other parts keep their comments.
  func removing(_ index: Int, of container: JSONNode) -> [TextEdit] {
    let parts = container.parts
    let part = parts[index]
    let before = index == 0 ? container.range.lowerBound + 1 : parts[index - 1].upperBound
    // Blanks between the part and what stands before it, but no comment.
    let start = spaceStart(before: part.lowerBound, from: before)
    let comma = comma(after: part.upperBound, in: container)
    if let comma, index + 1 < parts.count || index > 0 {
      return [TextEdit(start..<comma + 1, [])]
    }
    let end = comma.map { $0 + 1 } ?? part.upperBound
    guard index > 0 else {
      let close = container.range.upperBound - 1
      let isAlone = start == before && bytes[end..<close].allSatisfy(Self.isSpace)
      return [TextEdit(start..<(isAlone ? close : end), [])]
    }
    guard let earlier = self.comma(after: before, in: container), earlier < start else {
      return [TextEdit(start..<end, [])]
    }
    return [TextEdit(earlier..<earlier + 1, []), TextEdit(start..<end, [])]
  }

  /// Whether a container has one part and no comment beside it.
  func isAlone(in container: JSONNode) -> Bool {
    guard container.parts.count == 1, let part = container.parts.first else { return false }
    let around =
      bytes[container.range.lowerBound..<part.lowerBound]
      + bytes[part.upperBound..<container.range.upperBound]
    return !around.contains(UInt8(ascii: "/"))
  }

  /// How the text is laid out.
  var layout: JSONValue.Layout {
    var layout = JSONValue.Layout()
    if let feed = bytes.firstIndex(of: 0x0a), feed > 0, bytes[feed - 1] == 0x0d {
      layout.newline = "\r\n"
    }
    if let first = root.parts.first, let indent = indent(at: first.lowerBound), !indent.isEmpty {
      layout.unit = indent
    }
    return layout
  }

  // MARK: - Inserting

  private func insertion(
    into container: JSONNode,
    _ text: (String) -> String,
    line: String
  ) -> [TextEdit] {
    let parts = container.parts
    guard let last = parts.last, let first = parts.first else {
      return firstInsertion(into: container, text)
    }
    let comma = comma(after: last.upperBound, in: container)
    let place = lineEnd(after: comma.map { $0 + 1 } ?? last.upperBound, in: container)
    let trail = comma == nil ? "" : ","
    let inserted: String
    if let indent = indent(at: first.lowerBound) {
      inserted = layout.newline + indent + text(indent) + trail
    } else {
      inserted = " " + line + trail
    }
    if comma != nil || place == last.upperBound {
      return [TextEdit(place..<place, Array(((comma == nil ? "," : "") + inserted).utf8))]
    }
    return [
      TextEdit(last.upperBound..<last.upperBound, Array(",".utf8)),
      TextEdit(place..<place, Array(inserted.utf8)),
    ]
  }

  /// The first part of a container that may hold a comment.
  private func firstInsertion(into container: JSONNode, _ text: (String) -> String) -> [TextEdit] {
    let close = container.range.upperBound - 1
    let start = spaceStart(before: close, from: container.range.lowerBound + 1)
    let outer = lineIndent(at: container.range.lowerBound)
    let inner = outer + layout.unit
    let inserted = layout.newline + inner + text(inner) + layout.newline + outer
    return [TextEdit(start..<close, Array(inserted.utf8))]
  }

  // MARK: - Looking around

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }

  private func spaceStart(before end: Int, from limit: Int) -> Int {
    var start = end
    while start > limit, Self.isSpace(bytes[start - 1]) { start -= 1 }
    // The line break after `// …` belongs to the comment.
    guard start > limit, isInLineComment(start, from: limit),
      let feed = bytes[start..<end].firstIndex(of: 0x0a)
    else { return start }
    let hasReturn = feed > start && bytes[feed - 1] == 0x0d
    return hasReturn ? feed - 1 : feed
  }

  private func isInLineComment(_ position: Int, from limit: Int) -> Bool {
    var index = position - 1
    while index > limit, bytes[index] != 0x0a {
      if bytes[index] == UInt8(ascii: "/"), bytes[index - 1] == UInt8(ascii: "/") { return true }
      index -= 1
    }
    return false
  }

  /// The comma that follows a part, past blanks and comments.
  private func comma(after position: Int, in container: JSONNode) -> Int? {
    var index = position
    let end = container.range.upperBound - 1
    while index < end {
      if Self.isSpace(bytes[index]) {
        index += 1
      } else if bytes[index] == UInt8(ascii: "/"), let next = commentEnd(index) {
        index = next
      } else {
        return bytes[index] == UInt8(ascii: ",") ? index : nil
      }
    }
    return nil
  }

  private func commentEnd(_ start: Int) -> Int? {
    guard start + 1 < bytes.count else { return nil }
    if bytes[start + 1] == UInt8(ascii: "/") {
      return bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
    }
    let end = Array("*/".utf8)
    return bytes[(start + 2)...].firstRange(of: end)?.upperBound
  }

  /// The end of a comment on the same line, so that it stays with what it is about.
  private func lineEnd(after position: Int, in container: JSONNode) -> Int {
    var index = position
    var end = position
    while index < container.range.upperBound - 1, bytes[index] != 0x0a {
      if bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0d {
        index += 1
      } else if bytes[index] == UInt8(ascii: "/"), let next = commentEnd(index) {
        end = bytes[next - 1] == 0x0d ? next - 1 : next
        index = next
      } else {
        break
      }
    }
    return end
  }

  /// The blanks before a part that starts its line; nil where something else stands before it.
  private func indent(at position: Int) -> String? {
    var start = position
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    guard start > 0, bytes[start - 1] == 0x0a else { return nil }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The blanks at the start of the line that holds a position.
  private func lineIndent(at position: Int) -> String {
    let start = bytes[..<position].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    let blanks = bytes[start..<position].prefix { $0 == 0x20 || $0 == 0x09 }
    return String(decoding: blanks, as: UTF8.self)
  }
}
