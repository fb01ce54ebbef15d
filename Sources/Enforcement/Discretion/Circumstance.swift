/// Something that speaks for or against the party (情节), put as a question an officer can answer.
public struct Circumstance: Hashable, Sendable {
  public struct ID: Hashable, Codable, RawRepresentable, ExpressibleByStringLiteral, Sendable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
  }

  public var id: ID
  public var label: String
  public var question: String
  /// Another that is there whenever this one is, by the stronger reason (举重以明轻).
  public var implies: ID?

  public init(id: ID, label: String, question: String, implies: ID? = nil) {
    self.implies = implies
    self.id = id
    self.label = label
    self.question = question
  }
}

/// What follows when certain circumstances are all there (从轻、减轻、从重、不予处罚、首违不罚), with its clause.
public struct CircumstanceRule: Hashable, Sendable {
  public enum Effect: String, Codable, CaseIterable, Sendable {
    /// 不予处罚
    case mustNotPunish = "must-not-punish"
    /// 可以不予处罚（首违不罚）
    case mayNotPunish = "may-not-punish"
    /// 应当从轻或者减轻
    case mustLighten = "must-lighten"
    /// 可以从轻或者减轻
    case mayLighten = "may-lighten"
    /// 从重
    case aggravate

    public var label: String {
      switch self {
      case .mustNotPunish: "不予处罚"
      case .mayNotPunish: "可以不予处罚"
      case .mustLighten: "应当从轻或者减轻处罚"
      case .mayLighten: "可以从轻或者减轻处罚"
      case .aggravate: "从重处罚（在法定幅度以内）"
      }
    }

    var isMilder: Bool { self != .aggravate }
  }

  public var id: String
  public var label: String
  public var effect: Effect
  public var requires: [Circumstance.ID]
  public var basis: ProvisionAddress?
  /// The clause in words, where the instrument is not in the library.
  public var basisText: String?
  public var confidence: Confidence
  public var note: String?
  /// The first day of decision it is for.
  public var from: CalendarDate?
  public var line: Int

  public init(
    id: String, label: String, effect: Effect, requires: [Circumstance.ID], basis: ProvisionAddress? = nil,
    basisText: String? = nil, confidence: Confidence, note: String? = nil, from: CalendarDate? = nil, line: Int = 0
  ) {
    self.id = id
    self.label = label
    self.effect = effect
    self.requires = requires
    self.basis = basis
    self.basisText = basisText
    self.confidence = confidence
    self.note = note
    self.from = from
    self.line = line
  }
}

/// A rule some of whose circumstances are there.
public struct CircumstanceEffect: Sendable {
  public var rule: CircumstanceRule
  public var citation: String?
  /// What is not established yet; empty: the rule applies.
  public var missing: [Circumstance]

  public var applies: Bool { missing.isEmpty }
}
