import Enforcement
import EnforcementXML
import Testing

@Suite struct RulebookTests {
  @Test func theCatalogueIsComplete() {
    let rulebook = Checkout.rulebook
    #expect(rulebook.violations.count == 34)
    #expect(rulebook.catalogue.categories.count == 8)
    #expect(rulebook.regulations.count >= 38)
    #expect(rulebook.newestLaw == "2026-08-15")
  }

  @Test func nothingIsWrongWithTheData() throws {
    let problems = try RulebookFolder(Checkout.regulations).check().filter { $0.severity == .error }
    for problem in problems { Issue.record("\(problem.file):\(problem.line) \(problem.message) [\(problem.rule)]") }
  }

  @Test func theSealIsFresh() {
    #expect(Checkout.rulebook.isSealed, "rules were edited after sealing: run make seal")
  }

  static let examples = Checkout.rulebook.violations.flatMap { violation in violation.examples.map { (violation.id, $0) } }

  @Test(arguments: Checkout.rulebook.violations.map(\.id.rawValue))
  func everyExampleLeadsToWhatItSays(_ item: String) {
    for (id, example) in Self.examples where id.rawValue == item {
      let found = Set(Checkout.rulebook.assess(Finding(example.text, on: "2026-11-20")).decided.map(\.violation.id))
      var wanted = Set(example.others)
      if example.kind == .triggering { wanted.insert(id) }
      #expect(wanted.isSubset(of: found), "\(example.text): missing \(wanted.subtracting(found))")
      #expect(
        found.subtracting(wanted).subtracting(example.acceptable).isEmpty, "\(example.text): wrong \(found.subtracting(wanted))")
    }
  }

  @Test func sameFindingSameAnswer() {
    let finding = Finding("三层临边未设防护栏杆，两名工人未系安全带", on: "2026-11-20", party: .contractor)
    let first = AssessmentReport([Checkout.rulebook.assess(finding)], by: Checkout.rulebook, on: finding.on, party: .contractor)
    let again = try! Rulebook(contentsOf: RulebookFolder(Checkout.regulations))
    #expect(AssessmentReport([again.assess(finding)], by: again, on: finding.on, party: .contractor) == first)
  }

  @Test func theFirstSentenceOfTheDesign() throws {
    let finding = Finding("三层临边未设防护栏杆，两名工人未系安全带", on: "2026-11-20", party: .contractor)
    let match = try #require(Checkout.rulebook.assess(finding).decided.first { $0.violation.id == "E01" })
    #expect(match.status == .matched)
    #expect(match.breached.contains { $0.citation == "《建设工程安全生产管理条例》第二十八条第二款" })
    let sanction = try #require(match.sanctions.first { $0.citation == "《中华人民共和国安全生产法》第一百零二条" })
    #expect(sanction.fine == Sanction.Fine(basis: .yuan, minimum: nil, maximum: 50_000, per: .act))
    #expect(match.sanctions.first!.sanction.party.contains(.contractor))
    for evidence in match.evidence {
      let scalars = Array(finding.text.unicodeScalars)[evidence.start..<evidence.end]
      #expect(String(String.UnicodeScalarView(scalars)) == evidence.text)
    }
  }

  /// The law of the day, not of today: each number changes on the day the law did.
  @Test func figuresFollowTheDay() throws {
    func fines(_ item: Violation.ID, _ date: CalendarDate, _ condition: Condition) -> [Double?] {
      Checkout.rulebook.position(of: item, on: date)!.sanctions
        .filter { $0.sanction.condition == condition && $0.iri.contains("/work-safety/") }.map { $0.fine?.maximum }
    }
    // 主要负责人不履职: only overdue before 2021-09-01, at once from then on.
    #expect(fines("C03", "2021-09-01", .atOnce).contains(50_000))
    #expect(!fines("C03", "2021-08-31", .atOnce).contains(50_000))
    let before = Checkout.rulebook.position(of: "D02", on: "2025-12-31")!.sanctions.map(\.citation)
    let after = Checkout.rulebook.position(of: "D02", on: "2026-01-01")!.sanctions.map(\.citation)
    #expect(before.contains { $0.hasPrefix("《中华人民共和国治安管理处罚法》第三十七条") })
    #expect(after.contains { $0.hasPrefix("《中华人民共和国治安管理处罚法》第四十三条") })
    #expect(!after.contains { $0.hasPrefix("《中华人民共和国治安管理处罚法》第三十七条") })
  }

  @Test func aDayBeforeTheFirstVersionIsSaidNotGuessed() {
    let position = Checkout.rulebook.position(of: "D01", on: "1990-01-01")!
    #expect(position.sanctions.isEmpty)
    #expect(!position.notEncoded.isEmpty)
  }

  @Test func noFineRestsOnANormativeDocument() {
    for violation in Checkout.rulebook.violations {
      for liability in violation.liabilities {
        #expect(Checkout.rulebook.index[liability.address.work]?.kind.canSetPenalty == true)
      }
    }
    #expect(Checkout.rulebook.violation("A01")?.noDirectPenalty != nil)
  }

  @Test func aFineWithoutAFigureSaysWhy() {
    for violation in Checkout.rulebook.violations {
      for applicable in Checkout.rulebook.position(of: violation.id, on: "2026-11-20")!.sanctions {
        if applicable.sanction.imposesFine, applicable.fine == nil, applicable.sanction.responsibleFine == nil {
          #expect(applicable.fineNote?.isEmpty == false, "\(violation.id.rawValue) \(applicable.citation)")
        }
        #expect(!applicable.citation.isEmpty && applicable.iri.hasPrefix("/akn/"))
      }
    }
  }
}

