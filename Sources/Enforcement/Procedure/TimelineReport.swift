/// The published JSON shape of a case's time line, `zhunsheng/procedure/1`.
public struct TimelineReport: Codable, Hashable, Sendable {
  public var schema = "zhunsheng/procedure/1"
  public var path: ProcedureStep.Path
  public var today: CalendarDate
  public var steps: [StepEntry]
  public var deadlines: [DeadlineEntry]
  public var lateFee: LateFeeEntry?

  public struct StepEntry: Codable, Hashable, Sendable {
    public var id: String
    public var name: String
    public var event: CaseEvent.ID?
    public var day: CalendarDate?
    public var actor: String
    /// Slugs of document templates.
    public var documents: [String]
    public var condition: String?
    public var rules: [String]
    public var citations: [String]
  }

  public struct DeadlineEntry: Codable, Hashable, Sendable {
    public var id: String
    public var name: String
    public var from: CaseEvent.ID
    public var fromDay: CalendarDate
    public var to: CaseEvent.ID
    public var value: Int
    public var unit: Deadline.Unit
    public var bound: Deadline.Bound
    /// The last day, the first day, or the latest day before; left out where it cannot be computed.
    public var day: CalendarDate?
    public var done: CalendarDate?
    public var state: CaseTimeline.State
    public var whose: Deadline.Owner
    public var consequence: String
    public var rule: String
    public var citations: [String]
    public var confidence: Confidence
    public var reason: String?
  }

  public struct LateFeeEntry: Codable, Hashable, Sendable {
    public var fine: Double
    public var firstDay: CalendarDate
    public var days: Int
    public var amount: Double
    public var capDay: CalendarDate?
  }

  enum CodingKeys: String, CodingKey { case schema, path, today, steps, deadlines, lateFee }

  public init(_ timeline: CaseTimeline, _ book: ProcedureBook) {
    path = timeline.path
    today = timeline.today
    steps = timeline.steps.map { entry in
      StepEntry(
        id: entry.step.id, name: entry.step.name, event: entry.step.event, day: entry.day, actor: entry.step.actor,
        documents: entry.step.documents, condition: entry.step.condition, rules: entry.step.rules,
        citations: book.citations(of: entry.step.rules))
    }
    deadlines = timeline.entries.map { entry in
      let deadline = entry.deadline
      return DeadlineEntry(
        id: deadline.id, name: deadline.name, from: deadline.from, fromDay: entry.from, to: deadline.to,
        value: deadline.value, unit: deadline.unit, bound: deadline.bound, day: entry.day, done: entry.done,
        state: entry.state, whose: deadline.whose, consequence: deadline.consequence, rule: deadline.rule,
        citations: book.citations(of: [deadline.rule]), confidence: book.rule(deadline.rule)?.confidence ?? .memory,
        reason: entry.reason)
    }
    lateFee = timeline.lateFee.map {
      LateFeeEntry(fine: $0.fine, firstDay: $0.firstDay, days: $0.days, amount: $0.amount, capDay: $0.capDay)
    }
  }
}

extension ProcedureBook {
  /// The clauses of some rules, each once.
  public func citations(of ids: [String]) -> [String] {
    var result: [String] = []
    for id in ids {
      for citation in rule(id)?.citations ?? [] where !result.contains(citation.text) { result.append(citation.text) }
    }
    return result
  }
}
