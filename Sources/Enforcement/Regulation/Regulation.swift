/// A law, regulation, rule or normative document (法律、法规、规章、规范性文件): one work with its versions.
///
/// What ships is the *digest*: for each provision that is cited, its address, dates and a gist (要旨) in our own words.
/// It is never the statute's text.
public struct Regulation: Sendable {
  /// The FRBR work IRI: `/akn/cn/act/law/2002-06-29/work-safety`.
  public let iri: String
  /// In the order they took effect. Never empty.
  public let versions: [Version]

  public init(iri: String, versions: [Version]) {
    self.iri = iri
    self.versions = versions
  }

  /// The version that a citation without a date means: the last one.
  public var current: Version { versions[versions.count - 1] }
  /// The full title, without 《》.
  public var title: String { current.title }
  public var kind: Kind { current.kind }

  /// The version in force on that day.
  public func version(on date: CalendarDate) -> Version? {
    versions.last { $0.isInForce(on: date) }
  }

  public func version(named name: String) -> Version? { versions.first { $0.name == name } }
}

extension Regulation {
  /// What kind of instrument it is, which decides what it can be the basis of.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case law
    case administrativeRegulation = "administrative-regulation"
    case localRegulation = "local-regulation"
    case specialZoneRegulation = "sez-regulation"
    case ministryRule = "ministry-rule"
    case governmentRule = "government-rule"
    case normativeDocument = "normative-document"

    /// Whether it may set a penalty at all. A normative document (规范性文件) may not: 行政处罚法 第十六条.
    public var canSetPenalty: Bool { self != .normativeDocument }

    public var label: String {
      switch self {
      case .law: "法律"
      case .administrativeRegulation: "行政法规"
      case .localRegulation: "地方性法规"
      case .specialZoneRegulation: "经济特区法规"
      case .ministryRule: "部门规章"
      case .governmentRule: "地方政府规章"
      case .normativeDocument: "规范性文件"
      }
    }
  }
}

extension Regulation {
  /// One version (版本) of a work: one file of the library.
  public struct Version: Sendable {
    /// The identification, life cycle and remarks that only the file itself needs.
    public var record: Record
    /// `2021-09-01`: what the file and the expression are called.
    public var name: String
    public var title: String
    /// What people write instead of the full title: 安全生产法, 安法.
    public var shortTitles: [String]
    public var kind: Kind
    /// 2021版
    public var label: String
    /// First day in force; for a date that is not known to the day, the latest day it can be.
    public var from: CalendarDate?
    /// Last day in force; nil while it is.
    public var until: CalendarDate?
    public var precision: DatePrecision
    /// How sure the dates are.
    public var confidence: Confidence
    /// False: the version is known with its dates, its provisions are not recorded. Never answered by guessing.
    public var isEncoded: Bool
    /// Articles in the order of the text.
    public var provisions: [Provision] { didSet { index = Self.index(provisions) } }
    public var sanctions: [Sanction]
    /// What became of this version's provisions in a later one.
    public var correspondences: [Correspondence]
    public var notes: [String]
    /// The file it was read from, relative to the rulebook, for diagnostics.
    public var file: String
    private var index: [ProvisionAddress.Place: Provision]

    public init(
      record: Record, name: String, title: String, shortTitles: [String] = [], kind: Kind, label: String = "",
      from: CalendarDate? = nil, until: CalendarDate? = nil, precision: DatePrecision = .day,
      confidence: Confidence = .memory, isEncoded: Bool = true, provisions: [Provision] = [],
      sanctions: [Sanction] = [], correspondences: [Correspondence] = [], notes: [String] = [], file: String = ""
    ) {
      self.record = record
      self.name = name
      self.title = title
      self.shortTitles = shortTitles
      self.kind = kind
      self.label = label
      self.from = from
      self.until = until
      self.precision = precision
      self.confidence = confidence
      self.isEncoded = isEncoded
      self.provisions = provisions
      self.sanctions = sanctions
      self.correspondences = correspondences
      self.notes = notes
      self.file = file
      index = Self.index(provisions)
    }

    private static func index(_ provisions: [Provision]) -> [ProvisionAddress.Place: Provision] {
      var index: [ProvisionAddress.Place: Provision] = [:]
      func walk(_ provisions: [Provision]) {
        for provision in provisions {
          if let place = provision.place { index[place] = provision }
          walk(provision.children)
        }
      }
      walk(provisions)
      return index
    }

    public func isInForce(on date: CalendarDate) -> Bool {
      if let from, date < from { return false }
      if let until, until < date { return false }
      return true
    }

    /// The provision at that place; nil when the version has no such provision recorded.
    public func provision(at place: ProvisionAddress.Place) -> Provision? { index[place] }
  }

  /// How exactly the day a version took effect is known.
  public enum DatePrecision: String, Codable, CaseIterable, Sendable { case day, month, year, unknown }

  /// A provision of an older version and the address it has in a later one.
  public struct Correspondence: Hashable, Sendable {
    public var from: ProvisionAddress.Place
    public var to: ProvisionAddress.Place
    /// The name of the later version.
    public var version: String
    public var confidence: Confidence

    public init(
      from: ProvisionAddress.Place, to: ProvisionAddress.Place, version: String, confidence: Confidence
    ) {
      self.from = from
      self.to = to
      self.version = version
      self.confidence = confidence
    }
  }
}
