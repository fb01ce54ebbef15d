/// What the official words of one provision let be done: each fine, each kind of penalty and measure, with the condition it
/// stands under and whom it is for.
///
/// It reads the way statutes are built: clauses end at ；and 。, a condition (逾期未改正的, 情节严重的) holds to the end of its
/// clause and for one that goes on with 对 or 并, and a figure is a fine when 罚款 follows it. It is a reader for
/// `Verification`, which holds what the digest says beside it; it never makes a rule.
public struct PenaltyReading: Sendable {
  /// Whom a clause hits. `any`: the clause does not say, or says both.
  public enum Subject: String, Hashable, Sendable { case unit, person, any }

  public enum Content: Hashable, Sendable {
    case fine(basis: FineBasis, of: FineOf?, minimum: Double?, maximum: Double?)
    case detention(minimum: Int, maximum: Int)
    case kind(SanctionKind)
  }

  public struct Statement: Hashable, Sendable {
    public var content: Content
    public var condition: Condition
    public var subject: Subject
    /// Scalars of the text.
    public var range: Range<Int>
  }

  public private(set) var statements: [Statement] = []
  private let text: [Unicode.Scalar]

  public init(_ words: String) {
    text = words.unicodeScalars.filter { !TextDocument.isBlank($0) }.map { $0 == "％" ? "%" : $0 }
    run()
  }

  // MARK: Clauses

  private mutating func run() {
    var start = 0
    var condition = Condition.atOnce
    var subject = Subject.any
    var head = Subject.any
    for index in 0...text.count {
      guard index == text.count || text[index] == "；" || text[index] == "。" || text[index] == "：" else { continue }
      if start < index {
        let goesOn = starts("对", at: start) || starts("并", at: start) || starts("同时", at: start)
        if !goesOn {
          condition = .atOnce
          let own = Self.head(of: text[start..<index])
          if own != .any { head = own }
          subject = head
        } else {
          subject = .any
        }
        clause(start..<index, &condition, &subject, &head)
        // 对…单位依照下列规定处以罚款：
        if index < text.count, text[index] == "：", subject != .any { head = subject }
      }
      if index < text.count, text[index] == "。" { (condition, head) = (.atOnce, .any) }
      start = index + 1
    }
  }

