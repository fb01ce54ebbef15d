internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "check", abstract: "x")
}
