/// The published JSON shape of an answer, `zhunsheng/assessment/1` (docs/reference/schema/assessment-1.json).
///
/// Members may be added under the same name; none is ever taken away.
public struct AssessmentReport: Codable, Hashable, Sendable {
  public var schema = "zhunsheng/assessment/1"
  public var rulebook: RulebookStamp
  public var on: CalendarDate
  public var party: Party?
  /// What was given of the case beyond day and party; left out when nothing was.
  public var context: ContextEntry?
  /// What was laid over the rulebook, in order; left out when nothing was.
  public var overlays: [Overlay.Stamp]?
  /// What a whole report says of itself, and which of its lines were not taken for findings.
  public var source: SourceEntry?
  public var findings: [FindingEntry]

  public struct SourceEntry: Codable, Hashable, Sendable {
    public var date: CalendarDate?
    public var place: String?
    public var parties: [ReportReading.NamedParty]
    public var leftOut: [ReportReading.LeftOut]
    /// What `line` counts; left out where it is lines.
    public var unit: TextDocument.Unit?
    /// What could not be read: pictures, hidden text; left out where there is nothing.
    public var notices: [Diagnostic]?

    public init(_ reading: ReportReading) {
      date = reading.header.date
      place = reading.header.place
      parties = reading.header.parties
      leftOut = reading.leftOut
      unit = reading.unit == .line ? nil : reading.unit
      notices = reading.diagnostics.isEmpty ? nil : reading.diagnostics
    }
  }

  public struct ContextEntry: Codable, Hashable, Sendable {
    public var dates: CaseDates
    public var amounts: CaseAmounts
    public var circumstances: [Circumstance.ID]
    public var intendedFine: Double?
  }

  /// Which rules answered.
  public struct RulebookStamp: Codable, Hashable, Sendable {
    public var version: String
    public var digest: String
    /// The state of the law it knows.
    public var newestLaw: CalendarDate?

    public init(version: String, digest: String, newestLaw: CalendarDate?) {
      self.version = version
      self.digest = digest
      self.newestLaw = newestLaw
    }
  }

  public struct FindingEntry: Codable, Hashable, Sendable {
    public var text: String
    /// From 1, where the finding came from a report.
    public var line: Int?
    /// The heading it stands under, and the part of the site a table names beside it.
    public var section: String?
    public var location: String?
    public var matches: [MatchEntry]
    /// Facts that the words themselves answer; left out where there are none.
    public var heard: [HeardEntry]?
    /// How the decided items stand to each other; left out where there is one at most.
    public var concurrence: [ConcurrenceEntry]?
  }

  public struct HeardEntry: Codable, Hashable, Sendable {
    public var fact: Fact.ID
    public var answer: KnownFacts.Answer
    public var words: EvidenceEntry
  }

  public struct ConcurrenceEntry: Codable, Hashable, Sendable {
    public var items: [Violation.ID]
    public var relation: ConductRelation.Kind
    public var reason: String
    public var citation: String?
  }

  public struct MatchEntry: Codable, Hashable, Sendable {
    public var item: String
    public var name: String
    public var status: Match.Status
    /// What it was decided from.
    public var basis: Match.Basis
    public var score: Double
    public var evidence: [EvidenceEntry]
    public var breached: [Provision]
    public var sanctions: [SanctionEntry]
    public var measures: [String]
    public var evidenceNeeded: [String]
    public var documents: [String]
    public var authority: [String]
    /// The elements of the item, with what is known of each.
    public var elements: [ElementEntry]
    public var missingFacts: [FactEntry]
    /// Why there is no direct penalty, where there is none.
    public var noDirectPenalty: String?
    /// Provisions that cannot be given for that day.
    public var notEncoded: [NotEncodedEntry]
    /// Which law in time, which provision, how much, how and by whom; only beside decided items.
    public var opinion: OpinionEntry?
    /// From the words to the figure.
    public var reasons: Reason?
  }

  public struct ElementEntry: Codable, Hashable, Sendable {
    public var id: String
    public var question: String
    public var fact: Fact.ID?
    public var answer: KnownFacts.Answer
    /// Whether only the words of the finding answer it; left out otherwise.
    public var heard: Bool?
    /// Whether the item does not stand when it is answered no.
    public var necessary: Bool
  }

  public struct EvidenceEntry: Codable, Hashable, Sendable {
    public var start: Int
    public var end: Int
    public var text: String
  }

  public struct Provision: Codable, Hashable, Sendable {
    public var citation: String
    public var iri: String
    public var gist: String
    public var confidence: Confidence
    public var note: String?
  }

