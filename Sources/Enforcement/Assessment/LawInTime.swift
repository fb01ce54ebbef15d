/// Which law applies to an act when it may have changed until the decision (从旧兼从轻, 行政处罚法 第三十七条).
///
/// The law at the time of the act applies; what changed before the decision applies only where it is milder or no longer
/// punishes. An act that went on is judged as of its last day. Where the two cannot be ordered, both are shown and a
/// person must decide: nothing is ordered silently.
public struct LawInTime: Sendable {
  public enum Verdict: String, Codable, CaseIterable, Sendable {
    /// Nothing that applies here changed between the two days.
    case unchanged
    /// It changed, and the law at the time of the act applies.
    case lawOfAct = "law-of-act"
    /// It changed, and the newer law is milder.
    case lawOfDecision = "law-of-decision"
    /// Milder in one respect and heavier in another, or not comparable: for legal review.
    case review
    /// The provisions of one of the two days are not recorded; no comparison is made.
    case notEncoded = "not-encoded"

    public var label: String {
      switch self {
      case .unchanged: "两日之间规定没有变"
      case .lawOfAct: "适用行为时的规定"
      case .lawOfDecision: "适用决定时的规定（较轻）"
      case .review: "两版轻重互有或者不能比，交法制审核"
      case .notEncoded: "有一版没有录入，不作比较"
      }
    }
  }

  /// One sanction of the item as it stood on the two days.
  public struct Change: Sendable {
    /// Nil: there was none at the time of the act.
    public var act: LegalPosition.Applicable?
    /// Nil: there is none any more.
    public var decision: LegalPosition.Applicable?
    public var verdict: Verdict
    public var reason: String
  }

  /// The day whose law counts as that of the act: its last day when it went on.
  public var actDay: CalendarDate
  public var decisionDay: CalendarDate?
  public var verdict: Verdict
  public var changes: [Change]
  /// 《…行政处罚法》第三十七条, in the version in force on the day of decision; nil before it had such a provision.
  public var citation: String?
  public var notes: [String]
  /// The law that is to be applied.
  public var position: LegalPosition
}

extension LawInTime {
  static func compare(
    act: LegalPosition, on actDay: CalendarDate, decision: LegalPosition, on decisionDay: CalendarDate,
    concerns: (LegalPosition.Applicable) -> Bool, citation: String?, terms: Terms,
    succeeds: (_ new: LegalPosition.Applicable, _ old: LegalPosition.Applicable) -> Bool = { _, _ in false }
  ) -> LawInTime {
    var changes: [Change] = []
    var rest = decision.sanctions.filter(concerns)
    for old in act.sanctions.filter(concerns) {
      let partner =
        rest.firstIndex { Self.succeeds($0, old) }
        ?? rest.firstIndex { new in succeeds(new, old) && new.sanction.condition == old.sanction.condition }
      // A successor known only as a whole says nothing of its provisions.
      if partner == nil, let whole = decision.sanctions.first(where: { $0.sanction.place == nil && succeeds($0, old) }) {
        rest.removeAll { $0 === whole }
        changes.append(Change(act: old, decision: whole, verdict: .notEncoded, reason: "决定时的规定没有取得条文，不能比"))
        continue
      }
      let new = partner.map { rest.remove(at: $0) }
      if let new, Self.isSame(old, new) { continue }
      let (verdict, reason) = Self.weigh(old, new, terms)
      changes.append(Change(act: old, decision: new, verdict: verdict, reason: reason))
    }
    for new in rest {
      changes.append(
        Change(act: nil, decision: new, verdict: .lawOfAct, reason: "行为时没有这一罚则，不能用来罚以前的行为"))
    }
    var verdict = Verdict.unchanged
    if !act.notEncoded.isEmpty || !decision.notEncoded.isEmpty, act.notEncoded != decision.notEncoded {
      verdict = .notEncoded
    } else if !changes.isEmpty {
      let verdicts = Set(changes.map(\.verdict))
      // One law is applied as a whole: no picking of the best from both.
      let compared = Set(changes.filter { $0.act != nil }.map(\.verdict))
      if verdicts.contains(.notEncoded) {
        verdict = .notEncoded
      } else if verdicts.contains(.review) || compared.count > 1 {
        verdict = .review
      } else {
        verdict = compared.first ?? .lawOfAct
      }
    }
    var notes: [String] = []
    if verdict != .unchanged {
      notes.append("比较的是法定幅度；同一档里新旧各有轻重的，以及从新后整体是否更轻，须由法制审核写明")
    }
    return LawInTime(
      actDay: actDay, decisionDay: decisionDay, verdict: verdict, changes: changes, citation: citation, notes: notes,
      position: verdict == .lawOfDecision ? decision : act)
  }

  /// Whether one stands where the other stood: named by the same address, for the same parties and condition.
  private static func succeeds(_ new: LegalPosition.Applicable, _ old: LegalPosition.Applicable) -> Bool {
    guard let source = old.source, new.source == source else { return false }
    return new.sanction.tier == old.sanction.tier
      || (new.sanction.condition == old.sanction.condition
        && !Set(new.sanction.party).isDisjoint(with: old.sanction.party))
  }

