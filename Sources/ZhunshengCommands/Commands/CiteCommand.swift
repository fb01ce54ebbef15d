internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct CiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cite", abstract: "核对一份文书里的每一处引用：有没有这一条、那天有没有效、说没说清；有错退出 1")

  @Argument(help: ArgumentHelp("文件，或者 -（标准输入）", valueName: "文件"))
  var file: String
  @OptionGroup var date: DateOptions
  @OptionGroup var texts: TextsOptions
  @Option(name: .long, help: "输出：text、json")
  var format: OutputFormat = .text
  @OptionGroup var rules: RulesOptions

  private struct Document: Encodable {
    var schema = "zhunsheng/cite/1"
    var file: String
    var on: CalendarDate
    var citations: [CitationAudit.Entry]
  }

  func run() throws {
    let words = try InputText.read(file, isPath: true)
    let rulebook = try rules.load()
    let library = try texts.libraryIfAny()
    let today = Clock.todayInShenzhen()
    let own = CalendarDate.last(in: words, notAfter: today)
    let day = try date.given() ?? own ?? today
    let versions = rulebook.regulations.flatMap(\.versions) + (library?.uncoded(beside: rulebook.index) ?? [])
    let index = RegulationIndex(versions)
    let texts = TextCache(library)
    let audit = try CitationAudit(of: words, on: day, in: index, grammar: CitationGrammar(index: index)) {
      try texts.text($0, $1)
    }
    if format == .text {
      Terminal.write(text(audit, isOwn: try date.given() == nil && own != nil, hasTexts: library != nil))
    } else {
      Terminal.write(try JSON.text(Document(file: file, on: day, citations: audit.entries), pretty: format == .json))
    }
    if audit.entries.contains(where: \.verdict.isWrong) { throw ExitCode(1) }
  }

  private func text(_ audit: CitationAudit, isOwn: Bool, hasTexts: Bool) -> String {
    var layout = TextLayout()
    for entry in audit.entries {
      let mark = entry.verdict.isWrong ? Style.red(entry.verdict.label) : entry.verdict.label
      layout.paragraph(
        "\(entry.words)　\(mark)" + (entry.note.map { "：\($0)" } ?? ""), lead: "第\(entry.line)行第\(entry.column)字　")
      if let citation = entry.citation, citation != entry.words, [.confirmed, .recorded].contains(entry.verdict) {
        layout.paragraph(citation, lead: "    应写作　")
      }
    }
    let wrong = audit.entries.count(where: \.verdict.isWrong)
    let unsure = audit.entries.count { [.unrecorded, .unknownWork, .ambiguous].contains($0.verdict) }
    layout.paragraph(
      "\(audit.entries.count) 处引用：错 \(wrong)，查不出或者没说清 \(unsure)。按 \(audit.date) 的法律核对（\(isOwn ? "文中最后的日期" : "--on 或者今天")）。"
        + (hasTexts ? "" : "没有导入官方正文，只能对照要旨；zhunsheng import 导入后核对得更多。"))
    return layout.text
  }
}

extension CitationAudit.Verdict {
  var label: String {
    switch self {
    case .confirmed: "正文有这一处"
    case .recorded: "规则库录有"
    case .unrecorded: "查不出"
    case .missing: "没有这一处"
    case .notYetInForce: "当时还没有施行"
    case .repealed: "已经失效"
    case .unknownWork: "没见过的法规"
    case .ambiguous: "没说清"
    }
  }
}

/// Official texts that were read already: a document cites the same few laws again and again.
final class TextCache {
  private let library: TextLibrary?
  private var texts: [String: OfficialText?] = [:]

  init(_ library: TextLibrary?) { self.library = library }

  func text(_ work: String, _ day: CalendarDate) throws -> OfficialText? {
    guard let library else { return nil }
    let key = "\(work)@\(day)"
    if let known = texts[key] { return known }
    let text = try library.text(of: work, on: day)?.text
    texts[key] = text
    return text
  }
}
