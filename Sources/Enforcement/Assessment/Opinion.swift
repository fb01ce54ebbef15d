/// What a legal officer adds to a match: which law in time, whether it is too late, which provision the fine is taken from,
/// how much, by which procedure, and who may impose it. Every statement names its clause.
public struct Opinion: Sendable {
  /// One fine that is possible, and what goes with it.
  public struct Penalty: Sendable {
    public var choice: FineChoice
    public var applicability: Applicability
    /// Nil when nothing is chosen yet.
    public var discretion: Discretion?
    public var procedure: ProcedureAdvice?
    public var competence: Competence?
    /// Whether the fine somebody means to impose lies in the range; nil when none was given or no range is known.
    public var intendedIsInRange: Bool?
  }

  public var item: Violation.ID
  public var law: LawInTime
  public var limitation: Limitation
  public var upcoming: [UpcomingVersion]
  public var penalties: [Penalty]
  public var circumstances: [CircumstanceEffect]
  /// Circumstances that pull in both directions, or other things a person must settle.
  public var warnings: [String]
}

/// How the decided items of a finding stand to each other.
public struct Concurrence: Sendable {
  public var items: [Violation.ID]
  public var kind: ConductRelation.Kind
  public var reason: String
  public var citation: String?
}

extension Rulebook {
  /// The opinion on one match. Pure, and not part of `assess`: it costs more than reading the sentence did.
  public func opinion(on match: Match, of finding: Finding, in context: CaseContext = CaseContext()) -> Opinion {
    let actDay = context.dates.ended ?? finding.ended ?? finding.on
    let decisionDay = context.dates.decided ?? actDay
    let timeline = self.timeline(of: match.violation.id)
    let act = timeline.position(on: actDay)
    let law: LawInTime
    if context.dates.decided != nil {
      law = LawInTime.compare(
        act: act, on: actDay, decision: timeline.position(on: decisionDay), on: decisionDay,
        concerns: { applicable in
          finding.party.map { applicable.concerns($0, match.facts) } ?? true && match.applicability(of: applicable) != .excluded
        },
        citation: cite("#art_37__para_1", on: decisionDay), terms: terms, succeeds: succeeds)
    } else {
      law = LawInTime(
        actDay: actDay, decisionDay: nil, verdict: act.notEncoded.isEmpty ? .unchanged : .notEncoded, changes: [],
        citation: nil, notes: [], position: act)
    }
    var opinion = Opinion(
      item: match.violation.id, law: law, limitation: limitation(match, finding, context),
      upcoming: upcoming(match.violation, after: decisionDay), penalties: [],
      circumstances: effects(of: context.circumstances, on: decisionDay), warnings: [])
    // Two versions that cannot be ordered: the figures of neither are chosen.
    let sanctions = law.position.sanctions(for: finding.party)
    let chooser = FineChooser(rulebook: self, amounts: context.amounts, date: decisionDay, position: law.position)
    let adviser = ProcedureAdviser(rulebook: self, date: decisionDay)
    for choice in chooser.choices(of: match, in: sanctions, party: finding.party) {
      var penalty = Opinion.Penalty(choice: choice, applicability: .open)
      if let chosen = choice.chosen {
        penalty.applicability = match.applicability(of: chosen)
        penalty.discretion = practice.discretion(for: chosen, facts: match.facts, on: decisionDay, terms: terms)
        let advice = adviser.advice(
          for: chosen, subject: Self.subject(choice.party, match.facts), range: choice.fine, intended: context.intendedFine,
          gains: context.amounts.illegalGains)
        penalty.procedure = advice
        penalty.competence = practice.competence(
          for: chosen, of: match.violation.id, hearing: advice.hearing.need, facts: match.facts, on: decisionDay, terms: terms
        ) { ProvisionAddress($0).flatMap { citation(of: $0, on: decisionDay) } }
        if let intended = context.intendedFine, let range = choice.fine {
          penalty.intendedIsInRange = (range.minimum ?? 0) <= intended && intended <= (range.maximum ?? .infinity)
        }
      }
      opinion.penalties.append(penalty)
    }
    opinion.warnings = warnings(opinion, context)
    return opinion
  }

  /// How the decided items of an assessment stand to each other, pair by pair.
  public func concurrences(in assessment: Assessment, on date: CalendarDate? = nil) -> [Concurrence] {
    let items = assessment.decided.map(\.violation.id).sorted()
    let day = date ?? assessment.finding.on
    var result: [Concurrence] = []
    for (number, left) in items.enumerated() {
      for right in items[(number + 1)...] {
        let relation = practice.relation(of: left, right)
        result.append(
          Concurrence(
            items: [left, right], kind: relation?.kind ?? .judge,
            reason: relation?.reason ?? "没有现成的说法：指向的行为不同的可以分别处罚，决定书要写清为什么可分；同一行为的只择高罚款一次",
            citation: cite("#art_29__para_1", on: day)))
      }
    }
    return result
  }

