internal import Enforcement

/// JSON shapes of `show`, `list` and `search` (docs/reference/schema/).
enum Documents {
  struct ViolationDocument: Encodable {
    var schema = "zhunsheng/violation/1"
    var rulebook: AssessmentReport.RulebookStamp
    var on: CalendarDate
    var item: String
    var name: String
    var category: String
    var gist: String
    var seen: String
    var danger: String
    var check: String
    var photograph: String
    var severity: String
    var severityBasis: String
    var elements: [ElementEntry]
    var breached: [AssessmentReport.Provision]
    var sanctions: [AssessmentReport.SanctionEntry]
    var noDirectPenalty: String?
    var measures: [String]
    var evidenceNeeded: [String]
    var documents: [String]
    var authority: [String]
    var standards: [StandardEntry]
    var confusable: [ConfusableEntry]
    var temporal: String?
    var concurrence: String?
    var missingFacts: [AssessmentReport.FactEntry]
    var notEncoded: [AssessmentReport.NotEncodedEntry]

    init(_ violation: Violation, _ position: LegalPosition, _ party: Party?, _ rulebook: Rulebook, _ on: CalendarDate) {
      let match = AssessmentReport.MatchEntry.describing(violation, position, party)
      self.rulebook = rulebook.stamp
      self.on = on
      item = violation.id.rawValue
      name = violation.name
      category = violation.category
      gist = violation.gist
      seen = violation.seen
      danger = violation.danger
      check = violation.check
      photograph = violation.photograph
      severity = violation.severity.level.rawValue
      severityBasis = violation.severity.basis
      elements = violation.elements.map { ElementEntry(id: $0.id, question: $0.question, fact: $0.fact) }
      breached = match.breached
      sanctions = match.sanctions
      noDirectPenalty = violation.noDirectPenalty
      measures = violation.measures
      evidenceNeeded = violation.evidence
      documents = violation.documents.map(\.name)
      authority = violation.authorities
      standards = violation.standards.map { StandardEntry(name: $0.name, threshold: $0.threshold, confidence: $0.confidence) }
      confusable = violation.confusable.map { ConfusableEntry(item: $0.item.rawValue, how: $0.how) }
      temporal = violation.temporal
      concurrence = violation.concurrence
      missingFacts = match.missingFacts
      notEncoded = match.notEncoded
    }
  }

  struct ElementEntry: Encodable {
    var id: String
    var question: String
    var fact: Fact.ID?
  }

  struct StandardEntry: Encodable {
    var name: String
    var threshold: String
    var confidence: Confidence
  }

  struct ConfusableEntry: Encodable {
    var item: String
    var how: String
  }

  struct VersionEntry: Encodable {
    var name: String
    var label: String
    var from: CalendarDate?
    var until: CalendarDate?
    var datePrecision: Regulation.DatePrecision
    var encoded: Bool
    var confidence: Confidence
    var notes: [String]

    init(_ version: Regulation.Version) {
      name = version.name
      label = version.label
      from = version.from
      until = version.until
      datePrecision = version.precision
      encoded = version.isEncoded
      confidence = version.confidence
      notes = version.notes
    }
  }

  struct RegulationDocument: Encodable {
    var schema = "zhunsheng/regulation/1"
    var rulebook: AssessmentReport.RulebookStamp
    var iri: String
    var title: String
    var shortTitles: [String]
    var kind: Regulation.Kind
    var issuer: String
    var number: String?
    var versions: [VersionEntry]
    var provisions: [ProvisionEntry]

    init(_ regulation: Regulation, _ rulebook: Rulebook) {
      let current = regulation.current
      self.rulebook = rulebook.stamp
      iri = regulation.iri
      title = current.title
      shortTitles = current.shortTitles
      kind = current.kind
      issuer = current.record.issuer
      number = current.record.number
      versions = regulation.versions.map(VersionEntry.init)
      provisions = current.provisions.map { ProvisionEntry($0, current) }
    }
  }

