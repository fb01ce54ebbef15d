/// Numbers as statutes and officers write them: 九十九, 一百三十四, 12, １２.
public enum ChineseNumeral {
  private static let digits: [Character] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

  /// 1…9999 in the form article numbers take: 十一 (not 一十一), 一百零二, 一千二百六十. Out of range gives Arabic digits.
  public static func text(_ number: Int) -> String {
    guard (1...9999).contains(number) else { return String(number) }
    if number < 10 { return String(digits[number]) }
    if number < 20 { return "十" + (number == 10 ? "" : String(digits[number - 10])) }
    var result = ""
    var rest = number
    var gap = false
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十")] {
      let count = rest / unit
      rest %= unit
      if count > 0 {
        if gap { result += "零" }
        gap = false
        result += String(digits[count]) + name
      } else if !result.isEmpty, rest > 0 {
        gap = true
      }
    }
    if rest > 0 { result += (gap ? "零" : "") + String(digits[rest]) }
    return result
  }

  /// The value of one Chinese or Arabic (also full-width) digit, 〇, 两 and 百-style units excluded from digits.
  static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "0"..."9": Int(scalar.value - 0x30)
    case "０"..."９": Int(scalar.value - 0xFF10)
    case "零", "〇": 0
    case "一", "壹": 1
    case "二", "两", "贰": 2
    case "三", "叁": 3
    case "四", "肆": 4
    case "五", "伍": 5
    case "六", "陆": 6
    case "七", "柒": 7
    case "八", "捌": 8
    case "九", "玖": 9
    default: nil
    }
  }

  static func unit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "十", "拾": 10
    case "百", "佰": 100
    case "千", "仟": 1000
    case "万": 10_000
    default: nil
    }
  }

  static func isNumeral(_ scalar: Unicode.Scalar) -> Bool { digit(scalar) != nil || unit(scalar) != nil }

  /// Reads 九十九, 99, ９９, 一百零二, 十二. Nil when it is not one whole number (第, an empty text, 九十百).
  public static func value(_ scalars: some Sequence<Unicode.Scalar>) -> Int? {
    var total = 0
    var section = 0
    var current: Int?
    var positional = 0
    var any = false
    for scalar in scalars {
      any = true
      if let digit = digit(scalar) {
        if let pending = current, positional > 0 {
          // 一二三 or 123: digits one after another are positional.
          guard pending < 100_000_000 else { return nil }
          current = pending * 10 + digit
        } else {
          current = digit
        }
        positional += 1
      } else if let unit = unit(scalar) {
        if unit == 10_000 {
          total += (section + (current ?? 0)) * unit
          section = 0
        } else {
          section += (current ?? (unit == 10 ? 1 : 0)) * unit
          if current == nil, unit != 10 { return nil }
        }
        current = nil
        positional = 0
      } else {
        return nil
      }
    }
    return any ? total + section + (current ?? 0) : nil
  }
}
