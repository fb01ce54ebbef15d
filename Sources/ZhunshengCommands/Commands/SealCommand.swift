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

  @Option(name: .long, help: ArgumentHelp("改为输出这个法规文件的标准写法（缩进、属性次序）", valueName: "文件"))
  var canonical: String?

  func run() throws {
    let folder = try RegulationLibrary.folder(named: rules.regulations)
    Terminal.write(try canonical.map { try folder.canonicalText(of: $0) } ?? folder.sealText(version: set))
  }
}
