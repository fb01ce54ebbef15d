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
  /// Not in cases where one of these is so.
  public var unless: [Fact.ID]
  /// The clause the choice rests on, by address; nil where only the notes say so.
  public var basis: ProvisionAddress?
  public var reason: String
  public var confidence: Confidence
  public var line: Int

  public init(
    id: String, prefer: ProvisionAddress, over: ProvisionAddress, items: [Violation.ID] = [],
    unless: [Fact.ID] = [], basis: ProvisionAddress? = nil, reason: String, confidence: Confidence, line: Int = 0
  ) {
    self.id = id
    self.prefer = prefer
    self.over = over
    self.items = items
    self.unless = unless
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
  /// All that the item may be punished under.
  let position: LegalPosition

  /// The parties whose fines are asked about: the one named, or each that a fine is laid on.
  static func parties(_ sanctions: [LegalPosition.Applicable], asked: Party?) -> [Party] {
    if let asked { return [asked] }
    var parties: [Party] = []
    for applicable in sanctions where applicable.sanction.imposesFine {
      let concrete = applicable.sanction.party.filter { $0 != .unit }
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
      applicable.sanction.imposesFine && match.applicability(of: applicable) != .excluded
    }
    for party in Self.parties(possible, asked: asked) {
      let ofParty = possible.filter { applicable in
        applicable.concerns(party, match.facts) && applicable.fines(party) && isShown(applicable, possible, match)
          // A share of the unit's fine follows that fine; it competes only when that is known.
          && (applicable.fine(for: party)?.of != .unitFine || amounts.unitFine != nil)
      }
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

  /// Where the words or somebody say which way it was done (行为), provisions for other ways do not compete.
  private func isShown(
    _ applicable: LegalPosition.Applicable, _ possible: [LegalPosition.Applicable], _ match: Match
  ) -> Bool {
    func ways(_ one: LegalPosition.Applicable) -> [Fact.ID] {
      one.requires.filter { rulebook.terms.facts[$0]?.group == "行为" }
    }
    let own = ways(applicable)
    guard own.contains(where: { match.facts[$0] == .unknown }) else { return true }
    return !position.sanctions.contains { other in ways(other).contains { match.facts[$0] == .yes } }
  }

  /// The choice, and where the provision chosen waits for a fact of its own that nobody answered, what is chosen otherwise.
  private func branches(
    of candidates: [LegalPosition.Applicable], for party: Party, when condition: Condition, of match: Match
  ) -> [FineChoice] {
    var result: [FineChoice] = []
    var left = candidates
    var unless: [Fact] = []
    while true {
      var choice = choose(from: left, for: party, when: condition, of: match)
      choice.unless = unless
      let others = left.filter { other in choice.chosen.map { $0 !== other } ?? false && other.fine(for: party) != nil }
      let own = (choice.chosen?.requires ?? []).filter { fact in
        match.facts[fact] == .unknown && !["程序", "金额"].contains(rulebook.terms.facts[fact]?.group ?? "")
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

  private func choose(
    from candidates: [LegalPosition.Applicable], for party: Party, when condition: Condition, of match: Match
  ) -> FineChoice {
    var passed: [FineChoice.Passed] = []
    var left: [LegalPosition.Applicable] = []
    var rule = FineChoice.Rule.only
    var reason = ""
    var basis: String?
    // A provision without any figure can never be the basis of a fine on its own; one that only borrows a figure does not
    // stand beside the one that lends it, nor in its place.
    for candidate in candidates {
      let lender = candidate.borrowed.flatMap { borrowed in
        position.sanctions.first { $0.citation == borrowed.citation && $0.concerns(party, match.facts) && $0.fines(party) }
      }
      if let lender {
        passed.append(
          FineChoice.Passed(sanction: candidate, reason: "本条不定数额，数额由\(lender.citation)定，罚款引那一条", basis: nil))
      } else if candidate.fine(for: party) == nil {
        passed.append(FineChoice.Passed(sanction: candidate, reason: candidate.fineNote ?? "没有数额", basis: nil))
      } else {
        left.append(candidate)
      }
    }
    let preferences = rulebook.practice.preferences.filter { preference in
      (preference.items.isEmpty || preference.items.contains(match.violation.id))
        && !preference.unless.contains { match.facts[$0] == .yes }
    }
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
        basis: basis, passed: passed, fine: left.first.flatMap { range($0, party) })
    }
    // Borrowed figures name the lender: a provision that lends to another does not compete with it.
    var ranges = left.map { ($0, range($0, party)) }
    // Shares of one and the same sum can be compared without knowing it.
    let fines = left.compactMap { $0.fine(for: party) }
    let areShares = ranges.contains { $0.1 == nil } && Set(fines.map { [$0.basis.rawValue, $0.of?.rawValue ?? ""] }).count == 1
    if areShares { ranges = zip(left, fines).map { ($0, ($1.minimum, $1.maximum)) } }
    let cited = rulebook.citation(of: Self.higherFine, on: date)
    guard ranges.allSatisfy({ $0.1 != nil }) else {
      let missing = ranges.filter { $0.1 == nil }.compactMap { $0.0.fine(for: party)?.of }
      let names = Set(missing.map { rulebook.terms.label($0.rawValue, in: "of") }).sorted().joined(separator: "、")
      return FineChoice(
        party: party, condition: condition, assuming: [], unless: [], chosen: nil, rule: .open,
        reason: "要先查清\(names)，才能比哪一条罚款数额高", basis: cited,
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
      reason: (reason.isEmpty ? "" : reason + "；其余的") + "同一行为，择罚款数额高的规定", basis: cited, passed: passed,
      fine: areShares ? nil : best.1)
  }

  private func range(_ applicable: LegalPosition.Applicable, _ party: Party) -> (minimum: Double?, maximum: Double?)? {
    applicable.fine(for: party).flatMap(amounts.yuan)
  }

  static let higherFine = ProvisionAddress("/akn/cn/act/law/1996-03-17/administrative-penalty#art_29__para_1")!
}

extension LegalPosition.Applicable {
  /// The fine this provision lays on a party: the persons responsible have their own where it gives one beside the unit's.
  /// Nil where it does not fine that party, or without a figure.
  public func fine(for party: Party) -> Sanction.Fine? {
    guard fines(party) else { return nil }
    let isPerson = party == .responsiblePerson || party == .principal
    if isPerson, let fine = sanction.responsibleFine,
      party == .responsiblePerson || fineKinds(for: party).contains(where: { !$0.to.isEmpty && $0.to.allSatisfy(Self.isPerson) })
    {
      return fine
    }
    return sanction.fine ?? borrowed?.fine
  }

  /// Whether it is laid on that party: an owner or a contractor that is no natural person is a 生产经营单位, too.
  func concerns(_ party: Party, _ facts: KnownFacts) -> Bool {
    if sanction.party.contains(party) { return true }
    let units: [Party] = [.owner, .contractor, .supervisor, .designer, .propertyManager, .lessorSupplier]
    return units.contains(party) && sanction.party.contains(.unit) && facts["party-is-individual"] != .yes
  }

  /// Whether it fines that party at all, with or without a figure.
  func fines(_ party: Party) -> Bool { !fineKinds(for: party).isEmpty }

  private func fineKinds(for party: Party) -> [Sanction.KindEntry] {
    let units: [Party] = [.owner, .contractor, .supervisor, .designer, .propertyManager, .lessorSupplier]
    let asUnit = !sanction.party.contains(party) && units.contains(party)
    return sanction.kinds.filter { kind in
      kind.kind == .fine && (kind.to.isEmpty || kind.to.contains(party) || (asUnit && kind.to.contains(.unit)))
    }
  }

  private static func isPerson(_ party: Party) -> Bool { party == .responsiblePerson || party == .principal }
}
