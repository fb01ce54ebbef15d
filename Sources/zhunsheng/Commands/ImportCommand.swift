internal import ArgumentParser
internal import Enforcement
internal import EnforcementCorpus
internal import EnforcementXML
internal import RegulationLibrary

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "把官方正文（.md、.txt）整理成条款并保存、建立检索索引，以后 show 显示原文、search 检索、verify 核对要旨；可以中断，再运行只做没做过的")

  @Argument(help: ArgumentHelp("文件或者文件夹", valueName: "路径"))
  var paths: [String]
  @OptionGroup var texts: TextsOptions
  @OptionGroup var rules: RulesOptions
  @Flag(name: .long, help: "列出每个文件的提示（条号不连续等），和建立索引的用时")
  var verbose = false

  func run() throws {
    let folder = try texts.folder()
    let files = try paths.flatMap { try Self.files($0) }
    guard !files.isEmpty else { throw RulebookError(.notFound, "\(paths.joined(separator: " "))：没有 .md、.txt 文件可以导入") }
    let before = try folder.entries()
    let importer = TextImporter(try? rules.load().index)
    let job = ImportJob(
      folder: folder, importer: importer,
      known: Dictionary(before.map { ($0.origin.digest, $0) }, uniquingKeysWith: { a, _ in a }),
      day: Clock.todayInShenzhen())
    // Half of the files on each of two cores.
    let progress = Progress(total: files.count)
    let (left, right) = Workers.run(
      { job.run(files.enumerated().filter { $0.offset % 2 == 0 }.map(\.element), progress) },
      { job.run(files.enumerated().filter { $0.offset % 2 == 1 }.map(\.element), progress) })
    progress.finish()
    let results = (left + right).sorted { $0.path < $1.path }
    try finish(results, before, folder)
  }

  private func finish(_ results: [ImportJob.Result], _ before: [TextFolder.Entry], _ folder: TextFolder) throws {
    var entries = Dictionary(before.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    var duplicates: [String] = []
    var counts: [String: Int] = [:]
    for result in results {
      counts[result.outcome, default: 0] += 1
      guard let entry = result.entry else { continue }
      if let other = entries[entry.file], other.origin.digest != entry.origin.digest {
        duplicates.append("\(entry.title)（\(entry.version)）：\(other.origin.source) 和 \(entry.origin.source)，保留后者")
      }
      entries[entry.file] = entry
    }
    try folder.write(Array(entries.values))
    var layout = TextLayout()
    for result in results where result.outcome == ImportJob.refused {
      layout.paragraph("\(result.path)：\(result.message ?? "")", lead: "没有导入　")
    }
    if verbose {
      for result in results { for diagnostic in result.diagnostics { layout.paragraph(ErrorText.line(diagnostic), lead: "提示　") } }
    }
    for duplicate in duplicates.prefix(20) { layout.paragraph(duplicate, lead: "同一版本两份　") }
    if duplicates.count > 20 { layout.line("（另有 \(duplicates.count - 20) 处同一版本两份）") }
    let noticed = results.count { !$0.diagnostics.isEmpty }
    layout.paragraph(
      "\(results.count) 个文件："
        + ImportJob.outcomes.compactMap { name in counts[name].map { "\(name) \($0)" } }.joined(separator: "，")
        + (noticed > 0 ? "；\(noticed) 个有提示（--verbose 列出）" : "") + "。现有 \(entries.count) 份正文：\(folder.path)")
    Terminal.write(layout.text)
    try index(Array(entries.values), folder)
    let isRefused = counts[ImportJob.refused] ?? 0
    if isRefused == results.count { throw ExitCode(2) }
    if isRefused > 0 { throw ExitCode(1) }
  }

  /// Brings the search index in line with what is listed.
  private func index(_ entries: [TextFolder.Entry], _ folder: TextFolder) throws {
    let progress = Progress(total: entries.count)
    let update = try Corpus.update(
      in: folder.path, to: entries.map(Corpus.Source.init), step: { done, total in progress.step("建立索引 \(done)/\(total)") },
      read: { source throws(RulebookError) in try folder.read(source) })
    progress.finish()
    var layout = TextLayout()
    for (source, error) in update.refused { layout.paragraph("\(source.file)：\(error.message)", lead: "没有编入索引　") }
    let changes = [(update.added, "编入"), (update.removed, "移出"), (update.unchanged, "没有变化")].filter { $0.0 > 0 }
    layout.paragraph("检索索引：" + changes.map { "\($0.1) \($0.0) 份" }.joined(separator: "，"))
    if verbose || Terminal.isInteractive, update.added > 0 {
      layout.paragraph(
        "  正文 \(Self.megabytes(update.bytes)) MB；读取 \(Self.seconds(update.reading)) 秒，建立索引 \(Self.seconds(update.indexing)) 秒（每秒 \(Self.rate(update)) MB）"
      )
    }
    Terminal.write(layout.text)
  }

  private static func seconds(_ duration: Duration) -> String { tenths(duration / .milliseconds(100)) }
  private static func megabytes(_ bytes: Int) -> String { tenths(Double(bytes) / 100_000) }
  private static func rate(_ update: Corpus.Update) -> String {
    tenths(Double(update.bytes) / 100_000 / max(0.001, update.indexing / .seconds(1)))
  }
  private static func tenths(_ value: Double) -> String { String((value.rounded()) / 10) }

  /// The texts at a path, folders walked.
  private static func files(_ path: String) throws -> [String] {
    try FileList.files(path) { name in [".md", ".txt", ".markdown"].contains { name.hasSuffix($0) } }
  }
}

