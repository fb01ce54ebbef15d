extension CitationGrammar {
  /// Walks over a folded text, group by group: 第九十九条, 第（三）、（四）项.
  struct Scanner {
    /// 第2、4项: numbers, and what they number.
    struct Group {
      var numbers: [Int]
      /// 1 条, 2 款, 3 项, 4 目
      var unit: Int
      /// 之一
      var insertion: Int?
    }

    let text: [UInt16]
    private let origin: [Int]
    var position = 0
    private(set) var lastSeparatorIsRange = false
    /// What stood between the brackets that were skipped last.
    private(set) var lastParenthesis: [UInt16] = []

    static let ordinal = scalar("第")
    static let openTitle = scalar("《")
    private static let opening = Set("《〈“「『‘\"".unicodeScalars.map { UInt16($0.value) })
    private static let closing = Set("》〉”」』’\"".unicodeScalars.map { UInt16($0.value) })
    private static let separators = Set("、,和及与或并以者同至到-~—".unicodeScalars.map { UInt16($0.value) })
    private static let ranges = Set("至到-~—".unicodeScalars.map { UInt16($0.value) })
    private static let units: [UInt16: Int] = [scalar("条"): 1, scalar("款"): 2, scalar("项"): 3, scalar("目"): 4]

    init(_ text: String, _ folding: Folding) {
      var folded: [UInt16] = []
      var origin: [Int] = []
      for (offset, scalar) in text.unicodeScalars.enumerated() {
        guard let value = folding.fold(scalar) else { continue }
        folded.append(value)
        origin.append(offset)
      }
      self.text = folded
      self.origin = origin
    }

    private static func scalar(_ character: Unicode.Scalar) -> UInt16 { UInt16(character.value) }

    static func endsSentence(_ scalar: UInt16) -> Bool { "。!?;\n".unicodeScalars.contains { UInt16($0.value) == scalar } }

    func range(_ folded: Range<Int>) -> Range<Int> {
      origin[folded.lowerBound]..<origin[folded.upperBound - 1] + 1
    }

    func isBracketed(_ start: Int) -> Bool { start > 0 && Self.opening.contains(text[start - 1]) }

    func titleStart(_ start: Int) -> Int { isBracketed(start) ? start - 1 : start }

    /// A title in brackets must fill them; one without must not go on as another word does.
    mutating func closesTitle(begunAt start: Int) -> Bool {
      guard isBracketed(start) else { return true }
      if position < text.count, Self.closing.contains(text[position]) {
        position += 1
        return true
      }
      // 《安全生产法（2021年修正）》
      let mark = position
      _ = skipParenthesis()
      if position < text.count, Self.closing.contains(text[position]) {
        position += 1
        return true
      }
      position = mark
      return false
    }

    /// （2021年修正）, (国务院令第393号): gives the year if there is one.
    mutating func skipParenthesis() -> Int? {
      lastParenthesis = []
      guard position < text.count, text[position] == 0x28 else { return nil }
      var end = position + 1
      while end < text.count, text[end] != 0x29, end - position < 40 { end += 1 }
      guard end < text.count, text[end] == 0x29 else { return nil }
      let inside = text[(position + 1)..<end]
      lastParenthesis = Array(inside)
      position = end + 1
      let digits = inside.prefix { (0x30...0x39).contains($0) }
      guard digits.count == 4 else { return nil }
      return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }

    mutating func skip(_ words: [Unicode.Scalar]) {
      while position < text.count, words.contains(where: { UInt16($0.value) == text[position] }) { position += 1 }
    }

    mutating func skipSeparators() -> Bool {
      let start = position
      lastSeparatorIsRange = false
      while position < text.count, Self.separators.contains(text[position]) {
        if Self.ranges.contains(text[position]) { lastSeparatorIsRange = true }
        position += 1
      }
      return position > start
    }

    /// 租赁合同第四条 is not an article of the law named before.
    func followsForeignNoun(_ start: Int) -> Bool {
      guard start >= 2 else { return false }
      let before = String(decoding: text[max(0, start - 3)..<start], as: UTF16.self)
      return ["合同", "协议", "公约", "规范", "标准", "承诺书", "责任书", "制度", "纪要", "说明", "清单", "方案", "目录", "附件"].contains {
        before.hasSuffix($0)
      }
    }

    /// One group at the position, which then stands after it; nil leaves the position where it was.
    mutating func group(allowBare: Bool) -> Group? {
      let start = position
      var numbers: [Int] = []
      var isRange = false
      var parenthesised = false
      while true {
        let hasOrdinal = position < text.count && text[position] == Self.ordinal
        if hasOrdinal { position += 1 }
        if numbers.isEmpty, !hasOrdinal, !allowBare {
          position = start
          return nil
        }
        parenthesised = position < text.count && text[position] == 0x28
        if parenthesised { position += 1 }
        guard let number = number() else {
          position = start
          return nil
        }
        if parenthesised {
          guard position < text.count, text[position] == 0x29 else {
            position = start
            return nil
          }
          position += 1
        }
        if isRange, let from = numbers.last, number > from, number - from < 50 {
          numbers += Array((from + 1)...number)
        } else {
          numbers.append(number)
        }
        if position < text.count, let unit = Self.units[text[position]] {
          position += 1
          return Group(numbers: numbers, unit: unit, insertion: unit == 1 ? insertion() : nil)
        }
        // 99条(五) leaves 项 out; a bare number does not.
        let mark = position
        if skipSeparators() {
          isRange = lastSeparatorIsRange
          if position < text.count, text[position] == Self.ordinal || text[position] == 0x28 || isNumeral(text[position]) {
            continue
          }
          position = mark
        }
        if parenthesised, !(position < text.count && text[position] == 0x29) {
          return Group(numbers: numbers, unit: 3, insertion: nil)
        }
        position = start
        return nil
      }
    }

    /// A number begins here, and does not go on from before.
    func isNumber(at position: Int) -> Bool {
      isNumeral(text[position]) && !(position > 0 && isNumeral(text[position - 1]))
    }

    private func isNumeral(_ scalar: UInt16) -> Bool {
      Unicode.Scalar(scalar).map { ChineseNumeral.isNumeral($0) } ?? false
    }

    private mutating func number() -> Int? {
      let start = position
      while position < text.count, isNumeral(text[position]), position - start < 8 { position += 1 }
      guard position > start, let value = ChineseNumeral.value(text[start..<position].compactMap { Unicode.Scalar($0) }),
        (1...9999).contains(value)
      else {
        position = start
        return nil
      }
      return value
    }

    private mutating func insertion() -> Int? {
      guard position < text.count, text[position] == Self.scalar("之") || text[position] == 0x2D else { return nil }
      let start = position
      position += 1
      if let value = number(), value < 30 { return value }
      position = start
      return nil
    }
  }
}
