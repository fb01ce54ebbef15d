/// What is known of a case beyond the finding and its facts: when things happened, the sums that fines are counted in, and
/// what speaks for or against the party.
public struct CaseContext: Hashable, Sendable {
  public var dates: CaseDates
  public var amounts: CaseAmounts
  /// What is established of the circumstances (情节) in `circumstances.xml`.
  public var circumstances: [Circumstance.ID]
  /// The fine somebody means to impose, in yuan, to be held against range, tier and thresholds.
  public var intendedFine: Double?

  public init(
    dates: CaseDates = CaseDates(), amounts: CaseAmounts = CaseAmounts(), circumstances: [Circumstance.ID] = [],
    intendedFine: Double? = nil
  ) {
    self.dates = dates
    self.amounts = amounts
    self.circumstances = circumstances
    self.intendedFine = intendedFine
  }

  /// Refuses what cannot be so, before anything is answered from it.
  ///
  /// - Throws: `RulebookError.invalidData`: an end, a discovery or a decision before the act; a circumstance that
  ///   `circumstances.xml` does not have, or twice; a sum below zero.
  public func validate(for finding: Finding, in rulebook: Rulebook) throws(RulebookError) {
    func refuse(_ message: String) throws(RulebookError) -> Never { throw RulebookError(.invalidData, message) }
    if let ended = dates.ended, ended < finding.on {
      try refuse("行为终了日 \(ended) 早于行为发生日 \(finding.on)；请核对两个日期")
    }
    if let discovered = dates.discovered, discovered < finding.on {
      try refuse("发现日 \(discovered) 早于行为发生日 \(finding.on)；请核对两个日期")
    }
    if let decided = dates.decided {
      if decided < finding.on { try refuse("决定日 \(decided) 早于行为发生日 \(finding.on)：不能处罚还没有发生的行为；请核对两个日期") }
      if let discovered = dates.discovered, decided < discovered {
        try refuse("决定日 \(decided) 早于发现日 \(discovered)；请核对两个日期")
      }
      if let ended = dates.ended, decided < ended { try refuse("决定日 \(decided) 早于行为终了日 \(ended)；行为还在继续的，不写终了日") }
    }
    for (name, value) in amounts.named {
      if let value, !(value >= 0 && value.isFinite) { try refuse("\(name)要写成不小于零的元数") }
    }
    if let intendedFine, !(intendedFine > 0 && intendedFine.isFinite) { try refuse("拟罚数额要写成大于零的元数") }
    let known = rulebook.practice.circumstances
    for (number, id) in circumstances.enumerated() {
      guard known.contains(where: { $0.id == id }) else {
        let near = Spelling.nearest(to: id.rawValue, in: known.map(\.id.rawValue)).map { "；是不是 \($0)？" } ?? ""
        try refuse("没有 \(id.rawValue) 这个情节\(near)（zhunsheng list circumstances 有全部代码）")
      }
      if circumstances[..<number].contains(id) { try refuse("情节 \(id.rawValue) 写了两次；请只留一个") }
    }
  }
}

/// The days that decide which law applies and whether it is too late.
public struct CaseDates: Hashable, Codable, Sendable {
  /// The last day of an act that went on (连续或者继续状态); nil: over on the day of the finding, or still going on.
  public var ended: CalendarDate?
  /// The day an authority learnt of it: a tip registered, or the first check.
  public var discovered: CalendarDate?
  /// The day of the decision, or the day it is asked for.
  public var decided: CalendarDate?

  public init(ended: CalendarDate? = nil, discovered: CalendarDate? = nil, decided: CalendarDate? = nil) {
    self.ended = ended
    self.discovered = discovered
    self.decided = decided
  }
}

/// Sums in yuan that a percentage or a multiple is taken of; nil: not established.
public struct CaseAmounts: Hashable, Codable, Sendable {
  public var contractPrice: Double?
  public var illegalGains: Double?
  public var unitFine: Double?
  public var income: Double?

  public init(
    contractPrice: Double? = nil, illegalGains: Double? = nil, unitFine: Double? = nil, income: Double? = nil
  ) {
    self.contractPrice = contractPrice
    self.illegalGains = illegalGains
    self.unitFine = unitFine
    self.income = income
  }

  var named: [(String, Double?)] {
    [("合同价款", contractPrice), ("违法所得", illegalGains), ("单位罚款", unitFine), ("收入", income)]
  }

  func value(of base: FineOf?) -> Double? {
    switch base {
    case .contractPrice, .buildingCost: contractPrice
    case .illegalGains: illegalGains
    case .unitFine: unitFine
    case .income: income
    case nil: nil
    }
  }

  /// The facts that these sums answer: that they are known, and on which side of a line of the law they lie.
  public func facts(_ terms: Terms) -> [(fact: Fact.ID, answer: KnownFacts.Answer)] {
    terms.factOrder.compactMap { id in
      guard let fact = terms.facts[id], let sum = fact.sum, let value = value(of: sum) else { return nil }
      let holds = fact.from.map { $0 <= value } ?? true && fact.below.map { value < $0 } ?? true
      return (id, holds ? .yes : .no)
    }
  }

  /// A range in yuan: as it stands, or worked out from the sum it is taken of. Nil when that is not known.
  public func yuan(_ fine: Sanction.Fine) -> (minimum: Double?, maximum: Double?)? {
    guard fine.basis != .yuan else { return (fine.minimum, fine.maximum) }
    guard let base = value(of: fine.of) else { return nil }
    let share = fine.basis == .percent ? base / 100 : base
    return (fine.minimum.map { $0 * share }, fine.maximum.map { $0 * share })
  }
}
