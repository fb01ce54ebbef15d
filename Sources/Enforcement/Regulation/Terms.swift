/// The closed code lists with their Chinese labels (`terms.xml`).
public struct Terms: Sendable {
  public struct Term: Hashable, Sendable {
    public var code: String
    public var label: String
    public var definition: String
    /// Only kinds have one: penalty, measure, record, referral, internal.
    public var classification: String?

    public init(code: String, label: String, definition: String, classification: String? = nil) {
      self.code = code
      self.label = label
      self.definition = definition
      self.classification = classification
    }
  }

  /// By list name (`party`, `when`, …), in the order of the file.
  public var lists: [String: [Term]]
  public var facts: [Fact.ID: Fact]
  /// Facts in the order of the file, which is the order in which they are asked.
  public var factOrder: [Fact.ID]
  private var labels: [String: [String: String]]

  public init(lists: [String: [Term]] = [:], facts: [Fact] = []) {
    self.lists = lists
    self.facts = Dictionary(facts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    factOrder = facts.map(\.id)
    labels = lists.mapValues { Dictionary($0.map { ($0.code, $0.label) }, uniquingKeysWith: { first, _ in first }) }
  }

  /// Gives a code another label; false when the list does not have it.
  mutating func relabel(_ code: String, in list: String, as label: String) -> Bool {
    guard let index = lists[list]?.firstIndex(where: { $0.code == code }) else { return false }
    lists[list]![index].label = label
    labels[list]![code] = label
    return true
  }

  /// The Chinese label of a code; the code itself when the list has none.
  public func label(_ code: String, in list: String) -> String { labels[list]?[code] ?? code }

  public func label(_ party: Party) -> String { label(party.rawValue, in: "party") }
  public func label(_ condition: Condition) -> String { label(condition.rawValue, in: "when") }
  public func label(_ kind: SanctionKind) -> String { label(kind.rawValue, in: "kind") }
  public func label(_ authority: Authority) -> String { label(authority.rawValue, in: "authority") }
}
