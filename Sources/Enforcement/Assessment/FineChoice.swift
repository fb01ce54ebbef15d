/// Which provision a fine is taken from when several punish the same act of the same party at the same stage.
///
/// One act is fined once (行政处罚法 第二十九条): the special provision where one goes before the other, otherwise the one
/// with the higher fine. The others are listed with the reason they were passed over; kinds other than fines may still be
/// combined as the law allows.
public struct FineChoice: Sendable {
  public enum Rule: String, Codable, CaseIterable, Sendable {
    /// Only one provision fines here.
    case only
    /// The higher fine.
    case higherFine = "higher-fine"
    /// A special provision goes before (`concurrence.xml`).
    case preference
    /// Cannot be ordered without a sum that is not known, or at all.
    case open

    public var label: String {
      switch self {
      case .only: "只有这一条"
      case .higherFine: "择高"
      case .preference: "特别规定优先"
      case .open: "待定"
      }
    }
  }

  public struct Passed: Sendable {
    public var sanction: LegalPosition.Applicable
    public var reason: String
    /// The clause the reason rests on.
    public var basis: String?
  }

  public var party: Party
  public var condition: Condition
  /// What must be so for this choice: facts nobody answered yet that rule the other provisions out (高危单位、非高危单位).
  public var assuming: [Fact]
  /// What must not be so: facts nobody answered yet that would bring in a provision with a higher fine.
  public var unless: [Fact]
  /// Nil when it is open; then `passed` holds all of them.
  public var chosen: LegalPosition.Applicable?
  public var rule: Rule
  public var reason: String
  public var basis: String?
  public var passed: [Passed]

  /// The range in yuan, where it can be told.
  public var fine: (minimum: Double?, maximum: Double?)?
}

/// One provision goes before another for the same act (特别法优先等), with the source of that choice.
public struct Preference: Hashable, Sendable {
  public var id: String
  public var prefer: ProvisionAddress
  public var over: ProvisionAddress
  /// Only for these items; empty: all.
  public var items: [Violation.ID]
  /// The clause the choice rests on, by address; nil where only the notes say so.
  public var basis: ProvisionAddress?
  public var reason: String
  public var confidence: Confidence
  public var line: Int

  public init(
    id: String, prefer: ProvisionAddress, over: ProvisionAddress, items: [Violation.ID] = [],
    basis: ProvisionAddress? = nil, reason: String, confidence: Confidence, line: Int = 0
  ) {
    self.id = id
    self.prefer = prefer
    self.over = over
    self.items = items
    self.basis = basis
    self.reason = reason
    self.confidence = confidence
    self.line = line
  }
}

/// Whether two items found together are one act or two.
public struct ConductRelation: Hashable, Sendable {
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Two acts: each may be punished; the decision must say why they can be told apart.
    case separate
    /// One act under two names: fined once.
    case same
    /// Depends on the facts.
    case judge

    public var label: String {
      switch self {
      case .separate: "两个行为，可以分别处罚"
      case .same: "同一行为，只择一罚款"
      case .judge: "是不是同一行为要看事实"
      }
    }
  }

  public var items: [Violation.ID]
  public var kind: Kind
  public var reason: String
  public var line: Int

  public init(items: [Violation.ID], kind: Kind, reason: String, line: Int = 0) {
    self.items = items
    self.kind = kind
    self.reason = reason
    self.line = line
  }
}

extension ProvisionAddress {
  /// Whether `other` is this provision or stands inside it; a work without a place holds everything in it.
  func holds(_ other: ProvisionAddress) -> Bool {
    guard work == other.work, version == nil || version == other.version else { return false }
    guard let place else { return true }
    return other.place.map { place.contains($0) } ?? false
  }
}

struct FineChooser {
  let rulebook: Rulebook
  let amounts: CaseAmounts
  let date: CalendarDate

  /// The parties whose fines are asked about: the one named, or each that a fine is laid on.
  static func parties(_ sanctions: [LegalPosition.Applicable], asked: Party?) -> [Party] {
    if let asked { return [asked] }
    var parties: [Party] = []
    for applicable in sanctions where applicable.sanction.imposesFine {
      let concrete = applicable.sanction.party.filter { $0 != .unit && $0 != .responsiblePerson }
      for party in concrete.isEmpty ? applicable.sanction.party : concrete where !parties.contains(party) {
        parties.append(party)
      }
    }
    return parties
  }

