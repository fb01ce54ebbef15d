internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "report", abstract: "x")
}
