/// The answer to a finding: the items it shows, each with its clauses, sanctions, measures and open questions.
///
/// Nothing found is not an error: `matches` is then empty.
public struct Assessment: Sendable {
  public var finding: Finding
  /// In order of status, then score.
  public var matches: [Match]

  public init(finding: Finding, matches: [Match]) {
    self.finding = finding
    self.matches = matches
  }

  /// Matches that are decided: `matched` or `needsFacts`, not mere candidates.
  public var decided: [Match] { matches.filter { $0.status != .candidate } }
}

/// One item that a finding shows, and why.
public struct Match: Sendable {
  public enum Status: String, Codable, CaseIterable, Sendable {
    /// The words show the violation.
    case matched
    /// The words show the thing, and a deciding fact is still open.
    case needsFacts
    /// Only similar in wording; a person must look.
    case candidate

    var rank: Int {
      switch self {
      case .matched: 0
      case .needsFacts: 1
      case .candidate: 2
      }
    }

    public var label: String {
      switch self {
      case .matched: "成立"
      case .needsFacts: "待查实"
      case .candidate: "仅供参考"
      }
    }
  }

  /// What an item was decided from.
  public enum Basis: String, Codable, CaseIterable, Sendable {
    /// A pattern of the item: the words say so.
    case pattern
    /// Likeness to the wording of labelled sentences: never more than `needsFacts`.
    case wording
  }

  /// Words of the finding that led here, by offset in Unicode scalars.
  public struct Evidence: Hashable, Sendable {
    public var start: Int
    public var end: Int
    public var text: String

    public init(start: Int, end: Int, text: String) {
      self.start = start
      self.end = end
      self.text = text
    }
  }

  private let shared: Shared<Violation>
  public var violation: Violation { shared.value }
  public var status: Status
  public var basis: Basis
  /// 0…1; comparable within one answer only.
  public var score: Double
  public var evidence: [Evidence]
  /// The law on the day of the act.
  public var position: LegalPosition
  /// The sanctions, those for the party asked about first.
  public var sanctions: [LegalPosition.Applicable]

  public var facts: KnownFacts

  init(
    _ violation: Shared<Violation>, status: Status, basis: Basis, score: Double, evidence: [Evidence],
    position: LegalPosition, sanctions: [LegalPosition.Applicable], facts: KnownFacts = KnownFacts()
  ) {
    shared = violation
    self.status = status
    self.basis = basis
    self.score = score
    self.evidence = evidence
    self.position = position
    self.sanctions = sanctions
    self.facts = facts
  }

  public var breached: [LegalPosition.Breached] { position.breached }
}

/// A large value that many answers hold: handing it on costs one count, not one for each of its parts.
final class Shared<Value: Sendable>: Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
