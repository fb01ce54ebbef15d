import Enforcement
import EnforcementXML
import Testing

/// A file that breaks each check: what is changed, and the rule that must say so.
struct Break: CustomTestStringConvertible, Sendable {
  var rule: String
  var file: String
  var find: String
  var replace: String
  var testDescription: String { rule + " ← " + find }

  static let law = "library/cn/law/work-safety/2021-09-01.xml"
  static let old = "library/cn/law/work-safety/2014-12-01.xml"
  static let benchmark = "benchmarks/mem-2024-90.xml"
  static let d01 = "violations/D/D01-no-protective-equipment.xml"

  static let all: [Break] = [
    Break(rule: "schema.invalid", file: d01, find: "<measures>", replace: "<measures><nonsense/>"),
    Break(rule: "schema.invalid", file: law, find: "contains=\"singleVersion\"", replace: "contains=\"many\""),
    Break(rule: "xml.malformed", file: d01, find: "</gist>", replace: "</gis>"),
    Break(rule: "xml.documentType", file: d01, find: "<violation", replace: "<!DOCTYPE violation><violation"),
    Break(rule: "xml.unknown-element", file: d01, find: "<measures>", replace: "<measures><nonsense/>"),
    Break(rule: "path.mismatch", file: d01, find: "id=\"D01\"", replace: "id=\"D09\""),
    Break(rule: "path.mismatch", file: law, find: "from=\"2021-09-01\"", replace: "from=\"2021-09-02\""),
    Break(rule: "address.unresolved", file: d01, find: "work-safety#art_45", replace: "work-safety#art_450"),
    Break(rule: "address.unresolved", file: d01, find: "2002-06-29/work-safety#art_45", replace: "2002-06-29/work-safely#art_45"),
    Break(
      rule: "address.unresolved", file: law, find: "href=\"#art_99__para_1__point_5\"",
      replace: "href=\"#art_99__para_1__point_50\""),
    Break(rule: "address.malformed", file: d01, find: "work-safety#art_45", replace: "work-safety#fortyfive"),
    Break(
      rule: "liability.normative", file: "violations/A/A01-work-without-registration.xml", find: "<liabilities>",
      replace: "<liabilities><liability ref=\"/akn/cn-sz/act/normative-document/2025-05-01/small-works-registration#art_7\"/>"),
    Break(
      rule: "liability.tier", file: d01,
      find: "<liability ref=\"/akn/cn/act/law/2002-06-29/work-safety#art_99__para_1__point_5\"",
      replace: "<liability ref=\"/akn/cn/act/law/2002-06-29/work-safety#art_99__para_1__point_5\" tiers=\"never\""),
    Break(
      rule: "liability.empty", file: d01, find: "<liabilities>",
      replace: "<liabilities><liability ref=\"/akn/cn/act/law/2002-06-29/work-safety#art_45\"/>"),
    Break(rule: "fine.range", file: law, find: "min=\"50000\" max=\"200000\"", replace: "min=\"500000\" max=\"200000\""),
    Break(rule: "fine.unit", file: law, find: "min=\"50000\" max=\"200000\"", replace: "min=\"5\" max=\"20\""),
    Break(rule: "fine.of", file: law, find: "basis=\"yuan\"", replace: "basis=\"percent\""),
    Break(rule: "fact.unknown", file: law, find: "requires=\"unit-is-business", replace: "requires=\"unit-is-busy"),
    Break(rule: "code.unknown", file: law, find: "when=\"at-once\"", replace: "when=\"sometimes\""),
    Break(rule: "version.overlap", file: old, find: "until=\"2021-08-31\"", replace: "until=\"2022-08-31\""),
    Break(rule: "version.overlap", file: old, find: " until=\"2021-08-31\"", replace: ""),
    Break(rule: "correspondence.unresolved", file: old, find: "to=\"#art_45\"", replace: "to=\"#art_450\""),
    Break(rule: "provision.number", file: law, find: "<num>第四十五条</num>", replace: "<num>第四十六条</num>"),
    Break(rule: "confidence.missing", file: d01, find: " confidence=\"verified\"", replace: ""),
    Break(rule: "confidence.missing", file: law, find: " z:confidence=\"verified\"", replace: ""),
    Break(rule: "violation.part", file: d01, find: "name=\"未为作业人员提供合格的劳动防护用品、安全防护用具\"", replace: "name=\"\""),
    Break(rule: "item.unknown", file: d01, find: "<confusable item=\"E01\"", replace: "<confusable item=\"Z99\""),
    Break(rule: "element.question", file: d01, find: "？</element>", replace: "。</element>"),
    Break(rule: "element.necessary", file: d01, find: "<element id=\"e2\"", replace: "<element id=\"e2\" necessary=\"yes\""),
    Break(rule: "pattern.unknown-concept", file: d01, find: "<lacks of=\"", replace: "<lacks of=\"nothing-of-the-kind "),
    Break(
      rule: "pattern.impossible", file: d01, find: "<patterns>",
      replace: "<patterns><pattern><has of=\"site\"/><without of=\"site\"/></pattern>"),
    Break(rule: "concept.form", file: "lexicon.xml", find: "安全帽 ", replace: "安全{帽 "),
    Break(rule: "wording.malformed", file: "wording.xml", find: "  <table>\n", replace: "  <table>\n戴帽 twelve 0 5\n"),
    Break(rule: "wording.malformed", file: "wording.xml", find: "<output name=\"finding\"", replace: "<output name=\"H03\""),
    Break(rule: "wording.unknown-item", file: "wording.xml", find: "<output name=\"D01\"", replace: "<output name=\"D09\""),
    Break(rule: "number.invalid", file: "wording.xml", find: "likelihood=\"", replace: "likelihood=\"much "),
    Break(rule: "terms.missing", file: "terms.xml", find: "code=\"contractor\"", replace: "code=\"constructor\""),
    Break(
      rule: "fact.excludes", file: "terms.xml", find: "excludes=\"party-is-individual\"", replace: "excludes=\"building-work\""),
    Break(rule: "violation.category", file: "catalogue.xml", find: "code=\"D\"", replace: "code=\"X\""),
    Break(rule: "seal.stale", file: d01, find: "<gist>", replace: "<gist>又"),
    Break(
      rule: "example.wrong", file: d01, find: "<nonTriggering kind=\"compliant\">",
      replace: "<nonTriggering kind=\"compliant\">两名焊工都拿不出操作证，"),
    Break(rule: "concurrence.item", file: "concurrence.xml", find: "items=\"E01 D01\"", replace: "items=\"E01 D91\""),
    Break(rule: "concurrence.pair", file: "concurrence.xml", find: "items=\"E01 D01\"", replace: "items=\"E01\""),
    Break(rule: "concurrence.twice", file: "concurrence.xml", find: "items=\"E01 D01\"", replace: "items=\"D02 E01\""),
    Break(
      rule: "address.unresolved", file: "concurrence.xml", find: "sez-work-safety#art_54", replace: "sez-work-safety#art_540"),
    Break(
      rule: "circumstance.unknown", file: "circumstances.xml", find: "requires=\"minor-act ", replace: "requires=\"minor-acts "),
    Break(
      rule: "circumstance.unused", file: "circumstances.xml", find: "  <rule id=\"minor-not",
      replace: "  <circumstance id=\"weather\" label=\"天气\">天气怎样？</circumstance>\n  <rule id=\"minor-not"),
    Break(rule: "benchmark.range", file: benchmark, find: "max=\"30000\"", replace: "max=\"300000\""),
    Break(
      rule: "benchmark.range", file: benchmark, find: "min=\"100000\" max=\"130000\"", replace: "min=\"90000\" max=\"130000\""),
    Break(rule: "benchmark.gap", file: benchmark, find: "complete=\"no\"", replace: "complete=\"yes\""),
    Break(
      rule: "benchmark.overlap", file: benchmark, find: "</item>",
      replace: "<tier code=\"B\" when=\"2人次\" min=\"20000\" max=\"60000\" confidence=\"memory\"/></item>"),
    Break(
      rule: "benchmark.direction", file: benchmark, find: "</item>",
      replace: "<tier code=\"B\" when=\"2人次\" max=\"20000\" confidence=\"memory\"/></item>"),
    Break(rule: "benchmark.unknown", file: benchmark, find: "sanction=\"at-once\"", replace: "sanction=\"at-last\""),
    Break(rule: "benchmark.dates", file: "benchmarks/sz-emergency-2023.xml", find: "until=\"2026", replace: "until=\"2022"),
    Break(
      rule: "threshold.dates", file: "procedure/thresholds.xml", find: "until=\"2021-07-14\"", replace: "until=\"1995-07-14\""),
    Break(rule: "procedure.stage", file: "procedure/rules.xml", find: "stage=\"principle\"", replace: "stage=\"beginning\""),
    Break(
      rule: "procedure.citation", file: "procedure/rules.xml", find: "administrative-penalty#art_29\">",
      replace: "administrative-penalty#art_37\">"),
    Break(rule: "procedure.rule", file: "procedure/steps.xml", find: "rule=\"PR-096\"", replace: "rule=\"PR-996\""),
    Break(rule: "procedure.event", file: "procedure/steps.xml", find: "to=\"opened\"", replace: "to=\"opening\""),
    Break(rule: "procedure.after", file: "procedure/steps.xml", find: "after=\"litigation\"", replace: "after=\"ligation\""),
    Break(rule: "calendar.invalid", file: "calendar/2026.xml", find: "day=\"2026-01-04\"", replace: "day=\"2026-01-05\""),
    Break(
      rule: "calendar.invalid", file: "calendar/2026.xml", find: "last=\"2026-01-03\"", replace: "last=\"2026-02-16\""),
    Break(rule: "example.missed", file: d01, find: "<triggering", replace: "<triggering>今天天气很好</triggering><triggering"),
  ]
}

