internal import Enforcement

/// An answer as an officer reads it: first what was found, then each item's law once.
struct AssessmentText {
  let rulebook: Rulebook
  let on: CalendarDate
  let party: Party?
  let context: CaseContext
  let isExplained: Bool
  var header = ReportReading.Header()
  let leftOut: [ReportReading.LeftOut]
  /// What places are counted in.
  var unit = TextDocument.Unit.line
  /// What of the report could not be read.
  var notices: [Diagnostic] = []

  func text(_ assessments: [Assessment]) -> String {
    var layout = TextLayout()
    let layers = rulebook.overlays.map { "　叠加层 \($0.name)" }.joined()
    layout.line("行为日 \(on)　当事人 \(party.map { rulebook.terms.label($0) } ?? "未定")\(layers)")
    layout.line()
    // What comes from a file has a place, and the file may hold more than its one finding.
    if assessments.count == 1, assessments[0].finding.place == nil {
      single(assessments[0], &layout)
    } else {
      report(assessments, &layout)
    }
    Footer.write(rulebook, &layout)
    return layout.text
  }

  private func single(_ assessment: Assessment, _ layout: inout TextLayout) {
    if assessment.matches.isEmpty {
      layout.paragraph("没有读出 34 项里的违法行为。不等于没有问题：换个说法再试，或者 zhunsheng search 查相近的项。")
      layout.line()
      return
    }
    let decided = assessment.decided
    for match in decided { item(match, evidence: [(nil, match)], of: assessment.finding, &layout) }
    OpinionText(rulebook: rulebook, context: context).write(
      rulebook.concurrences(in: assessment, on: context.dates.decided), &layout)
    candidates(assessment.matches.filter { $0.status == .candidate }, &layout)
  }

  /// A whole report: the findings one after another, then the law of each item, once.
  private func report(_ assessments: [Assessment], _ layout: inout TextLayout) {
    let withItems = assessments.filter { !$0.decided.isEmpty }
    let read =
      [header.date.map { "检查日 \($0)" }, header.place.map { "地点 \($0)" }].compactMap { $0 }
      + header.parties.map { "\($0.label) \($0.name)" }
    if !read.isEmpty {
      layout.paragraph(read.joined(separator: "；"), lead: "报告里写明　")
      layout.line()
    }
    layout.line(Style.bold("一、读出的问题（\(withItems.count) 处）"))
    var number = 0
    for assessment in withItems {
      number += 1
      let line = assessment.finding.place.map { place($0.line) + "　" + ($0.location.map { "\($0)　" } ?? "") } ?? ""
      layout.paragraph(assessment.finding.text, lead: "\(number < 10 ? " " : "")\(number). \(line)", indent: 4)
      for match in assessment.decided {
        let words = match.evidence.map { "“\($0.text)”" }.joined()
        layout.paragraph(
          "\(match.violation.id.rawValue) \(match.violation.name)【\(label(match))】\(words)", lead: "      → ")
      }
    }
    let unread = assessments.filter { $0.decided.isEmpty }
    if !unread.isEmpty {
      layout.line()
      layout.line(Style.bold("二、没有读出违法行为的（\(unread.count) 处）"))
      for assessment in unread {
        let near = assessment.matches.map(\.violation.id.rawValue).joined(separator: "、")
        layout.paragraph(
          assessment.finding.text + (near.isEmpty ? "" : "（字面相近：\(near)，请人工看）"),
          lead: "  - " + (assessment.finding.place.map { place($0.line) + "　" } ?? ""), indent: 4)
      }
    }
    if !leftOut.isEmpty {
      layout.line()
      let kinds = Dictionary(grouping: leftOut, by: \.reason.label).map { reason, lines in
        "\(reason) \(lines.count)（第 \(Self.lines(lines.map(\.line))) \(unit.label)）"
      }.sorted()
      layout.paragraph("没有当作发现的\(unit.label)：\(kinds.joined(separator: "，"))")
    }
    if !notices.isEmpty {
      layout.line()
      for notice in notices { layout.paragraph(notice.message + (notice.fix.map { "；\($0)" } ?? ""), lead: "注意　") }
    }
    layout.line()
    layout.line(Style.bold("三、各项的条款和处理"))
    layout.line()
    var order: [Violation.ID] = []
    var evidence: [Violation.ID: [(Int?, Match)]] = [:]
    var findings: [Violation.ID: Finding] = [:]
    for assessment in withItems {
      for match in assessment.decided {
        if evidence[match.violation.id] == nil { order.append(match.violation.id) }
        evidence[match.violation.id, default: []].append((assessment.finding.place?.line, match))
        if findings[match.violation.id] == nil { findings[match.violation.id] = assessment.finding }
      }
    }
    for id in order.sorted() {
      let group = evidence[id]!
      let best = group.min { ($0.1.status == .matched ? 0 : 1) < ($1.1.status == .matched ? 0 : 1) }!.1
      item(best, evidence: group, of: findings[id]!, &layout)
    }
  }

