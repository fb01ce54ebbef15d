/// What a newer text of a law changes for the digest (修法的影响): each recorded provision and sanction whose words changed,
/// moved or went, with the violations that rest on it.
public struct TextImpact: Codable, Sendable {
  public struct Affected: Codable, Sendable {
    public var address: String
    public var citation: String
    /// renumbered, changed, removed — or `unrecorded`, where the old text does not have the place.
    public var change: String
    /// Where it stands in the newer text.
    public var newAddress: String?
    public var newCitation: String?
    public var runs: [TextComparison.Run]
    public var gist: String?
    /// Tiers of the sanctions at that place.
    public var sanctions: [String]
    public var items: [String]
  }

  public var work: String
  public var title: String
  public var from: String
  public var to: String
  public var affected: [Affected]
  public var unaffected: Int

  /// - Parameters:
  ///   - version: what the digest records.
  ///   - old: its words.
  ///   - new: the newer text.
  public init(_ version: Regulation.Version, old: OfficialText, new: OfficialText, to: String, in rulebook: Rulebook) {
    work = version.record.work
    title = version.title
    from = version.name
    self.to = to
    let comparison = TextComparison(old, new)
    var places: [ProvisionAddress.Place] = []
    func walk(_ provisions: [Provision]) {
      for provision in provisions {
        if let place = provision.place { places.append(place) }
        walk(provision.children)
      }
    }
    walk(version.provisions)
    places += version.sanctions.compactMap(\.place).filter { !places.contains($0) }
    var affected: [Affected] = []
    var same = 0
    let recorded = Set(places)
    for place in recorded.sorted() {
      // An article of one paragraph says what its paragraph says.
      var only = place
      only.paragraph = 1
      if place.paragraph == nil, recorded.contains(only), old.piece(at: place.eId)?.children.count == 1 { continue }
      let fate = comparison.fate(of: place)
      if fate?.kind == .same {
        same += 1
        continue
      }
      let newPlace = fate?.new.flatMap { ProvisionAddress.Place($0) }
      let items = rulebook.violations(citing: ProvisionAddress(work: version.record.work, place: place))
      affected.append(
        Affected(
          address: ProvisionAddress(work: version.record.work, place: place).description, citation: Citation.text(version, place),
          change: fate?.kind.rawValue ?? "unrecorded",
          newAddress: newPlace.map { ProvisionAddress(work: version.record.work, version: to, place: $0).description },
          newCitation: newPlace.map { "《\(new.title)》" + new.citation(of: $0) }, runs: fate?.runs ?? [],
          gist: version.provision(at: place)?.summary,
          sanctions: version.sanctions.filter { $0.place == place }.map(\.tier), items: items.map(\.id.rawValue)))
    }
    self.affected = affected
    unaffected = same
  }
}
