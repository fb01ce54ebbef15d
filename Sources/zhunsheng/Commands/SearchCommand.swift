internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "在违法行为、法规名和要旨里查字词（几个词用空格隔开，都要有）")

  @Argument(help: ArgumentHelp("要查的字词", valueName: "字词"))
  var query: [String]
  @Option(name: .long, help: ArgumentHelp("每类最多几条", valueName: "数"))
  var limit = 10
  @Option(name: .long, help: "输出：text、json")
  var format: OutputFormat = .text
  @OptionGroup var rules: RulesOptions

  func run() throws {
    let query = query.joined(separator: " ")
    guard limit > 0 else { throw RulebookError(.invalidData, "--limit \(limit)：要大于零") }
    guard !query.allSatisfy(\.isWhitespace) else { throw InputText.empty("要查的字词") }
    let rulebook = try rules.load()
    let hits = rulebook.search(query, limit: limit)
    if format != .text {
      let document = Documents.SearchDocument(
        rulebook: rulebook.stamp, query: query,
        hits: hits.map {
          Documents.SearchDocument.Hit(
            kind: $0.kind, id: $0.id, title: $0.title, snippet: $0.snippet, score: ($0.score * 10_000).rounded() / 10_000)
        })
      return Terminal.write(try JSON.text(document, pretty: format == .json))
    }
    var layout = TextLayout()
    for (kind, title) in [(Rulebook.SearchHit.Kind.violation, "违法行为"), (.regulation, "法规"), (.provision, "条款")] {
      let group = hits.filter { $0.kind == kind }
      guard !group.isEmpty else { continue }
      layout.line(Style.bold(title))
      for hit in group {
        switch kind {
        case .violation: layout.paragraph("\(hit.title)　\(hit.snippet == hit.title ? "" : hit.snippet)", lead: "  \(hit.id) ")
        case .regulation: layout.paragraph("《\(hit.title)》", lead: "  - ")
        case .provision: layout.paragraph("\(hit.title)　\(hit.snippet)", lead: "  - ")
        }
      }
    }
    if hits.isEmpty {
      layout.line("规则库里没有“\(query)”。")
      if let near = Spelling.nearest(to: query, in: rulebook.violations.flatMap(\.keywords)) { layout.line("是不是“\(near)”？") }
    }
    layout.line()
    Footer.write(rulebook, &layout)
    Terminal.write(layout.text)
  }
}