  func timeline(of id: Violation.ID) -> Timeline {
    timelines[violations.firstIndex { $0.id == id }!]
  }

  /// The penalty law's provision at that place, as cited on a day.
  func cite(_ place: String, on date: CalendarDate) -> String? {
    ProvisionAddress("/akn/cn/act/law/1996-03-17/administrative-penalty" + place).flatMap { citation(of: $0, on: date) }
  }

  static func subject(_ party: Party, _ facts: KnownFacts) -> Threshold.Subject {
    switch party {
    case .principal, .projectManager, .responsiblePerson, .safetyManager, .worker, .registeredPractitioner: .individual
    case .user, .individual: facts["party-is-unit"] == .yes ? .unit : .individual
    case .owner, .contractor, .supervisor, .designer, .propertyManager, .lessorSupplier, .unit:
      facts["party-is-individual"] == .yes ? .individual : .unit
    }
  }

  private func limitation(_ match: Match, _ finding: Finding, _ context: CaseContext) -> Limitation {
    let from = context.dates.ended ?? finding.ended ?? finding.on
    let day = context.dates.decided ?? context.dates.discovered ?? from
    if let special = specialLimitation(match, finding) {
      let end = from.adding(months: special.months)
      let isLate = context.dates.discovered.map { end < $0 }
      return Limitation(
        verdict: isLate.map { $0 ? .barred : .inTime } ?? .notAsked, from: from, until: end,
        discovered: context.dates.discovered, citation: special.basis.flatMap { self.citation(of: $0, on: day) },
        reason: special.reason + (isLate == true ? "，已经过了，不再处罚" : ""))
    }
    let two = from.adding(years: 2)
    // An act before the law knew of five years is not followed longer than the law of its day allowed.
    let hasFive = knowsFiveYears(on: from)
    let five = hasFive ? from.adding(years: 5) : two
    let citation = cite("#art_36__para_1", on: day)
    guard let discovered = context.dates.discovered else {
      return Limitation(
        verdict: .notAsked, from: from, until: two, discovered: nil, citation: citation,
        reason: "没有给发现日；从\(from)起二年（到\(two)）没被发现的不再处罚，行为还在继续的从终了日起算")
    }
    if discovered <= two {
      return Limitation(
        verdict: .inTime, from: from, until: two, discovered: discovered, citation: citation, reason: "二年以内发现")
    }
    if five < discovered {
      return Limitation(
        verdict: .barred, from: from, until: five, discovered: discovered, citation: citation,
        reason: hasFive ? "五年也过了，不再处罚" : "二年过了；行为时还没有五年的规定，不再处罚")
    }
    switch match.facts["life-safety-harm"] {
    case .yes:
      return Limitation(
        verdict: .inTime, from: from, until: five, discovered: discovered, citation: citation,
        reason: "涉及公民生命健康安全且有危害后果，五年以内发现")
    case .no:
      return Limitation(
        verdict: .barred, from: from, until: two, discovered: discovered, citation: citation,
        reason: "超过二年，又不涉及公民生命健康安全或者没有危害后果，不再处罚")
    case .unknown:
      return Limitation(
        verdict: .onlyWithHarm, from: from, until: five, discovered: discovered, citation: citation,
        reason: "超过二年：只有涉及公民生命健康安全且有危害后果的，才可以在五年以内处罚")
    }
  }

  /// A limitation of its own that all fines of the party asked about rest on (法律另有规定的除外).
  private func specialLimitation(_ match: Match, _ finding: Finding) -> SpecialLimitation? {
    guard let party = finding.party else { return nil }
    let works = Set(
      match.sanctions.filter { applicable in
        applicable.sanction.party.contains(party) && match.applicability(of: applicable) != .excluded
          && applicable.sanction.kinds.contains { !$0.isMeasure && $0.kind != .referCriminal && $0.kind != .referPolice }
      }
      .compactMap { $0.source?.work })
    guard works.count == 1, let work = works.first else { return nil }
    return practice.limitations.first { $0.work == work }
  }

  private func knowsFiveYears(on date: CalendarDate) -> Bool {
    guard let address = ProvisionAddress("/akn/cn/act/law/1996-03-17/administrative-penalty#art_36__para_1"),
      case .provision(_, let provision?) = index.resolve(address, on: date)
    else { return false }
    return provision.place == address.place
  }

