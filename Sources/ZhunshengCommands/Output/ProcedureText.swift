internal import Enforcement

/// A case's steps and periods for a person.
struct ProcedureText {
  let book: ProcedureBook

  func text(_ timeline: CaseTimeline) -> String {
    var layout = TextLayout()
    layout.line("\(timeline.path.label)　按 \(timeline.today) 看")
    layout.line()
    let late = timeline.entries.filter { $0.state == .overdue || $0.state == .violated }
    if !late.isEmpty {
      layout.line(Style.bold("先看这些"))
      for entry in late { deadline(entry, &layout) }
      layout.line()
    }
    layout.line(Style.bold("步骤"))
    for (number, entry) in timeline.steps.enumerated() {
      let day = entry.day.map { "\($0)　" } ?? ""
      let condition = entry.step.condition.map { "（\($0)）" } ?? ""
      let documents = entry.step.documents.isEmpty ? "" : "　文书 \(entry.step.documents.joined(separator: " "))"
      layout.paragraph(
        "\(day)\(entry.step.name)\(condition)　\(entry.step.actor)\(documents)　\(clauses(entry.step.rules))",
        lead: "\(number + 1 < 10 ? " " : "")\(number + 1). \(entry.day == nil ? "　" : "✓ ")")
    }
    layout.line()
    layout.line(Style.bold("期限"))
    if timeline.entries.isEmpty { layout.line("  还没有起算的日期；用 --event 给出已发生的节点，如 --event opened=2026-11-02") }
    for entry in timeline.entries where entry.state != .overdue && entry.state != .violated { deadline(entry, &layout) }
    if let fee = timeline.lateFee {
      layout.paragraph(
        "自 \(fee.firstDay) 起 \(fee.days) 天，每日百分之三，计 \(Money.yuan(fee.amount))"
          + (fee.capDay.map { "；到 \($0) 达到罚款数额，不再增加" } ?? "") + "；复议、诉讼期间不计",
        lead: "  加处罚款　")
    }
    layout.line()
    layout.paragraph(Style.dim("起算当日不计入；工作日按国务院办公厅的节假日安排。要旨非原文，签发前核对原文。"))
    return layout.text
  }

  private func deadline(_ entry: CaseTimeline.Entry, _ layout: inout TextLayout) {
    let deadline = entry.deadline
    let length =
      switch deadline.bound {
      case .within: "\(deadline.value)\(deadline.unit.label)以内"
      case .notBefore: deadline.value == 0 ? "当日以后" : "满\(deadline.value)\(deadline.unit.label)以后"
      case .ahead: "提前\(deadline.value)\(deadline.unit.label)"
      }
    let day =
      switch deadline.bound {
      case .within: entry.day.map { "最迟 \($0)" }
      case .notBefore: entry.day.map { "最早 \($0)" }
      case .ahead: entry.day.map { "最迟 \($0)" }
      }
    let done = entry.done.map { "，实际 \($0)" } ?? ""
    let mark = book.rule(deadline.rule)?.confidence ?? .memory
    let state =
      entry.state == .overdue || entry.state == .violated ? Style.red("【\(entry.state.label)】") : "【\(entry.state.label)】"
    layout.paragraph(
      "\(state)\(deadline.name)：\(day ?? entry.reason ?? "")\(done)（\(book.name(deadline.from)) \(entry.from) 起\(length)）。\(deadline.consequence)　\(clauses([deadline.rule]))\(mark == .verified ? "" : "［\(mark.label)］")",
      lead: "  - ")
  }

  private func clauses(_ rules: [String]) -> String {
    let citations = book.citations(of: rules)
    guard !citations.isEmpty else { return "" }
    return "（\(citations.prefix(3).joined(separator: "；"))\(citations.count > 3 ? "等" : "")）"
  }
}

/// Deadlines as calendar entries (RFC 5545): one all-day event for each that is still to come or was missed.
enum ICalendar {
  static func text(_ timeline: CaseTimeline, _ book: ProcedureBook) -> String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhunsheng//procedure 1//ZH", "CALSCALE:GREGORIAN",
    ]
    for entry in timeline.entries where entry.done == nil {
      guard let day = entry.day else { continue }
      let deadline = entry.deadline
      lines += [
        "BEGIN:VEVENT", "UID:\(deadline.id)-\(compact(entry.from))@zhunsheng",
        "DTSTAMP:\(compact(timeline.today))T000000Z", "DTSTART;VALUE=DATE:\(compact(day))",
        "DTEND;VALUE=DATE:\(compact(day.adding(days: 1)))",
        "SUMMARY:" + escaped((deadline.bound == .notBefore ? "可以：" : "截止：") + deadline.name),
        "DESCRIPTION:"
          + escaped("\(deadline.consequence)（\(book.citations(of: [deadline.rule]).joined(separator: "；"))）"),
        "TRANSP:TRANSPARENT",
      ]
      if deadline.whose != .partyRight, deadline.bound != .notBefore {
        lines += [
          "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P2D", "DESCRIPTION:" + escaped(deadline.name), "END:VALARM",
        ]
      }
      lines.append("END:VEVENT")
    }
    lines.append("END:VCALENDAR")
    return lines.map(folded).joined(separator: "\r\n") + "\r\n"
  }

  private static func compact(_ date: CalendarDate) -> String { date.description.filter { $0 != "-" } }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\", ",", ";": result += "\\\(character)"
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result
  }

  /// No line is longer than 75 octets; a character is never cut.
  private static func folded(_ line: String) -> String {
    var result = ""
    var used = 0
    for character in line {
      let octets = character.utf8.count
      if used + octets > 74 {
        result += "\r\n "
        used = 1
      }
      result.append(character)
      used += octets
    }
    return result
  }
}
