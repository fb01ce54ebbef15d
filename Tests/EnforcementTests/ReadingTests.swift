import Testing

@testable import Enforcement

/// What a sentence says of a thing, on a small lexicon of its own.
@Suite struct ReadingTests {
  static let lexicon = Lexicon(
    concepts: [
      Concept(id: "helmet", role: .good, forms: "安全帽"), Concept(id: "belt", role: .good, forms: "安全带"),
      Concept(id: "rail", role: .good, forms: "护栏 防护栏杆"), Concept(id: "box", role: .thing, forms: "电箱"),
      Concept(id: "wild", role: .bad, forms: "私拉乱接"), Concept(id: "demolish", role: .act, forms: "拆除"),
      Concept(id: "no", role: .absence, forms: "未 没 没有 无"),
      Concept(id: "broken", role: .defect, forms: "破损 松动"),
      Concept(id: "yes", role: .presence, forms: "已 均"), Concept(id: "ought", role: .requirement, forms: "应当"),
      Concept(id: "never", role: .prohibition, forms: "严禁 不得"), Concept(id: "denied", role: .denial, forms: "未发现"),
      Concept(id: "done", role: .remedied, forms: "整改后"), Concept(id: "still", role: .persistence, forms: "仍"),
      Concept(id: "if", role: .hypothetical, forms: "是否"), Concept(id: "but", role: .turn, forms: "但"),
      Concept(id: "hidden", role: .opaque, forms: "未来"),
    ], variants: ["護": "护"])
  static let matcher = Matcher(lexicon: lexicon, violations: [], report: { _ in })

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
      id: "X01", concepts: [Concept(id: "leak", role: .bad, forms: "有漏电")],
      patterns: [Pattern(requirements: [Pattern.Requirement(test: .has, concepts: ["leak"])])])
    let lexicon = Lexicon(concepts: [Concept(id: "no", role: .absence, forms: "没有")])
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

@Suite struct FormIndexTests {
  let folding = Folding(variants: [:])

