internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "回答错了的时候，打印一段可以发给维护者的文字，稍改就是一条例句；号码会遮去，姓名请自己删")

  @Argument(help: ArgumentHelp("当时查的那句话", valueName: "文字"))
  var text: String
  @Option(name: .long, help: ArgumentHelp("应当是哪些项，如 E01,D01；什么都不该有写 none", valueName: "编号"))
  var expected: String?
  @OptionGroup var date: DateOptions
  @OptionGroup var who: PartyOptions
  @OptionGroup var rules: RulesOptions

  func run() throws {
    guard !text.allSatisfy(\.isWhitespace) else { throw InputText.empty("文字") }
    let date = try date.date()
    let party = try who.value()
    let rulebook = try rules.load()
    var wanted: [String] = []
    if let expected, expected != "none" {
      wanted = expected.split(whereSeparator: { ",，、 ".contains($0) }).map { $0.uppercased() }
      for item in wanted where rulebook.violation(Violation.ID(rawValue: item)) == nil {
        throw RulebookError(.notFound, ShowCommand.unknown(item, rulebook))
      }
    }
    let masked = Masking.masked(text)
    let assessment = rulebook.assess(Finding(masked, on: date, party: party))
    var lines = ["----- 准绳答错报告 -----"]
    lines.append("文字：\(masked)")
    lines.append("行为日 \(date)　当事人 \(party?.rawValue ?? "未定")")
    lines.append("程序 \(VersionText.program)　规则库 \(rulebook.version)　摘要 \(rulebook.digest)")
    lines.append("回答：" + (assessment.matches.isEmpty ? "没有读出" : ""))
    for match in assessment.matches {
      let words = match.evidence.map { "“\($0.text)”" }.joined()
      lines.append("  \(match.violation.id.rawValue) \(match.status.rawValue) \(words)")
    }
    lines.append(
      "读法：" + rulebook.reading(of: masked).map { "\($0.text)=\($0.concept)/\($0.state.rawValue)" }.joined(separator: " "))
    if expected != nil { lines.append("应当是：\(wanted.isEmpty ? "什么都没有" : wanted.joined(separator: "、"))") }
    if let first = wanted.first {
      let also = wanted.count > 1 ? " also=\"\(wanted.dropFirst().joined(separator: " "))\"" : ""
      lines.append("可以加进 \(rulebook.violation(Violation.ID(rawValue: first))?.file ?? first) 的例句：")
      lines.append("    <triggering\(also)>\(Masking.escaped(masked))</triggering>")
    }
    lines.append("----- 完 -----")
    Terminal.write(lines.joined(separator: "\n"))
    Terminal.error("电话和证件号码已经遮去；姓名、单位名程序认不出来，发出之前请自己删去。")
  }
}

/// Takes out what could name a person: telephone and identity numbers.
enum Masking {
  static func masked(_ text: String) -> String {
    var result = ""
    var run = ""
    func flush() {
      // A mobile or fixed number, or an identity number; shorter runs are heights and amounts.
      result += run.count >= 7 ? String(repeating: "×", count: run.count) : run
      run = ""
    }
    for character in text {
      if character.isASCII, character.isNumber || (character == "X" && run.count == 17) || (character == "-" && run.count >= 3) {
        run.append(character)
      } else {
        flush()
        result.append(character)
      }
    }
    flush()
    return result
  }

  static func escaped(_ text: String) -> String {
    text.map { $0 == "&" ? "&amp;" : $0 == "<" ? "&lt;" : String($0) }.joined()
  }
}
