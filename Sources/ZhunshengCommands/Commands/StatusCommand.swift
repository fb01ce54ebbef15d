internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "规则库里的法规新不新：正文哪天导入、从哪来、有没有已知的新版本、多少条有正文可对")

  @OptionGroup var date: DateOptions
  @OptionGroup var texts: TextsOptions
  @Option(name: .long, help: "输出：text、json")
  var format: OutputFormat = .text
  @OptionGroup var rules: RulesOptions

  private struct Document: Encodable {
    var schema = "zhunsheng/status/1"
    var rulebook: AssessmentReport.RulebookStamp
    var on: CalendarDate
    /// Provisions of the digest with the official words at hand, and all.
    var covered: Int
    var provisions: Int
    var regulations: [Row]
    /// Imported works that the rulebook does not have.
    var others: Int
  }

  struct Row: Encodable {
    var title: String
    var work: String
    var version: String
    var upcoming: [String]
    var origins: [TextOrigin]
    /// Days since the text was imported.
    var age: Int?
    /// The state of the law that the text is.
    var state: CalendarDate?
    /// The text is a later state than the version recorded.
    var isLater: Bool
    var covered: Int
    var provisions: Int
  }

  func run() throws {
    let day = try date.date()
    let rulebook = try rules.load()
    let library = try texts.libraryIfAny()
    var rows: [Row] = []
    for regulation in rulebook.regulations { rows.append(try row(regulation, library, day)) }
    let works = Set(library?.entries.map(\.work) ?? [])
    let document = Document(
      rulebook: rulebook.stamp, on: day, covered: rows.reduce(0) { $0 + $1.covered },
      provisions: rows.reduce(0) { $0 + $1.provisions }, regulations: rows,
      others: works.subtracting(rulebook.regulations.map(\.iri)).count)
    Terminal.write(format == .text ? text(document, rulebook, library) : try JSON.text(document, pretty: format == .json))
  }

  private func row(_ regulation: Regulation, _ library: TextLibrary?, _ day: CalendarDate) throws -> Row {
    let version = regulation.version(on: day) ?? regulation.current
    let found = try library?.text(for: version, of: regulation)
    var places: [ProvisionAddress.Place] = []
    func walk(_ provisions: [Provision]) {
      for provision in provisions {
        if let place = provision.place { places.append(place) }
        walk(provision.children)
      }
    }
    walk(version.provisions)
    let covered = found.map { found in places.count { found.imported.text.piece(at: $0.eId) != nil } } ?? 0
    return Row(
      title: regulation.title, work: regulation.iri, version: version.name,
      upcoming: regulation.versions.compactMap(\.from).filter { day < $0 }.map(\.description),
      origins: found?.imported.origins ?? [],
      age: found?.imported.origins.map(\.imported).min().map { day.daysSince1970 - $0.daysSince1970 },
      state: found?.imported.text.stateOf, isLater: found?.isLater ?? false, covered: covered, provisions: places.count)
  }

  private func text(_ document: Document, _ rulebook: Rulebook, _ library: TextLibrary?) -> String {
    var layout = TextLayout()
    for row in document.regulations {
      layout.paragraph("《\(row.title)》" + Style.bold("　\(row.version) 起的版本"))
      if row.origins.isEmpty {
        layout.line("  没有导入正文" + (row.provisions == 0 ? "；条文没有录" : "，\(row.provisions) 处要旨没有原文可对"))
      } else {
        layout.paragraph(row.origins.map(\.label).joined(separator: "；") + "（\(row.age ?? 0) 天前）", lead: "  正文　")
        layout.line("  要旨 \(row.provisions) 处，有原文的 \(row.covered) 处")
      }
      if row.isLater, let state = row.state {
        layout.paragraph("正文是 \(state) 的状态，规则库没有录这次修改；zhunsheng verify 看合不合", lead: "  注意　")
      }
      for upcoming in row.upcoming { layout.paragraph("\(upcoming) 起有新版本", lead: "  注意　") }
    }
    layout.line()
    layout.paragraph(
      "\(document.regulations.count) 部法规；引用到的 \(document.provisions) 处，有官方正文可对的 \(document.covered) 处（\(document.provisions == 0 ? 0 : document.covered * 100 / document.provisions)%）。"
        + (library == nil ? "还没有导入官方正文：zhunsheng import 文件或者文件夹。" : "另有规则库以外的正文 \(document.others) 部。"))
    Footer.write(rulebook, &layout)
    return layout.text
  }
}