  struct ProvisionEntry: Encodable {
    var citation: String
    var iri: String
    var gist: String?
    var confidence: Confidence?
    var children: [ProvisionEntry]

    init(_ provision: Provision, _ version: Regulation.Version) {
      citation = provision.place.map { Citation.text(version, $0) } ?? (provision.number ?? "")
      iri = "\(version.record.work)/zho@\(version.name)#\(provision.eId)"
      gist = provision.summary
      confidence = provision.confidence
      children = provision.children.map { ProvisionEntry($0, version) }
    }
  }

  struct ProvisionDocument: Encodable {
    var schema = "zhunsheng/provision/1"
    var rulebook: AssessmentReport.RulebookStamp
    var on: CalendarDate
    var version: VersionEntry
    var provision: ProvisionEntry
    var sanctions: [AssessmentReport.SanctionEntry]
    var usedBy: [String]
    /// The official words, where the text was imported.
    var official: OfficialEntry?
  }

  /// Words of an official text and where they came from.
  struct OfficialEntry: Encodable {
    var title: String
    var version: String
    var words: [String]
    var origins: [TextOrigin]
    /// The text is a later state of the law than the version recorded.
    var isLater: Bool
  }

  /// A provision that only an imported text has.
  struct OfficialDocument: Encodable {
    var schema = "zhunsheng/official/1"
    var on: CalendarDate
    var citation: String
    var address: String
    var official: OfficialEntry
  }

  struct ViolationList: Encodable {
    struct Entry: Encodable {
      var item: String
      var name: String
      var category: String
      var severity: String
      var gist: String
    }

    var schema = "zhunsheng/violations/1"
    var rulebook: AssessmentReport.RulebookStamp
    var violations: [Entry]
  }

  struct RegulationList: Encodable {
    struct Entry: Encodable {
      var iri: String
      var title: String
      var kind: Regulation.Kind
      var versions: [VersionEntry]
    }

    var schema = "zhunsheng/regulations/1"
    var rulebook: AssessmentReport.RulebookStamp
    var regulations: [Entry]
  }

  struct SearchDocument: Encodable {
    struct Hit: Encodable {
      /// Where the hit is from: the rulebook's gists (要旨) or the imported texts (官方正文).
      var `in`: SearchedLayer
      var kind: Rulebook.SearchHit.Kind
      var id: String
      var title: String
      var snippet: String
      var score: Double
      /// Of an imported text only.
      var number: String?
      var heading: String?
      var marks: [Mark]?
      var text: TextEntry?
    }

    /// Offsets in Unicode scalars of the snippet.
    struct Mark: Encodable {
      var start: Int
      var end: Int
    }

    /// Which text, which version of it, and where it came from.
    struct TextEntry: Encodable {
      var title: String
      var work: String
      var version: String
      var kind: OfficialText.Kind
      var place: String
      var from: CalendarDate?
      var until: CalendarDate?
      var source: String
      var digest: String
      var imported: CalendarDate

      init(_ text: TextIndex.Text) {
        title = text.title
        work = text.work
        version = text.version
        kind = text.kind
        place = text.place.name ?? text.place.level.label
        from = text.from
        until = text.until
        source = text.source
        digest = text.digest
        imported = text.imported
      }
    }

    /// How many answer; left out where the layer was not searched.
    struct TextsEntry: Encodable {
      var on: CalendarDate
      var total: Int
      /// False when only the first so many, those of the highest legal force, were ranked.
      var complete: Bool
      /// Why there is nothing, where there is something to say about it.
      var note: String?
    }

    var schema = "zhunsheng/search/1"
    var rulebook: AssessmentReport.RulebookStamp
    var query: String
    var hits: [Hit]
    var texts: TextsEntry?
  }
}

/// What is searched: the rulebook, in our own words, or the imported texts, in theirs.
enum SearchedLayer: String, Codable, CaseIterable { case rulebook, texts }
