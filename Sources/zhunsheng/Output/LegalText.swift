internal import Enforcement

/// Duties, sanctions and what cannot be said, in lines for a person.
struct LegalText {
  let rulebook: Rulebook
  private var terms: Terms { rulebook.terms }

  init(rulebook: Rulebook) { self.rulebook = rulebook }

  func write(
    _ position: LegalPosition, sanctions: [LegalPosition.Applicable], violation: Violation, party: Party?,
    _ layout: inout TextLayout
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
      for applicable in sanctions {
        if let party, !applicable.sanction.party.contains(party), !others {
          others = true
          layout.line("    · 以下对其他当事人")
        }
        layout.paragraph(self.line(applicable), lead: "    - ")
      }
    }
    for gap in position.notEncoded { layout.paragraph("\(gap.citation)：\(gap.reason)", lead: "  不作推断　") }
  }

  /// 施工单位｜查实即罚：责令改正，罚款5万元以下｜《…》第九十九条第（五）项
  func line(_ applicable: LegalPosition.Applicable) -> String {
    let sanction = applicable.sanction
    var parts: [String] = []
    for kind in sanction.kinds {
      if kind.kind == .fine {
        let responsible =
          !kind.to.isEmpty && kind.to.allSatisfy { $0 == .responsiblePerson || $0 == .principal }
          && sanction.responsibleFine != nil
        let amount =
          responsible
          ? sanction.responsibleFine.map { Money.range($0, terms: terms) }
          : sanction.fine.map { Money.range($0, terms: terms) }
        let whom = kind.to.isEmpty || !responsible ? "" : "对" + kind.to.map { terms.label($0) }.joined(separator: "、")
        parts.append("\(whom)\(kind.may ? "可以" : "")罚款\(amount.map { " \($0)" } ?? "（\(applicable.fineNote ?? "无数额")）")")
      } else if kind.kind == .detention, let days = sanction.detention {
        parts.append(days.minimum > 0 ? "拘留\(days.minimum)日以上\(days.maximum)日以下" : "拘留\(days.maximum)日以下")
      } else {
        parts.append((kind.may ? "可以" : "") + terms.label(kind.kind))
      }
    }
    let joint = sanction.relation == .or ? "；或者 " : "，"
    let whom = sanction.party.map { terms.label($0) }.joined(separator: "、")
    let condition = sanction.conditionText.isEmpty ? terms.label(sanction.condition) : sanction.conditionText
    let authorities = sanction.authorities.map { terms.label($0) }.joined(separator: "、")
    return
      "\(whom)｜\(condition)：\(parts.joined(separator: joint))｜\(applicable.citation)\(mark(sanction.confidence))｜由\(authorities)\(applicable.note.map { "（\($0)）" } ?? "")"
  }

  /// Only what is not verified is marked: the mark must stay something one notices.
  func mark(_ confidence: Confidence) -> String {
    confidence == .verified ? "" : "［\(confidence.label)］"
  }
}
