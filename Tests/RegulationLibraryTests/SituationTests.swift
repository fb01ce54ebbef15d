import Enforcement
import Testing
import XMLStream

@testable import EnforcementXML

/// What a legal officer wants to be told, situation by situation: Tests/Situations.
@Suite struct SituationTests {
  static let all: [Situation] = {
    var situations: [Situation] = []
    for file in Checkout.files(in: Checkout.root + "/Tests/Situations", suffix: ".xml") {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      let parser = DocumentParser<SituationReader>(namespaces: ["urn:zhunsheng:rules:1"])
      do {
        let reader = try parser.parse(try RulebookFolder.read(file), file: name, into: SituationReader(file: name))
        for problem in reader.diagnostics { Issue.record("\(problem.file):\(problem.line) \(problem.message)") }
        situations += reader.situations
      } catch { Issue.record("\(name): \(error)") }
    }
    return situations
  }()
  static let rulebook = Checkout.rulebook
  static let procedure = try! ProcedureBook(contentsOf: RulebookFolder(Checkout.regulations))
  static let guangming: Rulebook = {
    var notes: [Diagnostic] = []
    return try! Rulebook(
      contentsOf: RulebookFolder(Checkout.regulations),
      overlays: [OverlayFolder(Checkout.root + "/Examples/overlay-guangming")], notes: &notes)
  }()

  @Test func thereAreEnoughAndEachHasItsOwnName() {
    #expect(Self.all.count >= 60)
    #expect(Set(Self.all.map(\.id)).count == Self.all.count)
    for situation in Self.all {
      #expect(!situation.reasons.isEmpty, "\(situation.file):\(situation.line) \(situation.id) says no reason")
      let checks =
        situation.expectations.reduce(0) { $0 + $1.checks.count } + situation.unwanted.count
        + situation.relations.count + (situation.timeline?.deadlines.count ?? 0)
      #expect(checks > 0, "\(situation.file):\(situation.line) \(situation.id) checks nothing")
    }
  }

  @Test func theFilesAreValid() throws {
    let folder = Checkout.root + "/Tests/Situations"
    let schema = try RelaxNG(try RulebookFolder.read(folder + "/situation.rng"), file: "situation.rng")
    for file in Checkout.files(in: folder, suffix: ".xml") {
      for error in try schema.validate(try RulebookFolder.read(file), file: file) { Issue.record("\(error)") }
    }
  }

  @Test(arguments: all) func situation(_ situation: Situation) throws {
    func fail(_ line: Int, _ message: String) { Issue.record("\(situation.file):\(line) \(situation.id)：\(message)") }
    let rulebook = situation.overlay == nil ? Self.rulebook : Self.guangming
    for (basis, _) in situation.reasons {
      guard let basis, let address = ProvisionAddress(basis) else { continue }
      if rulebook.citation(of: address, on: situation.dates.decided ?? situation.on) == nil {
        fail(situation.line, "理由引的 \(basis) 当日不存在")
      }
    }
    if !situation.text.isEmpty {
      var finding = Finding(situation.text, on: situation.on, ended: situation.dates.ended, party: situation.party)
      finding.facts = try KnownFacts(situation.facts + situation.amounts.facts(rulebook.terms), terms: rulebook.terms).hearing(
        rulebook.facts(heardIn: situation.text), terms: rulebook.terms)
      let context = CaseContext(
        dates: situation.dates, amounts: situation.amounts, circumstances: situation.circumstances,
        intendedFine: situation.intended)
      try context.validate(for: finding, in: rulebook)
      let assessment = rulebook.assess(finding)
      for expectation in situation.expectations {
        guard let match = assessment.matches.first(where: { $0.violation.id == expectation.item }) else {
          fail(situation.line, "没有读出 \(expectation.item.rawValue)；读出的是 \(assessment.matches.map(\.violation.id.rawValue))")
          continue
        }
        if let status = expectation.status, match.status.rawValue != status {
          fail(situation.line, "\(expectation.item.rawValue) 应当是 \(status)，是 \(match.status.rawValue)")
        }
        let opinion = rulebook.opinion(on: match, of: finding, in: context)
        for check in expectation.checks {
          if let problem = SituationCheck(rulebook: rulebook, match: match, opinion: opinion).problem(check) {
            fail(check.line, "\(check.kind)：\(problem)")
          }
        }
      }
      for item in situation.unwanted where assessment.decided.contains(where: { $0.violation.id == item }) {
        fail(situation.line, "不应当认定 \(item.rawValue)")
      }
      let relations = rulebook.concurrences(in: assessment)
      for (items, kind) in situation.relations {
        let found = relations.first { Set($0.items) == Set(items) }
        if found?.kind.rawValue != kind {
          fail(situation.line, "\(items.map(\.rawValue)) 应当是 \(kind)，是 \(found?.kind.rawValue ?? "没有这一对")")
        }
      }
    }
    if let timeline = situation.timeline { try check(timeline, fail) }
  }

