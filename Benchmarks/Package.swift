// swift-tools-version: 6.2
import PackageDescription

let rules: [Target.Dependency] = [
  .product(name: "Enforcement", package: "zhunsheng"),
  .product(name: "EnforcementXML", package: "zhunsheng"),
  .product(name: "RegulationLibrary", package: "zhunsheng"),
]

let package = Package(
  name: "zhunsheng-benchmarks",
  platforms: [.macOS(.v15)],
  // The name is needed: without it the identity is that of the clone's folder.
  dependencies: [
    .package(name: "zhunsheng", path: ".."),
    // For SQLite's own tokenizer, to compare with.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: rules + [
        .product(name: "EnforcementCorpus", package: "zhunsheng"), .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .executableTarget(name: "evaluate", dependencies: rules),
    .executableTarget(name: "train", dependencies: rules),
    // What a Swift program costs that only prints.
    .executableTarget(name: "hello"),
  ],
  swiftLanguageModes: [.v6]
)