  /// 第3行, 第3段
  private func place(_ number: Int) -> String { "第\(number)\(unit.label)" }

  /// 3、5–8
  private static func lines(_ numbers: [Int]) -> String {
    var parts: [String] = []
    var start = 0
    for index in numbers.indices where index + 1 == numbers.count || numbers[index + 1] != numbers[index] + 1 {
      parts.append(start == index ? "\(numbers[index])" : "\(numbers[start])–\(numbers[index])")
      start = index + 1
    }
    return parts.joined(separator: "、")
  }

  /// 待查实：措辞像, where no pattern but only likeness of wording speaks for it.
  private func label(_ match: Match) -> String {
    match.status.label + (match.basis == .wording && match.status != .candidate ? "：措辞像" : "")
  }

  private func item(
    _ match: Match, evidence: [(line: Int?, match: Match)], of finding: Finding, _ layout: inout TextLayout
  ) {
    let violation = match.violation
    layout.paragraph(
      Style.bold("\(violation.id.rawValue) \(violation.name)") + "　【\(label(match))】", lead: "■ ")
    for entry in evidence {
      let words = entry.match.evidence.map { "“\($0.text)”" }.joined(separator: "")
      layout.paragraph(words, lead: "  依据的话　" + (entry.line.map { place($0) + " " } ?? ""))
    }
    let heard = rulebook.facts(heardIn: finding.text).filter { match.facts.heard.contains($0.id) }
    if !heard.isEmpty {
      let list = heard.map { "“\($0.words.text)”→ \(rulebook.terms.facts[$0.id]?.label ?? $0.id.rawValue)：\($0.answer.label)" }
      layout.paragraph(list.joined(separator: "；") + "（不对的用 --fact 改）", lead: "  据原话　")
    }
    for element in match.ruledOut { layout.paragraph("要件“\(element.question)”答“否”", lead: "  不成立　") }
    // What to do comes first; the whole of the law follows.
    let opinion = rulebook.opinion(on: match, of: finding, in: context)
    OpinionText(rulebook: rulebook, context: context).write(opinion, &layout)
    if !match.missingFacts.isEmpty {
      layout.line("  先要问清")
      for (number, fact) in match.missingFacts.enumerated() {
        layout.paragraph(fact.question, lead: "    \(number + 1). ")
      }
    }
    LegalText(rulebook: rulebook).write(
      match.position, sanctions: match.sanctions, violation: violation, party: party,
      applicability: { match.applicability(of: $0) }, &layout)
    if isExplained { ReasonText().write(rulebook.reasons(for: match, of: finding, opinion), &layout) }
    layout.paragraph(violation.measures.joined(separator: "；"), lead: "  措施　")
    layout.paragraph(violation.evidence.joined(separator: "；"), lead: "  证据　")
    layout.paragraph(violation.documents.map(\.name).joined(separator: "、"), lead: "  文书　")
    layout.paragraph(violation.authorities.joined(separator: "；"), lead: "  机关　")
    layout.paragraph("\(violation.severity.level.label)。\(violation.severity.basis)", lead: "  轻重　")
    for confusable in violation.confusable {
      layout.paragraph("\(confusable.item.rawValue)：\(confusable.how)", lead: "  易混　")
    }
    layout.line()
  }

  private func candidates(_ matches: [Match], _ layout: inout TextLayout) {
    guard !matches.isEmpty else { return }
    layout.line("字面相近、没有认定的（请人工看）")
    for match in matches {
      let ruledOut = match.ruledOut.map { "要件“\($0.question)”答“否”，不成立" }.joined(separator: "；")
      layout.paragraph(
        "\(match.violation.id.rawValue) \(match.violation.name)" + (ruledOut.isEmpty ? "" : "（\(ruledOut)）"), lead: "  - ")
    }
    layout.line()
  }
}

/// The last lines of every text answer: how new the law is, and that this is not the statute.
enum Footer {
  static func write(_ rulebook: Rulebook, _ layout: inout TextLayout) {
    layout.paragraph(
      Style.dim(
        "所知最新法律日期 \(rulebook.newestLaw?.description ?? "不详")　规则库 \(rulebook.version)（摘要 \(rulebook.digest.prefix(12))）。要旨非原文，签发前核对原文。"
      ))
  }
}