  /// One choice for each party and stage at which a fine is possible, given what is not excluded.
  func choices(
    of match: Match, in sanctions: [LegalPosition.Applicable], party asked: Party?
  ) -> [FineChoice] {
    var result: [FineChoice] = []
    let possible = sanctions.filter { applicable in
      applicable.sanction.imposesFine && match.applicability(of: applicable) != .excluded && finesWhole(applicable)
    }
    for party in Self.parties(possible, asked: asked) {
      let ofParty = possible.filter { $0.sanction.party.contains(party) }
      for condition in Condition.allCases {
        let candidates = ofParty.filter { $0.sanction.condition == condition }
        guard !candidates.isEmpty else { continue }
        for (assumed, group) in alternatives(candidates, match.facts) {
          for var choice in branches(of: group, for: party, when: condition, of: match) {
            choice.assuming = assumed + choice.assuming
            result.append(choice)
          }
        }
      }
    }
    return result
  }

  /// The choice, and where the provision chosen waits for a fact of its own that nobody answered, what is chosen otherwise.
  private func branches(
    of candidates: [LegalPosition.Applicable], for party: Party, when condition: Condition, of match: Match
  ) -> [FineChoice] {
    var result: [FineChoice] = []
    var left = candidates
    var unless: [Fact] = []
    while true {
      var choice = choose(from: left, for: party, when: condition, of: match.violation.id)
      choice.unless = unless
      let others = left.filter { other in choice.chosen.map { $0 !== other } ?? false && (other.fine ?? other.borrowed?.fine) != nil }
      let own = (choice.chosen?.requires ?? []).filter { fact in
        match.facts[fact] == .unknown && rulebook.terms.facts[fact]?.group != "程序"
          && !others.allSatisfy { $0.requires.contains(fact) }
      }
      guard choice.rule != .only, !others.isEmpty, let fact = own.first.flatMap({ rulebook.terms.facts[$0] }) else {
        return result + [choice]
      }
      // One of its own facts stands for the branch, of what was done before of who did it; the others are asked for with
      // the sanction itself.
      let known = own.compactMap { rulebook.terms.facts[$0] }
      let ofAct = known.filter { $0.group != "主体" }
      let facts = ofAct.isEmpty ? known : ofAct
      let decisive = facts.filter { $0.rank != nil }.min { $0.rank! < $1.rank! } ?? facts.last ?? fact
      choice.assuming = [decisive]
      result.append(choice)
      left.removeAll { $0.requires.contains(decisive.id) }
      unless.append(decisive)
      if left.isEmpty { return result }
    }
  }

  /// Provisions that cannot both apply do not compete: one asks for what the other excludes. Each way it may turn out is a
  /// group of its own.
  private func alternatives(
    _ candidates: [LegalPosition.Applicable], _ facts: KnownFacts
  ) -> [(assumed: [Fact], group: [LegalPosition.Applicable])] {
    let asked = candidates.flatMap(\.requires).filter { facts[$0] == .unknown }
    for id in rulebook.terms.factOrder where asked.contains(id) {
      guard let fact = rulebook.terms.facts[id], let other = fact.excludes, asked.contains(other),
        let excluded = rulebook.terms.facts[other]
      else { continue }
      return [(fact, other), (excluded, id)].flatMap { assumed, ruledOut in
        alternatives(candidates.filter { !$0.requires.contains(ruledOut) }, facts).map { ([assumed] + $0.assumed, $0.group) }
      }
    }
    return [([], candidates)]
  }

  /// Not a fine for the persons responsible beside a unit's: that follows the unit's, it does not compete.
  private func finesWhole(_ applicable: LegalPosition.Applicable) -> Bool {
    applicable.sanction.fine?.of != .unitFine
      && (applicable.sanction.fine != nil || applicable.borrowed != nil || applicable.sanction.responsibleFine == nil)
  }

