/// The published shape of an opinion, beside a match in `zhunsheng/assessment/1`.
public struct OpinionEntry: Codable, Hashable, Sendable {
  public var law: LawEntry
  public var limitation: LimitationEntry
  /// Versions that are known and take effect later.
  public var upcoming: [UpcomingVersion]
  public var fines: [FineChoiceEntry]
  public var circumstances: [CircumstanceEntry]
  public var warnings: [String]

  public struct LawEntry: Codable, Hashable, Sendable {
    public var actDay: CalendarDate
    public var decisionDay: CalendarDate?
    public var verdict: LawInTime.Verdict
    public var citation: String?
    public var changes: [ChangeEntry]
  }

  public struct ChangeEntry: Codable, Hashable, Sendable {
    public var act: SideEntry?
    public var decision: SideEntry?
    public var verdict: LawInTime.Verdict
    public var reason: String
  }

  public struct SideEntry: Codable, Hashable, Sendable {
    public var citation: String
    public var iri: String
    public var condition: Condition
    public var fine: AssessmentReport.FineEntry?
    public var responsible: AssessmentReport.FineEntry?
    public var kinds: [SanctionKind]
    public var confidence: Confidence
  }

  public struct LimitationEntry: Codable, Hashable, Sendable {
    public var verdict: Limitation.Verdict
    public var from: CalendarDate
    public var until: CalendarDate
    public var discovered: CalendarDate?
    public var citation: String?
    public var reason: String
  }

  public struct FineChoiceEntry: Codable, Hashable, Sendable {
    public var party: Party
    public var condition: Condition
    /// Facts not answered yet that this choice takes to be so.
    public var assuming: [Fact.ID]
    /// Facts not answered yet that would bring in a provision with a higher fine.
    public var unless: [Fact.ID]
    public var rule: FineChoice.Rule
    public var reason: String
    public var basis: String?
    /// Of the provision chosen; left out while it is open.
    public var citation: String?
    public var iri: String?
    public var fine: AssessmentReport.FineEntry?
    /// The provision that lends the figure, where the chosen one has none of its own.
    public var borrowedFrom: String?
    /// The range in yuan, where it can be told.
    public var yuan: YuanEntry?
    public var applicability: Applicability
    public var passed: [PassedEntry]
    public var discretion: DiscretionEntry?
    public var procedure: [NeedEntry]?
    public var competence: CompetenceEntry?
    /// Whether the fine that is meant to be imposed lies in the range.
    public var intendedInRange: Bool?
  }

  public struct YuanEntry: Codable, Hashable, Sendable {
    public var min: Double?
    public var max: Double?
  }

  public struct PassedEntry: Codable, Hashable, Sendable {
    public var citation: String
    public var fine: AssessmentReport.FineEntry?
    public var reason: String
    public var basis: String?
  }

  public struct DiscretionEntry: Codable, Hashable, Sendable {
    public var known: [BenchmarkEntry]
    public var unusable: [UnusableEntry]
    public var nothingKnown: String?
  }

  public struct BenchmarkEntry: Codable, Hashable, Sendable {
    public var id: String
    public var title: String
    public var number: String
    public var layer: String?
    public var measure: String
    public var complete: Bool
    public var tiers: [TierEntry]
    public var note: String?
  }

  public struct TierEntry: Codable, Hashable, Sendable {
    public var code: String
    public var when: String
    public var min: Double?
    public var max: Double
    public var confidence: Confidence
  }

  public struct UnusableEntry: Codable, Hashable, Sendable {
    public var title: String
    public var number: String
    public var reason: String
  }

  public struct NeedEntry: Codable, Hashable, Sendable {
    public var name: String
    /// yes, no, depends
    public var need: String
    public var reason: String
    public var citation: String?
    public var confidence: Confidence
  }

  public struct CompetenceEntry: Codable, Hashable, Sendable {
    public var mode: Competence.Mode
    public var organ: String?
    public var inNameOf: String?
    public var document: String?
    public var reason: String
    public var citation: String?
    public var layer: String?
    public var confidence: Confidence
  }

  public struct CircumstanceEntry: Codable, Hashable, Sendable {
    public var id: String
    public var label: String
    public var effect: CircumstanceRule.Effect
    public var applies: Bool
    public var citation: String?
    public var missing: [QuestionEntry]
    public var note: String?
    public var confidence: Confidence
  }

