internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

/// The officer's and reviewer's command line.
///
/// Verbs and flags are English, what an officer reads is Chinese. It never links an HTTP stack and reads only what a
/// command needs, so that it answers in milliseconds.
struct Zhunsheng: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zhunsheng", abstract: "小散工程安全执法规则库：巡查发现 → 违法条款、处罚依据、措施和文书",
    subcommands: [
      AssessCommand.self, ShowCommand.self, ListCommand.self, SearchCommand.self, ProcedureCommand.self, ImportCommand.self,
      VerifyCommand.self, DiffCommand.self, CiteCommand.self, StatusCommand.self, CheckCommand.self, ReplayCommand.self,
      ImpactCommand.self, ReportCommand.self, SealCommand.self,
    ])

  @OptionGroup var rules: RulesOptions
  @Flag(name: .long, help: "程序、规则库版本、摘要和所知最新法律日期")
  var version = false

  func run() throws {
    guard version else { throw CleanExit.helpRequest(self) }
    print(try VersionText.text(named: rules.regulations))
  }
}
