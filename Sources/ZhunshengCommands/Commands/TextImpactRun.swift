internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

/// `impact --work`: a newly imported text against what rests on the version before it.
struct TextImpactRun {
  let work: String
  let day: CalendarDate
  let records: [String]
  let format: OutputFormat
  let texts: TextsOptions
  let rules: RulesOptions

  private struct Document: Encodable {
    struct RuleFile: Encodable {
      var file: String
      var line: Int
      var address: String
    }

    struct Record: Encodable {
      var file: String
      var addresses: [String]
    }

    var schema = "zhunsheng/text-impact/1"
    var rulebook: AssessmentReport.RulebookStamp
    var impact: TextImpact
    /// Rule files that name an affected place: violations, procedure, benchmarks, templates, lint rules.
    var ruleFiles: [RuleFile]
    /// Recorded decisions whose answer rests on one.
    var records: [Record]
  }

  func run() throws {
    let rulebook = try rules.load()
    let library = try texts.library()
    guard let regulation = rulebook.citations.work(titled: work, on: day) else {
      throw RulebookError(.notFound, ShowCommand.unknown(work, rulebook))
    }
    guard let version = regulation.version(on: day), version.isEncoded else {
      throw RulebookError(.notFound, "《\(regulation.title)》在 \(day) 的版本规则库没有录条文，没有要旨会受影响；可以用 --on 换一天")
    }
    guard let old = try library.text(for: version, of: regulation) else {
      throw RulebookError(.notFound, "没有导入《\(version.title)》\(version.name) 版的正文，比不出改了什么；请先导入，或者用 zhunsheng verify 拿新版核对要旨")
    }
    guard let new = try library.texts(of: regulation.iri).last, new.version > old.imported.version else {
      throw RulebookError(.notFound, "没有比《\(version.title)》\(old.imported.version) 更新的正文；请先用 zhunsheng import 导入新版")
    }
    let impact = TextImpact(version, old: old.imported.text, new: new.text, to: new.version, in: rulebook)
    let places = impact.affected.compactMap { ProvisionAddress($0.address)?.place }
    func touches(_ place: ProvisionAddress.Place) -> Bool { places.contains { $0 == place || place.contains($0) } }
    let ruleFiles = try RegulationLibrary.folder(named: rules.regulations).references(to: regulation.iri).filter {
      touches($0.place)
    }
    let recorded = try records.map { path in
      let addresses = Self.addresses(in: try Records.answer(try Records.read(path))).filter {
        $0.work == regulation.iri && ($0.place.map(touches) ?? false)
      }
      return Document.Record(file: path, addresses: Set(addresses.map(\.description)).sorted())
    }
    let document = Document(
      rulebook: rulebook.stamp, impact: impact,
      ruleFiles: ruleFiles.map {
        .init(file: $0.file, line: $0.line, address: ProvisionAddress(work: regulation.iri, place: $0.place).description)
      }, records: recorded)
    Terminal.write(
      format == .text ? text(document, new, rulebook) : try JSON.text(document, pretty: format == .json))
  }

  private static func addresses(in value: JSONValue) -> [ProvisionAddress] {
    switch value {
    case .string(let text): ProvisionAddress(text).map { [$0] } ?? []
    case .array(let values): values.flatMap(addresses)
    case .object(let object): object.values.flatMap(addresses)
    default: []
    }
  }

  private func text(_ document: Document, _ new: ImportedText, _ rulebook: Rulebook) -> String {
    let impact = document.impact
    var layout = TextLayout()
    layout.paragraph(Style.bold("《\(impact.title)》") + "　规则库录的 \(impact.from) 版 → 导入的 \(impact.to) 版")
    layout.paragraph(new.origins.map(\.label).joined(separator: "；"), lead: "新版正文　")
    let kinds = [("changed", "改了"), ("renumbered", "只换条号"), ("removed", "删去"), ("unrecorded", "旧版正文里也没有")]
    let counts = kinds.compactMap { kind, name in
      let count = impact.affected.count { $0.change == kind }
      return count > 0 ? "\(name) \(count)" : nil
    }
    layout.paragraph("录的各处：没有变 \(impact.unaffected)" + counts.map { "，" + $0 }.joined())
    layout.line()
    for one in impact.affected {
      let name = kinds.first { $0.0 == one.change }?.1 ?? one.change
      let place = one.citation.split(separator: "》").last.map(String.init) ?? one.citation
      let target = one.newCitation.map { " → " + ($0.split(separator: "》").last.map(String.init) ?? $0) } ?? ""
      layout.line(Style.bold("\(place)\(target)　\(name)"))
      if let gist = one.gist { layout.paragraph(gist, lead: "  要旨　") }
      if !one.runs.isEmpty { layout.paragraph(ChangeText.words(one.runs), lead: "  改动　") }
      if !one.sanctions.isEmpty { layout.line("  罚则　\(one.sanctions.count) 条（\(one.sanctions.joined(separator: "、"))）要重新核对") }
      if !one.items.isEmpty { layout.paragraph(one.items.joined(separator: "、"), lead: "  用到它的项　") }
      let files = document.ruleFiles.filter { file in
        ProvisionAddress(file.address)?.place.flatMap { place in ProvisionAddress(one.address)?.place.map { place == $0 } }
          ?? false
      }
      if !files.isEmpty { layout.paragraph(files.map { "\($0.file):\($0.line)" }.joined(separator: "、"), lead: "  规则文件　") }
    }
    for record in document.records {
      layout.paragraph(
        record.addresses.isEmpty
          ? "没有用到变了的条款"
          : "结论用到 \(record.addresses.count) 处变了的条款："
            + record.addresses.map { $0.split(separator: "#").last.map(String.init) ?? $0 }.joined(separator: "、"),
        lead: "\(record.file)　")
    }
    Footer.write(rulebook, &layout)
    return layout.text
  }
}
