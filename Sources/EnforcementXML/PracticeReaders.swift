internal import Enforcement
internal import XMLStream

/// Reads `concurrence.xml`: which provision goes first, and which items are one act.
struct ConcurrenceReader: DiagnosingReader {
  enum Name: String, XMLName {
    case concurrence, preference, conduct, succession, limitation
    case id, prefer, over, items, basis, confidence, relation, unless, from, to, work, months
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var preferences: [Preference] = []
  private(set) var conducts: [ConductRelation] = []
  private(set) var successions: [(from: ProvisionAddress, to: ProvisionAddress, line: Int)] = []
  private(set) var limitations: [SpecialLimitation] = []

  init(file: String) { self.file = file }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .preference:
      guard let prefer = address(.prefer, element), let over = address(.over, element) else { return }
      preferences.append(
        Preference(
          id: required(.id, element), prefer: prefer, over: over,
          items: words(.items, element).map { Violation.ID(rawValue: $0) },
          unless: words(.unless, element).map { Fact.ID(rawValue: $0) }, basis: address(.basis, element), reason: text,
          confidence: code(Confidence.self, .confidence, element) ?? .memory, line: element.line))
    case .succession:
      if let from = address(.from, element), let to = address(.to, element) { successions.append((from, to, element.line)) }
    case .limitation:
      limitations.append(
        SpecialLimitation(
          work: required(.work, element), months: Int(number(.months, element) ?? 0), basis: address(.basis, element),
          reason: text, confidence: code(Confidence.self, .confidence, element) ?? .memory))
    case .conduct:
      conducts.append(
        ConductRelation(
          items: words(.items, element).map { Violation.ID(rawValue: $0) },
          kind: code(ConductRelation.Kind.self, .relation, element) ?? .judge, reason: text, line: element.line))
    default: break
    }
  }
}

/// Reads `circumstances.xml`.
struct CircumstancesReader: DiagnosingReader {
  enum Name: String, XMLName {
    case circumstances, circumstance, rule, id, label, effect, requires, ref, basis, confidence, implies, from
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var circumstances: [Circumstance] = []
  private(set) var rules: [CircumstanceRule] = []

  init(file: String) { self.file = file }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .circumstance:
      circumstances.append(
        Circumstance(
          id: Circumstance.ID(rawValue: required(.id, element)), label: required(.label, element), question: text,
          implies: element[.implies].map { Circumstance.ID(rawValue: $0) }))
    case .rule:
      rules.append(
        CircumstanceRule(
          id: required(.id, element), label: required(.label, element),
          effect: code(CircumstanceRule.Effect.self, .effect, element) ?? .mayLighten,
          requires: words(.requires, element).map { Circumstance.ID(rawValue: $0) }, basis: address(.ref, element),
          basisText: element[.basis], confidence: code(Confidence.self, .confidence, element) ?? .memory,
          note: text.isEmpty ? nil : text, from: date(.from, element), line: element.line))
    default: break
    }
  }
}

/// Reads `benchmarks/….xml`.
struct BenchmarkReader: DiagnosingReader {
  enum Name: String, XMLName {
    case benchmark, note, item, tier, responsible
    case id, title, number, issuer, from, until, systems, confidence, source, ref, sanction, measure, complete
    case code, when, min, max, unless
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var benchmark: DiscretionBenchmark?
  private var tiers: [Tier] = []
  private var responsible: Sanction.Fine?

  init(file: String) { self.file = file }

