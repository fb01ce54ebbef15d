/// A verification as it is published (`zhunsheng/verify/1`): one version beside one text.
public struct VerificationReport: Codable, Sendable {
  public struct ClaimEntry: Codable, Sendable {
    public var kind: String
    public var address: String
    public var citation: String
    public var tier: String?
    public var confidence: String
    public var verdict: String
    public var digest: String
    public var found: String?
    /// The official words at the place, for what is not confirmed.
    public var words: String?
    public var line: Int
  }

  public var title: String
  public var version: String
  public var file: String
  /// The text is a later state of the law than the version recorded.
  public var isLater: Bool
  /// Where the text came from; several files for a code that comes in parts.
  public var origins: [TextOrigin]
  public var state: CalendarDate?
  public var counts: [String: Int]
  public var claims: [ClaimEntry]
}

extension VerificationReport {
  public init(
    _ verification: Verification, _ version: Regulation.Version, text: OfficialText, origins: [TextOrigin], isLater: Bool
  ) {
    title = version.title
    self.version = version.name
    file = version.file
    self.isLater = isLater
    self.origins = origins
    state = text.stateOf
    counts = Dictionary(
      Verification.Verdict.allCases.map { verdict in (verdict.rawValue, verification.claims.count { $0.verdict == verdict }) },
      uniquingKeysWith: { first, _ in first })
    claims = verification.claims.map { claim in
      let sanction = claim.sanction.map { version.sanctions[$0] }
      let confidence = sanction?.confidence ?? version.provision(at: claim.place)?.confidence ?? version.confidence
      return ClaimEntry(
        kind: claim.kind.rawValue, address: claim.place.eId, citation: Citation.text(version, claim.place), tier: sanction?.tier,
        confidence: confidence.rawValue, verdict: claim.verdict.rawValue, digest: claim.digest, found: claim.found,
        words: claim.verdict == .confirmed ? nil : verification.words(at: claim.place), line: claim.line)
    }
  }
}
