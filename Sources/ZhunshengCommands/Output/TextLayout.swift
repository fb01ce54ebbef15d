/// Lays out Chinese and Latin text in columns of a terminal.
struct TextLayout {
  private(set) var text = ""
  let width: Int

  init(width: Int = Terminal.width) { self.width = width }

  /// How many columns a text takes: two for a wide character.
  static func columns(_ text: some StringProtocol) -> Int { text.unicodeScalars.reduce(0) { $0 + columns($1) } }

  static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x20, 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x2018...0x201D, 0x2026, 0x2014, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }

  /// Punctuation that may not begin a line, and brackets that may not end one.
  private static let noStart = Set("，。、；：！？）》」』】”’…%".unicodeScalars)
  private static let noEnd = Set("（《「『【“‘".unicodeScalars)

  mutating func line(_ content: String = "") { text += content + "\n" }

  /// A paragraph whose first line starts with `lead` and whose others are indented to the lead's width.
  mutating func paragraph(_ content: String, lead: String = "", indent: Int? = nil) {
    let hang = indent ?? Self.columns(lead)
    let room = max(20, width - 1)
    var current = lead
    var used = Self.columns(lead)
    let margin = String(repeating: " ", count: hang)
    let characters = Array(content.unicodeScalars)
    var index = 0
    while index < characters.count {
      // A run of Latin letters and digits is not broken, nor what may not begin or end a line.
      var end = index + 1
      while end < characters.count {
        let before = characters[end - 1]
        let next = characters[end]
        let isRun = before.isASCII && next.isASCII && before != " " && next != " "
        guard isRun || Self.columns(next) == 0 || Self.noStart.contains(next) || Self.noEnd.contains(before) else { break }
        end += 1
      }
      let columns = characters[index..<end].reduce(0) { $0 + Self.columns($1) }
      if used + columns > room, used > hang {
        text += current + "\n"
        current = margin
        used = hang
        if end == index + 1, characters[index] == " " {
          index = end
          continue
        }
      }
      current.unicodeScalars.append(contentsOf: characters[index..<end])
      used += columns
      index = end
    }
    text += current + "\n"
  }
}

/// Colour, where the terminal shows it.
enum Style {
  static func bold(_ text: String) -> String { wrap(text, "1") }
  static func dim(_ text: String) -> String { wrap(text, "2") }
  static func red(_ text: String) -> String { wrap(text, "31") }
  static func yellow(_ text: String) -> String { wrap(text, "33") }

  private static func wrap(_ text: String, _ code: String) -> String {
    Terminal.usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
