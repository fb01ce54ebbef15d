internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "看一项违法行为（D01）、一条（安全生产法第九十九条第五项，或者地址）、一部法规和它的各版本")

  @Argument(help: ArgumentHelp("编号、引用、地址或者法规名", valueName: "什么"))
  var what: [String]
  @OptionGroup var date: DateOptions
  @OptionGroup var who: PartyOptions
  @OptionGroup var texts: TextsOptions
  @Option(name: .long, help: "输出：text、json")
  var format: OutputFormat = .text
  @OptionGroup var rules: RulesOptions

  func run() throws {
    let date = try date.date()
    let party = try who.value()
    let rulebook = try rules.load()
    let what = what.joined(separator: " ")
    if let violation = rulebook.violation(Violation.ID(rawValue: what.uppercased())),
      let position = rulebook.position(of: violation.id, on: date)
    {
      return try show(violation, position, party, rulebook, date)
    }
    if let address = ProvisionAddress(what) ?? rulebook.citations.address(what, on: date) {
      return try show(address, rulebook, date)
    }
    if let regulation = rulebook.citations.work(titled: what, on: date) { return try show(regulation, rulebook) }
    if try showOfficial(what, rulebook, date) { return }
    throw RulebookError(.notFound, Self.unknown(what, rulebook))
  }

  /// What was meant, perhaps.
  static func unknown(_ what: String, _ rulebook: Rulebook) -> String {
    let names = rulebook.violations.map(\.id.rawValue) + rulebook.regulations.flatMap { [$0.title] + $0.current.shortTitles }
    if let near = Spelling.nearest(to: what, in: names) { return "没有“\(what)”；是不是“\(near)”？" }
    let hits = rulebook.search(what, limit: 3)
    if hits.isEmpty { return "没有“\(what)”；zhunsheng list violations 看全部编号，zhunsheng list regulations 看全部法规" }
    return "没有“\(what)”；相近的有：" + hits.map { "\($0.id)（\($0.title)）" }.joined(separator: "、")
  }

  private func show(
    _ violation: Violation, _ position: LegalPosition, _ party: Party?, _ rulebook: Rulebook, _ date: CalendarDate
  ) throws {
    if format != .text {
      return Terminal.write(
        try JSON.text(Documents.ViolationDocument(violation, position, party, rulebook, date), pretty: format == .json))
    }
    var layout = TextLayout()
    layout.paragraph(Style.bold("\(violation.id.rawValue) \(violation.name)"))
    layout.line("\(violation.category) \(rulebook.catalogue.name(of: violation.category))　按 \(date) 的法律")
    layout.line()
    for (title, text) in [
      ("是什么", violation.gist), ("看到什么", violation.seen), ("为什么危险", violation.danger), ("怎么查", violation.check),
      ("怎么拍", violation.photograph),
    ] {
      layout.paragraph(text, lead: title + "　")
    }
    layout.line("要件")
    for (number, element) in violation.elements.enumerated() { layout.paragraph(element.question, lead: "  \(number + 1). ") }
    LegalText(rulebook: rulebook).write(
      position, sanctions: position.sanctions(for: party), violation: violation, party: party, &layout)
    for (title, list) in [
      ("措施", violation.measures), ("证据", violation.evidence), ("文书", violation.documents.map(\.name)),
      ("机关", violation.authorities), ("说法", violation.keywords),
    ] {
      layout.paragraph(list.joined(separator: "；"), lead: title + "　")
    }
    for standard in violation.standards {
      layout.paragraph("\(standard.name)：\(standard.threshold)［\(standard.confidence.label)］", lead: "标准　")
    }
    layout.paragraph("\(violation.severity.level.label)。\(violation.severity.basis)", lead: "轻重　")
    if let temporal = violation.temporal { layout.paragraph(temporal, lead: "沿革　") }
    if let concurrence = violation.concurrence { layout.paragraph(concurrence, lead: "竞合　") }
    for confusable in violation.confusable { layout.paragraph("\(confusable.item.rawValue)：\(confusable.how)", lead: "易混　") }
    layout.line()
    Footer.write(rulebook, &layout)
    Terminal.write(layout.text)
  }

  private func show(_ address: ProvisionAddress, _ rulebook: Rulebook, _ date: CalendarDate) throws {
    // A work as a whole is shown with all its versions, whether or not one is in force.
    if address.place == nil, address.version == nil, let regulation = rulebook.index[address.work] {
      return try show(regulation, rulebook)
    }
    switch rulebook.index.resolve(address, on: date) {
    // The digest goes no further; an imported text may.
    case .unknownWork, .unknownPlace, .notInForce, .notEncoded:
      if try showOfficial(address, rulebook, date) { return }
    case .provision: break
    }
    switch rulebook.index.resolve(address, on: date) {
    case .unknownWork:
      throw RulebookError(.notFound, "\(address)：规则库里没有这部法规")
    case .unknownPlace(let regulation):
      let place = address.place.map { "第\(ChineseNumeral.text($0.article))条（\($0.eId)）" } ?? (address.version ?? "")
      throw RulebookError(
        .notFound, "《\(regulation.title)》的要旨里没有录 \(place)；zhunsheng show \(regulation.title) 看录了哪些条")
    case .notInForce(let regulation):
      throw RulebookError(
        .notFound,
        "《\(regulation.title)》在 \(date) 没有已录入的有效版本，不作推断；录入的版本：\(regulation.versions.map { "\($0.label)（\($0.name) 起）" }.joined(separator: "、"))"
      )
    case .notEncoded(let version):
      throw RulebookError(.notFound, "《\(version.title)》\(date) 适用\(version.label)，其中这一条没有录入，须查当时的原文")
    case .provision(let version, nil):
      if let regulation = rulebook.index[version.record.work] { try show(regulation, rulebook) }
    case .provision(let version, let provision?):
      try show(provision, version, address, rulebook, date)
    }
  }

  private func show(
    _ provision: Provision, _ version: Regulation.Version, _ address: ProvisionAddress, _ rulebook: Rulebook,
    _ date: CalendarDate
  ) throws {
    guard let place = provision.place else { return }
    let sanctions = rulebook.sanctions(at: place, of: version, on: date)
    let usedBy = rulebook.violations(citing: ProvisionAddress(work: address.work, place: address.place ?? place))
    let official = try official(at: place, of: version, rulebook)
    if format != .text {
      let document = Documents.ProvisionDocument(
        rulebook: rulebook.stamp, on: date, version: Documents.VersionEntry(version),
        provision: Documents.ProvisionEntry(provision, version),
        sanctions: sanctions.map(AssessmentReport.SanctionEntry.init), usedBy: usedBy.map(\.id.rawValue), official: official)
      return Terminal.write(try JSON.text(document, pretty: format == .json))
    }
    var layout = TextLayout()
    let legal = LegalText(rulebook: rulebook)
    layout.paragraph(Style.bold(Citation.text(version, place)))
    layout.line(
      "\(version.label)　\(version.from?.description ?? "施行日不详")起" + (version.until.map { "，\($0)止" } ?? "") + "　地址 #\(place.eId)")
    gists(of: provision, in: version, depth: 0, legal, &layout)
    if let official { write(official, &layout) }
    if !sanctions.isEmpty {
      layout.line("罚则")
      for applicable in sanctions { layout.paragraph(legal.line(applicable), lead: "  - ") }
    }
    if !usedBy.isEmpty {
      layout.paragraph(usedBy.map { "\($0.id.rawValue) \($0.name)" }.joined(separator: "；"), lead: "用到它的项　")
    }
    layout.line()
    Footer.write(rulebook, &layout)
    Terminal.write(layout.text)
  }

  // MARK: Official words

  /// The words at a place of a recorded version.
  private func official(
    at place: ProvisionAddress.Place, of version: Regulation.Version, _ rulebook: Rulebook
  ) throws -> Documents.OfficialEntry? {
    guard let library = try texts.libraryIfAny(), let regulation = rulebook.index[version.record.work],
      let found = try library.text(for: version, of: regulation), let piece = found.imported.text.piece(at: place.eId)
    else { return nil }
    return Documents.OfficialEntry(
      title: found.imported.text.title, version: found.imported.version, words: piece.lines, origins: found.imported.origins,
      isLater: found.isLater)
  }

  /// A citation that the rulebook cannot follow, in the imported texts.
  private func showOfficial(_ what: String, _ rulebook: Rulebook, _ date: CalendarDate) throws -> Bool {
    guard let library = try texts.libraryIfAny() else { return false }
    let grammar = CitationGrammar(index: RegulationIndex(library.uncoded(beside: rulebook.index)))
    guard let address = grammar.address(what, on: date) else { return false }
    return try showOfficial(address, rulebook, date)
  }

  private func showOfficial(_ address: ProvisionAddress, _ rulebook: Rulebook, _ date: CalendarDate) throws -> Bool {
    guard let place = address.place, let library = try texts.libraryIfAny(),
      let found = try library.text(of: address.work, on: date), let piece = found.text.piece(at: place.eId)
    else { return false }
    let entry = Documents.OfficialEntry(
      title: found.text.title, version: found.version, words: piece.lines, origins: found.origins, isLater: false)
    let citation = "《\(found.text.title)》" + found.text.citation(of: place)
    if format != .text {
      let document = Documents.OfficialDocument(
        on: date, citation: citation, address: ProvisionAddress(work: address.work, place: place).description, official: entry)
      Terminal.write(try JSON.text(document, pretty: format == .json))
      return true
    }
    var layout = TextLayout()
    layout.paragraph(Style.bold(citation))
    layout.line("\(found.version) 起的版本　规则库没有录这一处，只有导入的正文")
    write(entry, &layout)
    layout.line()
    Footer.write(rulebook, &layout)
    Terminal.write(layout.text)
    return true
  }

  private func write(_ official: Documents.OfficialEntry, _ layout: inout TextLayout) {
    for (number, line) in official.words.enumerated() { layout.paragraph(line, lead: number == 0 ? "原文　" : "      ") }
    layout.paragraph(
      official.origins.map(\.label).joined(separator: "；") + (official.isLater ? "；正文是 \(official.version) 的状态，比规则库录的版本晚" : ""),
      lead: "原文来自　")
  }

  private func gists(
    of provision: Provision, in version: Regulation.Version, depth: Int, _ legal: LegalText, _ layout: inout TextLayout
  ) {
    let place = provision.place.map { Citation.text(version, $0) } ?? ""
    let name = place.split(separator: "》").last.map(String.init) ?? ""
    if let gist = provision.summary {
      let lead = depth == 0 ? "要旨　" : String(repeating: "  ", count: depth) + name + "　"
      layout.paragraph(gist + (provision.confidence.map { legal.mark($0) } ?? ""), lead: lead)
    }
    for child in provision.children { gists(of: child, in: version, depth: depth + 1, legal, &layout) }
  }

  private func show(_ regulation: Regulation, _ rulebook: Rulebook) throws {
    if format != .text {
      return Terminal.write(try JSON.text(Documents.RegulationDocument(regulation, rulebook), pretty: format == .json))
    }
    let current = regulation.current
    var layout = TextLayout()
    layout.paragraph(Style.bold("《\(current.title)》"))
    layout.paragraph("\(current.kind.label)　\(current.record.issuer)" + (current.record.number.map { "　\($0)" } ?? ""))
    if !current.kind.canSetPenalty { layout.paragraph("规范性文件，不能作为行政处罚的依据（行政处罚法第十六条）。") }
    layout.paragraph(current.shortTitles.joined(separator: "、"), lead: "简称　")
    layout.paragraph(regulation.iri, lead: "地址　")
    layout.line("版本")
    for version in regulation.versions {
      let time = "\(version.from?.description ?? "？")～\(version.until?.description ?? "今")"
      layout.paragraph(
        "\(version.label)　\(time)\(version.precision == .day ? "" : "（施行日不确切）")　\(version.isEncoded ? "已录 \(version.provisions.count) 条" : "条文未录入")\(LegalText(rulebook: rulebook).mark(version.confidence))",
        lead: "  - ")
    }
    for note in current.notes { layout.paragraph(note, lead: "说明　") }
    layout.line("已录的条")
    for article in current.provisions { layout.paragraph(article.summary ?? "", lead: "  \(article.number ?? article.eId)　") }
    layout.line()
    Footer.write(rulebook, &layout)
    Terminal.write(layout.text)
  }
}
