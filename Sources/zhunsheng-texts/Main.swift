internal import Enforcement
internal import EnforcementCorpus
internal import EnforcementOffice
internal import ZhunshengCommands

/// The same command line with the readers of Word files and the index of official texts linked in. `zhunsheng` starts it
/// when it needs them.
@main
enum Main {
  static func main() {
    Launcher.run(
      Array(CommandLine.arguments.dropFirst()),
      services: Services(
        readWord: { bytes, file throws(RulebookError) in
          do throws(OfficeError) { return try TextDocument(word: bytes, file: file) } catch {
            throw RulebookError(.invalidData, error.message)
          }
        },
        openTexts: { folder throws(RulebookError) in try Corpus(in: folder) },
        updateTexts: { folder, sources, step, read throws(RulebookError) in
          try Corpus.update(in: folder, to: sources, step: step, read: read)
        }))
  }
}