@Suite struct LibraryTests {
  @Test(
    arguments: Checkout.files(in: Checkout.regulations + "/library", suffix: ".xml").map {
      String($0.dropFirst(Checkout.regulations.count + 1))
    })
  func whatIsReadAndWrittenAgainIsTheSame(_ path: String) throws {
    let original = Checkout.text(Checkout.regulations + "/" + path)
    #expect(try RulebookFolder(Checkout.regulations).canonicalText(of: path) == original)
  }
}

@Suite struct CitationTests {
  static let lines = Checkout.text(Checkout.root + "/Tests/RegulationLibraryTests/Fixtures/citations.tsv").split(separator: "\n")
    .map(String.init)
  static let forms = lines.prefix { !$0.hasPrefix("# not") }.filter { !$0.hasPrefix("#") && !$0.isEmpty }
  static let others = lines.drop { !$0.hasPrefix("# not") }.filter { !$0.hasPrefix("#") && !$0.isEmpty }

  @Test func thereAreEnoughForms() {
    #expect(Self.forms.count >= 200)
    #expect(Self.others.count >= 40)
  }

  @Test(arguments: forms) func aCitationIsItsAddress(_ line: String) {
    let parts = line.split(separator: "\t").map(String.init)
    let references = Checkout.rulebook.citations.references(in: parts[0])
    let found = references.map { "\($0.address.work.split(separator: "/").last!) \($0.written.eId)" }
    #expect(found.joined(separator: " | ") == parts[1], "\(parts[0])")
  }

  @Test(arguments: others) func whatIsNoCitationGivesNothing(_ text: String) {
    #expect(Checkout.rulebook.citations.references(in: text).isEmpty)
  }

  /// Every recorded provision: address → standard citation → the same address.
  @Test func everyStandardCitationComesBack() {
    for regulation in Checkout.rulebook.regulations {
      let version = regulation.current
      func walk(_ provisions: [Provision]) {
        for provision in provisions {
          if let place = provision.place {
            let text = Citation.text(version, place)
            let address = Checkout.rulebook.citations.address(text, on: version.from)
            #expect(address?.work == regulation.iri, "\(text)")
            if place.point != nil || provision.kind == .article { #expect(address?.place == place, "\(text)") }
          }
          walk(provision.children)
        }
      }
      walk(version.provisions)
    }
  }
}

@Suite struct KnownFactsTests {
  static let rulebook = Checkout.rulebook
  static let text = "经清点，该公司没有给三名补漏工人配发安全帽"

  func assess(_ text: String = Self.text, _ facts: KeyValuePairs<String, KnownFacts.Answer> = [:]) throws -> Assessment {
    let given = facts.map { (fact: Fact.ID(rawValue: $0.key), answer: $0.value) }
    return Self.rulebook.assess(
      Finding(text, on: "2026-11-20", party: .contractor, facts: try KnownFacts(given, terms: Self.rulebook.terms)))
  }

  @Test func unansweredNoSanctionIsApplicable() throws {
    let match = try #require(assess().matches.first)
    #expect(match.violation.id == "D01" && match.status == .matched)
    #expect(match.sanctions.allSatisfy { match.applicability(of: $0) == .open })
    // What kind of work it is comes first.
    #expect(match.missingFacts.first?.id == "building-work")
  }

  @Test func answersSettleOrExcludeASanction() throws {
    let match = try #require(
      assess(Self.text, ["building-work": .no, "unit-is-business": .yes, "ppe-not-provided": .yes]).matches.first)
    let found = Set(
      match.sanctions.map { applicable in
        let source = applicable.citation.contains("建设工程") ? "regulation" : "law"
        return "\(applicable.sanction.condition.rawValue) \(source) \(match.applicability(of: applicable))"
      })
    #expect(found.contains("at-once law applicable"))
    #expect(found.contains("overdue regulation excluded"))
    // What only an excluded sanction waits for is not asked.
    #expect(!match.missingFacts.contains { $0.id == "building-work" })
    #expect(match.missingFacts.contains { $0.id == "deadline-passed" })
  }

