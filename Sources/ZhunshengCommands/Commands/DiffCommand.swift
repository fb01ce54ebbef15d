internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "对照一部法规的两个版本：哪条改了、加了、删了、只换了条号（要先导入两个版本的正文）")

  @Argument(help: ArgumentHelp("法规名称或者简称", valueName: "法规"))
  var work: String
  @Option(name: .long, help: ArgumentHelp("旧版：那天有效的（默认最新版的前一版）", valueName: "日期"))
  var from: String?
  @Option(name: .long, help: ArgumentHelp("新版：那天有效的（默认最新版）", valueName: "日期"))
  var to: String?
  @Flag(name: .long, help: "没有变的条也列出")
  var all = false
  @OptionGroup var texts: TextsOptions
  @Option(name: .long, help: "输出：text、json")
  var format: OutputFormat = .text
  @OptionGroup var rules: RulesOptions

  private struct Document: Encodable {
    struct Side: Encodable {
      var version: String
      var origins: [TextOrigin]
    }

    struct Change: Encodable {
      var kind: TextComparison.Change.Kind
      var old: String?
      var new: String?
      var oldNumber: String
      var newNumber: String
      var runs: [TextComparison.Run]
    }

    var schema = "zhunsheng/diff/1"
    var work: String
    var title: String
    var from: Side
    var to: Side
    var counts: [String: Int]
    var changes: [Change]
  }

  func run() throws {
    let library = try texts.library()
    let work = try Self.work(work, library, try rules.load())
    let (old, new) = try TextVersions(library, work).pair(from: from, to: to, name: self.work)
    let comparison = TextComparison(old.text, new.text)
    let changes = comparison.changes.filter { all || $0.kind != .same }
    if format == .text { return Terminal.write(text(old, new, comparison, changes)) }
    let document = Document(
      work: work, title: new.text.title, from: .init(version: old.version, origins: old.origins),
      to: .init(version: new.version, origins: new.origins), counts: Self.counts(comparison),
      changes: changes.map {
        .init(kind: $0.kind, old: $0.old, new: $0.new, oldNumber: $0.oldNumber, newNumber: $0.newNumber, runs: $0.runs)
      })
    Terminal.write(try JSON.text(document, pretty: format == .json))
  }

  /// The work a name means, in the rulebook or among the texts.
  static func work(_ name: String, _ library: TextLibrary, _ rulebook: Rulebook) throws -> String {
    if let regulation = rulebook.citations.work(titled: name) { return regulation.iri }
    if let work = library.work(titled: name) { return work }
    let titles = library.entries.map(\.title) + rulebook.regulations.map(\.title)
    let near = Spelling.nearest(to: name, in: titles).map { "；是不是“\($0)”？" } ?? "；zhunsheng status 列出有哪些"
    throw RulebookError(.notFound, "“\(name)”：规则库和导入的正文里没有这部法规\(near)")
  }

  static func counts(_ comparison: TextComparison) -> [String: Int] {
    Dictionary(
      TextComparison.Change.Kind.allCases.map { kind in (kind.rawValue, comparison.changes.count { $0.kind == kind }) },
      uniquingKeysWith: { first, _ in first })
  }

  private func text(
    _ old: ImportedText, _ new: ImportedText, _ comparison: TextComparison, _ changes: [TextComparison.Change]
  ) -> String {
    var layout = TextLayout()
    layout.paragraph(Style.bold("《\(new.text.title)》"))
    layout.paragraph("\(old.version)　" + old.origins.map(\.label).joined(separator: "；"), lead: "旧版　")
    layout.paragraph("\(new.version)　" + new.origins.map(\.label).joined(separator: "；"), lead: "新版　")
    let counts = Self.counts(comparison)
    layout.line(
      "相同 \(counts["same"]!) 条，只换条号 \(counts["renumbered"]!)，改了 \(counts["changed"]!)，新增 \(counts["added"]!)，删去 \(counts["removed"]!)"
    )
    layout.line()
    for change in changes { ChangeText.write(change, &layout) }
    layout.paragraph("［－…］是删去的字，［＋…］是增加的字；条按用词对应，不按条号。", lead: "说明　")
    return layout.text
  }
}

/// The imported states of one work.
struct TextVersions {
  private let texts: [ImportedText]

  init(_ library: TextLibrary, _ work: String) throws { texts = try library.texts(of: work) }

  /// - Throws: `RulebookError` when a day is none, or fewer than two versions were imported.
  func pair(from: String?, to: String?, name: String) throws -> (old: ImportedText, new: ImportedText) {
    func list() -> String { texts.map(\.version).joined(separator: "、") }
    func index(_ day: String?, _ option: String) throws -> Int? {
      guard let day else { return nil }
      guard let date = CalendarDate(day) else {
        throw RulebookError(.invalidData, "\(option) \(day)：没有这一天；请写成 2026-11-20 的样子")
      }
      guard let index = texts.lastIndex(where: { $0.version <= date.description }) else {
        throw RulebookError(.notFound, "\(option) \(day)：导入的“\(name)”正文都是那天以后的（\(list())）；请导入更早的版本")
      }
      return index
    }
    guard texts.count > 1 else {
      throw RulebookError(
        .notFound, "“\(name)”只导入了 \(texts.count) 个版本\(texts.isEmpty ? "" : "（\(list())）")，对照要有两个；请用 zhunsheng import 再导入一个版本的正文")
    }
    let new = try index(to, "--to") ?? texts.count - 1
    let old = try index(from, "--from") ?? new - 1
    guard old >= 0, old != new else {
      throw RulebookError(.invalidData, "--from 和 --to 是同一个版本（\(texts[new].version)）；导入的有：\(list())")
    }
    return (texts[old], texts[new])
  }
}

/// One change for people.
enum ChangeText {
  static func write(_ change: TextComparison.Change, _ layout: inout TextLayout) {
    let number = change.oldNumber == change.newNumber || change.newNumber.isEmpty ? change.oldNumber : change.newNumber
    switch change.kind {
    case .same: layout.line("\(number)　没有变")
    case .renumbered: layout.line("\(change.oldNumber) → \(change.newNumber)　只换条号")
    case .added: layout.paragraph(words(change.runs), lead: "\(change.newNumber)　新增　")
    case .removed: layout.paragraph(words(change.runs), lead: "\(change.oldNumber)　删去　")
    case .changed:
      let lead = change.oldNumber == change.newNumber ? change.newNumber : "\(change.oldNumber) → \(change.newNumber)"
      layout.paragraph(words(change.runs), lead: "\(lead)　", indent: 4)
    }
  }

  /// Long stretches that stayed are cut.
  static func words(_ runs: [TextComparison.Run]) -> String {
    var result = ""
    for (index, run) in runs.enumerated() {
      let text = run.text.replacing("\n", with: " ")
      switch run.kind {
      case .added where runs.count == 1, .removed where runs.count == 1: result += text
      case .added: result += Style.bold("［＋\(text)］")
      case .removed: result += Style.dim("［－\(text)］")
      case .same:
        guard text.count > 50 else {
          result += text
          continue
        }
        let head = index == 0 ? "" : String(text.prefix(20))
        let tail = index == runs.count - 1 ? "" : String(text.suffix(20))
        result += head + "……" + tail
      }
    }
    return result
  }
}
