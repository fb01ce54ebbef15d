import Enforcement
import Testing
import XMLStream

@testable import EnforcementXML

/// A sentence with its circumstances, and what must be said of it: one `<situation>` of Tests/Situations.
struct Situation: Sendable, CustomTestStringConvertible {
  var id = ""
  var title = ""
  var file = ""
  var line = 0
  var text = ""
  var on: CalendarDate = "2026-11-20"
  var party: Party?
  var dates = CaseDates()
  var amounts = CaseAmounts()
  var intended: Double?
  var facts: [(fact: Fact.ID, answer: KnownFacts.Answer)] = []
  var circumstances: [Circumstance.ID] = []
  var overlay: String?
  var expectations: [Expectation] = []
  var unwanted: [Violation.ID] = []
  var relations: [(items: [Violation.ID], kind: String)] = []
  var timeline: Timeline?
  var reasons: [(basis: String?, text: String)] = []

  var testDescription: String { "\(id) \(title)" }

  struct Expectation: Sendable {
    var item: Violation.ID = ""
    var status: String?
    var checks: [Check] = []
  }

  struct Check: Sendable {
    var kind: String
    var attributes: [String: String]
    var line: Int
  }

  struct Timeline: Sendable {
    var path = ""
    var fine: Double?
    var today: CalendarDate = "2026-11-20"
    var events: [(CaseEvent.ID, CalendarDate)] = []
    var deadlines: [Check] = []
    var lateFee: Check?
  }
}

/// Reads a file of situations.
struct SituationReader: DiagnosingReader {
  enum Name: String, XMLName {
    case situations, situation, finding, known, circumstance, amounts, expect, expectNot, relation, timeline, event
    case deadline, lateFee, why
    case breached, sanction, noSanction, fine, asks, law, limitation, procedure, competence, effect, upcoming, notEncoded
    case discretion, element, warning
    case id, title, on, until, discovered, decided, party, overlay, fact, answer, code, contractPrice, illegalGains, unitFine
    case intended, item, status, ref, when, min, max, basis, of, rule, chosen, none, applicability, verdict, name, need, mode
    case applies, work, reason, benchmark, tier, items, kind, path, today, day, state, amount, days, passed, assuming
    case responsibleMin, responsibleMax, inNameOf, layer, has, last, confidence
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var situations: [Situation] = []
  private var situation = Situation()
  private var expectation = Situation.Expectation()

  init(file: String) { self.file = file }

  mutating func start(_ element: XMLElement<Name>) {
    checkAttributes(element)
    switch element.name {
    case .situation:
      situation = Situation()
      situation.id = required(.id, element)
      situation.title = required(.title, element)
      situation.overlay = element[.overlay]
      situation.file = file
      situation.line = element.line
    case .expect:
      expectation = Situation.Expectation()
      expectation.item = Violation.ID(rawValue: required(.item, element))
      expectation.status = element[.status]
    case .timeline:
      situation.timeline = Situation.Timeline(
        path: required(.path, element), fine: number(.amount, element), today: date(.today, element) ?? "2026-11-20")
    default: break
    }
  }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    switch element.name {
    case .finding:
      situation.text = text
      situation.on = date(.on, element) ?? situation.on
      situation.party = code(Party.self, .party, element)
      situation.dates = CaseDates(
        ended: date(.until, element), discovered: date(.discovered, element), decided: date(.decided, element))
    case .known:
      situation.facts.append(
        (Fact.ID(rawValue: required(.fact, element)), code(KnownFacts.Answer.self, .answer, element) ?? .unknown))
    case .circumstance: situation.circumstances.append(Circumstance.ID(rawValue: required(.code, element)))
    case .amounts:
      situation.amounts = CaseAmounts(
        contractPrice: number(.contractPrice, element), illegalGains: number(.illegalGains, element),
        unitFine: number(.unitFine, element))
      situation.intended = number(.intended, element)
    case .expect: situation.expectations.append(expectation)
    case .expectNot: situation.unwanted.append(Violation.ID(rawValue: required(.item, element)))
    case .relation:
      situation.relations.append(
        (words(.items, element).map { Violation.ID(rawValue: $0) }, required(.kind, element)))
    case .event:
      if let day = date(.day, element) {
        let event = (CaseEvent.ID(rawValue: required(.id, element)), day)
        situation.timeline?.events.append(event)
      }
    case .deadline:
      let deadline = check(element)
      situation.timeline?.deadlines.append(deadline)
    case .lateFee:
      let fee = check(element)
      situation.timeline?.lateFee = fee
    case .why: situation.reasons.append((element[.basis], text))
    case .situation: situations.append(situation)
    case .breached, .sanction, .noSanction, .fine, .asks, .law, .limitation, .procedure, .competence, .effect, .upcoming,
      .notEncoded, .discretion, .element, .warning:
      let check = check(element)
      expectation.checks.append(check)
    default: break
    }
  }

  private func check(_ element: XMLElement<Name>) -> Situation.Check {
    var attributes: [String: String] = [:]
    for name in Name.allCases { if let value = element[name] { attributes[name.rawValue] = value } }
    return Situation.Check(kind: element.name.rawValue, attributes: attributes, line: element.line)
  }
}
