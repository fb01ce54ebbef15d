/// What is known of the case beyond the words of the finding: each fact of `terms.xml` is answered yes or no, or is unknown.
///
/// Nothing is assumed: a fact nobody answered stays unknown, and a sanction that needs it stays open.
public struct KnownFacts: Hashable, Sendable {
  public enum Answer: String, Codable, CaseIterable, Sendable {
    case yes, no, unknown

    public var label: String {
      switch self {
      case .yes: "是"
      case .no: "否"
      case .unknown: "未知"
      }
    }
  }

  private var answers: [Fact.ID: Answer] = [:]

  /// The facts that only the words of the finding answer; somebody may know better.
  public private(set) var heard: Set<Fact.ID> = []

  /// Nothing is known.
  public init() {}

  /// The same, with what the words say where nobody answered; nothing that was given is overruled.
  public func hearing(_ facts: [HeardFact], terms: Terms) -> KnownFacts {
    var result = self
    for fact in facts where result[fact.id] == .unknown {
      let other = terms.facts[fact.id]?.excludes
      if fact.answer == .yes, let other, result[other] == .yes { continue }
      result.answers[fact.id] = fact.answer
      result.heard.insert(fact.id)
      if fact.answer == .yes, let other, result[other] == .unknown {
        result.answers[other] = .no
        result.heard.insert(other)
      }
    }
    return result
  }

  /// - Throws: `RulebookError.invalidData` for a fact that `terms.xml` does not have, and for answers that contradict each
  ///   other: the same fact twice, or two that exclude each other (被罚的是单位, 被罚的是个人) both with yes.
  ///
  /// - Parameter violations: whose elements may be answered by name, `D01.e2`, beside the facts of `terms.xml`.
  public init(
    _ given: [(fact: Fact.ID, answer: Answer)], terms: Terms, violations: [Violation] = []
  ) throws(RulebookError) {
    for (fact, answer) in given where answer != .unknown {
      if Self.isElement(fact, violations) {
        if let before = answers[fact], before != answer {
          throw RulebookError(.invalidData, "要件 \(fact.rawValue) 前面答“\(before.label)”，后面答“\(answer.label)”，自相矛盾；请只留一个")
        }
        answers[fact] = answer
        continue
      }
      guard let known = terms.facts[fact] else {
        let near = Spelling.nearest(to: fact.rawValue, in: terms.factOrder.map(\.rawValue)).map { "；是不是 \($0)？" } ?? ""
        throw RulebookError(.invalidData, "没有 \(fact.rawValue) 这个事实\(near)（terms.xml 的 fact 列表里有全部代码）")
      }
      if answer == .yes, let other = known.excludes, answers[other] == .yes {
        throw RulebookError(
          .invalidData,
          "“\(known.label)”和“\(terms.facts[other]?.label ?? other.rawValue)”不能都答“是”；请只留一个（\(other.rawValue)、\(fact.rawValue)）")
      }
      if let before = answers[fact], before != answer {
        throw RulebookError(.invalidData, "事实 \(fact.rawValue) 前面答“\(before.label)”，后面答“\(answer.label)”，自相矛盾；请只留一个")
      }
      answers[fact] = answer
      if answer == .yes, let other = known.excludes { answers[other] = .no }
    }
  }

  /// Whether a code names an element: the item's number, a point, the element's.
  private static func isElement(_ fact: Fact.ID, _ violations: [Violation]) -> Bool {
    let parts = fact.rawValue.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let violation = violations.first(where: { $0.id.rawValue == parts[0] }) else { return false }
    return violation.elements.contains { $0.id == parts[1] }
  }

  public subscript(fact: Fact.ID) -> Answer { answers[fact] ?? .unknown }

  public var isEmpty: Bool { answers.isEmpty }

  /// What somebody answered, by code; what was only heard comes from the words again.
  public var answered: [String: Answer] {
    Dictionary(uniqueKeysWithValues: answers.filter { !heard.contains($0.key) }.map { ($0.key.rawValue, $0.value) })
  }
}

/// Whether a sanction can be imposed, as far as the facts go.
public enum Applicability: String, Codable, CaseIterable, Sendable {
  /// The words establish the item, and every fact that it and the sanction ask for is answered yes. Elements that no fact
  /// stands for are still the officer's to judge.
  case applicable
  /// Something is not answered yet: the figures are its range, not a fine.
  case open
  /// A fact it needs is answered no.
  case excluded
}

extension Match {
  /// The item's elements (要件), with what is known of each. One without a fact of its own is for the officer to judge.
  public var elements: [(element: Violation.Element, answer: KnownFacts.Answer)] {
    violation.elements.map { element in
      let own = facts[Fact.ID(rawValue: "\(violation.id.rawValue).\(element.id)")]
      return (element, own != .unknown ? own : element.fact.map { facts[$0] } ?? .unknown)
    }
  }

  /// The necessary elements that are answered no: the item does not stand then. What was only heard rules nothing out.
  public var ruledOut: [Violation.Element] {
    elements.filter { element, answer in
      element.isNecessary && answer == .no && element.fact.map { !facts.heard.contains($0) } ?? true
    }.map(\.element)
  }

  public func applicability(of applicable: LegalPosition.Applicable) -> Applicability {
    if facts.isEmpty { return .open }
    if !ruledOut.isEmpty { return .excluded }
    let answers = applicable.requires.map { facts[$0] }
    if answers.contains(.no) { return .excluded }
    let isEstablished = status == .matched && elements.allSatisfy { !$0.element.isNecessary || $0.answer == .yes }
    return isEstablished && !answers.contains(.unknown) ? .applicable : .open
  }

  /// What would change the answer, the most decisive first: what kind of work and of party it is, then what most sanctions
  /// wait for. A fact that only sanctions need which are excluded already is not asked.
  public var missingFacts: [Fact] {
    guard !facts.isEmpty else { return position.missingFacts }
    let open = sanctions.filter { applicability(of: $0) == .open }
    return position.missingFacts.filter { fact in
      facts[fact.id] == .unknown && open.contains { $0.requires.contains(fact.id) }
    }
  }
}