  private func check(_ wanted: Situation.Timeline, _ fail: (Int, String) -> Void) throws {
    let timeline = try Self.procedure.timeline(
      #require(ProcedureStep.Path(rawValue: wanted.path)), events: wanted.events.map { (event: $0.0, day: $0.1) },
      fine: wanted.fine, today: wanted.today)
    for check in wanted.deadlines {
      guard let entry = timeline.entries.first(where: { $0.deadline.id == check.attributes["id"] }) else {
        fail(check.line, "没有期限 \(check.attributes["id"] ?? "")")
        continue
      }
      if let day = check.attributes["day"], entry.day?.description != day {
        fail(check.line, "\(entry.deadline.id) 应当到 \(day)，算出 \(entry.day?.description ?? "没有")")
      }
      if let state = check.attributes["state"], entry.state.rawValue != state {
        fail(check.line, "\(entry.deadline.id) 应当是 \(state)，是 \(entry.state.rawValue)")
      }
    }
    if let check = wanted.lateFee {
      let fee = timeline.lateFee
      if let amount = check.attributes["amount"].flatMap(Double.init), fee?.amount != amount {
        fail(check.line, "加处罚款应当是 \(amount)，是 \(fee?.amount ?? 0)")
      }
      if let days = check.attributes["days"].flatMap(Int.init), fee?.days != days {
        fail(check.line, "应当 \(days) 天，是 \(fee?.days ?? 0)")
      }
      if let last = check.attributes["last"], fee?.capDay?.description != last {
        fail(check.line, "应当到 \(last) 封顶，是 \(fee?.capDay?.description ?? "没有")")
      }
    }
  }
}

/// One expectation held against a match and its opinion.
struct SituationCheck {
  let rulebook: Rulebook
  let match: Match
  let opinion: Opinion

