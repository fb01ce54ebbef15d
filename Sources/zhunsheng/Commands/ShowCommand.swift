internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "x")
}
