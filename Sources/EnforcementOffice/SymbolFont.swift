/// Characters of the fonts that hold signs instead of letters: a tick typed in Wingdings is stored as a letter.
enum SymbolFont {
  /// What stands where a sign of such a font is not known here: the printers' mark for a missing one.
  static let missing = "〓"

  static func isKnown(_ font: String?) -> Bool { font.flatMap { tables[$0.lowercased()] } != nil }

  /// The sign at a place of a font, from 0x20 to 0xFF or the same in the private use area from F000; nil when not known.
  static func text(_ code: UInt32, font: String?) -> String? {
    let place = (0xF000...0xF0FF).contains(code) ? code - 0xF000 : code
    if let table = font.flatMap({ tables[$0.lowercased()] }), place < 0x100 { return table[place] }
    // A font with letters at their own places.
    guard code == place, let scalar = Unicode.Scalar(code), scalar.properties.generalCategory != .privateUse else { return nil }
    return String(Character(scalar))
  }

  /// A text typed in such a font; other characters of it come from another font and stay.
  static func text(_ text: String, font: String?) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isSign = (0x21...0xFF).contains(scalar.value) || (0xF000...0xF0FF).contains(scalar.value)
      result += isSign ? SymbolFont.text(scalar.value, font: font) ?? missing : String(Character(scalar))
    }
    return result
  }

  private static let tables: [String: [UInt32: String]] = [
    "wingdings": wingdings, "wingdings 2": wingdings2, "wingdings 3": wingdings3, "symbol": symbol, "webdings": webdings,
  ]

  private static func run(_ first: UInt32, _ signs: String) -> [UInt32: String] {
    Dictionary(uniqueKeysWithValues: signs.enumerated().map { (first + UInt32($0.offset), String($0.element)) })
  }

  private static let wingdings: [UInt32: String] =
    run(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")
    .merging(
      [
        0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x46: "☞", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□",
        0x70: "❐", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x9E: "·", 0x9F: "•",
        0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "□", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xD8: "➢", 0xDC: "➲",
        0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
      ]
    ) { _, new in new }

  private static let wingdings2: [UInt32: String] = run(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩").merging(
    [
      0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "⊗", 0x96: "•", 0x97: "●", 0x98: "●", 0xA0: "▪",
      0xA1: "▪", 0xA2: "■", 0xA3: "□", 0xA4: "□",
    ]
  ) { _, new in new }

  private static let wingdings3: [UInt32: String] = [
    0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x70: "▲", 0x71: "▼", 0x72: "△", 0x73: "▽", 0x74: "◀", 0x75: "▶", 0x7D: "▶",
  ]

  private static let webdings: [UInt32: String] = [0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"]

  private static let symbol: [UInt32: String] = run(0x30, "0123456789")
    .merging(run(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")) { _, new in new }
    .merging(run(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ")) { _, new in new }
    .merging(
      [
        0x20: " ", 0x25: "%", 0x28: "(", 0x29: ")", 0x2B: "+", 0x2C: ",", 0x2D: "−", 0x2E: ".", 0x2F: "/", 0x3C: "<", 0x3D: "=",
        0x3E: ">", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷",
        0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xC6: "∅", 0xD0: "∠", 0xD6: "√", 0xE5: "∑", 0xF2: "∫",
      ]
    ) { _, new in new }
}