  public struct QuestionEntry: Codable, Hashable, Sendable {
    public var id: Circumstance.ID
    public var question: String
  }
}

extension OpinionEntry {
  public init(_ opinion: Opinion) {
    law = LawEntry(
      actDay: opinion.law.actDay, decisionDay: opinion.law.decisionDay, verdict: opinion.law.verdict,
      citation: opinion.law.citation,
      changes: opinion.law.changes.map { change in
        ChangeEntry(
          act: change.act.map(SideEntry.init), decision: change.decision.map(SideEntry.init), verdict: change.verdict,
          reason: change.reason)
      })
    let limitation = opinion.limitation
    self.limitation = LimitationEntry(
      verdict: limitation.verdict, from: limitation.from, until: limitation.until, discovered: limitation.discovered,
      citation: limitation.citation, reason: limitation.reason)
    upcoming = opinion.upcoming
    fines = opinion.penalties.map(FineChoiceEntry.init)
    circumstances = opinion.circumstances.map { effect in
      CircumstanceEntry(
        id: effect.rule.id, label: effect.rule.label, effect: effect.rule.effect, applies: effect.applies,
        citation: effect.citation, missing: effect.missing.map { QuestionEntry(id: $0.id, question: $0.question) },
        note: effect.rule.note, confidence: effect.rule.confidence)
    }
    warnings = opinion.warnings
  }
}

extension OpinionEntry.SideEntry {
  init(_ applicable: LegalPosition.Applicable) {
    citation = applicable.citation
    iri = applicable.iri
    condition = applicable.sanction.condition
    fine = applicable.sanction.fine.map(AssessmentReport.FineEntry.init)
    responsible = applicable.sanction.responsibleFine.map(AssessmentReport.FineEntry.init)
    kinds = applicable.sanction.kinds.map(\.kind)
    confidence = applicable.confidence
  }
}

extension OpinionEntry.FineChoiceEntry {
  init(_ penalty: Opinion.Penalty) {
    let choice = penalty.choice
    party = choice.party
    condition = choice.condition
    assuming = choice.assuming.map(\.id)
    unless = choice.unless.map(\.id)
    rule = choice.rule
    reason = choice.reason
    basis = choice.basis
    citation = choice.chosen?.citation
    iri = choice.chosen?.iri
    fine = choice.chosen?.fine(for: choice.party).map(AssessmentReport.FineEntry.init)
    borrowedFrom = choice.chosen?.borrowed?.citation
    yuan = choice.fine.map { OpinionEntry.YuanEntry(min: $0.minimum, max: $0.maximum) }
    applicability = penalty.applicability
    passed = choice.passed.map { passed in
      OpinionEntry.PassedEntry(
        citation: passed.sanction.citation, fine: passed.sanction.fine.map(AssessmentReport.FineEntry.init),
        reason: passed.reason, basis: passed.basis)
    }
    discretion = penalty.discretion.map { discretion in
      OpinionEntry.DiscretionEntry(
        known: discretion.known.map { known in
          OpinionEntry.BenchmarkEntry(
            id: known.benchmark.id, title: known.benchmark.title, number: known.benchmark.number,
            layer: known.benchmark.layer, measure: known.item.measure, complete: known.item.isComplete,
            tiers: known.item.tiers.map {
              OpinionEntry.TierEntry(
                code: $0.code, when: $0.when, min: $0.minimum, max: $0.maximum, confidence: $0.confidence)
            }, note: known.benchmark.note)
        },
        unusable: discretion.unusable.map {
          OpinionEntry.UnusableEntry(title: $0.benchmark.title, number: $0.benchmark.number, reason: $0.reason)
        }, nothingKnown: discretion.nothingKnown)
    }
    procedure = penalty.procedure?.entries.map { entry in
      OpinionEntry.NeedEntry(
        name: entry.name, need: entry.need.code, reason: entry.need.reason, citation: entry.citation,
        confidence: entry.confidence)
    }
    competence = penalty.competence.map { competence in
      OpinionEntry.CompetenceEntry(
        mode: competence.mode, organ: competence.organ, inNameOf: competence.inNameOf, document: competence.document,
        reason: competence.reason, citation: competence.citation, layer: competence.layer,
        confidence: competence.confidence)
    }
    intendedInRange = penalty.intendedIsInRange
  }
}