  func found(_ forms: [String], in text: String, all: Bool = false) -> [String] {
    var index = FormIndex()
    for (number, form) in forms.enumerated() { #expect(index.add(form, folding, Int32(number)).isEmpty) }
    let occurrences = index.occurrences(in: folding.fold(text))
    return (all ? occurrences : occurrences.outermost()).map { forms[Int($0.meaning)] }
  }

  @Test func theLongestTermHidesTheOthers() { #expect(found(["安全", "安全帽", "帽"], in: "戴安全帽") == ["安全帽"]) }
  @Test func overlappingTermsAreBothFound() { #expect(found(["施工许可", "许可证"], in: "施工许可证") == ["施工许可", "许可证"]) }
  @Test func allMeansAll() { #expect(Set(found(["安全", "安全帽", "帽"], in: "安全帽", all: true)) == ["安全", "安全帽", "帽"]) }

  @Test func bracesAreAlternatives() {
    var index = FormIndex()
    #expect(index.add("{未,没}{佩,}戴", folding, 0).isEmpty)
    for text in ["未佩戴", "未戴", "没佩戴", "没戴"] {
      #expect(index.occurrences(in: folding.fold(text)).map { $0.end - $0.start } == [Int32(text.count)])
    }
    #expect(index.occurrences(in: folding.fold("佩戴")).isEmpty)
  }

  @Test func theLongestWordingOfAFormCounts() {
    var index = FormIndex()
    #expect(index.add("拆{除,}{了,}{一,}半", folding, 0).isEmpty)
    #expect(index.add("拆{除,}", folding, 1).isEmpty)
    let found = index.occurrences(in: folding.fold("墙拆除了一半")).map { "\($0.meaning):\($0.start)-\($0.end)" }
    #expect(Set(found) == ["0:1-6", "1:1-3"])
  }

  @Test(arguments: ["{未", "未}", "{未{没}}"]) func unbalancedBracesAreRefused(_ form: String) {
    var index = FormIndex()
    #expect(index.add("护栏 \(form) 围挡", folding, 0) == [form])
    #expect(index.occurrences(in: folding.fold("未没护栏围挡")).map(\.start) == [2, 4])
  }

  /// Against a search that tries every wording at every place.
  @Test func agreesWithTheObviousSearch() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("甲乙丙")
    func word(_ lengths: ClosedRange<Int>) -> String {
      String((0..<Int.random(in: lengths, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
    }
    for _ in 0..<300 {
      // Each form is a row of alternatives.
      let forms = (0..<6).map { _ in
        (0..<Int.random(in: 1...3, using: &random)).map { _ in
          (0..<Int.random(in: 1...3, using: &random)).map { _ in word(0...2) }
        }
      }
      let text = word(20...20)
      var expected: [String] = []
      for (number, form) in forms.enumerated() {
        let wordings = form.reduce([""]) { heads, tails in heads.flatMap { head in tails.map { head + $0 } } }
        for start in 0..<text.count {
          let longest = wordings.filter { !$0.isEmpty && text.dropFirst(start).hasPrefix($0) }.map(\.count).max()
          if let longest { expected.append("\(number):\(start)-\(start + longest)") }
        }
      }
      var index = FormIndex()
      for (number, form) in forms.enumerated() {
        let written = form.map { "{\($0.joined(separator: ","))}" }.joined()
        #expect(index.add(written, folding, Int32(number)).isEmpty)
      }
      let got = index.occurrences(in: folding.fold(text)).map { "\($0.meaning):\($0.start)-\($0.end)" }
      #expect(got.sorted() == expected.sorted())
    }
  }
}

@Suite struct ReportReadingTests {
  static let report = """
    某街道办事处
    # 巡查记录
    检查时间：2026年11月20日
    工程地点：某路1号
    施工单位（盖章）：某装饰公司
    | 序号 | 问题 |
    |---|---|
    | 1 | 临边没有护栏 |
    1. 未戴安全帽
    （二）电箱没有上锁
    - 2.5米高处未系安全带
    存在问题：现场整洁。二层有人吸烟；材料堆放有序。
    施工单位：未给工人发安全帽
    二、整改要求
    1. 立即整改，未整改不得施工
    检查人员（签名）：陈某
    """

  @Test func findingsKeepTheirLines() {
    let reading = ReportReading(Self.report, on: nil, otherwise: "2000-01-01")
    #expect(
      reading.findings.map(\.text) == [
        "临边没有护栏", "未戴安全帽", "电箱没有上锁", "2.5米高处未系安全带", "现场整洁。", "二层有人吸烟；", "材料堆放有序。", "施工单位：未给工人发安全帽",
      ])
    #expect(reading.findings.map { $0.place!.line } == [8, 9, 10, 11, 12, 12, 12, 13])
    #expect(
      reading.leftOut.map(\.reason) == [
        .heading, .heading, .label, .label, .label, .tableHead, .rule, .heading, .section, .label,
      ])
    #expect(reading.findings[1].place?.section == "巡查记录")
    #expect(reading.findings.allSatisfy { $0.on == "2026-11-20" })
  }

  @Test func whatTheReportSaysOfItself() {
    let header = ReportReading(Self.report, on: nil, otherwise: "2000-01-01").header
    #expect(header.date == "2026-11-20" && header.place == "某路1号")
    #expect(header.parties == [ReportReading.NamedParty(label: "施工单位", role: .contractor, name: "某装饰公司")])
    // A day that is given counts before the report's.
    #expect(ReportReading(Self.report, on: "2026-01-02", otherwise: "2000-01-01").findings[0].on == "2026-01-02")
    #expect(ReportReading("未戴安全帽", on: nil, otherwise: "2000-01-01").findings[0].on == "2000-01-01")
  }

  @Test func columnsOfATableAreKnownByTheirHeads() {
    let reading = ReportReading(
      """
      | 序号 | 检查部位 | 隐患描述 | 整改要求 | 整改期限 |
      | --- | --- | --- | --- | --- |
      | 1 | 三层东侧 | 临边没有护栏 | 立即安装，未装好不得上人 | 3日内 |
      | 2 | 二层 | 无 | | |

      | 检查项目 | 检查结果 | 备注 |
      | 临边防护 | 不符合 | |
      | 安全帽佩戴 | 符合 | 均已佩戴 |
      | 灭火器 | × | |

      | 工程名称 | 某店铺装修 | 检查日期 | 2026/11/5 |
      | 建设单位 | 某公司 | 天气 | 晴 |
      """, on: nil, otherwise: "2000-01-01")
    #expect(reading.findings.map(\.text) == ["临边没有护栏", "临边防护不符合", "灭火器不符合要求"])
    #expect(reading.findings[0].place?.location == "三层东侧")
    #expect(reading.leftOut.count { $0.reason == .inOrder } == 2)
    #expect(reading.header.date == "2026-11-05" && reading.header.parties.map(\.name) == ["某公司"])
  }

  @Test func aTableMayBeDividedByTabs() {
    let reading = ReportReading(
      "序号\t部位\t存在问题\t责任人\n1\t屋面\t洞口未盖\t张某\n", on: nil, otherwise: "2000-01-01")
    #expect(reading.findings.map(\.text) == ["洞口未盖"] && reading.findings[0].place?.location == "屋面")
  }

  @Test(arguments: [
    ("2026年11月20日14时05分", "2026-11-20"), ("检查于2026.11.5进行", "2026-11-05"), ("2026/1/2", "2026-01-02"),
    ("二〇二六年十一月二十日", "2026-11-20"), ("编号2026-巡-107，2026-11-03", "2026-11-03"),
  ])
  func daysAreRead(_ text: String, _ day: CalendarDate) { #expect(CalendarDate(firstIn: text) == day) }

  @Test(arguments: ["高2.6米", "2026年", "2026-13-40", "0755-00000001", ""])
  func whatIsNoDayIsNone(_ text: String) { #expect(CalendarDate(firstIn: text) == nil) }

  @Test func linesMayEndInCarriageReturns() {
    let lines = Self.report.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      ReportReading(lines.joined(separator: "\r\n"), on: "2026-11-20").findings
        == ReportReading(Self.report, on: "2026-11-20").findings)
  }
}

@Suite struct WordingTests {
  static let violations = [Violation(id: "X01", name: "无登记施工"), Violation(id: "X02", name: "无护栏")]

  /// Two items and `finding`; 报 speaks for the first, 栏 for the second, and any of them for something being wrong.
  static let wording = Wording(
    outputs: [
      Wording.Output(name: "X01", bias: -1), Wording.Output(name: "X02", bias: -1), Wording.Output(name: "finding", bias: -1),
    ],
    clueWeights: [.score: 1, .pattern: 1],
    withPattern: Wording.Threshold(likelihood: 0, finding: -0.5),
    withoutPattern: Wording.Threshold(likelihood: 0.5, finding: 0.5),
    table: "没报 100 0 3000 2 3000\n栏 100 1 3000 2 3000\n@rail- 100 1 2000 2 1000\n@gone. 100 0 1")

  static func matcher(_ wording: Wording = Self.wording, _ violations: [Violation] = Self.violations) -> (Matcher, [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    let matcher = Matcher(lexicon: ReadingTests.lexicon, violations: violations, wording: wording) { diagnostics.append($0) }
    return (matcher, diagnostics)
  }

  func statuses(_ text: String, _ matcher: Matcher) -> [Int: Match.Status] {
    Dictionary(uniqueKeysWithValues: matcher.match(matcher.read(text)).map { ($0.violation, $0.status) })
  }

  @Test func wordingAloneIsNeverMoreThanToBeLookedInto() {
    let (matcher, diagnostics) = Self.matcher()
    #expect(diagnostics.isEmpty)
    #expect(statuses("他们没报", matcher) == [0: .needsFacts, 1: .candidate])
    let found = matcher.match(matcher.read("他们没报"))
    #expect(found[0].basis == .wording && found[0].evidence == [2..<4])
    #expect(statuses("今天下雨", matcher).isEmpty)
  }

  @Test func aPatternThatNobodyWouldWordSoIsOnlyProposed() {
    var violations = Self.violations
    violations[1].patterns = [Pattern(requirements: [Pattern.Requirement(test: .mentions, concepts: ["box"])])]
    let (matcher, _) = Self.matcher(Self.wording, violations)
    // 电箱 alone: the pattern fires, and `finding` says that nothing is wrong.
    #expect(statuses("电箱", matcher) == [1: .candidate])
    #expect(statuses("电箱旁没有护栏", matcher)[1] == .matched)
  }

  @Test func featuresTellWhatIsSaidOfAThing() {
    let (matcher, _) = Self.matcher()
    let names = matcher.wordingFeatures("没有护栏2米").names
    #expect(names.contains("@rail-") && names.contains("护栏") && names.contains("0") && names.contains("0米"))
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: ["没报", "没报 x 0 5", "没报 100 0", "没报 100 9 5", "没报 100 0 5\n没报 100 0 5"])
  func aBrokenTableIsSaidToBeOne(_ table: String) {
    var wording = Self.wording
    wording.table = table
    #expect(Self.matcher(wording).1.map(\.rule) == ["wording.malformed"])
  }

  @Test func cluesWeighAnItemAgainstTheOthers() {
    var clues: [[Float]] = []
    Wording.forEachItem([0.5, 0.25, 1], fired: [false, true]) { clues.append($1.values) }
    #expect(clues == [[0.5, 1, 0, 1, 0.25, 0, 1, 0, 0, 1], [0.25, 1, 1, 0, -0.25, 1, 0, 1, 0.25, 0]])
  }
}