  mutating func start(_ element: XMLElement<Name>) {
    guard element.name == .benchmark else { return }
    benchmark = DiscretionBenchmark(
      id: required(.id, element), title: required(.title, element), number: required(.number, element),
      issuer: required(.issuer, element), from: date(.from, element) ?? CalendarDate(daysSince1970: 0),
      until: date(.until, element), systems: codes(Authority.self, .systems, element),
      confidence: code(Confidence.self, .confidence, element) ?? .memory, source: required(.source, element),
      unless: words(.unless, element).map { Fact.ID(rawValue: $0) }, file: file,
      line: element.line)
  }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .note: benchmark?.note = text
    case .responsible:
      responsible = Sanction.Fine(
        basis: .yuan, minimum: number(.min, element), maximum: number(.max, element), per: .person)
    case .tier:
      guard let maximum = number(.max, element) else {
        if element[.max] == nil { report("xml.missing-attribute", element, "<tier> 缺少属性 max") }
        return
      }
      tiers.append(
        Tier(
          code: required(.code, element), when: required(.when, element), minimum: number(.min, element),
          maximum: maximum, responsible: responsible, confidence: code(Confidence.self, .confidence, element) ?? .memory,
          line: element.line))
      responsible = nil
    case .item:
      if let provision = address(.ref, element) {
        let item = DiscretionBenchmark.Item(
          provision: provision, sanction: required(.sanction, element), measure: required(.measure, element),
          isComplete: element[.complete] == "yes", tiers: tiers, line: element.line)
        benchmark?.items.append(item)
      }
      tiers = []
    default: break
    }
  }
}

/// Reads `procedure/thresholds.xml`, and an overlay's.
struct ThresholdsReader: DiagnosingReader {
  enum Name: String, XMLName {
    case thresholds, threshold, kind, subject, value, systems, from, until, ref, basis, confidence
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var thresholds: [Threshold] = []

  init(file: String) { self.file = file }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    guard element.name == .threshold, let kind = code(Threshold.Kind.self, .kind, element),
      let subject = code(Threshold.Subject.self, .subject, element), let value = number(.value, element),
      let from = date(.from, element)
    else {
      if element.name == .threshold, diagnostics.isEmpty {
        report("xml.missing-attribute", element, "<threshold> 要有 kind、subject、value、from")
      }
      return
    }
    thresholds.append(
      Threshold(
        kind: kind, subject: subject, value: value, systems: codes(Authority.self, .systems, element), from: from,
        until: date(.until, element), basis: address(.ref, element), basisText: element[.basis],
        confidence: code(Confidence.self, .confidence, element) ?? .memory, note: text.isEmpty ? nil : text, file: file,
        line: element.line))
  }
}

/// Reads `procedure/rules.xml`: the rules of procedure in our own words.
struct ProcedureRulesReader: DiagnosingReader {
  enum Name: String, XMLName { case procedure, stage, rule, text, cite, note, id, name, title, confidence, ref }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var stages: [(id: String, name: String)] = []
  private(set) var rules: [ProcedureRule] = []
  private var rule: ProcedureRule?

  init(file: String) { self.file = file }

  mutating func start(_ element: XMLElement<Name>) {
    guard element.name == .rule else { return }
    rule = ProcedureRule(
      id: required(.id, element), stage: required(.stage, element), title: required(.title, element),
      confidence: code(Confidence.self, .confidence, element) ?? .memory, line: element.line)
  }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .stage: stages.append((required(.id, element), required(.name, element)))
    case .text: rule?.text = text
    case .cite:
      let citation = ProcedureRule.Citation(address: address(.ref, element), text: text)
      rule?.citations.append(citation)
    case .note: rule?.note = text
    case .rule:
      if let rule { rules.append(rule) }
      rule = nil
    default: break
    }
  }
}

/// Reads `procedure/steps.xml`: events, steps and periods.
struct StepsReader: DiagnosingReader {
  enum Name: String, XMLName {
    case steps, event, step, deadline
    case id, name, paths, documents, actor, rules, condition, from, to, value, unit, bound, roll, whose, unless, rule, after,
      cautious
    case onlyIf = "only-if"
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var events: [CaseEvent] = []
  private(set) var steps: [ProcedureStep] = []
  private(set) var deadlines: [Deadline] = []

