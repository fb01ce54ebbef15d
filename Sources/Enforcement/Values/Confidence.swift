/// How sure a statement of the digest is. It travels with every citation to the last page.
public enum Confidence: String, Codable, CaseIterable, Comparable, Sendable {
  /// Found in an official text, at that address, with that figure.
  case verified
  /// Seen quoted in a secondary source only (摘录).
  case excerpt
  /// From memory; the official text was not at hand (从记忆).
  case memory

  private var rank: Int {
    switch self {
    case .memory: 0
    case .excerpt: 1
    case .verified: 2
    }
  }

  /// Less sure sorts first: `min` of several is what an answer resting on all of them may claim.
  public static func < (lhs: Confidence, rhs: Confidence) -> Bool { lhs.rank < rhs.rank }

  /// What an officer reads.
  public var label: String {
    switch self {
    case .verified: "已核对原文"
    case .excerpt: "仅见摘录，签发前须核对原文"
    case .memory: "凭记忆，签发前须核对原文"
    }
  }
}