/// Which texts to use.
struct TextsOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("导入的官方正文放在哪里（默认 ZHUNSHENG_TEXTS，或者用户数据目录）", valueName: "目录"))
  var texts: String?

  func folder() throws -> TextFolder {
    if let texts { return TextFolder(texts) }
    guard let path = FileList.defaultTexts() else {
      throw RulebookError(.notFound, "不知道官方正文放在哪里；请用 --texts 目录 或者环境变量 ZHUNSHENG_TEXTS 指明")
    }
    return TextFolder(path)
  }
}

extension Corpus.Source {
  init(_ entry: TextFolder.Entry) {
    self.init(
      file: entry.file, title: entry.title, work: entry.work, version: entry.version, kind: entry.kind,
      source: entry.origin.source, digest: entry.origin.digest, imported: entry.origin.imported)
  }
}

extension TextFolder {
  /// A text the index asks for.
  func read(_ source: Corpus.Source) throws(RulebookError) -> OfficialText {
    try read(
      Entry(
        file: source.file, title: source.title, work: source.work, version: source.version, kind: source.kind,
        origin: TextOrigin(source: source.source, digest: source.digest, imported: source.imported), articles: 0))
  }
}

/// Imports some files, one after another; each is written as soon as it is ready, so that nothing done is lost.
struct ImportJob: Sendable {
  static let taken = "导入", same = "没有变化", refused = "没有导入"
  static let outcomes = [taken, same, refused]

  struct Result: Sendable {
    var path: String
    var outcome: String
    var message: String?
    var entry: TextFolder.Entry?
    var diagnostics: [Diagnostic] = []
  }

  let folder: TextFolder
  let importer: TextImporter
  let known: [String: TextFolder.Entry]
  let day: CalendarDate

  func run(_ files: [String], _ progress: Progress) -> [Result] {
    files.map { path in
      defer { progress.step(path) }
      do { return try one(path) } catch let error as RulebookError {
        return Result(path: path, outcome: Self.refused, message: error.message)
      } catch { return Result(path: path, outcome: Self.refused, message: "\(error)") }
    }
  }

  private func one(_ path: String) throws -> Result {
    let bytes = try RulebookFolder.read(path, limit: 128 << 20)
    var hash = SHA256()
    hash.update(bytes)
    let digest = hash.finalizedHex()
    if let entry = known[digest], RulebookFolder.exists(folder.path + "/" + entry.file) {
      return Result(path: path, outcome: Self.same, entry: entry)
    }
    let content = try InputText.decode(bytes, path)
    switch importer.take(content, file: path, isMarkdown: !path.hasSuffix(".txt"), digest: digest, on: day) {
    case .refused(let reason): return Result(path: path, outcome: Self.refused, message: reason)
    case .taken(let text, let work, let version, let xml):
      let file = TextImporter.file(text, version: version)
      try folder.write(xml, to: file)
      let entry = TextFolder.Entry(
        file: file, title: text.title, work: work, version: version, kind: text.kind,
        origin: TextOrigin(source: path.split(separator: "/").last.map(String.init) ?? path, digest: digest, imported: day),
        articles: text.articles.count)
      return Result(path: path, outcome: Self.taken, entry: entry, diagnostics: text.diagnostics)
    }
  }
}
