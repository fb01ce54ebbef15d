internal import Enforcement

/// How Word writes an automatic number (`w:numFmt`): 一、甲、①、1、IV.
enum NumberFormat {
  /// - Parameter format: the standard's name of the format; one that is not known is written in Arabic digits, as Word does.
  static func text(_ number: Int, _ format: String) -> String {
    guard number >= 0 else { return String(number) }
    switch format {
    case "none": return ""
    case "decimalZero": return number < 10 ? "0\(number)" : "\(number)"
    case "upperRoman": return roman(number)
    case "lowerRoman": return roman(number).lowercased()
    case "upperLetter": return letters(number, from: "A")
    case "lowerLetter": return letters(number, from: "a")
    case "decimalFullWidth", "decimalFullWidth2": return shifted(number, zero: 0xFF10)
    case "numberInDash": return "- \(number) -"
    case "chineseCounting", "taiwaneseCounting":
      return number < 100 ? chinese(number) : digits(number, "○一二三四五六七八九")
    case "chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting", "koreanCounting": return chinese(number)
    case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital": return digits(number, "〇一二三四五六七八九")
    case "chineseLegalSimplified": return legal(number, from: "零一二三四五六七八九十百千", to: "零壹贰叁肆伍陆柒捌玖拾佰仟")
    case "ideographLegalTraditional", "japaneseLegal": return legal(number, from: "零一二三四五六七八九十百千", to: "零壹貳參肆伍陸柒捌玖拾佰仟")
    case "ideographTraditional": return symbol(number, "甲乙丙丁戊己庚辛壬癸")
    case "ideographZodiac": return symbol(number, "子丑寅卯辰巳午未申酉戌亥")
    case "ideographZodiacTraditional":
      guard (1...60).contains(number) else { return String(number) }
      return symbol((number - 1) % 10 + 1, "甲乙丙丁戊己庚辛壬癸") + symbol((number - 1) % 12 + 1, "子丑寅卯辰巳午未申酉戌亥")
    case "decimalEnclosedCircle", "decimalEnclosedCircleChinese": return circled(number) ?? String(number)
    case "decimalEnclosedParen": return enclosed(number, 0x2474, 20)
    case "decimalEnclosedFullstop": return enclosed(number, 0x2488, 20)
    case "ideographEnclosedCircle": return enclosed(number, 0x3280, 10)
    default: return String(number)
    }
  }

  /// ①…㊿; nil where there is no such sign.
  static func circled(_ number: Int) -> String? {
    switch number {
    case 0: "⓪"
    case 1...20: scalar(0x2460 + number - 1)
    case 21...35: scalar(0x3251 + number - 21)
    case 36...50: scalar(0x32B1 + number - 36)
    default: nil
    }
  }

  private static func scalar(_ value: Int) -> String { String(Character(Unicode.Scalar(UInt32(value))!)) }

  private static func enclosed(_ number: Int, _ first: Int, _ count: Int) -> String {
    (1...count).contains(number) ? scalar(first + number - 1) : String(number)
  }

  private static func chinese(_ number: Int) -> String { number == 0 ? "零" : ChineseNumeral.text(number) }

  private static func symbol(_ number: Int, _ symbols: String) -> String {
    (1...symbols.count).contains(number) ? String(Array(symbols)[number - 1]) : String(number)
  }

  private static func digits(_ number: Int, _ digits: String) -> String {
    let digits = Array(digits)
    return String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }

  private static func shifted(_ number: Int, zero: Int) -> String {
    String(number).compactMap { $0.wholeNumberValue.map { scalar(zero + $0) } }.joined()
  }

  private static func legal(_ number: Int, from: String, to: String) -> String {
    let pairs = Dictionary(uniqueKeysWithValues: zip(from, to))
    let text = ((10..<20).contains(number) ? "一" : "") + chinese(number)
    return String(text.map { pairs[$0] ?? $0 })
  }

  /// a…z, aa, bb, as Word goes on.
  private static func letters(_ number: Int, from first: Unicode.Scalar) -> String {
    guard number >= 1 else { return String(number) }
    let letter = scalar(Int(first.value) + (number - 1) % 26)
    return String(repeating: letter, count: min((number - 1) / 26 + 1, 100))
  }

  private static func roman(_ number: Int) -> String {
    guard (1...3999).contains(number) else { return String(number) }
    var rest = number
    var result = ""
    for (value, sign) in [
      (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
      (5, "V"), (4, "IV"), (1, "I"),
    ] {
      while rest >= value {
        result += sign
        rest -= value
      }
    }
    return result
  }
}
