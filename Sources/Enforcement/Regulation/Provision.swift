/// A piece of a regulation: 编, 章, 节, 条, 款, 项 or 目, with a gist (要旨) in our own words.
public struct Provision: Hashable, Sendable {
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case part, chapter, section, article, paragraph, point, indent
  }

  public var kind: Kind
  public let eId: String
  /// Nil for 编, 章, 节, which are not cited as a basis.
  public let place: ProvisionAddress.Place?
  /// 第九十九条, （五）. Paragraphs (款) have none.
  public var number: String?
  /// For an article, its gist as a whole.
  public var heading: String?
  /// The gist.
  public var gist: String?
  public var confidence: Confidence?
  /// How many 款 the article has in the official text, where that was counted. 第一款 is written in a citation only
  /// when there is more than one.
  public var paragraphCount: Int?
  public var children: [Provision]

  public init(
    kind: Kind, eId: String, number: String? = nil, heading: String? = nil, gist: String? = nil,
    confidence: Confidence? = nil, paragraphCount: Int? = nil, children: [Provision] = []
  ) {
    self.kind = kind
    self.eId = eId
    place = ProvisionAddress.Place(eId)
    self.number = number
    self.heading = heading
    self.gist = gist
    self.confidence = confidence
    self.paragraphCount = paragraphCount
    self.children = children
  }

  /// What to print as the gist: its own, else its heading.
  public var summary: String? { gist ?? heading }
}
