/// Amounts and ranges as an officer reads them.
public enum Money {
  /// 5万元, 1.5万元, 500元.
  public static func yuan(_ value: Double) -> String {
    if value >= 10_000, (value / 10_000 * 100).rounded() / 100 * 10_000 == value {
      return number(value / 10_000) + "万元"
    }
    return number(value) + "元"
  }

  static func number(_ value: Double) -> String {
    if value == value.rounded() { return String(Int(value)) }
    var text = String((value * 10_000).rounded() / 10_000)
    if text.hasSuffix(".0") { text.removeLast(2) }
    return text
  }

  /// 5万元以上20万元以下; 5万元以下; 工程合同价款的1%以上2%以下.
  public static func range(_ fine: Sanction.Fine, terms: Terms) -> String {
    func amount(_ value: Double) -> String {
      switch fine.basis {
      case .yuan: yuan(value)
      case .percent: number(value) + "%"
      case .multiple: number(value) + "倍"
      }
    }
    var text = fine.of.map { terms.label($0.rawValue, in: "of") + "的" } ?? ""
    switch (fine.minimum, fine.maximum) {
    case (let low?, let high?) where low == high: text += amount(low)
    case (let low?, let high?): text += amount(low) + "以上" + amount(high) + "以下"
    case (nil, let high?): text += amount(high) + "以下"
    case (let low?, nil): text += amount(low) + "以上"
    case (nil, nil): text += "数额不定"
    }
    switch fine.per {
    case .act: break
    case .day: text += "（按日）"
    case .person: text += "（每人）"
    }
    return text
  }
}
