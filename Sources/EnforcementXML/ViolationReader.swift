internal import Enforcement
internal import XMLStream

/// Reads `violations/D/D01-….xml`.
struct ViolationReader: DiagnosingReader {
  enum Name: String, XMLName {
    case violation, gist, seen, danger, check, photograph, subject, severity, temporal
    case elements, element, duties, duty, liabilities, liability, noDirectPenalty
    case measures, measure, evidence, piece, documents, document, authorities, authority
    case standards, standard, keywords, keyword, confusable, concurrence
    case concepts, concept, patterns, pattern, lacks, has, mentions, without
    case examples, triggering, nonTriggering
    // attributes
    case id, name, category, level, fact, necessary, ref, confidence, tiers, requires, party, note, template, item, how
    case role, status, weight, of, scope, kind, also, acceptable
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private var violation = Violation(id: "")
  private var pattern: Pattern?

  init(file: String) {
    self.file = file
    violation.file = file
  }

  mutating func start(_ element: XMLElement<Name>) {
    checkAttributes(element)
    switch element.name {
    case .violation:
      violation.id = Violation.ID(rawValue: required(.id, element))
      violation.name = required(.name, element)
      violation.category = required(.category, element)
    case .pattern:
      pattern = Pattern(
        requirements: [], status: code(Match.Status.self, .status, element) ?? .matched,
        weight: number(.weight, element) ?? 0.9, line: element.line)
    default: break
    }
  }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    switch element.name {
    case .gist: violation.gist = text
    case .seen: violation.seen = text
    case .danger: violation.danger = text
    case .check: violation.check = text
    case .photograph: violation.photograph = text
    case .subject: violation.subjects.append(text)
    case .severity:
      violation.severity = Violation.Severity(
        level: code(Violation.Severity.Level.self, .level, element) ?? .depends, basis: text)
    case .temporal: violation.temporal = text
    case .element:
      violation.elements.append(
        Violation.Element(
          id: required(.id, element), question: text, fact: element[.fact].map { Fact.ID(rawValue: $0) },
          isNecessary: element[.necessary] == "yes"))
    case .duty: endDuty(element, text)
    case .liability: endLiability(element, text)
    case .noDirectPenalty: violation.noDirectPenalty = text
    case .measure: violation.measures.append(text)
    case .piece: violation.evidence.append(text)
    case .document: violation.documents.append(Violation.Document(name: text, template: element[.template]))
    case .authority: violation.authorities.append(text)
    case .standard:
      violation.standards.append(
        Violation.Standard(
          name: required(.name, element), threshold: text,
          confidence: code(Confidence.self, .confidence, element) ?? .memory))
    case .keyword: violation.keywords.append(text)
    case .confusable:
      violation.confusable.append(
        Violation.Confusable(item: Violation.ID(rawValue: required(.item, element)), how: text))
    case .concurrence: violation.concurrence = text
    case .concept:
      violation.concepts.append(
        Concept(
          id: required(.id, element), role: code(Concept.Role.self, .role, element) ?? .scene,
          forms: text, line: element.line))
    case .lacks, .has, .mentions, .without:
      let requirement = Pattern.Requirement(
        test: Pattern.Requirement.Test(rawValue: element.name.rawValue)!, concepts: words(.of, element),
        scope: code(Pattern.Requirement.Scope.self, .scope, element) ?? .sentence, line: element.line)
      pattern?.requirements.append(requirement)
    case .pattern:
      if let finished = pattern { violation.patterns.append(finished) }
      pattern = nil
    case .triggering: endExample(.triggering, element, text)
    case .nonTriggering:
      guard let kind = code(Violation.Example.Kind.self, .kind, element) else {
        if element[.kind] == nil { report("xml.missing-attribute", element, "<nonTriggering> 缺少属性 kind") }
        return
      }
      endExample(kind, element, text)
    default: break
    }
  }

  private mutating func endDuty(_ element: XMLElement<Name>, _ text: String) {
    guard let address = address(.ref, element) else { return }
    let confidence = code(Confidence.self, .confidence, element)
    if confidence == nil { report("confidence.missing", element, "<duty> 没有写置信度 confidence") }
    violation.duties.append(
      Violation.Duty(
        address: address, confidence: confidence ?? .memory, note: text.isEmpty ? nil : text, line: element.line))
  }

  private mutating func endLiability(_ element: XMLElement<Name>, _ text: String) {
    guard let address = address(.ref, element) else { return }
    violation.liabilities.append(
      Violation.Liability(
        address: address, tiers: words(.tiers, element),
        requires: words(.requires, element).map { Fact.ID(rawValue: $0) },
        party: codes(Party.self, .party, element), note: text.isEmpty ? nil : text, line: element.line))
  }

  private mutating func endExample(_ kind: Violation.Example.Kind, _ element: XMLElement<Name>, _ text: String) {
    let others = words(kind == .triggering ? .also : .item, element).map { Violation.ID(rawValue: $0) }
    violation.examples.append(
      Violation.Example(
        kind: kind, text: text, others: others,
        acceptable: words(.acceptable, element).map { Violation.ID(rawValue: $0) },
        status: code(Match.Status.self, .status, element), line: element.line))
  }

  mutating func finish() -> Violation? { violation.id.rawValue.isEmpty ? nil : violation }
}
