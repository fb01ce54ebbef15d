/// The rules of procedure: what is done in which order, by whom, with which documents, and by when (`procedure/`, `calendar/`).
///
/// A chapter of its own: only the commands that need it read it.
public struct ProcedureBook: Sendable {
  public var stages: [(id: String, name: String)]
  public var rules: [ProcedureRule]
  public var events: [CaseEvent]
  public var steps: [ProcedureStep]
  public var deadlines: [Deadline]
  public var calendar: WorkingCalendar

  public init(
    stages: [(id: String, name: String)] = [], rules: [ProcedureRule] = [], events: [CaseEvent] = [],
    steps: [ProcedureStep] = [], deadlines: [Deadline] = [], calendar: WorkingCalendar = WorkingCalendar()
  ) {
    self.stages = stages
    self.rules = rules
    self.events = events
    self.steps = steps
    self.deadlines = deadlines
    self.calendar = calendar
  }

  public func rule(_ id: String) -> ProcedureRule? { rules.first { $0.id == id } }
  public func event(_ id: CaseEvent.ID) -> CaseEvent? { events.first { $0.id == id } }
}

/// One rule of procedure in our own words, with its clauses.
public struct ProcedureRule: Hashable, Sendable {
  public struct Citation: Hashable, Sendable {
    /// The provision's address, where the instrument is in the library.
    public var address: ProvisionAddress?
    /// 《…》第…条, as written.
    public var text: String

    public init(address: ProvisionAddress? = nil, text: String) {
      self.address = address
      self.text = text
    }
  }

  public var id: String
  public var stage: String
  public var title: String
  public var text: String
  public var citations: [Citation]
  public var confidence: Confidence
  public var note: String?
  public var line: Int

  public init(
    id: String, stage: String, title: String, text: String = "", citations: [Citation] = [], confidence: Confidence,
    note: String? = nil, line: Int = 0
  ) {
    self.id = id
    self.stage = stage
    self.title = title
    self.text = text
    self.citations = citations
    self.confidence = confidence
    self.note = note
    self.line = line
  }
}

/// Something that happens in a case on a day: 立案, 送达.
public struct CaseEvent: Hashable, Sendable {
  public struct ID: Hashable, Codable, RawRepresentable, ExpressibleByStringLiteral, Sendable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
  }

  public var id: ID
  public var name: String

  public init(id: ID, name: String) {
    self.id = id
    self.name = name
  }
}

/// One step of a procedure, in order.
public struct ProcedureStep: Hashable, Sendable {
  /// Which ways through a case it belongs to.
  public enum Path: String, Codable, CaseIterable, Sendable {
    case summary, ordinary, hearing

    public var label: String {
      switch self {
      case .summary: "简易程序"
      case .ordinary: "普通程序"
      case .hearing: "普通程序（经听证）"
      }
    }
  }

  public var id: String
  public var name: String
  public var paths: [Path]
  public var event: CaseEvent.ID?
  /// Slugs of document templates.
  public var documents: [String]
  /// Who acts.
  public var actor: String
  public var rules: [String]
  /// When it is left out; nil: always done.
  public var condition: String?
  public var line: Int

  public init(
    id: String, name: String, paths: [Path], event: CaseEvent.ID? = nil, documents: [String] = [], actor: String,
    rules: [String], condition: String? = nil, line: Int = 0
  ) {
    self.id = id
    self.name = name
    self.paths = paths
    self.event = event
    self.documents = documents
    self.actor = actor
    self.rules = rules
    self.condition = condition
    self.line = line
  }
}

/// A period of time between two events, with how it is counted and its clause.
public struct Deadline: Hashable, Sendable {
  public enum Unit: String, Codable, CaseIterable, Sendable {
    case workingDay = "working-day"
    case calendarDay = "calendar-day"
    case month, year

    public var label: String {
      switch self {
      case .workingDay: "个工作日"
      case .calendarDay: "日"
      case .month: "个月"
      case .year: "年"
      }
    }
  }

  public enum Bound: String, Codable, CaseIterable, Sendable {
    /// `to` not later than so long after `from`.
    case within
    /// `to` not earlier than so long after `from`.
    case notBefore = "not-before"
    /// `to` at least so long before `from`.
    case ahead
  }

  /// Whose matter it is.
  public enum Owner: String, Codable, CaseIterable, Sendable {
    case organ
    /// The party may, and loses the right when it lapses.
    case partyRight = "party-right"
    /// The party must.
    case partyDuty = "party-duty"
  }

  public var id: String
  public var name: String
  public var from: CaseEvent.ID
  public var to: CaseEvent.ID
  public var value: Int
  public var unit: Unit
  public var bound: Bound
  /// Whether a last day on a holiday moves to the next working day: rights of the party do, limits of the organ do not.
  public var rolls: Bool
  public var whose: Owner
  /// Only when this event is there as well.
  public var onlyIf: CaseEvent.ID?
  /// Not when this event is there, no later than what the period bounds.
  public var unless: CaseEvent.ID?
  /// It runs from the last day of this other period, unless that was used.
  public var after: String?
  /// Only on these ways through a case; empty: on all.
  public var paths: [ProcedureStep.Path]
  /// A line drawn for caution where the law may give more time: missing it is to be looked into, not a breach.
  public var isCautious: Bool
  public var rule: String
  /// What follows when it is missed.
  public var consequence: String
  public var line: Int

  public init(
    id: String, name: String, from: CaseEvent.ID, to: CaseEvent.ID, value: Int, unit: Unit, bound: Bound, rolls: Bool,
    whose: Owner, onlyIf: CaseEvent.ID? = nil, unless: CaseEvent.ID? = nil, after: String? = nil,
    paths: [ProcedureStep.Path] = [], isCautious: Bool = false, rule: String, consequence: String, line: Int = 0
  ) {
    self.id = id
    self.name = name
    self.from = from
    self.to = to
    self.value = value
    self.unit = unit
    self.bound = bound
    self.rolls = rolls
    self.whose = whose
    self.onlyIf = onlyIf
    self.unless = unless
    self.after = after
    self.paths = paths
    self.isCautious = isCautious
    self.rule = rule
    self.consequence = consequence
    self.line = line
  }
}
