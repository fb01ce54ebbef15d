/// A published discretion benchmark (裁量基准): which part of a range goes with which case.
///
/// A benchmark binds only those it is addressed to, while it is in force; a tier never leaves the range of the statute
/// (`check` proves it). Where no tier is known, the answer is the statutory range and says so: none is made up.
public struct DiscretionBenchmark: Sendable {
  public var id: String
  public var title: String
  public var number: String
  public var issuer: String
  public var from: CalendarDate
  /// Last day in force; nil: no end is known.
  public var until: CalendarDate?
  /// Whose penalties it is for.
  public var systems: [Authority]
  public var confidence: Confidence
  /// Where it was found.
  public var source: String
  public var note: String?
  /// Not for cases in which one of these is so.
  public var unless: [Fact.ID]
  /// Empty: it is known to exist, its tables were not obtained.
  public var items: [Item]
  /// The overlay it came with; nil: the rulebook itself.
  public var layer: String?
  public var file: String
  public var line: Int

  public init(
    id: String, title: String, number: String, issuer: String, from: CalendarDate, until: CalendarDate? = nil,
    systems: [Authority], confidence: Confidence, source: String, note: String? = nil, unless: [Fact.ID] = [], items: [Item] = [],
    layer: String? = nil, file: String = "", line: Int = 0
  ) {
    self.id = id
    self.title = title
    self.number = number
    self.issuer = issuer
    self.from = from
    self.until = until
    self.systems = systems
    self.confidence = confidence
    self.source = source
    self.note = note
    self.unless = unless
    self.items = items
    self.layer = layer
    self.file = file
    self.line = line
  }

  public func isInForce(on date: CalendarDate) -> Bool { from <= date && until.map { date <= $0 } ?? true }

  /// The tiers for one sanction of one provision.
  public struct Item: Sendable {
    public var provision: ProvisionAddress
    /// The sanction's name within the provision: `at-once`.
    public var sanction: String
    /// What is counted: 无证上岗人次.
    public var measure: String
    /// Whether all its tiers are known; only then must they cover the range.
    public var isComplete: Bool
    public var tiers: [Tier]
    public var line: Int

    public init(
      provision: ProvisionAddress, sanction: String, measure: String, isComplete: Bool, tiers: [Tier], line: Int = 0
    ) {
      self.provision = provision
      self.sanction = sanction
      self.measure = measure
      self.isComplete = isComplete
      self.tiers = tiers
      self.line = line
    }
  }
}

/// One step of a benchmark (档次), the mildest first.
public struct Tier: Hashable, Sendable {
  public var code: String
  /// The condition in words: 1人次.
  public var when: String
  public var minimum: Double?
  public var maximum: Double
  /// Also for the persons responsible, where the statute fines them beside the unit.
  public var responsible: Sanction.Fine?
  public var confidence: Confidence
  public var line: Int

  public init(
    code: String, when: String, minimum: Double?, maximum: Double, responsible: Sanction.Fine? = nil,
    confidence: Confidence, line: Int = 0
  ) {
    self.code = code
    self.when = when
    self.minimum = minimum
    self.maximum = maximum
    self.responsible = responsible
    self.confidence = confidence
    self.line = line
  }
}

/// What the benchmarks say of one sanction on one day.
public struct Discretion: Sendable {
  public struct Known: Sendable {
    public var benchmark: DiscretionBenchmark
    public var item: DiscretionBenchmark.Item
  }

  /// Tiers that may be used, by benchmark.
  public var known: [Known]
  /// Benchmarks for this authority that exist and cannot be used, each with the reason.
  public var unusable: [(benchmark: DiscretionBenchmark, reason: String)]

  /// In Chinese, when there is nothing to go by.
  public var nothingKnown: String? { known.isEmpty ? "没有取得现行有效的裁量基准档次，只给法定幅度；拟罚数额要在决定书里说明理由" : nil }
}

extension Practice {
  /// The tiers for a sanction of those authorities, as of the day of decision.
  public func discretion(
    for applicable: LegalPosition.Applicable, facts: KnownFacts = KnownFacts(), on date: CalendarDate, terms: Terms
  ) -> Discretion {
    var result = Discretion(known: [], unusable: [])
    guard let source = applicable.source else { return result }
    for benchmark in benchmarks where !Set(benchmark.systems).isDisjoint(with: applicable.sanction.authorities) {
      let items = benchmark.items.filter {
        $0.provision.work == source.work && $0.provision.place == applicable.sanction.place
          && $0.sanction == applicable.sanction.tier
      }
      if date < benchmark.from {
        if !items.isEmpty { result.unusable.append((benchmark, "\(benchmark.from) 起才施行")) }
      } else if let until = benchmark.until, until < date {
        result.unusable.append((benchmark, "有效期到 \(until) 为止，未见续期"))
      } else if let fact = benchmark.unless.first(where: { facts[$0] == .yes }) {
        if !items.isEmpty {
          result.unusable.append((benchmark, "不用于这样的案件：\(terms.facts[fact]?.label ?? fact.rawValue)"))
        }
      } else if let item = items.first {
        result.known.append(Discretion.Known(benchmark: benchmark, item: item))
      } else if benchmark.items.isEmpty {
        result.unusable.append((benchmark, "知道有这份文件，没有取得档次表"))
      }
    }
    return result
  }
}
