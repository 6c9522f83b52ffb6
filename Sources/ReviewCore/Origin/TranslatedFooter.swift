/// Reads a footer in another language: a link to an agent beside a word for "generated".
///
/// The word may stand before the link or behind it, so the line is judged as a whole: few words,
/// no sentence. English is left to `FooterReader`, which knows the words around it.
enum TranslatedFooter {
  /// The agent the line names; nil for prose.
  static func read(_ line: MessageLine) -> ValueJudge.Finding? {
    let lower = line.lower
    guard lower.count <= 240, !line.isQuoted, let open = lower.firstIndex(of: UInt8(ascii: "[")),
      let middle = linkStart(lower, after: open),
      let close = lower[middle...].firstIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let name = Words(lower, from: open + 1, upTo: middle).texts.joined(separator: " ")
    guard let hit = AgentCatalogue.phrases[name] ?? AgentCatalogue.bareNames[name] else {
      return nil
    }
    let outside = Array(lower[..<open] + lower[(close + 1)...])
    let words = Words(outside).texts.filter { $0.unicodeScalars.contains(where: isLetter) }
    guard (1...4).contains(words.count), !outside.contains(where: isSentence),
      words.contains(where: { word in stems.contains { word.contains($0) } })
    else { return nil }
    return ValueJudge.Finding(agent: hit.agent, strength: .certain)
  }

  private static func linkStart(_ lower: [UInt8], after open: Int) -> Int? {
    guard let end = lower[open...].firstIndex(of: UInt8(ascii: "]")),
      lower[end...].starts(with: Array("](http".utf8))
    else { return nil }
    return end
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

  private static func isSentence(_ byte: UInt8) -> Bool { Array(":,;?[(".utf8).contains(byte) }

  /// The word in other languages, as lines are read: folded and in lower case.
  private static let stems: [String] = [
    "généré", "genere", "créé", "generado", "creado", "gerado", "criado", "generato", "creato",
    "generiert", "erstellt", "gegenereerd", "gemaakt", "genererad", "skapad", "genereret",
    "generert", "wygener", "utworzon", "stworzon", "vygener", "vytvo", "сгенер", "создан",
    "згенер", "Згенер", "створен", "生成", "作成", "创建", "創建", "생성", "작성", "oluştur", "üretil",
    "dibuat", "dihasilkan", "tạo",
  ].map { String(decoding: Bytes.lowercased(FoldedText.fold(Array($0.utf8)[...])), as: UTF8.self) }
}
