extension Rulebook {
  /// The items a finding shows, with the law of the day. Pure: same rulebook, same finding, same answer.
  public func assess(_ finding: Finding) -> Assessment {
    let reading = matcher.read(finding.text)
    let found = matcher.match(reading)
    guard !found.isEmpty else { return Assessment(finding: finding, matches: []) }
    var matches: [Match] = []
    matches.reserveCapacity(found.count)
    for item in found {
      let position = timelines[item.violation].position(on: finding.ended ?? finding.on)
      matches.append(
        Match(
          shared[item.violation], status: item.status, basis: item.basis, score: item.score,
          evidence: Self.evidence(item.evidence, in: finding.text), position: position,
          sanctions: position.sanctions(for: finding.party), facts: finding.facts))
    }
    // The words come first; a fact then rules an item out.
    if !finding.facts.isEmpty {
      for index in matches.indices where !matches[index].ruledOut.isEmpty { matches[index].status = .candidate }
      matches.sort { ($0.status.rank, -$0.score, $0.violation.id) < ($1.status.rank, -$1.score, $1.violation.id) }
    }
    return Assessment(finding: finding, matches: matches)
  }

  /// How the engine reads a text: for explaining an answer, and for writing patterns.
  public func reading(of text: String) -> [(concept: String, role: Concept.Role, state: Reading.State, text: String)] {
    var reading = matcher.read(text)
    reading.decideStates()
    return reading.words.map { word in
      let range = reading.range(word.start, word.end)
      return (
        matcher.conceptNames[Int(word.concept)], word.role, word.state,
        Self.evidence([range], in: text).first?.text ?? ""
      )
    }
  }

  /// What the wording model sees in a text, by name, and the items whose patterns fire; for training it.
  public func wordingFeatures(of text: String) -> (names: [String], fired: [Violation.ID]) {
    let (names, fired) = matcher.wordingFeatures(text)
    return (names, fired.map { violations[$0].id })
  }

  /// Ranks the items by BM25 alone for each text, for measuring it beside the rules.
  public func proposals(for texts: [String]) -> [[(item: Violation.ID, score: Double)]] {
    let proposer = Proposer(violations: violations, folding: matcher.folding)
    return texts.map { text in
      proposer.propose(matcher.folding.fold(text), limit: violations.count, floor: 0).map {
        (violations[$0.violation].id, $0.score)
      }
    }
  }

  /// The texts at those offsets, in one walk over the string.
  static func evidence(_ ranges: [Range<Int>], in text: String) -> [Match.Evidence] {
    var result: [Match.Evidence] = []
    result.reserveCapacity(ranges.count)
    var index = text.unicodeScalars.startIndex
    var offset = 0
    for range in ranges {
      index = text.unicodeScalars.index(index, offsetBy: range.lowerBound - offset)
      let end = text.unicodeScalars.index(index, offsetBy: range.count)
      result.append(
        Match.Evidence(start: range.lowerBound, end: range.upperBound, text: String(text.unicodeScalars[index..<end])))
      index = end
      offset = range.upperBound
    }
    return result
  }
}

extension LegalPosition {
  /// All sanctions, those that hit `party` first. 生产经营单位 covers an owner or contractor too.
  public func sanctions(for party: Party?) -> [Applicable] {
    guard let party, sanctions.contains(where: { !$0.sanction.party.contains(party) }) else { return sanctions }
    var ordered: [Applicable] = []
    ordered.reserveCapacity(sanctions.count)
    for applicable in sanctions where applicable.sanction.party.contains(party) { ordered.append(applicable) }
    for applicable in sanctions where !applicable.sanction.party.contains(party) { ordered.append(applicable) }
    return ordered
  }
}

extension Rulebook {
  /// The law of a violation on a day, without a finding; nil for an id that is not there.
  public func position(of id: Violation.ID, on date: CalendarDate) -> LegalPosition? {
    violations.firstIndex { $0.id == id }.map { timelines[$0].position(on: date) }
  }

  /// The sanctions at a place of a version, with their citation, as they stand there.
  public func sanctions(at place: ProvisionAddress.Place, of version: Regulation.Version, on date: CalendarDate)
    -> [LegalPosition.Applicable]
  {
    let resolver = PositionResolver(index: index, terms: terms)
    let inForce = version.sanctions.filter { sanction in
      sanction.place.map { place.contains($0) } ?? false && sanction.from.map { $0 <= date } ?? true
        && sanction.until.map { date <= $0 } ?? true
    }
    return inForce.map { sanction in
      LegalPosition.Applicable(
        citation: Citation.text(version, sanction.place),
        iri: "\(version.record.work)/zho@\(version.name)" + (sanction.place.map { "#" + $0.eId } ?? ""),
        sanction: sanction, requires: sanction.requires, fineNote: resolver.fineNote(sanction, on: date),
        borrowed: resolver.borrowed(sanction, on: date)?.figure, note: sanction.note)
    }
  }

  /// The violations that name the provision, or something inside it, as a duty or as a liability.
  public func violations(citing address: ProvisionAddress) -> [Violation] {
    func names(_ other: ProvisionAddress) -> Bool {
      guard other.work == address.work else { return false }
      guard let place = address.place else { return true }
      return other.place.map { place.contains($0) || $0.contains(place) } ?? false
    }
    return violations.filter { violation in
      violation.duties.contains { names($0.address) } || violation.liabilities.contains { names($0.address) }
    }
  }
}