  private func choose(
    from candidates: [LegalPosition.Applicable], for party: Party, when condition: Condition, of item: Violation.ID
  ) -> FineChoice {
    var passed: [FineChoice.Passed] = []
    var left: [LegalPosition.Applicable] = []
    var rule = FineChoice.Rule.only
    var reason = ""
    var basis: String?
    // A provision without any figure can never be the basis of a fine on its own.
    for candidate in candidates {
      if candidate.sanction.fine == nil, candidate.borrowed == nil {
        passed.append(FineChoice.Passed(sanction: candidate, reason: candidate.fineNote ?? "没有数额", basis: nil))
      } else {
        left.append(candidate)
      }
    }
    let preferences = rulebook.practice.preferences.filter { $0.items.isEmpty || $0.items.contains(item) }
    for preference in preferences {
      guard left.contains(where: { $0.source.map { preference.prefer.holds($0) } ?? false }) else { continue }
      let losers = left.filter { $0.source.map { preference.over.holds($0) && !preference.prefer.holds($0) } ?? false }
      guard !losers.isEmpty else { continue }
      let cited = preference.basis.flatMap { rulebook.citation(of: $0, on: date) }
      for loser in losers {
        passed.append(FineChoice.Passed(sanction: loser, reason: preference.reason, basis: cited))
      }
      left.removeAll { candidate in losers.contains { $0 === candidate } }
      rule = .preference
      reason = preference.reason
      basis = cited
    }
    guard left.count > 1 else {
      return FineChoice(
        party: party, condition: condition, assuming: [], unless: [], chosen: left.first, rule: left.isEmpty ? .open : rule,
        reason: left.isEmpty ? "所列条文都没有数额，不能单独作罚款依据" : rule == .only ? "这一档只有这一条有数额" : reason,
        basis: basis, passed: passed, fine: left.first.flatMap(range))
    }
    // Borrowed figures name the lender: a provision that lends to another does not compete with it.
    let ranges = left.map { ($0, range($0)) }
    let cited = rulebook.citation(of: Self.higherFine, on: date)
    guard ranges.allSatisfy({ $0.1 != nil }) else {
      let missing = ranges.filter { $0.1 == nil }.compactMap { $0.0.fine?.of }
      let names = Set(missing.map { rulebook.terms.label($0.rawValue, in: "of") }).sorted().joined(separator: "、")
      return FineChoice(
        party: party, condition: condition, assuming: [], unless: [], chosen: nil, rule: .open, reason: "要先查清\(names)，才能比哪一条罚款数额高", basis: cited,
        passed: passed + left.map { FineChoice.Passed(sanction: $0, reason: "数额待比", basis: cited) }, fine: nil)
    }
    func key(_ range: (minimum: Double?, maximum: Double?)) -> (Double, Double) {
      (range.maximum ?? .infinity, range.minimum ?? 0)
    }
    let best = ranges.enumerated().max { left, right in
      let (a, b) = (key(left.element.1!), key(right.element.1!))
      // The first of equals stays: the order of the item's file.
      return a == b ? left.offset > right.offset : a < b
    }!.element
    for (other, range) in ranges where other !== best.0 {
      let isEqual = key(range!) == key(best.1!)
      passed.append(
        FineChoice.Passed(
          sanction: other, reason: isEqual ? "幅度与所选的一条相同，只引一条作罚款依据" : "罚款数额低于所选的一条，同一行为不再罚款", basis: cited))
    }
    return FineChoice(
      party: party, condition: condition, assuming: [], unless: [], chosen: best.0, rule: .higherFine,
      reason: (reason.isEmpty ? "" : reason + "；其余的") + "同一行为，择罚款数额高的规定", basis: cited, passed: passed, fine: best.1)
  }

  private func range(_ applicable: LegalPosition.Applicable) -> (minimum: Double?, maximum: Double?)? {
    (applicable.sanction.fine ?? applicable.borrowed?.fine).flatMap(amounts.yuan)
  }

  static let higherFine = ProvisionAddress("/akn/cn/act/law/1996-03-17/administrative-penalty#art_29__para_1")!
}