  init(file: String) { self.file = file }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    func event(_ name: Name) -> CaseEvent.ID? { element[name].map { CaseEvent.ID(rawValue: $0) } }
    switch element.name {
    // <event> is also the name of an attribute of <step>.
    case .event:
      checkAttributes(element)
      events.append(CaseEvent(id: CaseEvent.ID(rawValue: required(.id, element)), name: required(.name, element)))
    case .step:
      checkAttributes(element)
      steps.append(
        ProcedureStep(
          id: required(.id, element), name: required(.name, element),
          paths: codes(ProcedureStep.Path.self, .paths, element), event: event(.event),
          documents: words(.documents, element), actor: required(.actor, element), rules: words(.rules, element),
          condition: element[.condition], line: element.line))
    case .deadline:
      checkAttributes(element)
      deadlines.append(
        Deadline(
          id: required(.id, element), name: required(.name, element),
          from: CaseEvent.ID(rawValue: required(.from, element)), to: CaseEvent.ID(rawValue: required(.to, element)),
          value: Int(number(.value, element) ?? 0), unit: code(Deadline.Unit.self, .unit, element) ?? .calendarDay,
          bound: code(Deadline.Bound.self, .bound, element) ?? .within, rolls: element[.roll] == "yes",
          whose: code(Deadline.Owner.self, .whose, element) ?? .organ, onlyIf: event(.onlyIf), unless: event(.unless),
          after: element[.after], paths: codes(ProcedureStep.Path.self, .paths, element),
          isCautious: element[.cautious] == "yes", rule: required(.rule, element), consequence: text, line: element.line))
    default: break
    }
  }
}

/// Reads `calendar/2026.xml`.
struct CalendarReader: DiagnosingReader {
  enum Name: String, XMLName {
    case calendar, holiday, makeup, note, year, notice, issued, confidence, source, name, first, last, day
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var year: WorkingCalendar.Year?
  private var holidays: [(name: String, first: CalendarDate, last: CalendarDate)] = []
  private var makeup: Set<CalendarDate> = []

  init(file: String) { self.file = file }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .holiday:
      if let first = date(.first, element), let last = date(.last, element) {
        holidays.append((required(.name, element), first, last))
      }
    case .makeup: if let day = date(.day, element) { makeup.insert(day) }
    case .calendar:
      year = WorkingCalendar.Year(
        year: Int(number(.year, element) ?? 0), notice: element[.notice], holidays: holidays, makeupDays: makeup,
        confidence: code(Confidence.self, .confidence, element) ?? .memory, file: file)
    default: break
    }
  }
}

/// Reads an overlay's `overlay.xml`, `authority.xml` and `terms.xml`.
struct OverlayReader: DiagnosingReader {
  enum Name: String, XMLName {
    case overlay, note, authorities, organ, power, labels, label
    case name, version, items, provisions, mode, principal, document, from, until, excludes, confidence, list, code, unless
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var overlay = Overlay()
  private var powers: [PowerList.Power] = []

  init(file: String) { self.file = file }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .overlay:
      overlay.name = required(.name, element)
      overlay.version = required(.version, element)
    case .note: overlay.note = text
    case .power: endPower(element, text)
    case .organ:
      overlay.powers.append(PowerList(organ: required(.name, element), powers: powers, file: file))
      powers = []
    case .label where element[.code] != nil:
      overlay.labels.append((required(.list, element), required(.code, element), text, element.line))
    default: break
    }
  }

  private mutating func endPower(_ element: XMLElement<Name>, _ text: String) {
    guard let mode = code(PowerList.Mode.self, .mode, element), let from = date(.from, element) else {
      if element[.mode] == nil || element[.from] == nil {
        report("xml.missing-attribute", element, "<power> 要有 mode 和 from")
      }
      return
    }
    var provisions: [ProvisionAddress] = []
    for word in words(.provisions, element) {
      if let address = ProvisionAddress(word) {
        provisions.append(address)
      } else {
        report("address.malformed", element, "\(word) 不是条文地址")
      }
    }
    let excludes = words(.excludes, element)
    powers.append(
      PowerList.Power(
        items: words(.items, element).map { Violation.ID(rawValue: $0) }, provisions: provisions, mode: mode,
        principal: element[.principal], document: required(.document, element), from: from, until: date(.until, element),
        excludesHearing: excludes.contains("hearing"), excludesCoercion: excludes.contains("coercion"),
        unless: words(.unless, element).map { Fact.ID(rawValue: $0) },
        note: text.isEmpty ? nil : text, confidence: code(Confidence.self, .confidence, element) ?? .memory,
        line: element.line))
  }
}
