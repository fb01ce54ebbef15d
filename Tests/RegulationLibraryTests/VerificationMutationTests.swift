import Enforcement
import EnforcementXML
import Testing

/// Errors planted in the digest, one at a time, are all found: wrong articles, figures, conditions and parties.
///
/// Planted is only where the unspoilt digest is confirmed in that very claim: what `verify` calls unclear it never vouched for.
@Suite(.enabled(if: Checkout.laws != nil, "no official texts beside the checkout: no errors are planted"))
struct VerificationMutationTests {
  struct Spoilt {
    var what: String
    var version: Regulation.Version
    /// What of the verification has to speak up.
    var isFound: (Verification) -> Bool
  }

  /// What was already said before anything was spoilt.
  struct Known: Hashable {
    var kind: Verification.Claim.Kind
    var place: ProvisionAddress.Place
    var found: String?

    init(_ claim: Verification.Claim) {
      kind = claim.kind
      place = claim.place
      found = claim.found
    }
  }

  @Test func plantedErrorsAreFound() throws {
    var planted: [String: Int] = [:]
    var missed: [String] = []
    for source in Official.sources {
      let version = try #require(Official.version(source))
      let text = Verification.Source(Official.text(source.file))
      let clean = Verification(of: version, against: text, terms: Checkout.rulebook.terms)
      for spoilt in Self.spoil(version, clean, text) {
        planted[String(spoilt.what.prefix(2)), default: 0] += 1
        let verification = Verification(of: spoilt.version, against: text, terms: Checkout.rulebook.terms)
        if !spoilt.isFound(verification) { missed.append("\(version.title) \(spoilt.what)") }
      }
    }

    #expect(planted.values.reduce(0, +) >= 200)
    #expect(missed.isEmpty)
  }

  private static func spoil(_ version: Regulation.Version, _ clean: Verification, _ text: Verification.Source) -> [Spoilt] {
    var result: [Spoilt] = []
    let known = Set(clean.claims.filter { $0.verdict != .confirmed }.map(Known.init))
    for (number, sanction) in version.sanctions.enumerated() {
      let claims = clean.claims.filter { $0.sanction == number }
      guard let place = sanction.place, !claims.isEmpty, claims.allSatisfy({ $0.verdict != .contradicted }) else { continue }
      func change(_ what: String, _ body: (inout Sanction) -> Void) {
        var version = version
        body(&version.sanctions[number])
        guard version.sanctions[number] != sanction else { return }
        // Only the articles concerned: the others say the same as before.
        let articles = Set([place.article, version.sanctions[number].place!.article])
        version.provisions = version.provisions.filter { $0.place.map { articles.contains($0.article) } ?? false }
        let spoilt = version.sanctions[number]
        let others = version.sanctions.enumerated().filter {
          $0.offset != number && $0.element.place.map { articles.contains($0.article) } ?? false
        }
        version.sanctions = [spoilt] + others.map(\.element)
        result.append(
          Spoilt(what: "\(what) \(place.eId) \(sanction.tier)", version: version) { verification in
            verification.claims.contains { claim in
              claim.verdict != .confirmed && (claim.sanction == 0 || claim.kind == .missing)
                && !known.contains(Known(claim))
            }
          })
      }
      if claims.contains(where: { $0.kind == .fine && $0.verdict == .confirmed }), sanction.fine?.maximum != nil,
        sanction.amountSource == nil
      {
        change("数额 上限") { $0.fine!.maximum! *= 2 }
        change("数额 下限") { $0.fine!.minimum = $0.fine!.minimum.map { $0 / 2 } ?? 1000 }
        change("情形 换") { $0.condition = $0.condition == .overdue ? .atOnce : .overdue }
        for step in [-1, 1] {
          var moved = place
          moved.article += step
          change("条号 \(step)") { $0.place = moved }
        }
      }
      let sides = claims.filter { $0.kind == .party && $0.verdict == .confirmed && $0.digest.contains("罚") }
      if sides.count == 1, sanction.responsibleFine == nil {
        change("对象 换") { sanction in
          for index in sanction.kinds.indices { sanction.kinds[index].to = [] }
          sanction.party = sides[0].digest.hasSuffix("单位") ? [.individual] : [.contractor, .unit]
        }
      }
    }
    // A provision at its neighbour's number.
    for claim in clean.claims where claim.kind == .gist && claim.verdict == .confirmed && claim.place.paragraph == nil {
      for step in [-1, 1] {
        var version = version
        guard let index = version.provisions.firstIndex(where: { $0.place == claim.place }), claim.place.insertion == nil,
          claim.place.article + step > 0
        else { continue }
        let old = version.provisions[index]
        let moved = "art_\(claim.place.article + step)"
        version.provisions[index] = Provision(
          kind: old.kind, eId: moved, number: old.number, heading: old.heading, gist: old.gist, confidence: old.confidence)
        version.provisions = [version.provisions[index]]
        version.sanctions = []
        let place = ProvisionAddress.Place(moved)!
        let summary = old.summary
        result.append(
          Spoilt(what: "要旨 \(claim.place.eId) \(step)", version: version) { verification in
            verification.claims.contains {
              $0.place == place && $0.sanction == nil && $0.verdict != .confirmed && ($0.digest == summary || $0.kind == .address)
            }
          })
      }
    }
    return result
  }
}
