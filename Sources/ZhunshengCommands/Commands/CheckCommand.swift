internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "证明规则文件没有错：模式、地址、日期、数额、例句；有错退出码为 1")

  @Argument(help: ArgumentHelp("规则库文件夹（默认在用的那个）", valueName: "目录"))
  var folder: String?
  @Option(name: .customLong("fail-level"), help: ArgumentHelp("从哪一级起算不通过：error、warning、note", valueName: "级别"))
  var failLevel = "error"
  @Option(name: .long, help: "输出：text、json")
  var format: OutputFormat = .text
  @OptionGroup var rules: RulesOptions

  struct Report: Encodable {
    var schema = "zhunsheng/check/1"
    var folder: String
    var diagnostics: [Diagnostic]
  }

  func run() throws {
    guard let level = Diagnostic.Severity(rawValue: failLevel) else {
      throw RulebookError(.invalidData, "--fail-level \(failLevel)：只能是 error、warning、note")
    }
    let folder = try RegulationLibrary.folder(named: folder ?? rules.regulations)
    let diagnostics = try folder.check(overlays: rules.overlay.map { OverlayFolder($0) })
    if format == .text {
      for diagnostic in diagnostics {
        let mark = diagnostic.severity == .error ? Style.red("错误") : diagnostic.severity == .warning ? Style.yellow("警告") : "说明"
        Terminal.write("\(mark) \(ErrorText.line(diagnostic))")
      }
      let errors = diagnostics.count { $0.severity == .error }
      Terminal.write(
        diagnostics.isEmpty ? "规则库没有问题：\(folder.path)" : "\(errors) 处错误，\(diagnostics.count - errors) 处警告或者说明：\(folder.path)")
    } else {
      Terminal.write(try JSON.text(Report(folder: folder.path, diagnostics: diagnostics), pretty: true))
    }
    if diagnostics.contains(where: { $0.severity >= level }) { throw ExitCode(1) }
  }
}