  private static func isSame(_ old: LegalPosition.Applicable, _ new: LegalPosition.Applicable) -> Bool {
    old === new
      || (old.iri == new.iri && old.sanction.tier == new.sanction.tier)
      || (old.citation == new.citation && old.sanction.fine == new.sanction.fine
        && old.sanction.responsibleFine == new.sanction.responsibleFine
        && old.sanction.condition == new.sanction.condition && kinds(old) == kinds(new) && old.borrowed == new.borrowed)
  }

  /// A fine whose figure stands in the law and not in the data: nothing follows from its absence.
  private static func lacksFigure(_ applicable: LegalPosition.Applicable) -> Bool {
    guard case .reason(.textMissing)? = applicable.sanction.amountSource else { return false }
    return applicable.sanction.imposesFine && applicable.sanction.fine == nil
  }

  private static func kinds(_ applicable: LegalPosition.Applicable) -> Set<SanctionKind> {
    Set(applicable.sanction.kinds.filter { !$0.isMeasure }.map(\.kind))
  }

  private static func weigh(
    _ old: LegalPosition.Applicable, _ new: LegalPosition.Applicable?, _ terms: Terms
  ) -> (Verdict, String) {
    guard let new else { return (.lawOfDecision, "决定时已经没有这一罚则") }
    var lighter = false
    var heavier = false
    var reasons: [String] = []
    func compare(_ name: String, _ before: Sanction.Fine?, _ after: Sanction.Fine?) {
      switch (before, after) {
      case (nil, nil): return
      case (let before?, nil):
        lighter = true
        reasons.append("\(name)由\(Money.range(before, terms: terms))改为没有数额")
      case (nil, let after?):
        heavier = true
        reasons.append("\(name)原来没有数额，改为\(Money.range(after, terms: terms))")
      case (let before?, let after?):
        guard before != after else { return }
        reasons.append("\(name)由\(Money.range(before, terms: terms))改为\(Money.range(after, terms: terms))")
        guard before.basis == after.basis, before.of == after.of, before.per == after.per else {
          lighter = true
          heavier = true
          return
        }
        let (high, highNow) = (before.maximum ?? .infinity, after.maximum ?? .infinity)
        let (low, lowNow) = (before.minimum ?? 0, after.minimum ?? 0)
        if highNow < high || lowNow < low { lighter = true }
        if highNow > high || lowNow > low { heavier = true }
      }
    }
    if Self.lacksFigure(old) != Self.lacksFigure(new) { return (.notEncoded, "有一版的数额没有录入，不能比") }
    compare("罚款", old.sanction.fine ?? old.borrowed?.fine, new.sanction.fine ?? new.borrowed?.fine)
    compare("责任人罚款", old.sanction.responsibleFine, new.sanction.responsibleFine)
    let gone = kinds(old).subtracting(kinds(new))
    let come = kinds(new).subtracting(kinds(old))
    if !gone.isEmpty {
      lighter = true
      reasons.append("去掉\(gone.map { terms.label($0) }.sorted().joined(separator: "、"))")
    }
    if !come.isEmpty {
      heavier = true
      reasons.append("增加\(come.map { terms.label($0) }.sorted().joined(separator: "、"))")
    }
    if old.sanction.condition != new.sanction.condition {
      // First to be put right, only then punished: milder than at once.
      let milder = old.sanction.condition == .atOnce && [.overdue, .refusal].contains(new.sanction.condition)
      if milder { lighter = true } else { heavier = true }
      reasons.append("条件由“\(terms.label(old.sanction.condition))”改为“\(terms.label(new.sanction.condition))”")
    }
    let reason = reasons.isEmpty ? "条号改了，幅度没有变" : reasons.joined(separator: "；")
    switch (lighter, heavier) {
    case (true, true): return (.review, reason)
    case (true, false): return (.lawOfDecision, reason)
    case (false, true): return (.lawOfAct, reason)
    case (false, false): return (.lawOfAct, reason)
    }
  }
}

/// Whether it is too late to punish (追责时效, 行政处罚法 第三十六条).
public struct Limitation: Hashable, Sendable {
  public enum Verdict: String, Codable, CaseIterable, Sendable {
    case inTime = "in-time"
    /// Discovered after two years, within five: only with danger to life or health and a harmful consequence.
    case onlyWithHarm = "only-with-harm"
    case barred
    /// The act goes on, or the day of discovery is not known and today is asked for.
    case notAsked = "not-asked"
  }

  public var verdict: Verdict
  /// The day it runs from: of the act, or its last.
  public var from: CalendarDate
  /// The last day on which a discovery is in time: two years, or five.
  public var until: CalendarDate
  public var discovered: CalendarDate?
  public var citation: String?
  public var reason: String
}

/// A law's own limitation (法律另有规定), instead of the two years of the penalty law.
public struct SpecialLimitation: Hashable, Sendable {
  public var work: String
  public var months: Int
  public var basis: ProvisionAddress?
  public var reason: String
  public var confidence: Confidence

  public init(work: String, months: Int, basis: ProvisionAddress?, reason: String, confidence: Confidence) {
    self.work = work
    self.months = months
    self.basis = basis
    self.reason = reason
    self.confidence = confidence
  }
}

/// A version that is known and takes effect after the day asked about.
public struct UpcomingVersion: Hashable, Codable, Sendable {
  public var title: String
  public var label: String
  public var from: CalendarDate
  public var note: String?
}
