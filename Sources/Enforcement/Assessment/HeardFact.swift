/// A fact that the words of a finding answer by themselves: 逾期未整改, 住宅, 零星作业.
public struct HeardFact: Hashable, Sendable {
  public var id: Fact.ID
  public var answer: KnownFacts.Answer
  /// The words that say so.
  public var words: Match.Evidence
}

/// Listens for the facts of `terms.xml` that have words of their own.
struct FactListener: Sendable {
  private let forms: FormIndex
  private let facts: [(id: Fact.ID, answer: KnownFacts.Answer)]

  init(_ terms: Terms, _ folding: Folding, report: (Diagnostic) -> Void) {
    var forms = FormIndex(beginnings: 80)
    var facts: [(Fact.ID, KnownFacts.Answer)] = []
    for id in terms.factOrder {
      guard let fact = terms.facts[id] else { continue }
      for (text, answer) in [(fact.heardYes, KnownFacts.Answer.yes), (fact.heardNo, .no)] where !text.isEmpty {
        for form in forms.add(text, folding, Int32(facts.count)) {
          report(
            Diagnostic(
              rule: "concept.form", file: "terms.xml", message: "事实 \(id.rawValue) 的写法“\(form)”花括号不配对",
              fix: "写成 {未,没}整改 的样子"))
        }
        facts.append((id, answer))
      }
    }
    self.forms = forms
    self.facts = facts
  }

  private static let fears = ["防止", "预防", "避免", "防范", "以免", "以防"].map { Array($0.utf16) }
  private static let possibilities = ["隐患", "风险", "预案", "演练", "教训", "案例"].map { Array($0.utf16) }
  private static let negations = Set("未没无不非勿".utf16)

  /// What is heard, in the order of the text; a fact that is both affirmed and denied is not.
  func hear(_ reading: Reading) -> [(id: Fact.ID, answer: KnownFacts.Answer, range: Range<Int>)] {
    var result: [(id: Fact.ID, answer: KnownFacts.Answer, range: Range<Int>)] = []
    for occurrence in forms.occurrences(in: reading.text).sorted(by: { $0.start < $1.start }) {
      let before = reading.text[..<Int(occurrence.start)].suffix(4)
      let after = reading.text[Int(occurrence.end)...].prefix(2)
      // 防止触电事故, 坠落事故隐患: talk of what might be.
      if Self.fears.contains(where: { before.suffix($0.count).elementsEqual($0) })
        || Self.possibilities.contains(where: { after.elementsEqual($0) })
      {
        continue
      }
      var (id, answer) = facts[Int(occurrence.meaning)]
      // 还没有送达整改通知书, 非住宅
      if before.suffix(3).contains(where: { Self.negations.contains($0) }) {
        guard answer == .yes else { continue }
        answer = .no
      }
      if !result.contains(where: { $0.id == id && $0.answer == answer }) {
        result.append((id, answer, reading.range(occurrence.start, occurrence.end)))
      }
    }
    return result.filter { one in !result.contains { $0.id == one.id && $0.answer != one.answer } }
  }
}

extension Rulebook {
  /// The facts a finding's words answer. Nothing is heard in hearsay (听说, 疑似).
  public func facts(heardIn text: String) -> [HeardFact] {
    let reading = matcher.read(text)
    guard reading.doubted.isEmpty else { return [] }
    return listener.hear(reading).map { one in
      HeardFact(id: one.id, answer: one.answer, words: Self.evidence([one.range], in: text)[0])
    }
  }
}