  /// Nil when it holds.
  func problem(_ check: Situation.Check) -> String? {
    let a = check.attributes
    switch check.kind {
    case "breached":
      let found = match.breached.map(\.iri)
      return found.contains { names($0, a["ref"]) } ? nil : "没有列 \(a["ref"] ?? "")；列的是 \(found)"
    case "sanction": return sanction(a)
    case "noSanction":
      let found = opinion.law.position.sanctions.filter { names($0.iri, a["ref"]) && match.applicability(of: $0) != .excluded }
      return found.isEmpty ? nil : "不应当列 \(a["ref"] ?? "")"
    case "fine": return fine(a)
    case "asks":
      let asked = match.missingFacts.map(\.id.rawValue)
      return asked.contains(a["fact"] ?? "") ? nil : "没有问 \(a["fact"] ?? "")；问的是 \(asked)"
    case "element":
      let answer = match.facts[Fact.ID(rawValue: a["fact"] ?? "")].rawValue
      return answer == a["answer"] ? nil : "\(a["fact"] ?? "") 是 \(answer)"
    case "law": return same(opinion.law.verdict.rawValue, a["verdict"])
    case "limitation": return same(opinion.limitation.verdict.rawValue, a["verdict"])
    case "upcoming":
      let found = opinion.upcoming.map { "\($0.title)@\($0.from)" }
      return found.contains { $0.contains(a["work"] ?? "?") } ? nil : "没有预告 \(a["work"] ?? "")；有 \(found)"
    case "notEncoded":
      let found = opinion.law.position.notEncoded.map(\.citation)
      return found.contains { $0.contains(a["work"] ?? "?") } ? nil : "没有说 \(a["work"] ?? "") 未录入；说的是 \(found)"
    case "effect":
      guard let effect = opinion.circumstances.first(where: { $0.rule.id == a["rule"] }) else {
        return a["applies"] == "no" ? nil : "没有 \(a["rule"] ?? "")"
      }
      return same(effect.applies ? "yes" : "no", a["applies"])
    case "warning":
      return opinion.warnings.contains { $0.contains(a["has"] ?? "?") } ? nil : "没有提示；有 \(opinion.warnings)"
    case "procedure", "competence", "discretion": return penalty(check.kind, a)
    default: return "不认识的检查"
    }
  }

  private func same(_ found: String, _ wanted: String?) -> String? { found == wanted ? nil : "应当是 \(wanted ?? "")，是 \(found)" }

  /// Whether an expression's address names the provision, whatever its version.
  private func names(_ iri: String, _ ref: String?) -> Bool {
    guard let ref else { return true }
    let work = ref.split(separator: "#")[0]
    let place = ref.split(separator: "#").dropFirst().first
    guard iri.hasPrefix(work + "/") || iri == work else { return false }
    guard let place else { return true }
    return iri.hasSuffix("#" + place) || iri.contains("#\(place)__")
  }

  private func sanction(_ a: [String: String]) -> String? {
    let found = opinion.law.position.sanctions.filter { applicable in
      names(applicable.iri, a["ref"]) && a["when"].map { applicable.sanction.condition.rawValue == $0 } ?? true
        && a["party"].flatMap(Party.init).map { applicable.sanction.party.contains($0) } ?? true
    }
    guard !found.isEmpty else { return "没有列 \(a["ref"] ?? "") \(a["when"] ?? "") \(a["party"] ?? "")" }
    let matching = found.filter { applicable in
      range(applicable.sanction.fine ?? applicable.borrowed?.fine, a["min"], a["max"])
        && range(applicable.sanction.responsibleFine, a["responsibleMin"], a["responsibleMax"])
        && a["applicability"].map { match.applicability(of: applicable).rawValue == $0 } ?? true
        && a["confidence"].map { applicable.confidence.rawValue == $0 } ?? true
    }
    return matching.isEmpty
      ? "数额或者状态不对："
        + found.map {
          "\(($0.sanction.fine ?? $0.borrowed?.fine).map { Money.range($0, terms: rulebook.terms) } ?? "无数额") \(match.applicability(of: $0).rawValue) \($0.confidence.rawValue)"
        }.joined(separator: "、") : nil
  }

  private func range(_ fine: Sanction.Fine?, _ low: String?, _ high: String?) -> Bool {
    func matches(_ value: Double?, _ wanted: String?) -> Bool {
      guard let wanted else { return true }
      return wanted == "none" ? value == nil : value == Double(wanted)
    }
    if low == nil, high == nil { return true }
    return matches(fine?.minimum, low) && matches(fine?.maximum, high)
  }

  private func penalties(_ a: [String: String]) -> [Opinion.Penalty] {
    opinion.penalties.filter { penalty in
      a["party"].map { penalty.choice.party.rawValue == $0 } ?? true
        && a["when"].map { penalty.choice.condition.rawValue == $0 } ?? true
        && a["assuming"].map { wanted in penalty.choice.assuming.contains { $0.id.rawValue == wanted } } ?? true
    }
  }