@Suite struct BrokenDataTests {
  @Test(arguments: Break.all) func everyCheckFindsItsFile(_ broken: Break) throws {
    try Checkout.withCopy { folder in
      let path = folder + "/" + broken.file
      let text = try #require(
        Checkout.text(path).replacingFirst(broken.find, with: broken.replace), "nothing to break: \(broken.find)")
      Checkout.write(Array(text.utf8), to: path)
      let rules = Set(try RulebookFolder(folder).check().map(\.rule))
      #expect(rules.contains(broken.rule), "got \(rules)")
    }
  }

  /// What a file that answers to its schema cannot get wrong, and a value made by a program can.
  @Test func everyCheckOfTheValuesSpeaks() {
    var contents = Checkout.contents
    let work = contents.versions.firstIndex { $0.file == Break.law }!
    func broken(_ change: (inout Sanction) -> Void) {
      var sanction = contents.versions[work].sanctions.first { $0.fine != nil }!
      change(&sanction)
      contents.versions[work].sanctions.append(sanction)
    }
    broken { $0.party = [] }
    broken { $0.kinds = [] }
    broken { $0.authorities = [] }
    broken { $0.kinds = [Sanction.KindEntry(kind: .warning)] }
    broken {
      $0.fine = nil
      $0.responsibleFine = nil
      $0.amountSource = nil
      $0.kinds = [Sanction.KindEntry(kind: .fine)]
    }
    broken { $0.detention = Sanction.Detention(minimum: 15, maximum: 5) }
    broken { ($0.from, $0.until) = ("2024-01-02", "2024-01-01") }
    contents.versions[work].from = nil
    let old = contents.versions.firstIndex { $0.file == Break.old }!
    let nowhere = ProvisionAddress.Place("art_450")!
    for index in contents.versions[old].correspondences.indices { contents.versions[old].correspondences[index].from = nowhere }
    let other = contents.versions.firstIndex { $0.isEncoded && $0.provisions.count > 3 && $0.file != Break.law }!
    var provisions = contents.versions[other].provisions
    provisions.append(provisions[0])
    provisions[1].children = []
    provisions[1].gist = nil
    provisions[1].heading = nil
    provisions[2].children = provisions[0].children
    contents.versions[other].provisions = provisions
    let empty = contents.versions.firstIndex {
      $0.isEncoded && !$0.provisions.isEmpty && $0.file != Break.law && $0.file != contents.versions[other].file
    }!
    contents.versions[empty].provisions = []

    contents.violations.append(contents.violations[0])
    let item = contents.violations.firstIndex { $0.file == Break.d01 }!
    contents.violations[item].duties = []
    contents.violations[item].examples.removeAll { $0.kind == .outOfScope }
    contents.violations[item].patterns[0].requirements[0].test = .without
    contents.violations[item].concepts.append(contents.violations[item].concepts[0])
    let second = contents.violations.firstIndex { $0.id == "E01" }!
    contents.violations[second].liabilities = []
    let third = contents.violations.firstIndex { $0.id == "F02" }!
    contents.violations[third].liabilities[0].party = [.supervisor]
    contents.catalogue.categories.append(Catalogue.Category(code: "Z", name: "空"))
    contents.terms.facts["building-work"]?.question = ""

    let rules = Set(RulebookCheck.diagnostics(of: contents).map(\.rule))
    for rule in [
      "sanction.party", "sanction.kinds", "sanction.authority", "fine.kind", "fine.amount", "detention.range", "sanction.dates",
      "version.dates", "provision.duplicate", "provision.gist", "provision.paragraph", "provision.order", "version.empty",
      "violation.duplicate", "violation.duty", "violation.liability", "example.count", "pattern.no-anchor", "concept.duplicate",
      "liability.party", "catalogue.empty", "terms.question", "address.correspondence",
    ] { #expect(rules.contains(rule), "\(rule) says nothing") }
  }

  @Test func aMissingSchemaIsSaid() throws {
    try Checkout.withCopy { folder in
      Checkout.remove(folder + "/schema/terms.rng")
      let rules = try RulebookFolder(folder).check().map(\.rule)
      #expect(rules.contains("schema.missing"))
    }
  }

  @Test func aFileNobodyReadsIsFound() throws {
    try Checkout.withCopy { folder in
      Checkout.write(Array("<x/>".utf8), to: folder + "/stray.xml")
      let diagnostics = try RulebookFolder(folder).check()
      #expect(diagnostics.contains { $0.rule == "file.unreachable" })
    }
  }

  @Test func aSanctionInANormativeDocumentCannotBeLoadedAsABasis() throws {
    var contents = Checkout.contents
    let normative = try #require(
      contents.versions.first { $0.kind == .normativeDocument && $0.isEncoded && !$0.provisions.isEmpty })
    let index = contents.versions.firstIndex { $0.file == normative.file }!
    let place = contents.versions[index].provisions[0].place!
    contents.versions[index].sanctions.append(
      Sanction(
        tier: "x", place: place, party: [.owner], condition: .atOnce, relation: .single, kinds: [Sanction.KindEntry(kind: .fine)],
        fine: Sanction.Fine(basis: .yuan, maximum: 1000), authorities: [.districtHousing], confidence: .memory))
    contents.violations[0].liabilities.append(
      Violation.Liability(address: ProvisionAddress(work: normative.record.work, place: place)))
    #expect(throws: RulebookError.self) { try Rulebook(contents) }
    #expect(RulebookCheck.diagnostics(of: contents).contains { $0.rule == "sanction.normative" })
  }

  @Test func aGapBetweenVersionsMustBeExplained() throws {
    var contents = Checkout.contents
    for index in contents.versions.indices where contents.versions[index].record.work.hasSuffix("/work-safety") {
      contents.versions[index].notes = []
      if contents.versions[index].name == "2014-12-01" { contents.versions[index].until = "2020-01-01" }
    }
    #expect(RulebookCheck.diagnostics(of: contents).contains { $0.rule == "version.gap" })
  }

  @Test func aNewerSchemaIsRefusedWithBothNumbers() throws {
    try Checkout.withCopy { folder in
      let text = try #require(Checkout.text(folder + "/rulebook.xml").replacingFirst("schema=\"1\"", with: "schema=\"7\""))
      Checkout.write(Array(text.utf8), to: folder + "/rulebook.xml")
      do throws(RulebookError) {
        _ = try Rulebook(contentsOf: RulebookFolder(folder))
        Issue.record("a newer schema was taken")
      } catch {
        #expect(error.code == .newerSchema && error.message.contains("7") && error.message.contains("1"))
      }
    }
  }

  @Test func allProblemsOfAllFilesComeBackAtOnce() throws {
    try Checkout.withCopy { folder in
      for file in [Break.d01, Break.law] {
        let text = try #require(
          Checkout.text(folder + "/" + file).replacingFirst("confidence=\"verified\"", with: "confidence=\"sure\""))
        Checkout.write(Array(text.utf8), to: folder + "/" + file)
      }
      do throws(RulebookError) {
        _ = try Rulebook(contentsOf: RulebookFolder(folder))
        Issue.record("wrong files were taken")
      } catch {
        #expect(Set(error.diagnostics.map(\.file)) == [Break.d01, Break.law])
        #expect(error.diagnostics.allSatisfy { $0.line > 0 && !$0.rule.isEmpty })
      }
    }
  }

  @Test func aMissingFolderIsSaidToBeMissing() {
    do throws(RulebookError) {
      _ = try Rulebook(contentsOf: RulebookFolder("/nowhere/at/all"))
      Issue.record("a rulebook out of nothing")
    } catch { #expect(error.code == .notFound) }
  }
}
