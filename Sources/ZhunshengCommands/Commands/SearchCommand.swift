internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "在规则库（要旨）和导入的官方正文（原文）里查字词：空格隔开的都要有，“引号”里的照原样；或者查一条的出处（消防法第六十条）")

  @Argument(help: ArgumentHelp("要查的字词，或者一条的出处", valueName: "字词"))
  var query: [String]
  @Option(name: .customLong("in"), help: ArgumentHelp("只查一处：rulebook 规则库、texts 官方正文（默认两处都查）", valueName: "哪里"))
  var layer: SearchedLayer?
  @Option(name: .long, help: ArgumentHelp("每类最多几条", valueName: "数"))
  var limit = 10
  @OptionGroup var narrowing: TextFilterOptions
  @Option(name: .long, help: "输出：text、json")
  var format: OutputFormat = .text
  @OptionGroup var texts: TextsOptions
  @OptionGroup var rules: RulesOptions

  func run() throws {
    let query = query.joined(separator: " ")
    guard limit > 0 else { throw RulebookError(.invalidData, "--limit \(limit)：要大于零") }
    guard !query.allSatisfy(\.isWhitespace) else { throw InputText.empty("要查的字词") }
    // Before the rules are loaded: the program that has the index loads them again.
    if layer != .rulebook, let folder = try? texts.folder(), RulebookFolder.exists(folder.path + "/" + TextIndex.fileName) {
      try Services.needTexts()
    }
    let rulebook = layer == .texts ? nil : try rules.load()
    let found = layer == .rulebook ? nil : try searchTexts(query, rulebook)
    let hits = rulebook?.search(query, limit: limit) ?? []
    if format != .text { return try writeJSON(query, rulebook, hits, found) }
    var layout = TextLayout()
    if let rulebook { write(hits, query, rulebook, &layout) }
    if let found {
      if rulebook != nil { layout.line() }
      TextHits.write(found, query, &layout)
    }
    layout.line()
    if let rulebook { Footer.write(rulebook, &layout) }
    if let found, !found.answer.hits.isEmpty {
      layout.paragraph(Style.dim("官方正文是导入的文件里的原文，来源和导入日期列在每条下面；以制定机关公布的文本为准。"))
    }
    Terminal.write(layout.text)
  }

  // MARK: - Official texts

  /// Where both are searched, what is wrong with the index is said, and the rulebook answers all the same.
  private func searchTexts(_ query: String, _ rulebook: Rulebook?) throws -> TextHits {
    let (filter, versions, date) = try narrowing.value()
    var hits = TextHits(on: date, versions: versions)
    let folder: TextFolder
    do {
      folder = try texts.folder()
    } catch  where texts.texts == nil {
      hits.note = TextHits.nothingImported
      return hits
    }
    guard RulebookFolder.exists(folder.path + "/" + TextIndex.fileName) else {
      let isEmpty = !RulebookFolder.exists(folder.path + "/texts.tsv")
      hits.note = isEmpty ? TextHits.nothingImported : "导入的正文还没有检索索引；再运行一次 zhunsheng import 文件夹 就会建立。"
      return hits
    }
    do throws(RulebookError) {
      let corpus = try Services.openTexts(folder.path)
      hits.answer = try corpus.search(query, in: filter, versions: versions, limit: limit)
      // The rulebook knows short titles: 安法99条.
      if hits.answer.hits.isEmpty, let address = rulebook?.citations.address(query, on: date) {
        let cited = try corpus.provision(at: address, versions: versions)
        if !cited.hits.isEmpty { hits.answer = cited }
      }
      // The process ends with the answer.
      _ = Unmanaged.passRetained(Kept(corpus))
    } catch {
      if rulebook == nil { throw error }
      hits.note = "官方正文没有查：\(error.message)"
    }
    return hits
  }

  private final class Kept {
    let texts: any SearchableTexts
    init(_ texts: any SearchableTexts) { self.texts = texts }
  }

  // MARK: - Rulebook

  private func write(_ hits: [Rulebook.SearchHit], _ query: String, _ rulebook: Rulebook, _ layout: inout TextLayout) {
    layout.line(Style.bold("规则库（要旨，不是原文）"))
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
  }

  // MARK: - JSON

  private func writeJSON(_ query: String, _ rulebook: Rulebook?, _ hits: [Rulebook.SearchHit], _ found: TextHits?) throws {
    typealias Document = Documents.SearchDocument
    func rounded(_ score: Double) -> Double { (score * 10_000).rounded() / 10_000 }
    var entries = hits.map {
      Document.Hit(in: .rulebook, kind: $0.kind, id: $0.id, title: $0.title, snippet: $0.snippet, score: rounded($0.score))
    }
    let best = found?.answer.hits.first?.score ?? 0
    for hit in found?.answer.hits ?? [] {
      entries.append(
        Document.Hit(
          in: .texts, kind: .provision, id: "\(hit.text.work)@\(hit.text.version)#\(hit.eId)", title: TextHits.citation(hit),
          snippet: hit.snippet.text, score: best > 0 ? rounded(hit.score / best) : 1, number: hit.number, heading: hit.heading,
          marks: hit.snippet.marks.map { Document.Mark(start: $0.lowerBound, end: $0.upperBound) },
          text: Document.TextEntry(hit.text)))
    }
    let document = Document(
      rulebook: try rulebook?.stamp ?? rules.stamp(), query: query, hits: entries,
      texts: found.map {
        Document.TextsEntry(on: $0.date, total: $0.answer.total, complete: $0.answer.isComplete, note: $0.reason)
      })
    Terminal.write(try JSON.text(document, pretty: format == .json))
  }
}

/// What the search in official texts is narrowed to.
struct TextFilterOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("官方正文：只要这一类，可以写多个：law、administrative-regulation、sez-regulation…", valueName: "代码"))
  var kind: [String] = []
  @Option(name: .long, help: ArgumentHelp("官方正文：只要这里的：国家、省、市，或者 广东、深圳市", valueName: "地方"))
  var place: String?
  @Option(name: .long, help: ArgumentHelp("官方正文：只在这一部里查（名称或者地址）", valueName: "法规"))
  var work: String?
  @Option(name: .long, help: ArgumentHelp("官方正文：只要这一天施行的版本（默认今天没有被取代、废止的，连同尚未施行的）", valueName: "日期"))
  var on: String?
  @Flag(name: .long, help: "官方正文：被取代的旧版本也要")
  var allVersions = false

  func value() throws -> (TextIndex.Filter, TextIndex.Versions, CalendarDate) {
    var kinds: Set<OfficialText.Kind> = []
    for code in kind {
      guard let value = OfficialText.Kind(rawValue: code) else {
        let known = OfficialText.Kind.allCases.map(\.rawValue)
        let near = Spelling.nearest(to: code, in: known).map { "；是不是 \($0)？" } ?? "；"
        throw RulebookError(.invalidData, "--kind \(code)：没有这个种类\(near)可用的有：\(known.joined(separator: " "))")
      }
      kinds.insert(value)
    }
    let date = try DateOptions.day(on) ?? Clock.todayInShenzhen()
    let versions: TextIndex.Versions = allVersions ? .all : on == nil ? .current(on: date) : .inForce(on: date)
    return (TextIndex.Filter(kinds: kinds, place: place, work: work), versions, date)
  }
}

extension SearchedLayer: ExpressibleByArgument {}
