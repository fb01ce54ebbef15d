internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct AssessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess", abstract: "一句或者一份巡查发现 → 违法行为、条款、处罚依据、措施、文书和要先问清的事实")

  @Argument(help: ArgumentHelp("发现的问题；写 - 从标准输入读", valueName: "文字"))
  var text: String?
  @Option(name: .long, help: ArgumentHelp("整份报告（.docx、.md、.txt），一份里可以有许多处发现", valueName: "文件"))
  var file: String?
  @Flag(name: .long, help: "标准输入一行是一处发现，每行给一个 JSON 对象")
  var lines = false
  @OptionGroup var date: DateOptions
  @OptionGroup var who: PartyOptions
  @OptionGroup var known: FactOptions
  @OptionGroup var case_: CaseOptions
  @Flag(name: .long, help: "从原话到条款到数额，一步一步说明理由")
  var explain = false
  @Option(name: .long, help: ArgumentHelp("把问题、规则摘要、理由和结论写进这个文件，日后可以 replay", valueName: "文件"))
  var record: String?
  @Option(name: .long, help: "输出：text、json、jsonl")
  var format: OutputFormat = .text
  @OptionGroup var rules: RulesOptions

  func run() throws {
    let given = try date.given()
    let party = try who.value()
    if let file { try Services.needWord(file) }
    let rulebook = try rules.load()
    let context = try case_.value()
    let facts = try known.value(rulebook, party: party, amounts: context.amounts)
    if !rulebook.isSealed { Terminal.error("注意：规则文件在封存之后改动过，摘要按现在的文件计算") }
    if lines { return try assessLines(rulebook, given ?? Clock.todayInShenzhen(), party, facts) }
    let findings = try findings(on: given, party)
    // A report's own day counts where none was given.
    let date = given ?? (file == nil ? nil : findings.header.date) ?? Clock.todayInShenzhen()
    try context.validate(for: Finding("", on: date), in: rulebook)
    let assessments = findings.findings.map { finding in
      var finding = finding
      finding.ended = context.dates.ended
      finding.facts = facts.hearing(rulebook.facts(heardIn: finding.text), terms: rulebook.terms)
      return rulebook.assess(finding)
    }
    if let record {
      let value = DecisionRecord(
        findings.findings, by: rulebook, files: try rules.fileDigests(), on: date, party: party, facts: facts,
        context: context)
      try OutputFile.write(try JSON.text(value, pretty: true) + "\n", to: record)
    }
    switch format {
    case .text:
      Terminal.write(
        AssessmentText(
          rulebook: rulebook, on: date, party: party, context: context, isExplained: explain, header: findings.header,
          leftOut: findings.leftOut, unit: findings.unit, notices: findings.diagnostics
        ).text(assessments))
    case .json:
      var report = AssessmentReport(
        assessments, by: rulebook, on: date, party: party, context: context, explained: explain)
      if file != nil { report.source = AssessmentReport.SourceEntry(findings) }
      Terminal.write(try JSON.text(report, pretty: true))
    case .jsonl:
      for assessment in assessments {
        Terminal.write(
          try JSON.text(
            AssessmentReport([assessment], by: rulebook, on: date, party: party, context: context, explained: explain),
            pretty: false))
      }
    }
  }

  /// One finding a line in, one object a line out, an empty line included: line N answers line N.
  private func assessLines(
    _ rulebook: Rulebook, _ date: CalendarDate, _ party: Party?, _ facts: KnownFacts
  ) throws {
    let input = try InputText.read(file ?? text ?? "-", isPath: file != nil || text == nil || text == "-")
    // CR LF is one character in Swift.
    var lines = input.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    if lines.last == "" { lines.removeLast() }
    var output = ""
    for line in lines {
      let assessment = rulebook.assess(
        Finding(
          String(line), on: date, party: party,
          facts: facts.hearing(rulebook.facts(heardIn: String(line)), terms: rulebook.terms)))
      output += try JSON.text(AssessmentReport([assessment], by: rulebook, on: date, party: party), pretty: false)
      output += "\n"
      if output.utf8.count > 1 << 16 {
        Terminal.write(output)
        output = ""
      }
    }
    if !output.isEmpty { Terminal.write(output) }
  }

  private func findings(on date: CalendarDate?, _ party: Party?) throws -> ReportReading {
    let today = Clock.todayInShenzhen()
    if let file {
      let bytes = try RulebookFolder.read(file, limit: InputText.limit)
      guard InputText.isWord(bytes, file) else {
        return ReportReading(try InputText.decode(bytes, file), on: date, otherwise: today, party: party)
      }
      let document = try InputText.word(bytes, file)
      guard !document.paragraphs.isEmpty else { throw InputText.empty(file) }
      return ReportReading(document, on: date, otherwise: today, party: party)
    }
    guard let text else {
      throw RulebookError(.invalidData, "没有给出要查的文字；这样用：zhunsheng assess \"三层临边没有护栏\"，或者 --file 报告.md")
    }
    let input = text == "-" ? try InputText.read("-", isPath: true) : text
    guard !input.allSatisfy(\.isWhitespace) else { throw InputText.empty(text == "-" ? "标准输入" : "文字") }
    return ReportReading(findings: [Finding(input, on: date ?? today, party: party)])
  }
}
