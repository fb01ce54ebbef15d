internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct SealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal", abstract: "规则文件改好之后，重新计算 rulebook.xml 里的摘要（输出到标准输出）", shouldDisplay: false)

  @OptionGroup var rules: RulesOptions
  @Option(name: .long, help: ArgumentHelp("规则库的新版本号，如 2026.11.25", valueName: "版本"))
  var set: String?

  func run() throws { Terminal.write(try RegulationLibrary.folder(named: rules.regulations).sealText(version: set)) }
}