  public struct SanctionEntry: Codable, Hashable, Sendable {
    public var citation: String
    public var iri: String
    public var party: [Party]
    public var condition: Condition
    public var conditionText: String
    public var relation: Relation
    public var kinds: [KindEntry]
    public var fine: FineEntry?
    public var fineNote: String?
    public var responsible: FineEntry?
    public var detentionDays: DaysEntry?
    public var requires: [Fact.ID]
    /// Whether it can be imposed as far as the facts go; left out where no case is asked about.
    public var applicability: Applicability?
    public var authority: [Authority]
    public var confidence: Confidence
    public var note: String?

    enum CodingKeys: String, CodingKey {
      case citation, iri, party, condition, conditionText, relation, kinds, fine, fineNote, responsible, detentionDays
      case requires, applicability, authority, confidence, note
    }

    /// `fine` and `responsible` are always there, null when there is none.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(citation, forKey: .citation)
      try container.encode(iri, forKey: .iri)
      try container.encode(party, forKey: .party)
      try container.encode(condition, forKey: .condition)
      try container.encode(conditionText, forKey: .conditionText)
      try container.encode(relation, forKey: .relation)
      try container.encode(kinds, forKey: .kinds)
      try container.encode(fine, forKey: .fine)
      try container.encodeIfPresent(fineNote, forKey: .fineNote)
      try container.encode(responsible, forKey: .responsible)
      try container.encodeIfPresent(detentionDays, forKey: .detentionDays)
      try container.encode(requires, forKey: .requires)
      try container.encodeIfPresent(applicability, forKey: .applicability)
      try container.encode(authority, forKey: .authority)
      try container.encode(confidence, forKey: .confidence)
      try container.encodeIfPresent(note, forKey: .note)
    }
  }

  public struct KindEntry: Codable, Hashable, Sendable {
    public var code: SanctionKind
    public var measure: Bool?
    public var may: Bool?
    public var to: [Party]?
    public var by: [Authority]?
    public var `if`: [Fact.ID]?
    public var alt: String?
  }

  public struct FineEntry: Codable, Hashable, Sendable {
    /// Null: no lower limit in law.
    public var min: Double?
    /// Null: no upper limit in law.
    public var max: Double?
    public var basis: FineBasis
    /// Only beside percent and multiple.
    public var of: FineOf?
    public var per: FinePer

    enum CodingKeys: String, CodingKey { case min, max, basis, of, per }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(min, forKey: .min)
      try container.encode(max, forKey: .max)
      try container.encode(basis, forKey: .basis)
      try container.encodeIfPresent(of, forKey: .of)
      try container.encode(per, forKey: .per)
    }
  }

  public struct DaysEntry: Codable, Hashable, Sendable {
    public var min: Int
    public var max: Int
  }

  public struct FactEntry: Codable, Hashable, Sendable {
    public var id: Fact.ID
    public var question: String
  }

  public struct NotEncodedEntry: Codable, Hashable, Sendable {
    public var citation: String
    public var reason: String
  }

  enum CodingKeys: String, CodingKey { case schema, rulebook, on, party, context, overlays, source, findings }

  /// `party` is always there, null when it was not given.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(rulebook, forKey: .rulebook)
    try container.encode(on, forKey: .on)
    try container.encode(party, forKey: .party)
    try container.encodeIfPresent(context, forKey: .context)
    try container.encodeIfPresent(overlays, forKey: .overlays)
    try container.encodeIfPresent(source, forKey: .source)
    try container.encode(findings, forKey: .findings)
  }
}

extension AssessmentReport {
  /// The report of some assessments that were made with one rulebook, for one day and party.
  ///
  /// - Parameters:
  ///   - context: adds the opinion on every decided item, and how the items of a finding stand to each other.
  ///   - explained: adds the reasons as well.
  public init(
    _ assessments: [Assessment], by rulebook: Rulebook, on date: CalendarDate, party: Party?,
    context: CaseContext? = nil, explained: Bool = false
  ) {
    self.rulebook = rulebook.stamp
    on = date
    self.party = party
    if let context, context != CaseContext() {
      self.context = ContextEntry(
        dates: context.dates, amounts: context.amounts, circumstances: context.circumstances,
        intendedFine: context.intendedFine)
    }
    if !rulebook.overlays.isEmpty { overlays = rulebook.overlays }
    findings = assessments.map { assessment in
      var entry = FindingEntry(
        text: assessment.finding.text, line: assessment.finding.place?.line,
        section: assessment.finding.place?.section, location: assessment.finding.place?.location,
        matches: assessment.matches.map(MatchEntry.init))
      let heard = assessment.finding.facts.heard
      if !heard.isEmpty {
        entry.heard = rulebook.facts(heardIn: assessment.finding.text).filter { heard.contains($0.id) }.map {
          HeardEntry(
            fact: $0.id, answer: $0.answer, words: EvidenceEntry(start: $0.words.start, end: $0.words.end, text: $0.words.text))
        }
      }
      guard let context else { return entry }
      for (index, match) in assessment.matches.enumerated() where match.status != .candidate {
        let opinion = rulebook.opinion(on: match, of: assessment.finding, in: context)
        entry.matches[index].opinion = OpinionEntry(opinion)
        if explained { entry.matches[index].reasons = rulebook.reasons(for: match, of: assessment.finding, opinion) }
      }
      let concurrences = rulebook.concurrences(in: assessment, on: context.dates.decided)
      if !concurrences.isEmpty {
        entry.concurrence = concurrences.map {
          ConcurrenceEntry(items: $0.items, relation: $0.kind, reason: $0.reason, citation: $0.citation)
        }
      }
      return entry
    }
  }
}

