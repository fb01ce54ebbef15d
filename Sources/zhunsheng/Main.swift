internal import ZhunshengCommands

/// The officer's and reviewer's command line.
///
/// It answers in milliseconds because it links neither SQLite nor what opens Word files: what needs those is handed over to
/// `zhunsheng-texts`, which stands beside it and has the same commands (docs/decisions/0011).
@main
enum Main {
  static func main() { Launcher.run(Array(CommandLine.arguments.dropFirst()), services: .none) }
}
