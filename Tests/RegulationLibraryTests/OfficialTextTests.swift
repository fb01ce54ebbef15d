import Enforcement
import EnforcementXML
import Testing

/// Official texts beside the checkout, read by the importer, and the versions of the library they are.
enum Official {
  static let sources: [(work: String, version: String, file: String)] =
    Checkout.text(Checkout.root + "/Tests/RegulationLibraryTests/Fixtures/official-texts.tsv").split(separator: "\n")
    .filter { !$0.hasPrefix("#") }
    .map { line in
      let parts = line.split(separator: "\t").map(String.init)
      return (parts[0], parts[1], parts[2])
    }

  static func text(_ file: String) -> OfficialText {
    StructureParser.parse(
      TextDocument(markdown: Checkout.text(Checkout.laws! + "/" + file)), file: file, name: TextImporter.name(ofFile: file))
  }

  static func version(_ source: (work: String, version: String, file: String)) -> Regulation.Version? {
    Checkout.rulebook.regulations.first { $0.iri.hasSuffix("/" + source.work) }?.version(named: source.version)
  }
}

@Suite struct OfficialTextTests {
  @Test(
    .enabled(if: Checkout.laws != nil, "no official texts beside the checkout: verified citations are not compared with them"),
    arguments: Official.sources.map(\.file))
  func whatIsVerifiedStandsInTheText(_ file: String) throws {
    let source = try #require(Official.sources.first { $0.file == file })
    let version = try #require(Official.version(source))
    let verification = Verification(of: version, against: Official.text(file), terms: Checkout.rulebook.terms)
    #expect(verification.claims.contains { $0.verdict == .confirmed })
    for claim in verification.claims where claim.verdict == .contradicted {
      let confidence = claim.sanction.map { version.sanctions[$0].confidence } ?? version.provision(at: claim.place)?.confidence
      #expect(confidence != .verified, "\(version.title)\(claim.place.eId) \(claim.kind) \(claim.digest): \(claim.found ?? "")")
    }
  }

  @Test func hundredsOfCitationsAreVerified() {
    var verified = 0
    for version in Checkout.contents.versions {
      func walk(_ provisions: [Provision]) {
        for provision in provisions {
          if provision.confidence == .verified { verified += 1 }
          walk(provision.children)
        }
      }
      walk(version.provisions)
    }
    #expect(verified > 300)
    #expect(Checkout.contents.versions.flatMap(\.sanctions).count { $0.confidence == .verified } > 200)
  }
}
