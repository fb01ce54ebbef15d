internal import Enforcement

/// The opinion on an item, in lines for a person: what to do with the law that was listed above it.
struct OpinionText {
  let rulebook: Rulebook
  let context: CaseContext
  private var terms: Terms { rulebook.terms }

  func write(_ opinion: Opinion, _ layout: inout TextLayout) {
    layout.line("  处理意见")
    law(opinion.law, &layout)
    if opinion.limitation.verdict != .notAsked || context.dates != CaseDates() {
      paragraph("追责时效", opinion.limitation.reason, opinion.limitation.citation, &layout)
    }
    if !opinion.upcoming.isEmpty {
      let list = opinion.upcoming.map {
        "《\($0.title)》\($0.label)自 \($0.from) 起施行\($0.note.map { "（\($0)）" } ?? "")"
      }
      paragraph("将要施行", list.joined(separator: "；"), nil, &layout)
    }
    choices(opinion.penalties, &layout)
    discretion(opinion.penalties, &layout)
    common("程序", opinion.penalties, &layout) { penalty in
      guard let procedure = penalty.procedure else { return [] }
      let entries = [procedure.summary, procedure.hearing].map { "\($0.name)：\($0.need.label)，\($0.need.reason)" }
      return [entries.joined(separator: "；")]
    }
    let entries = opinion.penalties.flatMap { $0.procedure.map { [$0.summary, $0.hearing] } ?? [] }
    var citations: [String] = []
    for entry in entries {
      let text = (entry.citation ?? "") + mark(entry.confidence)
      if !text.isEmpty, !citations.contains(text) { citations.append(text) }
    }
    if !citations.isEmpty { layout.paragraph(citations.joined(separator: "；"), lead: "    程序依据　") }
    common("权限", opinion.penalties, &layout) { competence($0) }
    for effect in opinion.circumstances {
      let missing = effect.missing.map(\.question).joined(separator: "")
      paragraph(
        "情节",
        effect.applies
          ? "\(effect.rule.label)：\(effect.rule.effect.label)\(mark(effect.rule.confidence))\(effect.rule.note.map { "（\($0)）" } ?? "")"
          : "\(effect.rule.label)（\(effect.rule.effect.label)）还差：\(missing)", effect.citation, &layout)
    }
    for warning in opinion.warnings { layout.paragraph(Style.bold(warning), lead: "    注意　") }
  }

  func write(_ concurrences: [Concurrence], _ layout: inout TextLayout) {
    guard !concurrences.isEmpty else { return }
    layout.line("几项之间")
    for one in concurrences.prefix(12) {
      layout.paragraph(
        "\(one.items.map(\.rawValue).joined(separator: "、"))：\(one.kind.label)。\(one.reason)\(cited(one.citation))",
        lead: "  - ")
    }
    if concurrences.count > 12 { layout.line("  （另有 \(concurrences.count - 12) 对，见 --format json）") }
    layout.line()
  }

  private func law(_ law: LawInTime, _ layout: inout TextLayout) {
    guard let decided = law.decisionDay else { return }
    paragraph("适用法律", "行为日 \(law.actDay)、决定日 \(decided)：\(law.verdict.label)", law.citation, &layout)
    let new = law.changes.filter { $0.act == nil }.compactMap { $0.decision?.citation }
    if !new.isEmpty {
      layout.paragraph("行为时还没有、不能用来罚以前行为的：\(Array(Set(new)).sorted().joined(separator: "、"))", lead: "      · ")
    }
    for change in law.changes where change.act != nil {
      layout.paragraph(
        "行为时　" + (change.act.map(side) ?? "没有这一罚则"), lead: "      · ")
      layout.paragraph("决定时　" + (change.decision.map(side) ?? "没有这一罚则"), lead: "        ")
      layout.paragraph("\(change.reason) → \(change.verdict.label)", lead: "        ")
    }
    for note in law.notes { layout.paragraph(note, lead: "      · ") }
  }

  private func side(_ applicable: LegalPosition.Applicable) -> String {
    let fine = (applicable.fine ?? applicable.borrowed?.fine).map { "罚款 " + Money.range($0, terms: terms) }
    let persons = applicable.sanction.responsibleFine.map { "责任人 " + Money.range($0, terms: terms) }
    let kinds = applicable.sanction.kinds.filter { !$0.isMeasure && $0.kind != .fine }.map { terms.label($0.kind) }
    return "\(applicable.citation)（\(terms.label(applicable.sanction.condition))）"
      + ([fine, persons].compactMap { $0 } + kinds).joined(separator: "，") + mark(applicable.confidence)
  }

  private func choices(_ penalties: [Opinion.Penalty], _ layout: inout TextLayout) {
    guard !penalties.isEmpty else { return }
    layout.line("    罚款引哪一条")
    for group in grouped(penalties) {
      let choice = group[0].choice
      let whom = group.map { terms.label($0.choice.party) }.joined(separator: "、")
      let assumed = choice.assuming.map { "；如果查实“\($0.label)”" }.joined() + choice.unless.map { "；没有查实“\($0.label)”的" }.joined()
      let head = "\(whom)｜\(terms.label(choice.condition))\(assumed)："
      if let chosen = choice.chosen {
        let fine = chosen.fine(for: choice.party).map { Money.range($0, terms: terms) } ?? "没有数额"
        let borrowed = chosen.borrowed.map { "，数额转引\($0.citation)，两条都要写" } ?? ""
        let open = group[0].applicability == .applicable ? "" : "（条件还没有都查实，这只是幅度）"
        layout.paragraph(
          "\(head)\(chosen.citation)，\(fine)\(borrowed)\(yuan(group[0]))\(open)\(mark(chosen.confidence))。\(choice.reason)\(cited(choice.basis))",
          lead: "      - ")
      } else {
        layout.paragraph("\(head)\(choice.reason)\(cited(choice.basis))", lead: "      - ")
      }
      for passed in choice.passed {
        layout.paragraph("\(passed.sanction.citation)：\(passed.reason)\(cited(passed.basis))", lead: "          不引　")
      }
    }
  }