  @Test func aNecessaryElementAnsweredNoRulesTheItemOut() throws {
    let match = try #require(assess(Self.text, ["ppe-not-provided": .no]).matches.first { $0.violation.id == "D01" })
    #expect(match.status == .candidate && match.ruledOut.map(\.fact) == ["ppe-not-provided"])
    #expect(match.sanctions.allSatisfy { match.applicability(of: $0) == .excluded })
  }

  /// Most elements only choose between ways to commit an item or between sanctions: no to them says nothing of the item.
  @Test(arguments: [
    ("D01", KnownFactsTests.text, "building-work"), ("H02", "执法人员亮明身份后被关在门外，负责人拒绝检查", "violence-or-threat"),
    ("H03", "出了坠落死亡事故，老板隐瞒不报", "absconded"), ("G02", "业主把承重墙砸了", "party-is-unit"),
    ("E01", "三层临边没有护栏", "public-danger"),
  ])
  func anElementThatIsNotNecessaryRulesNothingOut(_ item: String, _ text: String, _ fact: String) throws {
    let match = try #require(assess(text, [:]).decided.first { $0.violation.id.rawValue == item }, "\(item) not decided")
    #expect(match.violation.elements.contains { $0.fact?.rawValue == fact })
    let answered = try assess(text, KeyValuePairs(dictionaryLiteral: (fact, .no)))
    #expect(answered.decided.contains { $0.violation.id.rawValue == item })
  }

  @Test func aFactDoesNotEstablishWhatTheWordsLeaveOpen() throws {
    let open = try #require(
      assess("未戴安全帽", ["unit-is-business": .yes, "ppe-not-provided": .yes]).matches.first { $0.violation.id == "D01" })
    #expect(open.status == .needsFacts)
    #expect(open.sanctions.allSatisfy { open.applicability(of: $0) != .applicable })
  }

  @Test func anElementWithoutAFactIsAnsweredByName() throws {
    var finding = Finding("没有给工人发安全帽", on: "2026-11-20")
    func elements(_ given: [(fact: Fact.ID, answer: KnownFacts.Answer)]) throws -> [String: KnownFacts.Answer] {
      finding.facts = try KnownFacts(given, terms: Self.rulebook.terms, violations: Self.rulebook.violations)
      let match = try #require(Self.rulebook.assess(finding).matches.first { $0.violation.id == "D01" })
      return Dictionary(uniqueKeysWithValues: match.elements.map { ($0.element.id, $0.answer) })
    }
    #expect(try elements([("D01.e2", .no)])["e2"] == .no)
    #expect(try elements([("building-work", .yes)])["e2"] == .unknown)
    // A direct answer counts before that of the fact behind it, and rules the item out where it is necessary.
    #expect(try elements([("unit-is-business", .yes), ("D01.e1", .no)])["e1"] == .no)
    for code in ["D01.e99", "D91.e1", "D01"] {
      #expect(throws: RulebookError.self) {
        _ = try KnownFacts([(Fact.ID(rawValue: code), .yes)], terms: Self.rulebook.terms, violations: Self.rulebook.violations)
      }
    }
  }

  @Test func contradictionsAndUnknownFactsAreRefused() throws {
    for (facts, word): (KeyValuePairs<String, KnownFacts.Answer>, String) in [
      (["bulding-work": .yes], "building-work"), (["building-work": .yes, "building-work": .no], "自相矛盾"),
      (["party-is-unit": .yes, "party-is-individual": .yes], "不能都答"),
    ] {
      do {
        _ = try assess("临边没有护栏", facts)
        Issue.record("taken: \(facts)")
      } catch let error as RulebookError { #expect(error.message.contains(word), "\(error.message)") }
    }
    // One excludes the other without a word.
    let known = try KnownFacts([("party-is-unit", .yes)], terms: Self.rulebook.terms)
    #expect(known["party-is-individual"] == .no && known["building-work"] == .unknown)
  }
}

/// What the wording model is taught.
@Suite struct TrainingTests {
  @Test func everySentenceIsLabelledAndStandsOnce() {
    let items = Set(Checkout.rulebook.violations.map(\.id.rawValue))
    var seen: Set<Substring> = []
    for file in Checkout.files(in: Checkout.regulations + "/training", suffix: ".tsv") {
      for line in Checkout.text(file).split(separator: "\n") {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        let isLabelled =
          fields.count == 3 && !fields[2].isEmpty
          && fields[..<2].allSatisfy { field in
            field == "-" || field.split(separator: " ").allSatisfy { items.contains(String($0)) }
          }
        if !isLabelled { Issue.record("\(file): \(line)") }
        if let text = fields.last, !seen.insert(text).inserted { Issue.record("\(file): twice: \(text)") }
      }
    }
    #expect(seen.count > 13_000)
    // What measures is never taught.
    for name in ["sentences", "negatives"] {
      let rows = Checkout.text("\(Checkout.root)/Tests/Evaluation/\(name).jsonl")
      for text in seen where rows.contains("\"text\": \"\(text)\"") || rows.contains("\"text\":\"\(text)\"") {
        Issue.record("evaluated and taught: \(text)")
      }
    }
  }
}
