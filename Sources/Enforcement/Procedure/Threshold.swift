/// A sum from which, or up to which, a procedure applies, with its period and its clause.
public struct Threshold: Hashable, Sendable {
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Up to it a penalty may be imposed on the spot (简易程序).
    case summaryFine = "summary-fine"
    /// From it a hearing must be offered (听证).
    case hearingFine = "hearing-fine"
    /// Up to it a fine may be collected on the spot (当场收缴).
    case spotCollection = "spot-collection"

    /// Whether the sum is the highest that still counts.
    public var isUpperLimit: Bool { self != .hearingFine }
  }

  public enum Subject: String, Codable, CaseIterable, Sendable {
    case individual, unit

    public var label: String { self == .individual ? "公民" : "法人或者其他组织" }
  }

  public var kind: Kind
  public var subject: Subject
  /// Yuan.
  public var value: Double
  /// Whose penalties it is for; empty: all.
  public var systems: [Authority]
  public var from: CalendarDate
  public var until: CalendarDate?
  public var basis: ProvisionAddress?
  public var basisText: String?
  public var confidence: Confidence
  public var note: String?
  public var layer: String?
  public var file: String
  public var line: Int

  public init(
    kind: Kind, subject: Subject, value: Double, systems: [Authority] = [], from: CalendarDate,
    until: CalendarDate? = nil, basis: ProvisionAddress? = nil, basisText: String? = nil, confidence: Confidence,
    note: String? = nil, layer: String? = nil, file: String = "", line: Int = 0
  ) {
    self.kind = kind
    self.subject = subject
    self.value = value
    self.systems = systems
    self.from = from
    self.until = until
    self.basis = basis
    self.basisText = basisText
    self.confidence = confidence
    self.note = note
    self.layer = layer
    self.file = file
    self.line = line
  }

  public func isInForce(on date: CalendarDate) -> Bool { from <= date && until.map { date <= $0 } ?? true }
}

extension Practice {
  /// The threshold of that kind in force for those authorities; where several are, the one that protects the party most:
  /// the lowest sum.
  public func threshold(
    _ kind: Threshold.Kind, for subject: Threshold.Subject, of authorities: [Authority], on date: CalendarDate
  ) -> Threshold? {
    thresholds.filter {
      $0.kind == kind && $0.subject == subject && $0.isInForce(on: date)
        && ($0.systems.isEmpty || !Set($0.systems).isDisjoint(with: authorities))
    }.min { $0.value < $1.value }
  }
}