extension Rulebook {
  public var stamp: AssessmentReport.RulebookStamp {
    AssessmentReport.RulebookStamp(version: version, digest: digest, newestLaw: newestLaw)
  }
}

extension AssessmentReport.MatchEntry {
  init(_ match: Match) {
    item = match.violation.id.rawValue
    name = match.violation.name
    status = match.status
    basis = match.basis
    score = (match.score * 10_000).rounded() / 10_000
    evidence = match.evidence.map {
      AssessmentReport.EvidenceEntry(start: $0.start, end: $0.end, text: $0.text)
    }
    breached = match.breached.map {
      AssessmentReport.Provision(citation: $0.citation, iri: $0.iri, gist: $0.gist, confidence: $0.confidence, note: $0.note)
    }
    sanctions = match.sanctions.map { applicable in
      var entry = AssessmentReport.SanctionEntry(applicable)
      entry.applicability = match.applicability(of: applicable)
      return entry
    }
    elements = match.elements.map { element, answer in
      AssessmentReport.ElementEntry(
        id: element.id, question: element.question, fact: element.fact, answer: answer,
        heard: element.fact.map { match.facts.heard.contains($0) } == true ? true : nil,
        necessary: element.isNecessary)
    }
    measures = match.violation.measures
    evidenceNeeded = match.violation.evidence
    documents = match.violation.documents.map(\.name)
    authority = match.violation.authorities
    missingFacts = match.missingFacts.map { AssessmentReport.FactEntry(id: $0.id, question: $0.question) }
    noDirectPenalty = match.violation.noDirectPenalty
    notEncoded = match.position.notEncoded.map {
      AssessmentReport.NotEncodedEntry(citation: $0.citation, reason: $0.reason)
    }
  }
}

extension AssessmentReport.SanctionEntry {
  public init(_ applicable: LegalPosition.Applicable) {
    let sanction = applicable.sanction
    citation = applicable.citation
    iri = applicable.iri
    party = sanction.party
    condition = sanction.condition
    conditionText = sanction.conditionText
    relation = sanction.relation
    kinds = sanction.kinds.map { kind in
      AssessmentReport.KindEntry(
        code: kind.kind, measure: kind.isMeasure ? true : nil, may: kind.may ? true : nil,
        to: kind.to.isEmpty ? nil : kind.to, by: kind.by.isEmpty ? nil : kind.by,
        if: kind.conditions.isEmpty ? nil : kind.conditions, alt: kind.alternative)
    }
    fine = sanction.fine.map(AssessmentReport.FineEntry.init)
    fineNote = applicable.fineNote
    responsible = sanction.responsibleFine.map(AssessmentReport.FineEntry.init)
    detentionDays = sanction.detention.map { AssessmentReport.DaysEntry(min: $0.minimum, max: $0.maximum) }
    requires = applicable.requires
    authority = sanction.authorities
    confidence = sanction.confidence
    note = applicable.note
  }
}

extension AssessmentReport.FineEntry {
  init(_ fine: Sanction.Fine) {
    min = fine.minimum
    max = fine.maximum
    basis = fine.basis
    of = fine.of
    per = fine.per
  }
}

extension AssessmentReport.MatchEntry {
  /// The law of a violation as such, without a finding.
  public static func describing(_ violation: Violation, _ position: LegalPosition, _ party: Party?) -> Self {
    var entry = Self(
      Match(
        Shared(violation), status: .matched, basis: .pattern, score: 1, evidence: [], position: position,
        sanctions: position.sanctions(for: party)))
    for index in entry.sanctions.indices { entry.sanctions[index].applicability = nil }
    return entry
  }
}
