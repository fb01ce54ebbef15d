/// What a line of a statute begins with: 第…条, 第…章, （一）, 1.
public enum StatuteLine: Hashable, Sendable {
  public enum Division: String, CaseIterable, Sendable { case part, subpart, chapter, section }

  /// 第…条之…; the number of scalars it takes, and whether a space follows it.
  case article(number: Int, insertion: Int?, length: Int, isSpaced: Bool)
  /// 第…编, 第…分编, 第…章, 第…节.
  case division(Division, number: Int, length: Int)
  /// （一）
  case point(number: Int, length: Int)
  /// 1. or （1）
  case indent(number: Int, length: Int)
  /// 一、
  case unit(number: Int, length: Int)
  case text

  public init(_ line: Substring) {
    let scalars = Array(line.unicodeScalars.prefix(24))
    func isSpace(_ index: Int) -> Bool { index < scalars.count && TextDocument.isBlank(scalars[index]) }
    func number(_ from: Int) -> (value: Int, end: Int)? {
      var end = from
      while end < scalars.count, ("0"..."9").contains(scalars[end]) || ("０"..."９").contains(scalars[end]) { end += 1 }
      if end > from {
        let digits = scalars[from..<end].map { scalar in
          Unicode.Scalar(scalar.value >= 0xFF10 ? scalar.value - 0xFF10 + 0x30 : scalar.value)!
        }
        return Int(String(String.UnicodeScalarView(digits))).map { ($0, end) }
      }
      while end < scalars.count, ChineseNumeral.isNumeral(scalars[end]) || scalars[end] == "〇" || scalars[end] == "○" { end += 1 }
      guard end > from else { return nil }
      return ChineseNumeral.value(scalars[from..<end].map { $0 == "〇" || $0 == "○" ? "零" : $0 }).map { ($0, end) }
    }
    self = .text
    guard let first = scalars.first else { return }
    switch first {
    case "第":
      // 第 一 章: spaces between the characters of a heading.
      guard let (value, end) = number(1), end < scalars.count else { return }
      switch scalars[end] {
      case "条":
        var insertion: Int?
        var length = end + 1
        if length < scalars.count, scalars[length] == "之", let (next, after) = number(length + 1) {
          insertion = next
          length = after
        }
        let isSpaced = length >= scalars.count || isSpace(length)
        self = .article(number: value, insertion: insertion, length: length, isSpaced: isSpaced)
      case "编" where end + 1 >= scalars.count || isSpace(end + 1): self = .division(.part, number: value, length: end + 1)
      case "分" where end + 1 < scalars.count && scalars[end + 1] == "编" && (end + 2 >= scalars.count || isSpace(end + 2)):
        self = .division(.subpart, number: value, length: end + 2)
      case "章" where end + 1 >= scalars.count || isSpace(end + 1): self = .division(.chapter, number: value, length: end + 1)
      case "节" where end + 1 >= scalars.count || isSpace(end + 1): self = .division(.section, number: value, length: end + 1)
      default: return
      }
    case "（", "(":
      guard let (value, end) = number(1), end < scalars.count, "）)".unicodeScalars.contains(scalars[end]) else { return }
      let isArabic = ("0"..."9").contains(scalars[1]) || ("０"..."９").contains(scalars[1])
      self = isArabic ? .indent(number: value, length: end + 1) : .point(number: value, length: end + 1)
    case "0"..."9", "０"..."９":
      guard let (value, end) = number(0), end <= 3, end < scalars.count, ".．、".unicodeScalars.contains(scalars[end]) else {
        return
      }
      // 2.5米 is a figure.
      if end + 1 < scalars.count, ("0"..."9").contains(scalars[end + 1]) { return }
      self = .indent(number: value, length: end + 1)
    default:
      guard ChineseNumeral.isNumeral(first), let (value, end) = number(0), end < scalars.count, scalars[end] == "、" else {
        return
      }
      self = .unit(number: value, length: end + 1)
    }
  }
}