  private mutating func clause(
    _ range: Range<Int>, _ condition: inout Condition, _ subject: inout Subject, _ head: inout Subject
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      if let (next, length) = conditionMark(at: index, in: range) {
        condition = next
        index += length
      } else if let (next, length) = Self.subjectMark(text[index..<range.upperBound]) {
        subject = next
        index += length
      } else if let (amount, end) = Amount.read(text, index, range.upperBound) {
        if let content = fine(amount, index, end, range) {
          // Only a person can be detained; the rest of the sentence speaks of him too.
          if case .detention = content, subject == .any { (subject, head) = (.person, .person) }
          statements.append(Statement(content: content, condition: condition, subject: subject, range: index..<end))
        }
        index = end
      } else if let (kind, length) = kindMark(at: index, to: range.upperBound) {
        statements.append(
          Statement(content: .kind(kind), condition: condition, subject: subject, range: index..<index + length))
        index += length
      } else {
        index += 1
      }
    }
  }

  private func starts(_ words: String, at index: Int) -> Bool { text[index...].starts(with: words.unicodeScalars) }

  /// How far a word lies behind an index, at most so many scalars away.
  private func find(_ words: String, from index: Int, within: Int, to end: Int) -> Int? {
    var position = index
    while position < min(end, index + within) {
      if starts(words, at: position) { return position }
      position += 1
    }
    return nil
  }

  // MARK: Conditions

  private static let conditions: [(String, Condition)] = [
    ("逾期", .overdue), ("限期内未", .overdue), ("拒不", .refusal), ("拒绝改正", .refusal), ("仍不改正", .refusal),
    ("情节严重", .serious), ("情节较重", .serious), ("情节特别严重", .serious), ("情节恶劣", .serious), ("情节较轻", .lenient),
    ("情节轻微", .lenient), ("严重后果", .consequence), ("造成后果", .consequence), ("造成损失", .consequence),
    ("过失引起火灾", .consequence), ("再次", .aggravated), ("一年内四次", .aggravated), ("百八十日内三次", .aggravated),
  ]

  private func conditionMark(at index: Int, in range: Range<Int>) -> (Condition, Int)? {
    for (words, condition) in Self.conditions where starts(words, at: index) {
      // 严重后果的现实危险 is none yet.
      let end = index + words.unicodeScalars.count
      if condition != .consequence || !starts("的现实危险", at: end) { return (condition, end - index) }
    }
    for words in ["发生", "造成", "导致", "引发"] where starts(words, at: index) {
      if let accident = find("事故", from: index, within: 14, to: range.upperBound),
        !text[index..<accident].contains("，"), find("现实危险", from: accident, within: 16, to: range.upperBound) == nil,
        find("的", from: accident, within: 12, to: range.upperBound) != nil
      {
        return (.accident, accident + 2 - index)
      }
    }
    return nil
  }

  // MARK: Subjects

  static let people = [
    "直接负责的主管人员", "直接责任人员", "其他责任人员", "直接责任人", "有关责任人", "主要负责人", "项目负责人", "单位负责人", "法定代表人", "个人经营的投资人",
    "安全生产管理人员", "执业人员", "从业人员", "作业人员", "责任人员", "负责人", "投资人", "责任人", "行为人", "个人",
  ]
  static let units = ["单位", "企业", "公司", "机构", "工厂", "物业服务人"]

  /// 对…处: whom what follows is for.
  private static func subjectMark(_ rest: ArraySlice<Unicode.Scalar>) -> (Subject, Int)? {
    guard let first = rest.first else { return nil }
    if first == "对" {
      // 对其直接负责的主管人员和其他直接责任人员处
      for (offset, scalar) in rest.enumerated().prefix(40).dropFirst() {
        if "，。；、".unicodeScalars.contains(scalar) && scalar != "、" { return nil }
        let here = rest[(rest.startIndex + offset)...]
        if people.contains(where: { here.starts(with: $0.unicodeScalars) }) { return (.person, offset) }
        for unit in units where here.starts(with: unit.unicodeScalars) {
          // 对单位的主要负责人, 对施工单位直接负责的主管人员
          let after = here.dropFirst(unit.unicodeScalars.count)
          let tail = String(String.UnicodeScalarView(after.prefix(12)))
          if people.contains(where: { tail.contains($0) }), !tail.contains("处") { break }
          return (.unit, offset)
        }
        if "处给予".unicodeScalars.contains(scalar) { return nil }
      }
      return nil
    }
    // 单位处…, 个人处…; 单位有前款行为的, 个人有前款行为的
    for unit in ["单位处", "企业处"] where rest.starts(with: unit.unicodeScalars) { return (.unit, 2) }
    for person in ["个人处", "负责人处", "人员处"] where rest.starts(with: person.unicodeScalars) {
      return (.person, person.unicodeScalars.count - 1)
    }
    return nil
  }

  /// Whom a clause speaks of before it says what is done.
  static func head(of clause: ArraySlice<Unicode.Scalar>) -> Subject {
    var words = String(String.UnicodeScalarView(clause.prefix(90)))
    for mark in ["，责令", "，由", "，处", "，给予", "，依照", "，没收", "，对", "，可以", "，予以"] {
      if let at = words.firstRange(mark) { words = String(words[..<at]) }
    }
    // Words about the act are not its subject: what stands before the verb is.
    var person = false
    var unit = false
    var unitEnd: Int?
    let scalars = Array(words.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let rest = scalars[index...]
      if ["违反本", "违反前", "违反第"].contains(where: { rest.starts(with: $0.unicodeScalars) }) {
        // 违反本法第…条规定，
        while index < scalars.count, scalars[index] != "，" { index += 1 }
        continue
      }
      if let word = people.first(where: { rest.starts(with: $0.unicodeScalars) }) {
        person = true
        // 单位的主要负责人, 单位的其他负责人: the person, not the unit.
        if let unitEnd, index - unitEnd <= 6, index == unitEnd || scalars[unitEnd] == "的" { unit = false }
        index += word.unicodeScalars.count
        continue
      }
      if let word = units.first(where: { rest.starts(with: $0.unicodeScalars) }) {
        unit = true
        index += word.unicodeScalars.count
        unitEnd = index
        continue
      }
      if ["未", "不", "有下", "有前", "有本", "擅自", "将", "没有", "拒", "在"].contains(where: { rest.starts(with: $0.unicodeScalars) }) {
        break
      }
      index += 1
    }
    return person == unit ? .any : person ? .person : .unit
  }

  // MARK: Kinds

  private static let kinds: [(String, SanctionKind)] = [
    ("警告", .warning), ("通报批评", .criticism), ("责令限期改正", .orderCorrect), ("责令改正", .orderCorrect), ("责令立即", .orderCorrect),
    ("责令限期", .orderCorrect), ("责令消除", .orderCorrect), ("责令停止违法行为", .orderCorrect), ("责令停止施工", .stopWork),
    ("停止施工", .stopWork), ("停止生产", .stopWork), ("停止建设", .stopWork), ("停产停业", .suspendBusiness), ("停业整顿", .suspendBusiness),
    ("没收违法所得", .confiscateGains), ("没收", .confiscateGoods), ("降低资质等级", .downgrade), ("降低其资质", .downgrade),
    ("吊销资质", .revokeQualification), ("吊销其资质", .revokeQualification), ("资质证书", .revokeQualification), ("拘留", .detention),
    ("追究刑事责任", .referCriminal), ("有期徒刑", .referCriminal), ("治安管理处罚", .referPolice), ("公安机关", .referPolice), ("取缔", .outlaw),
    ("停止使用", .stopUse), ("强制执行", .enforce), ("代为", .enforce), ("予以关闭", .close), ("关闭", .close), ("处分", .sanction),
    ("不得担任", .banFromTrade), ("不得从事", .banFromTrade), ("行业禁入", .banFromTrade), ("罚款", .fine), ("罚金", .fine),
  ]

  private func kindMark(at index: Int, to end: Int) -> (SanctionKind, Int)? {
    for (words, kind) in Self.kinds where starts(words, at: index) { return (kind, words.unicodeScalars.count) }
    if starts("予以没收", at: index) {
      let before = String(String.UnicodeScalarView(text[max(0, index - 8)..<index]))
      return (before.contains("违法所得") ? .confiscateGains : .confiscateGoods, 4)
    }
    if starts("吊销", at: index) { return (.revokePermit, 2) }
    if starts("撤销", at: index) { return (.revokePermit, 2) }
    if starts("暂扣", at: index) || starts("暂停", at: index) { return (.suspendPermit, 2) }
    if starts("责令", at: index) { return (.orderCorrect, 2) }
    if starts("改正", at: index) { return (.orderCorrect, 2) }
    return nil
  }

  // MARK: Figures

  /// A figure or a range: 五万元以上二十万元以下, 百分之四十, 一倍以上五倍以下, 五日以下.
  struct Amount {
    enum Unit { case yuan, percent, multiple, days }
    var minimum: Double?
    var maximum: Double?
    var unit: Unit

    static func read(_ text: [Unicode.Scalar], _ start: Int, _ end: Int) -> (amount: Amount, end: Int)? {
      func has(_ words: String, _ at: Int) -> Bool { at <= end && text[at..<end].starts(with: words.unicodeScalars) }
      guard let (first, unit, after) = one(text, start, end) else { return nil }
      for joint in ["以上", "至", "到", "-", "—", "－"] where has(joint, after) {
        let next = after + joint.unicodeScalars.count
        guard let (second, secondUnit, last) = one(text, next, end), let shared = unit ?? secondUnit,
          secondUnit == nil || unit == nil || unit == secondUnit
        else { continue }
        let closing = has("以下", last) ? 2 : 0
        if joint == "以上", closing == 0 { continue }
        return (Amount(minimum: first, maximum: second, unit: shared), last + closing)
      }
      guard let unit else { return nil }
      if has("以下", after) { return (Amount(minimum: nil, maximum: first, unit: unit), after + 2) }
      if has("以上", after) { return (Amount(minimum: first, maximum: nil, unit: unit), after + 2) }
      return (Amount(minimum: first, maximum: first, unit: unit), after)
    }

    /// One number with its unit; the unit may be left out of the first of two (十万以上五十万元以下).
    private static func one(_ text: [Unicode.Scalar], _ start: Int, _ end: Int) -> (Double, Unit?, Int)? {
      var index = start
      func has(_ words: String, _ at: Int) -> Bool { at <= end && text[at..<end].starts(with: words.unicodeScalars) }
      var unit: Unit?
      if has("百分之", index) {
        unit = .percent
        index += 3
      }
      let begin = index
      while index < end, ChineseNumeral.isNumeral(text[index]) || text[index] == "." || text[index] == "亿" { index += 1 }
      guard index > begin, let value = number(text[begin..<index]) else { return nil }
      if unit == nil {
        if has("元", index) {
          (unit, index) = (.yuan, index + 1)
        } else if has("%", index) {
          (unit, index) = (.percent, index + 1)
        } else if has("倍", index) {
          (unit, index) = (.multiple, index + 1)
        } else if has("日", index) {
          (unit, index) = (.days, index + 1)
        }
      }
      return (value, unit, index)
    }

    private static func number(_ scalars: ArraySlice<Unicode.Scalar>) -> Double? {
      if let point = scalars.firstIndex(of: ".") {
        // 1.5万
        var fraction = scalars[(point + 1)...]
        var factor = 1.0
        while let last = fraction.last, let unit = ChineseNumeral.unit(last) {
          factor *= Double(unit)
          fraction = fraction.dropLast()
        }
        guard let whole = ChineseNumeral.value(scalars[..<point]), let part = ChineseNumeral.value(fraction) else { return nil }
        var scale = 1.0
        for _ in fraction { scale *= 10 }
        return (Double(whole) + Double(part) / scale) * factor
      }
      return ChineseNumeral.value(scalars).map(Double.init)
    }
  }

  /// The figure as a fine or detention, if 罚款 or 拘留 follows it closely.
  private func fine(_ amount: Amount, _ start: Int, _ end: Int, _ clause: Range<Int>) -> Content? {
    if amount.unit == .days {
      guard find("拘留", from: end, within: 4, to: clause.upperBound) != nil, let maximum = amount.maximum else { return nil }
      return .detention(minimum: Int(amount.minimum ?? 0), maximum: Int(maximum))
    }
    let before = String(String.UnicodeScalarView(text[max(clause.lowerBound, start - 14)..<start]))
    let follows =
      find("罚款", from: end, within: 9, to: clause.upperBound) ?? find("罚金", from: end, within: 9, to: clause.upperBound)
    let isNamedBefore = before.hasSuffix("罚款") || before.hasSuffix("罚款：")
    guard follows.map({ !text[end..<$0].contains("，") }) ?? isNamedBefore else { return nil }
    var of: FineOf?
    if amount.unit != .yuan {
      for (words, base) in [
        ("合同价款", FineOf.contractPrice), ("罚款数额", .unitFine), ("罚款额", .unitFine), ("违法所得", .illegalGains), ("年收入", .income),
        ("造价", .buildingCost),
      ] where before.contains(words) {
        of = base
      }
    }
    let basis: FineBasis = amount.unit == .yuan ? .yuan : amount.unit == .percent ? .percent : .multiple
    return .fine(basis: basis, of: of, minimum: amount.minimum, maximum: amount.maximum)
  }
}

extension PenaltyReading {
  /// The conditions that some words name.
  static func conditions(in words: String) -> Set<Condition> {
    let reading = PenaltyReading(marks: words)
    var result: Set<Condition> = []
    for index in reading.text.indices {
      if let (condition, _) = reading.conditionMark(at: index, in: 0..<reading.text.count) { result.insert(condition) }
    }
    return result
  }

  private init(marks words: String) { text = words.unicodeScalars.filter { !TextDocument.isBlank($0) } }
}

extension String {
  fileprivate func firstRange(_ words: String) -> Index? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(words) { return index }
      index = self.index(after: index)
    }
    return nil
  }
}