  /// 8000元以上1.6万元以下, where the range is a percentage of a known sum.
  private func yuan(_ penalty: Opinion.Penalty) -> String {
    guard let fine = penalty.choice.chosen?.fine(for: penalty.choice.party), fine.basis != .yuan,
      let range = penalty.choice.fine
    else { return "" }
    let low = range.minimum.map { Money.yuan($0) + "以上" } ?? ""
    let high = range.maximum.map { Money.yuan($0) + "以下" } ?? ""
    return "，合\(low)\(high)"
  }

  /// Parties for whom the same provision is chosen at the same stage for the same reason.
  private func grouped(_ penalties: [Opinion.Penalty]) -> [[Opinion.Penalty]] {
    var groups: [[Opinion.Penalty]] = []
    for penalty in penalties {
      let same = groups.firstIndex { group in
        group[0].choice.condition == penalty.choice.condition && group[0].choice.chosen === penalty.choice.chosen
          && group[0].choice.reason == penalty.choice.reason && group[0].choice.assuming == penalty.choice.assuming
          && group[0].choice.unless == penalty.choice.unless
          && group[0].choice.passed.map(\.sanction.iri) == penalty.choice.passed.map(\.sanction.iri)
      }
      if let same { groups[same].append(penalty) } else { groups.append([penalty]) }
    }
    return groups
  }

  /// What is the same for several penalties is said once.
  private func common(
    _ lead: String, _ penalties: [Opinion.Penalty], _ layout: inout TextLayout, _ lines: (Opinion.Penalty) -> [String]
  ) {
    var order: [String] = []
    var conditions: [String: [String]] = [:]
    for penalty in penalties {
      for line in lines(penalty) {
        let stage = terms.label(penalty.choice.condition)
        if conditions[line] == nil { order.append(line) }
        if conditions[line]?.contains(stage) != true { conditions[line, default: []].append(stage) }
      }
    }
    let all = Set(penalties.filter { $0.choice.chosen != nil }.map { terms.label($0.choice.condition) })
    for line in order {
      let stages = conditions[line]!
      layout.paragraph((Set(stages) == all ? "" : stages.joined(separator: "、") + "：") + line, lead: "    \(lead)　")
    }
  }

  /// Tiers of each penalty that has any; what cannot be used is said once for all.
  private func discretion(_ penalties: [Opinion.Penalty], _ layout: inout TextLayout) {
    common("裁量", penalties, &layout) { penalty in
      (penalty.discretion?.known ?? []).map { known in
        let tiers = known.item.tiers.map {
          "\($0.code)档（\($0.when)）\($0.minimum.map { Money.yuan($0) + "以上" } ?? "")\(Money.yuan($0.maximum))以下\(mark($0.confidence))"
        }
        return
          "\(known.benchmark.title)（\(known.benchmark.number)）按\(known.item.measure)：\(tiers.joined(separator: "；"))\(known.item.isComplete ? "" : "；其余档次没有取得")\(known.benchmark.note.map { "。\($0)" } ?? "")\(known.benchmark.layer.map { "［\($0)］" } ?? "")"
      }
    }
    guard let nothing = penalties.lazy.compactMap({ $0.discretion?.nothingKnown }).first else { return }
    var others: [String] = []
    for unusable in penalties.flatMap({ $0.discretion?.unusable ?? [] }) {
      let text = "\(unusable.benchmark.number == "文号未见" ? unusable.benchmark.title : unusable.benchmark.number)\(unusable.reason)"
      if !others.contains(text) { others.append(text) }
    }
    let isPartial = penalties.contains { $0.discretion?.known.isEmpty == false }
    layout.paragraph(
      (isPartial ? "其余的" : "") + nothing + (others.isEmpty ? "" : "（不能用的：\(others.joined(separator: "；"))）"), lead: "    裁量　")
  }

  private func competence(_ penalty: Opinion.Penalty) -> [String] {
    guard let competence = penalty.competence else { return [] }
    var text = competence.mode.label
    if let name = competence.inNameOf { text += "（\(name)）" }
    if let document = competence.document, competence.mode != .refer { text += "，依据“\(document)”" }
    if !competence.reason.isEmpty { text += "。\(competence.reason)" }
    if competence.mode == .refer { text += "。文书：\(competence.document ?? "移送函")" }
    return [text + cited(competence.citation) + mark(competence.confidence) + (competence.layer.map { "［\($0)］" } ?? "")]
  }

  private func paragraph(_ lead: String, _ text: String, _ citation: String?, _ layout: inout TextLayout) {
    layout.paragraph(text + cited(citation), lead: "    \(lead)　")
  }

  private func cited(_ citation: String?) -> String { citation.map { $0.isEmpty ? "" : "（\($0)）" } ?? "" }

  private func mark(_ confidence: Confidence) -> String { confidence == .verified ? "" : "［\(confidence.label)］" }
}

/// The reasons of a match as a tree.
struct ReasonText {
  func write(_ reason: Reason, _ layout: inout TextLayout, depth: Int = 1) {
    let lead = String(repeating: "  ", count: depth) + (depth == 1 ? "为什么　" : "└ ")
    let citation = reason.citation.map { $0.isEmpty ? "" : "　\($0)" } ?? ""
    let source = reason.source.map { "　[\($0)]" } ?? ""
    layout.paragraph(reason.text + citation + source, lead: lead)
    for because in reason.because ?? [] { write(because, &layout, depth: depth + 1) }
  }
}
