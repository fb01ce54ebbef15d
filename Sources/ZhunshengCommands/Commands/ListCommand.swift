internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "列出违法行为（violations）、法规（regulations）、情节（circumstances）或者事实（facts）")

  @Argument(help: ArgumentHelp("violations、regulations、circumstances、facts", valueName: "什么"))
  var what: String
  @Option(name: .long, help: ArgumentHelp("只列这个类别，如 D", valueName: "类别"))
  var category: String?
  @OptionGroup var who: PartyOptions
  @Option(name: .long, help: ArgumentHelp("只列这个机关能罚的，如 district-housing", valueName: "代码"))
  var authority: String?
  @Option(name: .long, help: ArgumentHelp("只列这个轻重：general、major、depends", valueName: "级别"))
  var severity: String?
  @OptionGroup var date: DateOptions
  @Option(name: .long, help: "输出：text、json")
  var format: OutputFormat = .text
  @OptionGroup var rules: RulesOptions

  func run() throws {
    let rulebook = try rules.load()
    switch what {
    case "violations", "violation": try listViolations(rulebook)
    case "regulations", "regulation": try listRegulations(rulebook)
    case "circumstances", "circumstance": try listCircumstances(rulebook)
    case "facts", "fact": try listFacts(rulebook)
    default:
      let near =
        Spelling.nearest(to: what, in: ["violations", "regulations", "circumstances", "facts"]).map { "；是不是 \($0)？" } ?? ""
      throw RulebookError(.invalidData, "没有“\(what)”这张表\(near)可以列 violations、regulations、circumstances、facts")
    }
  }

  struct Questions: Encodable {
    var schema: String
    var entries: [Question]
  }

  struct Question: Encodable {
    var code: String
    var label: String
    var question: String
    /// What it leads to: the rules of a circumstance, the group of a fact.
    var about: [String]
  }

  private func listCircumstances(_ rulebook: Rulebook) throws {
    try list(
      "zhunsheng/circumstances/1",
      rulebook.practice.circumstances.map { one in
        let rules = rulebook.practice.circumstanceRules.filter { $0.requires.contains(one.id) }
        return Question(
          code: one.id.rawValue, label: one.label, question: one.question, about: rules.map { "\($0.label)：\($0.effect.label)" })
      })
  }

  private func listFacts(_ rulebook: Rulebook) throws {
    try list(
      "zhunsheng/facts/1",
      rulebook.terms.factOrder.compactMap { rulebook.terms.facts[$0] }.map {
        Question(code: $0.id.rawValue, label: $0.label, question: $0.question, about: [$0.group])
      })
  }

  private func list(_ schema: String, _ entries: [Question]) throws {
    guard format == .text else {
      Terminal.write(try JSON.text(Questions(schema: schema, entries: entries), pretty: true))
      return
    }
    var layout = TextLayout()
    for entry in entries {
      layout.paragraph(
        "\(entry.label)（\(entry.about.joined(separator: "；"))）\(entry.question)", lead: entry.code + "　", indent: 4)
    }
    Terminal.write(layout.text)
  }

  private func listViolations(_ rulebook: Rulebook) throws {
    let date = try date.date()
    let party = try who.value()
    let level = try severity.map { text in
      guard let level = Violation.Severity.Level(rawValue: text) else {
        throw RulebookError(.invalidData, "--severity \(text)：只能是 general、major、depends")
      }
      return level
    }
    let authority = try authority.map { text in
      guard let code = Authority(rawValue: text) else {
        throw RulebookError(
          .invalidData, "--authority \(text)：没有这个机关代码；可用的有：\(Authority.allCases.map(\.rawValue).joined(separator: " "))")
      }
      return code
    }
    if let category, !rulebook.catalogue.categories.contains(where: { $0.code == category.uppercased() }) {
      throw RulebookError(
        .invalidData, "--category \(category)：没有这个类别；有 \(rulebook.catalogue.categories.map(\.code).joined(separator: " "))")
    }
    let chosen = rulebook.violations.filter { violation in
      let sanctions = rulebook.position(of: violation.id, on: date)?.sanctions ?? []
      return (category.map { violation.category == $0.uppercased() } ?? true)
        && (level.map { violation.severity.level == $0 } ?? true)
        && (party.map { party in sanctions.contains { $0.sanction.party.contains(party) } } ?? true)
        && (authority.map { authority in sanctions.contains { $0.sanction.authorities.contains(authority) } } ?? true)
    }
    if format != .text {
      let list = Documents.ViolationList(
        rulebook: rulebook.stamp,
        violations: chosen.map {
          Documents.ViolationList.Entry(
            item: $0.id.rawValue, name: $0.name, category: $0.category, severity: $0.severity.level.rawValue, gist: $0.gist)
        })
      return Terminal.write(try JSON.text(list, pretty: format == .json))
    }
    var layout = TextLayout()
    for category in rulebook.catalogue.categories {
      let group = chosen.filter { $0.category == category.code }
      guard !group.isEmpty else { continue }
      layout.line(Style.bold("\(category.code) \(category.name)"))
      for violation in group {
        layout.paragraph("\(violation.name)（\(violation.severity.level.label)）", lead: "  \(violation.id.rawValue) ")
      }
    }
    layout.line()
    layout.paragraph("共 \(chosen.count) 项。\(rulebook.catalogue.basis)")
    Footer.write(rulebook, &layout)
    Terminal.write(layout.text)
  }

  private func listRegulations(_ rulebook: Rulebook) throws {
    if format != .text {
      let list = Documents.RegulationList(
        rulebook: rulebook.stamp,
        regulations: rulebook.regulations.map {
          Documents.RegulationList.Entry(
            iri: $0.iri, title: $0.title, kind: $0.kind, versions: $0.versions.map(Documents.VersionEntry.init))
        })
      return Terminal.write(try JSON.text(list, pretty: format == .json))
    }
    var layout = TextLayout()
    for kind in Regulation.Kind.allCases {
      let group = rulebook.regulations.filter { $0.kind == kind }
      guard !group.isEmpty else { continue }
      layout.line(Style.bold(kind.label + (kind.canSetPenalty ? "" : "（不能作处罚依据）")))
      for regulation in group {
        let versions = regulation.versions.map { "\($0.label)（\($0.from?.description ?? "？")起\($0.isEncoded ? "" : "，未录")）" }
        layout.paragraph("\(regulation.title)　\(versions.joined(separator: "、"))", lead: "  - ")
      }
    }
    layout.line()
    layout.line("共 \(rulebook.regulations.count) 部")
    Footer.write(rulebook, &layout)
    Terminal.write(layout.text)
  }
}
