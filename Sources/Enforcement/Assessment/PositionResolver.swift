/// Works out the law on a violation for every stretch of time, once, when a rulebook is made.
struct PositionResolver {
  let index: RegulationIndex
  let terms: Terms
  private(set) var diagnostics: [Diagnostic] = []

  private let factRanks: [Fact.ID: Int]
  /// By number of a fact: when it is asked; those without a rank of their own come last.
  private let askingRanks: [Int]
  private let changeDays: [String: Set<CalendarDate>]
  private let beginnings: [String: CalendarDate]

  init(index: RegulationIndex, terms: Terms) {
    self.index = index
    self.terms = terms
    factRanks = Dictionary(terms.factOrder.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    askingRanks = terms.factOrder.map { terms.facts[$0]?.rank ?? Int.max }
    beginnings = Dictionary(
      uniqueKeysWithValues: index.regulations.compactMap { regulation in
        Self.beginning(of: regulation).map { (regulation.iri, $0) }
      })
    // A provision that lends its figure from another law changes with that one, too.
    let own = Dictionary(uniqueKeysWithValues: index.regulations.map { ($0.iri, Self.changes(of: $0)) })
    var days = own
    for regulation in index.regulations {
      for work in Self.works(lendingTo: regulation) { days[regulation.iri]!.formUnion(own[work] ?? []) }
    }
    changeDays = days
  }

  mutating func timeline(of violation: Violation) -> Timeline {
    checkAddresses(of: violation)
    // What each address contributes changes only on the days of its own work; only that is worked out anew.
    let addresses = violation.duties.map(\.address) + violation.liabilities.map(\.address)
    let days = addresses.map { changeDays[$0.work] ?? [] }
    let starts = days.reduce(into: Set()) { $0.formUnion($1) }.sorted()
    let before = (starts.first ?? CalendarDate(daysSince1970: 0)).adding(days: -1)
    var pieces = addresses.indices.map { piece($0, of: violation, on: before) }
    let names = addresses.map(\.work)
    var positions = [compose(pieces, of: names)]
    for start in starts {
      for index in addresses.indices where days[index].contains(start) {
        pieces[index] = piece(index, of: violation, on: start)
      }
      positions.append(compose(pieces, of: names))
    }
    return Timeline(starts: starts, positions: positions)
  }

  /// The works that sanctions of this one take their figures from.
  private static func works(lendingTo regulation: Regulation) -> Set<String> {
    var works: Set<String> = []
    for version in regulation.versions {
      for sanction in version.sanctions {
        guard let source = sanction.amountSource, case .provision(let address) = source else { continue }
        if address.work != regulation.iri { works.insert(address.work) }
      }
    }
    return works
  }

  /// The days on which what stands in a regulation may change.
  private static func changes(of regulation: Regulation) -> Set<CalendarDate> {
    var days: Set<CalendarDate> = []
    for version in regulation.versions {
      if let from = version.from { days.insert(from) }
      if let until = version.until { days.insert(until.adding(days: 1)) }
      for sanction in version.sanctions {
        if let from = sanction.from { days.insert(from) }
        if let until = sanction.until { days.insert(until.adding(days: 1)) }
      }
    }
    return days
  }

  /// What one duty or one liability contributes.
  private func piece(_ number: Int, of violation: Violation, on date: CalendarDate) -> LegalPosition {
    var piece = LegalPosition(breached: [], sanctions: [], missingFacts: [], notEncoded: [])
    if number < violation.duties.count {
      let duty = violation.duties[number]
      switch index.resolve(duty.address, on: date) {
      case .provision(let version, let provision):
        piece.breached.append(
          LegalPosition.Breached(
            citation: Citation.text(version, provision?.place), iri: iri(version, provision?.place),
            gist: provision?.summary ?? version.title,
            confidence: min(duty.confidence, provision?.confidence ?? duty.confidence), note: Self.note(duty.note, version)))
      case let other: note(other, duty.address, on: date, in: &piece)
      }
    } else {
      let liability = violation.liabilities[number - violation.duties.count]
      switch index.resolve(liability.address, on: date) {
      case .provision(let version, let provision):
        append(liability, version, provision?.place, on: date, to: &piece)
      case let other: note(other, liability.address, on: date, in: &piece)
      }
    }
    return piece
  }

  private func compose(_ pieces: [LegalPosition], of works: [String]) -> LegalPosition {
    var position = LegalPosition(breached: [], sanctions: [], missingFacts: [], notEncoded: [])
    var ranks: [Int] = []
    var counts: [Int: Int] = [:]
    for piece in pieces {
      position.breached += piece.breached
      position.sanctions += piece.sanctions
      for gap in piece.notEncoded where !position.notEncoded.contains(gap) { position.notEncoded.append(gap) }
      for applicable in piece.sanctions {
        for fact in applicable.requires {
          guard let rank = factRanks[fact] else { continue }
          if counts[rank] == nil { ranks.append(rank) }
          counts[rank, default: 0] += 1
        }
      }
    }
    // Nothing of all that the item rests on was law on that day: what was before it is not recorded.
    if position.breached.isEmpty, position.sanctions.isEmpty, position.notEncoded.isEmpty, let work = works.first {
      position.notEncoded.append(
        LegalPosition.NotEncoded(
          citation: "《\(index[work]?.title ?? work)》", reason: "行为日还没有施行；更早的规定没有录入，不作推断"))
    }
    // What kind of work and of party it is comes first, then what most sanctions wait for.
    let keys = ranks.map { (askingRanks[$0], -(counts[$0] ?? 0), $0) }.sorted { $0 < $1 }
    position.missingFacts = keys.compactMap { terms.facts[terms.factOrder[$0.2]] }
    return position
  }

  /// An address that means nothing on any day would silently vanish from every answer.
  private mutating func checkAddresses(of violation: Violation) {
    func report(_ rule: String, _ line: Int, _ message: String, _ fix: String) {
      diagnostics.append(Diagnostic(rule: rule, file: violation.file, line: line, message: message, fix: fix))
    }
    let places =
      violation.duties.map { ($0.address, $0.line) } + violation.liabilities.map { ($0.address, $0.line) }
    for (address, line) in places {
      guard let regulation = index[address.work] else {
        report("address.unresolved", line, "规则库里没有这部法规：\(address.work)", "改正地址，或者在 library/ 里补上这部法规")
        continue
      }
      let versions = address.version.map { name in regulation.versions.filter { $0.name == name } } ?? regulation.versions
      if versions.isEmpty {
        report("address.unresolved", line, "《\(regulation.title)》没有 \(address.version ?? "") 这个版本", "改正 @ 后面的日期")
      } else if let place = address.place, !versions.contains(where: { $0.provision(at: place) != nil }) {
        report(
          "address.unresolved", line, "《\(regulation.title)》的各版本里都没有 \(place.eId)", "改正地址，或者在该法规文件里补上这一条款项")
      }
    }
    for liability in violation.liabilities {
      guard let regulation = index[liability.address.work] else { continue }
      if !regulation.kind.canSetPenalty {
        report(
          "liability.normative", liability.line, "《\(regulation.title)》是规范性文件，不得作为处罚依据（行政处罚法第十六条）",
          "删去这一条 <liability>；没有其他处罚依据的，写 <noDirectPenalty>")
      }
    }
  }

  private func append(
    _ liability: Violation.Liability, _ version: Regulation.Version, _ place: ProvisionAddress.Place?,
    on date: CalendarDate, to position: inout LegalPosition
  ) {
    for number in version.sanctions.indices where version.sanctions[number].place == place {
      var sanction = version.sanctions[number]
      guard liability.tiers.isEmpty || liability.tiers.contains(sanction.tier) else { continue }
      if let from = sanction.from, date < from { continue }
      if let until = sanction.until, until < date { continue }
      if !liability.party.isEmpty { sanction.party = sanction.party.filter { liability.party.contains($0) } }
      let borrowed = borrowed(sanction, on: date)
      var requires = sanction.requires + liability.requires.filter { !sanction.requires.contains($0) }
      // The figure comes with what it hangs on.
      if let lender = borrowed?.lender { requires += lender.requires.filter { !requires.contains($0) } }
      position.sanctions.append(
        LegalPosition.Applicable(
          citation: Citation.text(version, place), iri: iri(version, place), source: liability.address,
          sanction: sanction, requires: requires, fineNote: fineNote(sanction, on: date), borrowed: borrowed?.figure,
          note: Self.note(liability.note ?? sanction.note, version)))
    }
  }

  /// The remark, and that the day the version took effect is not known exactly, where it is not.
  private static func note(_ note: String?, _ version: Regulation.Version) -> String? {
    guard version.precision != .day else { return note }
    return [note, "施行日不确切，按最晚可能的一天计，须核对"].compactMap { $0 }.joined(separator: "；")
  }

  /// Why a fine has no figure here, in words; nil when it has one or none is imposed.
  func fineNote(_ sanction: Sanction, on date: CalendarDate) -> String? {
    guard sanction.imposesFine, sanction.fine == nil else { return nil }
    switch sanction.amountSource {
    case .provision(let address)?:
      if case .provision(let version, let provision) = index.resolve(address, on: date) {
        return "本条不定数额，依\(Citation.text(version, provision?.place))定额"
      }
      return "本条不定数额，所指向的条文在该日未录入"
    case .reason(let reason)?: return terms.label(reason.rawValue, in: "amount-by")
    case nil:
      return sanction.responsibleFine == nil ? "条文没有数额，须另找定额依据，找不到不得罚款" : nil
    }
  }

  /// The figure of the provision that this one sends to, where one under the same condition stands there.
  func borrowed(
    _ sanction: Sanction, on date: CalendarDate
  ) -> (figure: LegalPosition.Applicable.Borrowed, lender: Sanction)? {
    guard sanction.imposesFine, sanction.fine == nil, case .provision(let address)? = sanction.amountSource,
      case .provision(let version, let provision) = index.resolve(address, on: date)
    else { return nil }
    let there = version.sanctions.filter { other in
      other.place == provision?.place && other.fine != nil && other.from.map { $0 <= date } ?? true
        && other.until.map { date <= $0 } ?? true
    }
    let same = there.filter { $0.condition == sanction.condition }
    guard let lender = same.count == 1 ? same[0] : there.count == 1 ? there[0] : nil, let fine = lender.fine else { return nil }
    return (LegalPosition.Applicable.Borrowed(citation: Citation.text(version, provision?.place), fine: fine), lender)
  }

  private func note(
    _ resolution: RegulationIndex.Resolution, _ address: ProvisionAddress, on date: CalendarDate,
    in position: inout LegalPosition
  ) {
    switch resolution {
    case .notEncoded(let version):
      position.notEncoded.append(
        LegalPosition.NotEncoded(
          citation: "《\(version.title)》（\(version.label)）",
          reason: "行为日适用的是\(version.label)，其中对应的条款没有录入，须查当时的原文"))
    case .notInForce(let regulation) where beginnings[regulation.iri].map({ date < $0 }) ?? false: break
    case .notInForce(let regulation):
      // Bound to one version, it is simply not the law on other days; nor is a repealed instrument after its end.
      let isRepealed = regulation.current.until.map { $0 < date } ?? false
      guard address.version == nil, !isRepealed else { return }
      position.notEncoded.append(
        LegalPosition.NotEncoded(citation: "《\(regulation.title)》", reason: "行为日没有已录入的有效版本，不作推断"))
    case .unknownPlace, .unknownWork, .provision: break
    }
  }

  /// The day before which an instrument was not yet made, or made and not yet in force: until then it is simply not the law,
  /// and nothing is missing.
  private static func beginning(of regulation: Regulation) -> CalendarDate? {
    guard let from = regulation.versions.first?.from,
      let adopted = regulation.iri.split(separator: "/").dropFirst(4).first.flatMap({ CalendarDate(String($0)) })
    else { return nil }
    // The first version we know is the one that was adopted then, not a later one.
    return from.daysSince1970 - adopted.daysSince1970 < 730 ? from : adopted
  }

  private func iri(_ version: Regulation.Version, _ place: ProvisionAddress.Place?) -> String {
    "\(version.record.work)/zho@\(version.name)" + (place.map { "#" + $0.eId } ?? "")
  }
}
