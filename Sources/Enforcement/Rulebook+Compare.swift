/// What another rulebook says differently of an item (改规则的影响).
public struct ItemChange: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, CaseIterable, Sendable { case added, removed, changed }

  public var item: String
  public var name: String
  public var kind: Kind
  /// In Chinese, one line for each difference.
  public var details: [String]
}

extension Rulebook {
  /// The items that `other` has, lacks, or gives another law on that day.
  public func changes(to other: Rulebook, on date: CalendarDate) -> [ItemChange] {
    let ids = Set(violations.map(\.id)).union(other.violations.map(\.id)).sorted()
    return ids.compactMap { id in
      switch (violation(id), other.violation(id)) {
      case (nil, let new?): return ItemChange(item: id.rawValue, name: new.name, kind: .added, details: [])
      case (let old?, nil): return ItemChange(item: id.rawValue, name: old.name, kind: .removed, details: [])
      case (let old?, let new?):
        let details = differences(old, new, other, date)
        return details.isEmpty ? nil : ItemChange(item: id.rawValue, name: new.name, kind: .changed, details: details)
      case (nil, nil): return nil
      }
    }
  }

  private func differences(_ old: Violation, _ new: Violation, _ other: Rulebook, _ date: CalendarDate) -> [String] {
    var details: [String] = []
    if old.name != new.name { details.append("名称由“\(old.name)”改为“\(new.name)”") }
    if old.severity.level != new.severity.level {
      details.append("轻重由\(old.severity.level.label)改为\(new.severity.level.label)")
    }
    guard let before = position(of: old.id, on: date), let after = other.position(of: new.id, on: date) else { return details }
    let duties = (Set(before.breached.map(\.citation)), Set(after.breached.map(\.citation)))
    for citation in duties.0.subtracting(duties.1).sorted() { details.append("不再列为违反的条款：\(citation)") }
    for citation in duties.1.subtracting(duties.0).sorted() { details.append("新列为违反的条款：\(citation)") }
    var rest = after.sanctions
    for sanction in before.sanctions {
      let index = rest.firstIndex { $0.iri == sanction.iri && $0.sanction.tier == sanction.sanction.tier }
      guard let index else {
        details.append("去掉罚则：\(describe(sanction))")
        continue
      }
      let now = rest.remove(at: index)
      let (left, right) = (describe(sanction), other.describe(now))
      if left != right { details.append("罚则由 \(left) 改为 \(right)") }
      if sanction.requires != now.requires {
        details.append(
          "\(now.citation)要先查明的事实改了：\(now.requires.map { other.terms.facts[$0]?.label ?? $0.rawValue }.joined(separator: "、"))")
      }
      if sanction.confidence != now.confidence {
        details.append("\(now.citation)的置信度由“\(sanction.confidence.label)”改为“\(now.confidence.label)”")
      }
    }
    for sanction in rest { details.append("增加罚则：\(other.describe(sanction))") }
    if old.measures != new.measures { details.append("措施改了") }
    if old.patterns != new.patterns || old.concepts != new.concepts { details.append("读句子的模式或者用词改了") }
    return details
  }

  private func describe(_ applicable: LegalPosition.Applicable) -> String {
    let sanction = applicable.sanction
    let fine = (sanction.fine ?? applicable.borrowed?.fine).map { "，罚款 " + Money.range($0, terms: terms) } ?? ""
    let persons = sanction.responsibleFine.map { "，责任人 " + Money.range($0, terms: terms) } ?? ""
    let kinds = sanction.kinds.filter { !$0.isMeasure && $0.kind != .fine }.map { "，" + terms.label($0.kind) }.joined()
    return "\(applicable.citation)（\(terms.label(sanction.condition))\(fine)\(persons)\(kinds)）"
  }
}