  private func fine(_ a: [String: String]) -> String? {
    let found = penalties(a)
    if a["none"] == "yes" {
      let chosen = found.filter { $0.choice.chosen != nil }
      return chosen.isEmpty ? nil : "不应当有罚款：\(chosen.compactMap { $0.choice.chosen?.citation })"
    }
    func says(_ penalty: Opinion.Penalty) -> String {
      let fine = penalty.choice.fine
      return
        "\(penalty.choice.party.rawValue) \(penalty.choice.condition.rawValue) \(penalty.choice.chosen?.iri ?? "未定") \(fine?.minimum ?? 0)～\(fine?.maximum ?? -1) \(penalty.choice.rule.rawValue) \(penalty.applicability.rawValue) 设\(penalty.choice.assuming.map(\.id.rawValue)) 不引\(penalty.choice.passed.map(\.sanction.iri))"
    }
    func holds(_ penalty: Opinion.Penalty) -> Bool {
      let choice = penalty.choice
      if let wanted = a["chosen"] {
        guard let chosen = choice.chosen, names(chosen.iri, wanted) else { return false }
      }
      if a["min"] != nil || a["max"] != nil {
        guard let fine = choice.fine else { return false }
        for (wanted, value) in [(a["min"], fine.minimum), (a["max"], fine.maximum)] {
          guard let wanted else { continue }
          if wanted == "none" ? value != nil : value != Double(wanted) { return false }
        }
      }
      if let rule = a["rule"], choice.rule.rawValue != rule { return false }
      if let applicability = a["applicability"], penalty.applicability.rawValue != applicability { return false }
      if let wanted = a["passed"], !choice.passed.contains(where: { names($0.sanction.iri, wanted) }) { return false }
      return true
    }
    let matching = found.filter(holds)
    return matching.isEmpty ? "没有这样的罚款；有：\n    " + opinion.penalties.map(says).joined(separator: "\n    ") : nil
  }

  private func penalty(_ kind: String, _ a: [String: String]) -> String? {
    let found = penalties(a).filter { penalty in
      guard let chosen = penalty.choice.chosen else { return false }
      return names(chosen.iri, a["chosen"])
    }
    guard !found.isEmpty else { return "没有这样的罚款" }
    switch kind {
    case "procedure":
      let entries = found.compactMap { penalty -> String? in
        switch a["name"] {
        case "summary": penalty.procedure?.summary.need.code
        case "hearing": penalty.procedure?.hearing.need.code
        case "legal-review": penalty.procedure?.legalReview.need.code
        case "discussion": penalty.procedure?.collectiveDiscussion.need.code
        default: nil
        }
      }
      return entries.contains(a["need"] ?? "") ? nil : "应当是 \(a["need"] ?? "")，是 \(entries)"
    case "competence":
      let modes = found.compactMap(\.competence)
      let matching = modes.filter { competence in
        a["mode"].map { competence.mode.rawValue == $0 } ?? true
          && a["inNameOf"].map { competence.inNameOf == $0 } ?? true
      }
      return matching.isEmpty ? "是 \(modes.map { "\($0.mode.rawValue) \($0.inNameOf ?? "")" })" : nil
    default:
      let known = found.flatMap { $0.discretion?.known ?? [] }
      guard let benchmark = a["benchmark"] else {
        return known.isEmpty == (a["none"] == "yes") ? nil : "档次：\(known.map(\.benchmark.id))"
      }
      let matching = known.filter { one in
        one.benchmark.id == benchmark
          && one.item.tiers.contains { tier in
            a["tier"].map { tier.code == $0 } ?? true && a["max"].map { Double($0) == tier.maximum } ?? true
          }
      }
      return matching.isEmpty ? "没有 \(benchmark) 的档次；有 \(known.map(\.benchmark.id))" : nil
    }
  }
}
