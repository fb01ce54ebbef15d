internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct ImpactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "impact", abstract: "两个规则库之间（--from、--to），或者一部法规改了之后（--work）：哪些项、条款、罚则、规则文件和记录受影响")

  @Option(name: .long, help: ArgumentHelp("原来的规则库文件夹", valueName: "目录"))
  var from: String?
  @Option(name: .long, help: ArgumentHelp("新的规则库文件夹", valueName: "目录"))
  var to: String?
  @Option(name: .long, help: ArgumentHelp("法规名称：拿导入的最新正文同规则库在 --on 那天的版本比", valueName: "法规"))
  var work: String?
  @OptionGroup var texts: TextsOptions
  @Option(name: .long, help: ArgumentHelp("assess --record 的记录，可以写多个", valueName: "文件"))
  var record: [String] = []
  @OptionGroup var date: DateOptions
  @Option(name: .long, help: "输出：text、json")
  var format: OutputFormat = .text
  @OptionGroup var rules: RulesOptions

  struct Report: Encodable {
    var schema = "zhunsheng/impact/1"
    var from: AssessmentReport.RulebookStamp
    var to: AssessmentReport.RulebookStamp
    var on: CalendarDate
    var items: [ItemChange]
    var records: [RecordChange]
  }

  struct RecordChange: Encodable {
    var file: String
    /// Whether the same questions are answered otherwise.
    var changed: Bool
    var differences: [String]
  }

  func run() throws {
    let day = try date.date()
    if let work {
      guard from == nil, to == nil else { throw RulebookError(.invalidData, "--work 和 --from、--to 不能一起用：一个比法规的两个版本，一个比两个规则库") }
      return try TextImpactRun(work: work, day: day, records: record, format: format, texts: texts, rules: rules).run()
    }
    guard let from, let to else { throw RulebookError(.invalidData, "impact 要有 --from 和 --to（两个规则库文件夹），或者 --work（一部法规）") }
    let old = try Rulebook(contentsOf: RegulationLibrary.folder(named: from))
    let folder = try RegulationLibrary.folder(named: to)
    let new = try Rulebook(contentsOf: folder)
    let files = try folder.fileDigests()
    let records = try record.map { path in
      let before = try Records.read(path)
      let after = try before.replayed(by: new, files: files)
      let differences = JSONValue.differences(try Records.answer(before), try Records.answer(after)).filter {
        !$0.path.contains(".source") && !$0.path.hasSuffix("score")
      }
      return RecordChange(
        file: path, changed: !differences.isEmpty,
        differences: differences.map { "\($0.path)：\($0.left) → \($0.right)" })
    }
    let report = Report(
      from: old.stamp, to: new.stamp, on: day, items: old.changes(to: new, on: day), records: records)
    Terminal.write(format == .text ? text(report) : try JSON.text(report, pretty: true))
  }

  private func text(_ report: Report) -> String {
    var layout = TextLayout()
    layout.line(
      "\(report.from.version)（\(report.from.digest.prefix(12))）→ \(report.to.version)（\(report.to.digest.prefix(12))），按 \(report.on) 的法律"
    )
    layout.line()
    if report.items.isEmpty { layout.line("34 项的条款、幅度和读法都没有变。") }
    for change in report.items {
      let kind = [.added: "新增", .removed: "删去", .changed: "改动"][change.kind]!
      layout.line(Style.bold("\(change.item) \(change.name)【\(kind)】"))
      for detail in change.details { layout.paragraph(detail, lead: "  - ") }
    }
    for record in report.records {
      layout.line()
      layout.line("\(record.file)：\(record.changed ? Style.bold("结论会变") : "结论不变")")
      for difference in record.differences.prefix(20) { layout.paragraph(difference, lead: "  - ") }
      if record.differences.count > 20 { layout.line("  （另有 \(record.differences.count - 20) 处，见 --format json）") }
    }
    return layout.text
  }
}
