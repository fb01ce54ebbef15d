/// One of the 34 violations (违法行为): its data, its documentation, its examples and its tests, from one file.
///
/// The numbering and the wording are our own design: the official 34-item guide is not public (docs/mapping.md).
public struct Violation: Sendable {
  /// `D01`: the category and a number.
  public struct ID: Hashable, Codable, RawRepresentable, Comparable, ExpressibleByStringLiteral, Sendable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
    public static func < (lhs: ID, rhs: ID) -> Bool { lhs.rawValue < rhs.rawValue }
  }

  public var id: ID
  public var name: String
  /// The code of its category: `D`.
  public var category: String
  /// What the violation is, in a sentence.
  public var gist: String
  /// What one sees (现场看到什么).
  public var seen: String
  /// Why it is dangerous (为什么危险).
  public var danger: String
  /// How to check (怎么查).
  public var check: String
  /// How to photograph and keep evidence (怎么拍).
  public var photograph: String
  public var subjects: [String]
  public var severity: Severity
  /// What changed with the law, and when.
  public var temporal: String?
  public var elements: [Element]
  public var duties: [Duty]
  public var liabilities: [Liability]
  /// Why there is no direct penalty, where there is none.
  public var noDirectPenalty: String?
  public var measures: [String]
  public var evidence: [String]
  public var documents: [Document]
  public var authorities: [String]
  public var standards: [Standard]
  public var keywords: [String]
  public var confusable: [Confusable]
  public var concurrence: String?
  /// Terms only this item needs; `Pattern` refers to them beside those of the lexicon.
  public var concepts: [Concept]
  public var patterns: [Pattern]
  public var examples: [Example]
  /// The file it was read from, relative to the rulebook, for diagnostics.
  public var file: String

  public init(
    id: ID, name: String = "", category: String = "", gist: String = "", seen: String = "", danger: String = "",
    check: String = "", photograph: String = "", subjects: [String] = [],
    severity: Severity = Severity(level: .depends, basis: ""), temporal: String? = nil, elements: [Element] = [],
    duties: [Duty] = [], liabilities: [Liability] = [], noDirectPenalty: String? = nil, measures: [String] = [],
    evidence: [String] = [], documents: [Document] = [], authorities: [String] = [], standards: [Standard] = [],
    keywords: [String] = [], confusable: [Confusable] = [], concurrence: String? = nil, concepts: [Concept] = [],
    patterns: [Pattern] = [], examples: [Example] = [], file: String = ""
  ) {
    self.id = id
    self.name = name
    self.category = category
    self.gist = gist
    self.seen = seen
    self.danger = danger
    self.check = check
    self.photograph = photograph
    self.subjects = subjects
    self.severity = severity
    self.temporal = temporal
    self.elements = elements
    self.duties = duties
    self.liabilities = liabilities
    self.noDirectPenalty = noDirectPenalty
    self.measures = measures
    self.evidence = evidence
    self.documents = documents
    self.authorities = authorities
    self.standards = standards
    self.keywords = keywords
    self.confusable = confusable
    self.concurrence = concurrence
    self.concepts = concepts
    self.patterns = patterns
    self.examples = examples
    self.file = file
  }
}

extension Violation {
  public struct Severity: Hashable, Sendable {
    public enum Level: String, Codable, CaseIterable, Sendable {
      /// 一般
      case general
      /// 重大: a major hazard (重大事故隐患)
      case major
      /// 视情形
      case depends

      public var label: String {
        switch self {
        case .general: "一般"
        case .major: "重大"
        case .depends: "视情形"
        }
      }
    }

    public var level: Level
    public var basis: String

    public init(level: Level, basis: String) {
      self.level = level
      self.basis = basis
    }
  }

  /// A condition of the violation (构成要件), put as a question.
  public struct Element: Hashable, Sendable {
    public var id: String
    public var question: String
    public var fact: Fact.ID?
    /// Answered no, the item does not stand. False where it only chooses between ways to commit it or between sanctions.
    public var isNecessary: Bool

    public init(id: String, question: String, fact: Fact.ID? = nil, isNecessary: Bool = false) {
      self.id = id
      self.question = question
      self.fact = fact
      self.isNecessary = isNecessary
    }
  }

  /// A duty that is breached (违反的规定).
  public struct Duty: Hashable, Sendable {
    public var address: ProvisionAddress
    public var confidence: Confidence
    public var note: String?
    public var line: Int

    public init(address: ProvisionAddress, confidence: Confidence, note: String? = nil, line: Int = 0) {
      self.address = address
      self.confidence = confidence
      self.note = note
      self.line = line
    }
  }

  /// A provision under which it can be punished (处罚依据), by address; the figures stand there.
  public struct Liability: Hashable, Sendable {
    public var address: ProvisionAddress
    /// Only these sanctions of the provision; empty: all.
    public var tiers: [String]
    /// Facts this item needs on top of the sanction's own.
    public var requires: [Fact.ID]
    /// Only these parties; empty: the sanction's.
    public var party: [Party]
    public var note: String?
    public var line: Int

    public init(
      address: ProvisionAddress, tiers: [String] = [], requires: [Fact.ID] = [], party: [Party] = [],
      note: String? = nil, line: Int = 0
    ) {
      self.address = address
      self.tiers = tiers
      self.requires = requires
      self.party = party
      self.note = note
      self.line = line
    }
  }

  /// An enforcement document (文书) that usually follows.
  public struct Document: Hashable, Sendable {
    public var name: String
    /// The slug of its template, where there is one.
    public var template: String?

    public init(name: String, template: String? = nil) {
      self.name = name
      self.template = template
    }
  }

  public struct Standard: Hashable, Sendable {
    public var name: String
    public var threshold: String
    public var confidence: Confidence

    public init(name: String, threshold: String, confidence: Confidence) {
      self.name = name
      self.threshold = threshold
      self.confidence = confidence
    }
  }

  /// An item it is easily taken for, and how to tell.
  public struct Confusable: Hashable, Sendable {
    public var item: ID
    public var how: String

    public init(item: ID, how: String) {
      self.item = item
      self.how = how
    }
  }

  /// A sentence that must, or must not, lead to this item.
  public struct Example: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
      case triggering, compliant
      case nearMiss = "near-miss"
      case outOfScope = "out-of-scope"
      case advice
    }

    public var kind: Kind
    public var text: String
    /// Other items the sentence leads to: `also` of a triggering one, `item` of a near miss.
    public var others: [ID]
    /// What a careful officer may also say, neither required nor wrong.
    public var acceptable: [ID]
    public var status: Match.Status?
    public var line: Int

    public init(
      kind: Kind, text: String, others: [ID] = [], acceptable: [ID] = [], status: Match.Status? = nil, line: Int = 0
    ) {
      self.kind = kind
      self.text = text
      self.others = others
      self.acceptable = acceptable
      self.status = status
      self.line = line
    }
  }
}

/// The categories, in order (`catalogue.xml`).
public struct Catalogue: Sendable {
  public struct Category: Hashable, Sendable {
    public var code: String
    public var name: String

    public init(code: String, name: String) {
      self.code = code
      self.name = name
    }
  }

  public var title: String
  public var categories: [Category]
  /// That the numbering is our own, and why.
  public var basis: String

  public init(title: String = "", categories: [Category] = [], basis: String = "") {
    self.title = title
    self.categories = categories
    self.basis = basis
  }

  public func name(of category: String) -> String { categories.first { $0.code == category }?.name ?? category }
}
