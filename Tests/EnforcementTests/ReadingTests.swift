import Testing

@testable import Enforcement

/// What a sentence says of a thing, on a small lexicon of its own.
@Suite struct ReadingTests {
  static let matcher = Matcher(
    lexicon: Lexicon(
      concepts: [
        Concept(id: "helmet", role: .good, forms: ["安全帽"]), Concept(id: "belt", role: .good, forms: ["安全带"]),
        Concept(id: "rail", role: .good, forms: ["护栏", "防护栏杆"]), Concept(id: "box", role: .thing, forms: ["电箱"]),
        Concept(id: "wild", role: .bad, forms: ["私拉乱接"]), Concept(id: "demolish", role: .act, forms: ["拆除"]),
        Concept(id: "no", role: .absence, forms: ["未", "没", "没有", "无"]),
        Concept(id: "broken", role: .defect, forms: ["破损", "松动"]),
        Concept(id: "yes", role: .presence, forms: ["已", "均"]), Concept(id: "ought", role: .requirement, forms: ["应当"]),
        Concept(id: "never", role: .prohibition, forms: ["严禁", "不得"]), Concept(id: "denied", role: .denial, forms: ["未发现"]),
        Concept(id: "done", role: .remedied, forms: ["整改后"]), Concept(id: "still", role: .persistence, forms: ["仍"]),
        Concept(id: "if", role: .hypothetical, forms: ["是否"]), Concept(id: "but", role: .turn, forms: ["但"]),
        Concept(id: "hidden", role: .opaque, forms: ["未来"]),
      ], variants: ["護": "护"]), violations: [], report: { _ in })

  func states(_ text: String) -> [String: Reading.State] {
    var reading = Self.matcher.read(text)
    reading.decideStates()
    var result: [String: Reading.State] = [:]
    for word in reading.words { result[Self.matcher.conceptNames[Int(word.concept)]] = word.state }
    return result
  }

