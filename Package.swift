// swift-tools-version: 6.2
import PackageDescription

// The arrows of the architecture (docs/architecture.md). An arrow never goes up or sideways,
// with one exception: RegulationLibrary → EnforcementXML.
//
//   4  zhunsheng   zhunsheng-texts → ZhunshengCommands
//   3  RegulationLibrary → EnforcementXML   EnforcementOffice   EnforcementCorpus
//   2  XMLStream ── CLibXML2   ZipArchive ── CLibZip   (GRDB)
//   1  Enforcement            (standard library only)

let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

// Everything under Regulations/ that is data. `ArchitectureTests` fails when a file or folder
// there is neither listed here nor excluded: SwiftPM itself only warns.
let regulationData = [
  "benchmarks", "calendar", "library", "procedure", "schema", "violations", "catalogue.xml", "circumstances.xml",
  "concurrence.xml", "lexicon.xml", "rulebook.xml", "terms.xml", "wording.xml",
]

let package = Package(
  name: "zhunsheng",
  platforms: [.macOS(.v15), .iOS(.v18)],
  products: [
    .library(name: "Enforcement", targets: ["Enforcement"]),
    .library(name: "EnforcementOffice", targets: ["EnforcementOffice"]),
    .library(name: "EnforcementCorpus", targets: ["EnforcementCorpus"]),
    .library(name: "EnforcementXML", targets: ["EnforcementXML"]),
    .library(name: "RegulationLibrary", targets: ["RegulationLibrary"]),
    .library(name: "XMLStream", targets: ["XMLStream"]),
    .library(name: "ZipArchive", targets: ["ZipArchive"]),
    .executable(name: "zhunsheng", targets: ["zhunsheng"]),
    .executable(name: "zhunsheng-texts", targets: ["zhunsheng-texts"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .target(name: "Enforcement", swiftSettings: settings),

    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .target(name: "XMLStream", dependencies: ["CLibXML2"], swiftSettings: settings),

    .systemLibrary(
      name: "CLibZip", pkgConfig: "libzip",
      providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    .target(name: "ZipArchive", dependencies: ["CLibZip"], swiftSettings: settings),

    .target(name: "EnforcementXML", dependencies: ["Enforcement", "XMLStream"], swiftSettings: settings),
    .target(name: "EnforcementOffice", dependencies: ["Enforcement", "XMLStream", "ZipArchive"], swiftSettings: settings),
    .target(
      name: "RegulationLibrary", dependencies: ["Enforcement", "EnforcementXML"], path: "Regulations",
      exclude: ["README.md", "training"], sources: ["RegulationLibrary.swift"],
      resources: regulationData.map { .copy($0) }, swiftSettings: settings),

    .target(
      name: "EnforcementCorpus", dependencies: ["Enforcement", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings),

    // The command line without the two above, which cost every start; `zhunsheng` hands over to `zhunsheng-texts`.
    .target(
      name: "ZhunshengCommands",
      dependencies: [
        "Enforcement", "EnforcementXML", "RegulationLibrary", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(name: "zhunsheng", dependencies: ["ZhunshengCommands"], swiftSettings: settings),
    .executableTarget(
      name: "zhunsheng-texts", dependencies: ["Enforcement", "EnforcementCorpus", "EnforcementOffice", "ZhunshengCommands"],
      swiftSettings: settings),

    .testTarget(name: "EnforcementTests", dependencies: ["Enforcement"], swiftSettings: settings),
    .testTarget(name: "XMLStreamTests", dependencies: ["XMLStream"], swiftSettings: settings),
    .testTarget(
      name: "OfficeTests", dependencies: ["Enforcement", "EnforcementOffice", "ZipArchive"], swiftSettings: settings),
    .testTarget(
      name: "RegulationLibraryTests", dependencies: ["Enforcement", "EnforcementXML", "RegulationLibrary"],
      exclude: ["Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "CommandLineTests", dependencies: ["Enforcement", "EnforcementXML", "ZipArchive", "zhunsheng", "zhunsheng-texts"],
      swiftSettings: settings),
    .testTarget(
      name: "CorpusTests",
      dependencies: ["Enforcement", "EnforcementCorpus", "EnforcementXML", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
