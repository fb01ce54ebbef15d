internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "拿导入的官方正文核对规则库：地址在不在、数额和种类在不在那一处、在不在那种情形下、罚的是不是那一方；有不一致退出 1")

  @Argument(help: ArgumentHelp("只核对这些法规（名称或者简称）；不写核对全部", valueName: "法规"))
  var only: [String] = []
  @OptionGroup var texts: TextsOptions
  @Option(name: .long, help: "输出：text、json")
  var format: OutputFormat = .text
  @Flag(name: .long, help: "按核对结果改规则文件里的 confidence：全部一致的升为 verified，有不一致的降为 memory（要有 --regulations）")
  var updateConfidence = false
  @Flag(name: .long, help: "连看不出的也逐条列出")
  var verbose = false
  @OptionGroup var rules: RulesOptions

  func run() throws {
    let rulebook = try rules.load()
    let library = try texts.library()
    var reports: [VerificationReport] = []
    for regulation in try regulations(rulebook) {
      for version in regulation.versions where version.isEncoded {
        guard let found = try library.text(for: version, of: regulation) else { continue }
        reports.append(
          VerificationReport(
            Verification(of: version, against: found.imported.text, terms: rulebook.terms), version, text: found.imported.text,
            origins: found.imported.origins, isLater: found.isLater))
      }
    }
    let without = try regulations(rulebook).flatMap { regulation in
      regulation.versions.filter { version in
        version.isEncoded && !reports.contains { $0.title == version.title && $0.version == version.name }
      }
    }
    if updateConfidence { try update(reports, rulebook) }
    switch format {
    case .text: Terminal.write(text(reports, without))
    case .json, .jsonl:
      Terminal.write(
        try JSON.text(
          VerifyDocument(
            rulebook: rulebook.stamp, versions: reports, withoutText: without.map { "\($0.record.work)@\($0.name)" }),
          pretty: format == .json))
    }
    if reports.contains(where: { $0.counts["contradicted"]! > 0 }) { throw ExitCode(1) }
  }

  private struct VerifyDocument: Encodable {
    var schema = "zhunsheng/verify/1"
    var rulebook: AssessmentReport.RulebookStamp
    var versions: [VerificationReport]
    var withoutText: [String]
  }

  private func text(_ reports: [VerificationReport], _ without: [Regulation.Version]) -> String {
    var layout = TextLayout()
    for report in reports {
      layout.paragraph(Style.bold("《\(report.title)》") + "　规则库录的是 \(report.version) 起的版本")
      layout.paragraph(report.origins.map(\.label).joined(separator: "；"), lead: "  正文　")
      if report.isLater {
        layout.paragraph("正文是 \(report.state?.description ?? "？") 的状态，比规则库录的版本晚；规则库没有单独录这次修改", lead: "  注意　")
      }
      layout.line("  一致 \(report.counts["confirmed"]!)，看不出 \(report.counts["unclear"]!)，不一致 \(report.counts["contradicted"]!)")
      for claim in report.claims where claim.verdict == "contradicted" || verbose && claim.verdict == "unclear" {
        write(claim, in: report, &layout)
      }
    }
    layout.line()
    func total(_ verdict: String) -> Int { reports.reduce(0) { $0 + $1.counts[verdict]! } }
    layout.paragraph(
      "核对了 \(reports.count) 个版本：一致 \(total("confirmed"))，看不出 \(total("unclear"))\(verbose ? "" : "（--verbose 列出）")，不一致 \(total("contradicted"))。"
    )
    if !without.isEmpty {
      layout.paragraph(
        without.map { "《\($0.title)》\($0.name)" }.joined(separator: "、"), lead: "没有正文可核对的 \(without.count) 个版本　")
    }
    layout.paragraph("“一致”指正文那一处写着同样的数额、种类、情形和当事人；要旨只比用词，意思对不对要人看。", lead: "说明　")
    return layout.text
  }

  private func write(_ claim: VerificationReport.ClaimEntry, in report: VerificationReport, _ layout: inout TextLayout) {
    let place = claim.citation.split(separator: "》").last.map(String.init) ?? claim.citation
    layout.paragraph(
      "\(claim.verdict == "contradicted" ? "不一致" : "看不出")　\(place)　\(Self.names[claim.kind] ?? claim.kind)（\(report.file)\(claim.line > 0 ? ":\(claim.line)" : "")）",
      lead: "  - ")
    layout.paragraph(claim.digest, lead: "      规则库　")
    if let found = claim.found { layout.paragraph(found, lead: "      结果　　") }
    if let words = claim.words, !words.isEmpty {
      layout.paragraph(String(words.replacing("\n", with: " ").prefix(300)), lead: "      原文　　")
    }
  }

  private static let names = [
    "address": "地址", "paragraphs": "款数", "gist": "要旨", "fine": "罚款数额", "kind": "种类", "party": "当事人", "detention": "拘留",
    "missing": "未录",
  ]

  /// Raises what the text shows and lowers what it contradicts, in a checkout of the rules.
  private func update(_ reports: [VerificationReport], _ rulebook: Rulebook) throws {
    guard let path = rules.regulations else {
      throw RulebookError(.notFound, "--update-confidence 要改规则文件：请用 --regulations 指明规则库文件夹（源代码里的 Regulations）")
    }
    let folder = TextFolder(path)
    for report in reports where !report.isLater {
      let old = String(decoding: try RulebookFolder.read(path + "/" + report.file), as: UTF8.self)
      let (new, changes) = ConfidenceUpdate.apply(report, to: old)
      guard new != old else { continue }
      try folder.write(new, to: report.file)
      for change in changes { Terminal.error("\(report.file)：\(change)") }
    }
  }

  private func regulations(_ rulebook: Rulebook) throws -> [Regulation] {
    guard !only.isEmpty else { return rulebook.regulations }
    return try only.map { name in
      guard let regulation = rulebook.citations.work(titled: name) else {
        throw RulebookError(.notFound, ShowCommand.unknown(name, rulebook))
      }
      return regulation
    }
  }
}