  @Test(arguments: ["未戴安全帽", "安全帽没有戴", "安全帽均未佩戴", "没 有 安全帽", "工人戴了手套，但安全帽未戴", "破损的安全帽", "安全帽松动"])
  func missing(_ text: String) { #expect(states(text)["helmet"] == .absent) }

  @Test(arguments: ["已戴安全帽", "应当佩戴安全帽", "严禁未戴安全帽进入", "未发现未戴安全帽", "是否佩戴安全帽", "安全帽无破损", "整改后安全帽未见松动", "未来安全帽"])
  func notMissing(_ text: String) { #expect(states(text)["helmet"] != .absent) }

  @Test func aListSharesItsSign() {
    let forward = states("未佩戴安全帽、安全带")
    #expect(forward["helmet"] == .absent && forward["belt"] == .absent)
    let backward = states("安全帽、安全带均未佩戴")
    #expect(backward["helmet"] == .absent && backward["belt"] == .absent)
  }

  @Test func eachSignHasItsOwn() {
    let states = states("已戴安全帽但未系安全带")
    #expect(states["helmet"] == .present && states["belt"] == .absent)
  }

  @Test func aClauseWithoutAThingSpeaksOfTheLast() { #expect(states("安全带，未系")["belt"] == .absent) }

  @Test func badThingsAreFineWhenDenied() {
    #expect(states("电线私拉乱接")["wild"] == .plain)
    #expect(states("未发现私拉乱接")["wild"] == .unstated)
    #expect(states("没有私拉乱接")["wild"] == .absent)
    #expect(states("严禁私拉乱接")["wild"] == .unstated)
  }

  @Test func aThingIsWrongOnlyWhenDefective() {
    #expect(states("没有电箱")["box"] != .absent)
    #expect(states("电箱破损")["box"] == .absent)
  }

  @Test func whatStillIsIsNotOver() {
    #expect(states("整改后护栏仍未安装")["rail"] == .absent)
    #expect(states("整改后私拉乱接")["wild"] == .unstated)
  }

  @Test func anOwnWordDoesNotBeginInsideASign() {
    let violation = Violation(
      id: "X01", concepts: [Concept(id: "leak", role: .bad, forms: ["有漏电"])],
      patterns: [Pattern(requirements: [Pattern.Requirement(test: .has, concepts: ["leak"])])])
    let lexicon = Lexicon(concepts: [Concept(id: "no", role: .absence, forms: ["没有"])])
    let matcher = Matcher(lexicon: lexicon, violations: [violation], report: { _ in })
    #expect(matcher.match(matcher.read("电箱有漏电")).map(\.status) == [.matched])
    #expect(matcher.match(matcher.read("电箱没有漏电")).allSatisfy { $0.status == .candidate })
  }

  @Test func variantsAndFullWidthAreFolded() {
    #expect(states("没有護栏")["rail"] == .absent)
    #expect(states("没　有　護 栏")["rail"] == .absent)
  }

  @Test func evidenceCountsUnicodeScalars() {
    var reading = Self.matcher.read("😀 未设护栏")
    reading.decideStates()
    let rail = reading.words.first { Self.matcher.conceptNames[Int($0.concept)] == "rail" }!
    #expect(reading.range(rail.start, rail.end) == 4..<6)
  }
}

@Suite struct AutomatonTests {
  let folding = Folding(variants: [:])

  func automaton(_ terms: [String]) -> Automaton {
    var builder = Automaton.Builder()
    for (number, term) in terms.enumerated() { _ = builder.add(term, folding, Int32(number)) }
    return Automaton(builder)
  }

  func found(_ terms: [String], in text: String, all: Bool = false) -> [String] {
    let automaton = automaton(terms)
    let folded = folding.fold(text)
    return (all ? automaton.allOccurrences(in: folded) : automaton.occurrences(in: folded)).map { terms[Int($0.term)] }
  }

  @Test func theLongestTermHidesTheOthers() { #expect(found(["安全", "安全帽", "帽"], in: "戴安全帽") == ["安全帽"]) }
  @Test func overlappingTermsAreBothFound() { #expect(found(["施工许可", "许可证"], in: "施工许可证") == ["施工许可", "许可证"]) }
  @Test func allMeansAll() { #expect(Set(found(["安全", "安全帽", "帽"], in: "安全帽", all: true)) == ["安全", "安全帽", "帽"]) }

  /// Against a search that tries every term at every place.
  @Test func agreesWithTheObviousSearch() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let alphabet = Array("甲乙丙")
      func word(_ length: Int) -> String { String((0..<length).map { _ in alphabet.randomElement(using: &random)! }) }
      let terms = Array(Set((0..<6).map { _ in word(Int.random(in: 1...4, using: &random)) })).sorted()
      let text = word(20)
      var expected: [String] = []
      for start in 0..<20 {
        for term in terms where text.dropFirst(start).hasPrefix(term) { expected.append("\(start)\(term)") }
      }
      let automaton = automaton(terms)
      let got = automaton.allOccurrences(in: folding.fold(text)).map { "\($0.start)\(terms[Int($0.term)])" }
      #expect(got.sorted() == expected.sorted())
    }
  }
}

@Suite struct TermExpansionTests {
  let folding = Folding(variants: [:])

  @Test func bracesAreAlternatives() {
    let parts = TermExpansion.parts("{未,没}{佩,}戴", folding)!.map { $0.map { String(decoding: $0, as: UTF16.self) } }
    #expect(parts == [["未", "没"], ["佩", ""], ["戴"]])
    var builder = Automaton.Builder()
    let isAdded = builder.add("{未,没}{佩,}戴", folding, 0)
    #expect(isAdded)
    let automaton = Automaton(builder)
    for text in ["未佩戴", "未戴", "没佩戴", "没戴"] {
      #expect(automaton.occurrences(in: folding.fold(text)).map { $0.end - $0.start } == [Int32(text.count)])
    }
    #expect(automaton.occurrences(in: folding.fold("佩戴")).isEmpty)
  }

  @Test(arguments: ["{未", "未}", "{未{没}}"]) func unbalancedBracesAreRefused(_ form: String) {
    #expect(TermExpansion.parts(form, folding) == nil)
  }
}

@Suite struct ReportReadingTests {
  static let report = """
    # 巡查记录
    检查时间：2026年11月20日
    | 序号 | 问题 |
    |---|---|
    | 1 | 临边没有护栏 |
    1. 未戴安全帽
    （二）电箱没有上锁
    - 2.5米高处未系安全带
    现场整洁。二层有人吸烟；材料堆放有序。
    """

  @Test func findingsKeepTheirLines() {
    let reading = ReportReading(Self.report, on: "2026-11-20")
    #expect(reading.findings.map(\.text) == ["1，临边没有护栏", "未戴安全帽", "电箱没有上锁", "2.5米高处未系安全带", "现场整洁。", "二层有人吸烟；", "材料堆放有序。"])
    #expect(reading.findings.map { $0.place!.line } == [5, 6, 7, 8, 9, 9, 9])
    #expect(reading.leftOut.map(\.reason) == [.heading, .label, .tableHead, .rule])
  }

  @Test func linesMayEndInCarriageReturns() {
    let lines = Self.report.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      ReportReading(lines.joined(separator: "\r\n"), on: "2026-11-20").findings
        == ReportReading(Self.report, on: "2026-11-20").findings)
  }
}
