/// What a provision lets be done to whom, under which condition (罚则). It belongs to the provision, never to a violation:
/// the figure follows the law's version by date.
public struct Sanction: Hashable, Sendable {
  /// Names the sanction within its provision: `at-once`, `overdue`.
  public var tier: String
  public var place: ProvisionAddress.Place?
  public var party: [Party]
  public var condition: Condition
  /// The condition in precise words.
  public var conditionText: String
  public var relation: Relation
  public var kinds: [KindEntry]
  public var fine: Fine?
  /// The fine for the persons directly responsible, where the provision gives one beside the unit's.
  public var responsibleFine: Fine?
  public var amountSource: Amount?
  public var detention: Detention?
  /// Facts beyond the act itself that must be established first.
  public var requires: [Fact.ID]
  public var authorities: [Authority]
  /// Limits to acts from / until that day, where the provision or its neighbours say so.
  public var from: CalendarDate?
  public var until: CalendarDate?
  public var note: String?
  public var confidence: Confidence
  /// Line in the version's file, for diagnostics.
  public var line: Int

  public init(
    tier: String, place: ProvisionAddress.Place?, party: [Party], condition: Condition, conditionText: String = "",
    relation: Relation, kinds: [KindEntry], fine: Fine? = nil, responsibleFine: Fine? = nil,
    amountSource: Amount? = nil, detention: Detention? = nil, requires: [Fact.ID] = [],
    authorities: [Authority] = [], from: CalendarDate? = nil, until: CalendarDate? = nil, note: String? = nil,
    confidence: Confidence, line: Int = 0
  ) {
    self.tier = tier
    self.place = place
    self.party = party
    self.condition = condition
    self.conditionText = conditionText
    self.relation = relation
    self.kinds = kinds
    self.fine = fine
    self.responsibleFine = responsibleFine
    self.amountSource = amountSource
    self.detention = detention
    self.requires = requires
    self.authorities = authorities
    self.from = from
    self.until = until
    self.note = note
    self.confidence = confidence
    self.line = line
  }

  /// Whether it says a fine at all, with or without a figure.
  public var imposesFine: Bool { kinds.contains { $0.kind == .fine } }
}

extension Sanction {
  /// One kind of penalty or measure with its marks.
  public struct KindEntry: Hashable, Sendable {
    public var kind: SanctionKind
    /// A measure, not a penalty (责令类措施).
    public var isMeasure: Bool
    /// The provision says 可以.
    public var may: Bool
    /// Only against these.
    public var to: [Party]
    /// Only by these.
    public var by: [Authority]
    /// Only if these facts are established too.
    public var conditions: [Fact.ID]
    /// One of a group, or in escalation.
    public var alternative: String?

    public init(
      kind: SanctionKind, isMeasure: Bool = false, may: Bool = false, to: [Party] = [], by: [Authority] = [],
      conditions: [Fact.ID] = [], alternative: String? = nil
    ) {
      self.kind = kind
      self.isMeasure = isMeasure
      self.may = may
      self.to = to
      self.by = by
      self.conditions = conditions
      self.alternative = alternative
    }
  }

  /// A range in law. Yuan, or a percentage or multiple *of* something.
  public struct Fine: Hashable, Sendable {
    public var basis: FineBasis
    public var of: FineOf?
    /// Nil: the provision sets no lower limit (以下).
    public var minimum: Double?
    /// Nil: the provision sets no upper limit.
    public var maximum: Double?
    public var per: FinePer

    public init(
      basis: FineBasis, of: FineOf? = nil, minimum: Double? = nil, maximum: Double? = nil, per: FinePer = .act
    ) {
      self.basis = basis
      self.of = of
      self.minimum = minimum
      self.maximum = maximum
      self.per = per
    }
  }

  /// Where the amount of a fine without a figure comes from; never guessed.
  public enum Amount: Hashable, Sendable {
    case provision(ProvisionAddress)
    case reason(AmountSource)
  }

  /// Days of administrative detention (行政拘留).
  public struct Detention: Hashable, Sendable {
    public var minimum: Int
    public var maximum: Int

    public init(minimum: Int, maximum: Int) {
      self.minimum = minimum
      self.maximum = maximum
    }
  }
}

/// A fact that decides which sanction applies, with the question an officer must ask.
public struct Fact: Hashable, Sendable {
  public struct ID: Hashable, Codable, RawRepresentable, ExpressibleByStringLiteral, Sendable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
  }

  public var id: ID
  public var group: String
  public var label: String
  public var question: String
  /// The fact that cannot be so when this one is: 单位, 个人.
  public var excludes: ID?
  /// The smaller, the earlier it is asked; nil after all that have one.
  public var rank: Int?
  /// Words that say so, and words that say the contrary; forms with braces, as in the lexicon.
  public var heardYes: String
  public var heardNo: String
  /// The sum that answers it once it is known (合同价款、违法所得), and from which or below which yuan it is so.
  public var sum: FineOf?
  public var from: Double?
  public var below: Double?

  public init(
    id: ID, group: String, label: String, question: String, excludes: ID? = nil, rank: Int? = nil, heardYes: String = "",
    heardNo: String = "", sum: FineOf? = nil, from: Double? = nil, below: Double? = nil
  ) {
    self.id = id
    self.group = group
    self.label = label
    self.question = question
    self.excludes = excludes
    self.rank = rank
    self.heardYes = heardYes
    self.heardNo = heardNo
    self.sum = sum
    self.from = from
    self.below = below
  }
}
