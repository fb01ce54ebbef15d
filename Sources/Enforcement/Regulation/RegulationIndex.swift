/// All regulations, by work, with the one way from an address and a day to a provision.
public struct RegulationIndex: Sendable {
  /// In the order of their IRIs.
  public let regulations: [Regulation]
  private let byWork: [String: Int]

  public init(_ versions: [Regulation.Version]) {
    let groups = Dictionary(grouping: versions, by: \.record.work)
    regulations = groups.keys.sorted().map { work in
      Regulation(iri: work, versions: groups[work]!.sorted(by: Self.earlier))
    }
    byWork = Dictionary(uniqueKeysWithValues: regulations.enumerated().map { ($1.iri, $0) })
  }

  private static func earlier(_ left: Regulation.Version, _ right: Regulation.Version) -> Bool {
    switch (left.from, right.from) {
    case (let left?, let right?): left < right
    case (nil, _?): true
    case (_?, nil): false
    case (nil, nil): left.name < right.name
    }
  }

  public subscript(work: String) -> Regulation? { byWork[work].map { regulations[$0] } }

  /// What an address means on a day.
  public enum Resolution: Sendable {
    /// In force, and recorded. `provision` is nil when the address names the work as a whole.
    case provision(Regulation.Version, Provision?)
    /// A version is in force whose provisions are not recorded, or which does not record this one.
    case notEncoded(Regulation.Version)
    /// No known version is in force on that day: before the first, or after the last.
    case notInForce(Regulation)
    case unknownWork
    /// The address exists in no version of the work.
    case unknownPlace(Regulation)
  }

  /// Follows an address to the version in force on `date`. An address without a version speaks of the current version;
  /// an older one is reached by its correspondences, or under the same number where none is given and it stands there.
  public func resolve(_ address: ProvisionAddress, on date: CalendarDate) -> Resolution {
    guard let regulation = self[address.work] else { return .unknownWork }
    if let name = address.version {
      guard let version = regulation.version(named: name) else { return .unknownPlace(regulation) }
      guard let place = address.place else {
        return version.isInForce(on: date) ? .provision(version, nil) : .notInForce(regulation)
      }
      guard let provision = version.provision(at: place) else { return .unknownPlace(regulation) }
      return version.isInForce(on: date) ? .provision(version, provision) : .notInForce(regulation)
    }
    guard let place = address.place else {
      return regulation.version(on: date).map { .provision($0, nil) } ?? .notInForce(regulation)
    }
    let home = regulation.versions.last { $0.provision(at: place) != nil && !$0.isCorrespondenceSource(place) }
    guard let home else { return .unknownPlace(regulation) }
    guard let version = regulation.version(on: date) else { return .notInForce(regulation) }
    if version.name == home.name { return .provision(version, home.provision(at: place)) }
    guard version.isEncoded else { return .notEncoded(version) }
    // What the older version calls it.
    if let back = version.correspondences.first(where: { $0.to == place && $0.version == home.name }) {
      return .provision(version, version.provision(at: back.from) ?? nil)
    }
    return .notEncoded(version)
  }
}

extension Regulation.Version {
  /// Whether this version says that the place is called otherwise later.
  fileprivate func isCorrespondenceSource(_ place: ProvisionAddress.Place) -> Bool {
    correspondences.contains { $0.from == place }
  }
}
