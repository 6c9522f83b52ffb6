import Foundation
import FoundationXML

/// Readers of other people's formats that know nothing of what wrote them.
enum ReportReaders {
  /// A JSON document.
  static func json(_ bytes: [UInt8]) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
  }

  /// Workflow commands, read as GitHub's runner reads a log.
  static func commands(_ text: String) -> [WorkflowCommand] {
    // The runner's lines end where .NET's do.
    let lines = text.utf8.split { [0x0a, 0x0d].contains($0) }
    return lines.compactMap { WorkflowCommand(line: String(decoding: $0, as: UTF8.self)) }
  }

  /// An XML document as a tree; fails on anything that is not well-formed.
  static func xml(_ bytes: [UInt8]) throws -> XMLElementNode {
    let reader = TreeReader()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    guard parser.parse(), let root = reader.root else {
      throw XMLFailure(text: "\(String(describing: parser.parserError)) \(parser.lineNumber)")
    }
    return root
  }

  struct XMLFailure: Error {
    let text: String
  }
}

/// One `::command key=value,...::data` of a log.
struct WorkflowCommand: Equatable {
  var name: String
  var properties: [String: [UInt8]]
  var data: [UInt8]

  /// As ActionCommand.TryParseV2 of actions/runner does it; nil for any other line.
  init?(line: String) {
    let bytes = Array(line.utf8).drop { $0 == 0x20 || $0 == 0x09 }
    guard bytes.starts(with: "::".utf8) else { return nil }
    let rest = Array(bytes.dropFirst(2))
    guard let end = rest.indices.dropLast().first(where: { rest[$0...].starts(with: "::".utf8) })
    else { return nil }
    let head = rest[..<end]
    data = Self.unescaped(Array(rest[(end + 2)...]), ["%0D": 0x0d, "%0A": 0x0a])
    let parts = head.split(separator: 0x20, maxSplits: 1)
    name = String(decoding: parts.first ?? [], as: UTF8.self)
    properties = [:]
    for pair in (parts.count > 1 ? parts[1] : []).split(separator: UInt8(ascii: ",")) {
      let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1)
      guard sides.count == 2 else { continue }
      properties[String(decoding: sides[0], as: UTF8.self)] = Self.unescaped(
        Array(sides[1]),
        ["%0D": 0x0d, "%0A": 0x0a, "%3A": 0x3a, "%2C": 0x2c]
      )
    }
  }

  /// A percent sign comes last, as in the runner.
  private static func unescaped(_ bytes: [UInt8], _ names: [String: UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.first {
      let name = String(decoding: rest.prefix(3), as: UTF8.self)
      if let value = names[name] ?? (name == "%25" ? 0x25 : nil) {
        result.append(value)
        rest = rest.dropFirst(3)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}

/// One element with its attributes, its children and all text in it.
final class XMLElementNode {
  let name: String
  let attributes: [String: String]
  var children: [XMLElementNode] = []
  var text = ""

  init(name: String, attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// It and everything in it.
  var all: [XMLElementNode] { [self] + children.flatMap(\.all) }

  func all(_ name: String) -> [XMLElementNode] { all.filter { $0.name == name } }
}

private final class TreeReader: NSObject, XMLParserDelegate {
  var root: XMLElementNode?
  private var stack: [XMLElementNode] = []

  func parser(
    _ parser: XMLParser,
    didStartElement name: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    let node = XMLElementNode(name: name, attributes: attributes)
    stack.last?.children.append(node)
    if root == nil { root = node }
    stack.append(node)
  }

  func parser(
    _ parser: XMLParser,
    didEndElement name: String,
    namespaceURI: String?,
    qualifiedName: String?
  ) {
    stack.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    for node in stack { node.text += text }
  }
}
