internal import Enforcement

/// Duties, sanctions and what cannot be said, in lines for a person.
struct LegalText {
  let rulebook: Rulebook
  private var terms: Terms { rulebook.terms }

  init(rulebook: Rulebook) { self.rulebook = rulebook }

  func write(
    _ position: LegalPosition, sanctions: [LegalPosition.Applicable], violation: Violation, party: Party?,
    applicability: (LegalPosition.Applicable) -> Applicability = { _ in .open }, _ layout: inout TextLayout
  ) {
    if !position.breached.isEmpty {
      layout.line("  违反")
      for breached in position.breached {
        layout.paragraph(
          "\(breached.citation)　要旨：\(breached.gist)\(mark(breached.confidence))\(breached.note.map { "（\($0)）" } ?? "")",
          lead: "    - ")
      }
    }
    if let reason = violation.noDirectPenalty { layout.paragraph(reason, lead: "  无直接罚则　") }
    if !sanctions.isEmpty {
      layout.line("  处罚依据（条件齐备才适用；数额是法定幅度）")
      var others = false
      for applicable in sanctions where applicability(applicable) != .excluded {
        if let party, !applicable.sanction.party.contains(party), !others {
          others = true
          layout.line("    · 以下对其他当事人")
        }
        let isSettled = applicability(applicable) == .applicable ? "【所问事实均答“是”】" : ""
        layout.paragraph(isSettled + self.line(applicable), lead: "    - ")
      }
      let excluded = sanctions.filter { applicability($0) == .excluded }
      if !excluded.isEmpty {
        let list = excluded.map {
          "\($0.citation)（\($0.sanction.conditionText.isEmpty ? terms.label($0.sanction.condition) : $0.sanction.conditionText)）"
        }
        layout.paragraph(list.joined(separator: "、"), lead: "    · 按已知事实不适用　")
      }
    }
    for gap in position.notEncoded { layout.paragraph("\(gap.citation)：\(gap.reason)", lead: "  不作推断　") }
  }

  /// 施工单位｜查实即罚：责令改正，罚款5万元以下｜《…》第九十九条第（五）项
  func line(_ applicable: LegalPosition.Applicable) -> String {
    let sanction = applicable.sanction
    let parts = sanction.kinds.map { text(of: $0, in: applicable) + limits(of: $0) }
    let joint = sanction.relation == .or ? "；或者 " : "，"
    let whom = sanction.party.map { terms.label($0) }.joined(separator: "、")
    let condition = sanction.conditionText.isEmpty ? terms.label(sanction.condition) : sanction.conditionText
    let authorities = sanction.authorities.map { terms.label($0) }.joined(separator: "、")
    return
      "\(whom)｜\(condition)：\(parts.joined(separator: joint))｜\(applicable.citation)\(mark(sanction.confidence))｜由\(authorities)\(applicable.note.map { "（\($0)）" } ?? "")"
  }

  private func text(of kind: Sanction.KindEntry, in applicable: LegalPosition.Applicable) -> String {
    let sanction = applicable.sanction
    let may = kind.may ? "可以" : ""
    if kind.kind == .detention, let days = sanction.detention {
      return may + (days.minimum > 0 ? "拘留\(days.minimum)日以上\(days.maximum)日以下" : "拘留\(days.maximum)日以下")
    }
    guard kind.kind == .fine else { return may + terms.label(kind.kind) }
    let isForPersons =
      sanction.responsibleFine != nil && !kind.to.isEmpty
      && kind.to.allSatisfy { $0 == .responsiblePerson || $0 == .principal }
    let whom = isForPersons ? "对" + kind.to.map { terms.label($0) }.joined(separator: "、") : ""
    let fine = isForPersons ? sanction.responsibleFine : sanction.fine
    return whom + may + "罚款" + (fine.map { " " + Money.range($0, terms: terms) } ?? "（\(applicable.fineNote ?? "无数额")）")
  }

  /// What else must hold for this kind, and who alone may impose it: leaving that out would make a revocation look
  /// like a matter of course.
  private func limits(of kind: Sanction.KindEntry) -> String {
    var limits: [String] = []
    if !kind.conditions.isEmpty {
      limits.append("限于：" + kind.conditions.map { terms.facts[$0]?.label ?? $0.rawValue }.joined(separator: "、"))
    }
    if !kind.by.isEmpty { limits.append("只能由" + kind.by.map { terms.label($0) }.joined(separator: "、") + "作") }
    if kind.alternative != nil { limits.append("与同组的择一") }
    return limits.isEmpty ? "" : "【\(limits.joined(separator: "；"))】"
  }

  /// Only what is not verified is marked: the mark must stay something one notices.
  func mark(_ confidence: Confidence) -> String {
    confidence == .verified ? "" : "［\(confidence.label)］"
  }
}
