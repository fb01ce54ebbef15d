/// What is known of the case beyond the words of the finding: each fact of `terms.xml` is answered yes or no, or is unknown.
///
/// Nothing is assumed: a fact nobody answered stays unknown, and a sanction that needs it stays open.
public struct Circumstances: Hashable, Sendable {
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

  /// Nothing is known.
  public init() {}

  /// - Throws: `RulebookError.invalidData` for a fact that `terms.xml` does not have, and for answers that contradict each
  ///   other: the same fact twice, or two that exclude each other (被罚的是单位, 被罚的是个人) both with yes.
  public init(_ given: [(fact: Fact.ID, answer: Answer)], terms: Terms) throws(RulebookError) {
    for (fact, answer) in given where answer != .unknown {
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

  public subscript(fact: Fact.ID) -> Answer { answers[fact] ?? .unknown }

  public var isEmpty: Bool { answers.isEmpty }
}

/// Whether a sanction can be imposed, as far as the facts go.
public enum Standing: String, Codable, CaseIterable, Sendable {
  /// The item is established and every fact the sanction needs is answered yes.
  case applicable
  /// Some are not answered yet: the figures are its range, not a fine.
  case open
  /// One is answered no.
  case excluded
}

extension Match {
  /// The item's elements (要件), with what is known of each. One without a fact of its own is for the officer to judge.
  public var elements: [(element: Violation.Element, answer: Circumstances.Answer)] {
    violation.elements.map { element in (element, element.fact.map { circumstances[$0] } ?? .unknown) }
  }

  /// The elements that are answered no: the item does not stand then. Those that only choose a sanction do not count.
  public var ruledOut: [Violation.Element] {
    violation.elements.filter { element in !element.isForSanction && element.fact.map { circumstances[$0] == .no } ?? false }
  }

  public func standing(of applicable: LegalPosition.Applicable) -> Standing {
    if !ruledOut.isEmpty { return .excluded }
    let answers = applicable.requires.map { circumstances[$0] }
    if answers.contains(.no) { return .excluded }
    // An item that is not established itself carries no fine, whatever else is known.
    return status == .matched && !answers.contains(.unknown) ? .applicable : .open
  }

  /// What would change the answer, the most decisive first: what kind of work and of party it is, then what most sanctions
  /// wait for. A fact that only sanctions need which are excluded already is not asked.
  public var missingFacts: [Fact] {
    guard !circumstances.isEmpty else { return position.missingFacts }
    let open = sanctions.filter { standing(of: $0) == .open }
    return position.missingFacts.filter { fact in
      circumstances[fact.id] == .unknown && open.contains { $0.requires.contains(fact.id) }
    }
  }

  /// The words decide first. A fact then rules the item out, or settles what the words left open.
  static func status(_ status: Status, _ basis: Basis, _ violation: Shared<Violation>, _ circumstances: Circumstances)
    -> Status
  {
    guard !circumstances.isEmpty, status != .candidate else { return status }
    let asked = violation.value.elements.filter { !$0.isForSanction && $0.fact != nil }
    if asked.contains(where: { circumstances[$0.fact!] == .no }) { return .candidate }
    let isSettled = !asked.isEmpty && asked.allSatisfy { circumstances[$0.fact!] == .yes }
    return status == .needsFacts && basis == .pattern && isSettled ? .matched : status
  }
}
