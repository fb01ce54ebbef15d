import Testing

/// The arrows of the architecture: what each target may import.
@Suite struct ArchitectureTests {
  static let allowed: [String: Set<String>] = [
    "Sources/Enforcement": [],
    "Sources/XMLStream": ["CLibXML2"],
    "Sources/ZipArchive": ["CLibZip"],
    "Sources/EnforcementOffice": ["Enforcement", "XMLStream", "ZipArchive"],
    "Sources/EnforcementXML": ["Enforcement", "XMLStream", "Glibc", "Musl", "Darwin"],
    "Sources/EnforcementCorpus": ["Enforcement", "GRDB", "Synchronization"],
    "Regulations": ["Enforcement", "EnforcementXML", "Glibc", "Musl", "Darwin", "Foundation"],
    "Sources/ZhunshengCommands": [
      "ArgumentParser", "Enforcement", "EnforcementXML", "RegulationLibrary", "FoundationEssentials", "Synchronization", "Glibc",
      "Musl", "Darwin",
    ],
    "Sources/zhunsheng": ["ZhunshengCommands"],
    "Sources/zhunsheng-texts": ["Enforcement", "EnforcementCorpus", "EnforcementOffice", "ZhunshengCommands"],
  ]

  @Test(arguments: allowed.keys.sorted()) func importsGoOnlyDown(_ folder: String) {
    let files = Checkout.files(in: Checkout.root + "/" + folder, suffix: ".swift")
    #expect(!files.isEmpty)
    for file in files {
      for line in Checkout.text(file).split(separator: "\n") {
        let words = line.split(separator: " ").map(String.init)
        guard let position = words.firstIndex(of: "import"), position <= 2, !line.contains("///"), words.count > position + 1,
          words[..<position].allSatisfy({ ["internal", "public", "private", "package"].contains($0) || $0.hasPrefix("@") })
        else { continue }
        #expect(Self.allowed[folder]!.contains(words[position + 1]), "\(file): \(line)")
      }
    }
  }

  /// SwiftPM only warns about a file in Regulations/ that is neither declared nor excluded; here it fails.
  @Test func everyFileOfTheRulesIsDeclared() {
    let manifest = Checkout.text(Checkout.root + "/Package.swift")
    for path in Checkout.files(in: Checkout.regulations, suffix: "") {
      let first = String(path.dropFirst(Checkout.regulations.count + 1).split(separator: "/")[0])
      #expect(manifest.contains("\"\(first)\""), "\(first) is neither a resource nor excluded in Package.swift")
    }
  }
}