  /// Whether one provision took another's place: by the library's correspondences, or by `concurrence.xml` across works.
  private func succeeds(_ new: LegalPosition.Applicable, _ old: LegalPosition.Applicable) -> Bool {
    guard let before = ProvisionAddress(Self.bare(old.iri)), let after = ProvisionAddress(Self.bare(new.iri)) else {
      return false
    }
    if practice.successions.contains(where: { $0.from.holds(before) && $0.to.holds(after) }) { return true }
    guard before.work == after.work, let regulation = index[before.work] else { return false }
    return regulation.versions.contains { version in
      version.correspondences.contains { $0.from == before.place && $0.to == after.place }
    }
  }

  /// The address without the version: …/zho@2021-09-01#art_99 → …#art_99.
  private static func bare(_ iri: String) -> String {
    guard let start = iri.firstRange(of: "/zho@") else { return iri }
    let place = iri.firstIndex(of: "#").map { String(iri[$0...]) } ?? ""
    return iri[..<start.lowerBound] + place
  }

  /// Versions of the works this item rests on that take effect after the day.
  private func upcoming(_ violation: Violation, after date: CalendarDate) -> [UpcomingVersion] {
    var seen: Set<String> = []
    var result: [UpcomingVersion] = []
    for work in violation.duties.map(\.address.work) + violation.liabilities.map(\.address.work)
    where seen.insert(work).inserted {
      for version in index[work]?.versions ?? [] {
        guard let from = version.from, date < from else { continue }
        result.append(
          UpcomingVersion(
            title: version.title, label: version.label, from: from, note: version.isEncoded ? nil : "条款还没有录入"))
      }
    }
    return result.sorted { ($0.from, $0.title) < ($1.from, $1.title) }
  }

  private func effects(of known: [Circumstance.ID], on date: CalendarDate) -> [CircumstanceEffect] {
    // None at all is more than little: 没有后果 is 后果轻微, too.
    let known = Set(known).union(practice.circumstances.filter { known.contains($0.id) }.compactMap(\.implies))
    return practice.circumstanceRules.compactMap { rule in
      if let from = rule.from, date < from { return nil }
      let missing = rule.requires.filter { !known.contains($0) }
      guard missing.count < rule.requires.count else { return nil }
      return CircumstanceEffect(
        rule: rule, citation: rule.basis.flatMap { citation(of: $0, on: date) } ?? rule.basisText,
        missing: missing.compactMap { id in practice.circumstances.first { $0.id == id } })
    }.sorted { ($0.applies ? 0 : 1, $0.rule.line) < ($1.applies ? 0 : 1, $1.rule.line) }
  }

  private func warnings(_ opinion: Opinion, _ context: CaseContext) -> [String] {
    var warnings: [String] = []
    let applying = opinion.circumstances.filter(\.applies)
    if applying.contains(where: { $0.rule.effect.isMilder }), applying.contains(where: { !$0.rule.effect.isMilder }) {
      warnings.append("既有从轻、不罚的情节，又有从重的情节：不自动抵消，由集体讨论或者法制审核说明理由")
    }
    if opinion.law.verdict == .review { warnings.append("行为时和决定时的规定不能排出轻重，下面的数额先按行为时的规定列出") }
    if opinion.limitation.verdict == .barred { warnings.append("已经过了追责时效，不得处罚；仍可责令改正") }
    if let intended = context.intendedFine {
      let asked = opinion.penalties.filter { $0.intendedIsInRange != nil }
      if !asked.isEmpty, !asked.contains(where: { $0.intendedIsInRange == true }) {
        var ranges: [String] = []
        for penalty in asked {
          let range = penalty.choice.fine ?? (nil, nil)
          let low = range.minimum.map { Money.yuan($0) + "以上" } ?? ""
          let high = range.maximum.map { Money.yuan($0) + "以下" } ?? ""
          let text = "\(terms.label(penalty.choice.condition))\(low)\(high)"
          if !ranges.contains(text) { ranges.append(text) }
        }
        let mayGoBelow = applying.contains { $0.rule.effect == .mustLighten || $0.rule.effect == .mayLighten }
        warnings.append(
          "拟罚 \(Money.yuan(intended)) 不在任何一档的法定幅度以内（\(ranges.joined(separator: "；"))）"
            + (mayGoBelow ? "；减轻处罚可以低于下限，要写明减轻的情节" : ""))
      }
    }
    return warnings
  }
}
