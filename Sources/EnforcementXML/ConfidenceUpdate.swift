public import Enforcement

/// Writes the outcome of a verification into a file of the library: `confidence` of sanctions and provisions.
public enum ConfidenceUpdate {
  /// Raised to `verified` is what the text confirms in every claim; lowered to `memory` what it contradicts in one. What is
  /// unclear stays as it was. Nothing but the attribute changes.
  ///
  /// - Returns: the file, and what was changed, for people.
  public static func apply(_ report: VerificationReport, to file: String) -> (file: String, changes: [String]) {
    var lines = file.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var changes: [String] = []
    func set(_ index: Int, _ name: String, _ value: Confidence, _ what: String) {
      guard let start = lines[index].firstRange(of: name + "=\""),
        let end = lines[index][start.upperBound...].firstIndex(of: "\"")
      else { return }
      let old = String(lines[index][start.upperBound..<end])
      guard old != value.rawValue else { return }
      lines[index].replaceSubrange(start.upperBound..<end, with: value.rawValue)
      changes.append("\(what)　\(old) → \(value.rawValue)")
    }
    for (_, claims) in Dictionary(grouping: report.claims.filter { $0.tier != nil && $0.line > 0 }, by: \.line).sorted(by: {
      $0.key < $1.key
    }) {
      // Whom it is for is often not said by the clause itself; that alone holds nothing back.
      guard let value = outcome(claims.filter { $0.kind != "party" || $0.verdict != "unclear" }),
        lines.indices.contains(claims[0].line - 1)
      else { continue }
      set(claims[0].line - 1, " confidence", value, "\(claims[0].citation)（\(claims[0].tier!)）")
    }
    for (address, claims) in Dictionary(grouping: report.claims.filter { $0.tier == nil }, by: \.address).sorted(by: {
      $0.key < $1.key
    }) {
      guard let value = outcome(claims), let index = lines.firstIndex(where: { $0.contains("eId=\"\(address)\"") }) else {
        continue
      }
      set(index, "z:confidence", value, claims[0].citation)
    }
    return (lines.joined(separator: "\n"), changes)
  }

  private static func outcome(_ claims: [VerificationReport.ClaimEntry]) -> Confidence? {
    if claims.contains(where: { $0.verdict == "contradicted" }) { return .memory }
    return !claims.isEmpty && claims.allSatisfy { $0.verdict == "confirmed" } ? .verified : nil
  }
}
