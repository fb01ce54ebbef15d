internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "把官方正文（.docx、.md、.txt、Akoma Ntoso）整理成条款、建立检索索引，以后 show 显示原文、search 检索、verify 核对要旨；可以中断，再运行只做没做过的")

  @Argument(help: ArgumentHelp("文件或者文件夹", valueName: "路径"))
  var paths: [String]
  @OptionGroup var texts: TextsOptions
  @OptionGroup var rules: RulesOptions
  @Flag(name: .long, help: "列出每个文件的提示（条号不连续等），和建立索引的用时")
  var verbose = false

  func run() throws {
    try Services.needTexts()
    let folder = try texts.folder()
    let files = try paths.flatMap { try Self.files($0) }
    guard !files.isEmpty else { throw RulebookError(.notFound, "\(paths.joined(separator: " "))：没有 .docx、.md、.txt、.xml 文件可以导入") }
    var catalog = TextCatalog(entries: try folder.entries(), duplicates: try folder.duplicates())
    let job = ImportJob(
      folder: folder, importer: TextImporter(try? rules.load().index), known: catalog.known, day: Clock.todayInShenzhen())
    let progress = Progress(total: files.count)
    var summary = ImportSummary()
    // What is done is listed after each batch: who interrupts loses one batch at most.
    for start in stride(from: 0, to: files.count, by: 256) {
      let batch = files[start..<min(start + 256, files.count)]
      let (left, right) = Workers.run(
        { job.run(batch.enumerated().filter { $0.offset % 2 == 0 }.map(\.element), progress) },
        { job.run(batch.enumerated().filter { $0.offset % 2 == 1 }.map(\.element), progress) })
      for result in (left + right).sorted(by: { $0.path < $1.path }) {
        guard result.outcome == .taken, let entry = result.entry else {
          summary.add(result)
          continue
        }
        let addition = catalog.add(entry)
        switch addition {
        case .new, .part: break
        case .duplicate: folder.remove(entry.file)
        case .instead(let dropped): for one in dropped { folder.remove(one.file) }
        }
        summary.add(result, addition)
      }
      try folder.write(catalog)
    }
    progress.finish()
    Terminal.write(summary.text(folder, texts: catalog.entries.count, isVerbose: verbose))
    try index(catalog.entries, folder)
    if summary.refused == files.count { throw ExitCode(2) }
    if summary.refused > 0 { throw ExitCode(1) }
  }

  /// Brings the search index in line with what is listed.
  private func index(_ entries: [TextFolder.Entry], _ folder: TextFolder) throws {
    let progress = Progress(total: entries.count)
    let byFile = Dictionary(entries.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    let update = try Services.updateTexts(
      folder.path, entries.map(TextIndex.Source.init), step: { done, total in progress.step("建立索引 \(done)/\(total)") },
      read: { source throws(RulebookError) in try folder.read(byFile[source.file]!) })
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
  private static func rate(_ update: TextIndex.Update) -> String {
    tenths(Double(update.bytes) / 100_000 / max(0.001, update.indexing / .seconds(1)))
  }
  private static func tenths(_ value: Double) -> String { String((value.rounded()) / 10) }

  /// The texts at a path, folders walked. An old .doc is among them so that it is refused aloud; the lock file that Word
  /// keeps beside an open one (`~$…`) is no text.
  private static func files(_ path: String) throws -> [String] {
    try FileList.files(path) { name in
      !name.hasPrefix("~$")
        && [".docx", ".docm", ".doc", ".md", ".txt", ".markdown", ".xml"].contains(where: name.lowercased().hasSuffix)
    }
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

extension TextIndex.Source {
  init(_ entry: TextFolder.Entry) {
    self.init(
      file: entry.file, title: entry.title, work: entry.work, version: entry.version, kind: entry.kind,
      source: entry.origin.source, digest: entry.origin.digest, imported: entry.origin.imported)
  }
}

extension TextsOptions {
  /// The imported texts, which have to be there.
  func library() throws -> TextLibrary {
    let library = try TextLibrary(folder())
    guard !library.entries.isEmpty else {
      throw RulebookError(.notFound, "\(library.folder.path)：还没有导入官方正文；先运行 zhunsheng import 文件或者文件夹")
    }
    return library
  }

  /// The imported texts if there are any; an officer without them gets the same answer as before.
  func libraryIfAny() throws -> TextLibrary? {
    guard let path = texts ?? FileList.defaultTexts() else { return nil }
    let library = try TextLibrary(TextFolder(path))
    return library.entries.isEmpty ? nil : library
  }
}

/// Imports some files, one after another; each is written as soon as it is ready, so that nothing done is lost.
struct ImportJob: Sendable {
  enum Outcome: String, CaseIterable {
    case taken = "导入"
    case same = "没有变化"
    case refused = "没有导入"
  }

  struct Result: Sendable {
    var path: String
    var outcome: Outcome
    var message: String?
    var entry: TextFolder.Entry?
    var diagnostics: [Diagnostic] = []
  }

  let folder: TextFolder
  let importer: TextImporter
  /// The files that are kept for what was read before, by the digest of what was read.
  let known: [String: String]
  let day: CalendarDate

  func run(_ files: [String], _ progress: Progress) -> [Result] {
    files.map { path in
      defer { progress.step(path) }
      do { return try one(path) } catch let error as RulebookError {
        return Result(path: path, outcome: .refused, message: error.message)
      } catch { return Result(path: path, outcome: .refused, message: "\(error)") }
    }
  }

  private func one(_ path: String) throws -> Result {
    let bytes = try RulebookFolder.read(path, limit: 128 << 20)
    var hash = SHA256()
    hash.update(bytes)
    let digest = hash.finalizedHex()
    if let file = known[digest], RulebookFolder.exists(folder.path + "/" + file) { return Result(path: path, outcome: .same) }
    let document: TextDocument
    var metadata: [OfficialText.HistoryEvent] = []
    if InputText.isWord(bytes, path) {
      document = try InputText.word(bytes, path)
    } else if path.hasSuffix(".xml") {
      let source = try AkomaNtosoDocument(bytes, file: path)
      (document, metadata) = (source.document, source.history)
    } else {
      let content = try InputText.decode(bytes, path)
      if InputText.isPage(content) {
        return Result(path: path, outcome: .refused, message: "这是网页，不是法规文本；请另存为纯文本或者 Markdown")
      }
      document = path.hasSuffix(".txt") ? TextDocument(plain: content) : TextDocument(markdown: content, file: path)
    }
    let cover = cover(path)
    switch importer.take(
      document, file: path, name: cover?.title ?? TextImporter.name(ofFile: path), history: cover?.history ?? [],
      metadata: metadata, digest: digest,
      on: day)
    {
    case .refused(let reason): return Result(path: path, outcome: .refused, message: reason)
    case .taken(let text, let work, let version, let xml):
      let file = TextImporter.file(text, version: version, digest: digest)
      try folder.write(xml, to: file)
      let entry = TextFolder.Entry(
        file: file, title: text.title, work: work, version: version, kind: text.kind,
        origin: TextOrigin(source: TextImporter.source(ofFile: path), digest: digest, imported: day),
        articles: ArticleNumbers(text.articles.compactMap(\.articleNumber)),
        state: text.stateOf)
      return Result(path: path, outcome: .taken, entry: entry, diagnostics: text.diagnostics)
    }
  }

  /// A part of a code names neither the code nor its days; the page that opens its folder does.
  private func cover(_ path: String) -> OfficialText? {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let cover = (folder.isEmpty ? "." : folder) + "/README.md"
    guard cover != path, RulebookFolder.exists(cover), let bytes = try? RulebookFolder.read(cover, limit: 1 << 20) else {
      return nil
    }
    let document = TextDocument(markdown: String(decoding: bytes, as: UTF8.self))
    return document.paragraphs.contains { $0.role == .title } ? StructureParser.parse(document) : nil
  }
}

/// What became of the files, for the one who waits for it.
struct ImportSummary {
  private var counts: [ImportJob.Outcome: Int] = [:]
  private var refusals: [ImportJob.Result] = []
  private var noticed: [ImportJob.Result] = []
  private var duplicates: [String] = []
  private var parts = 0
  private var total = 0

  var refused: Int { refusals.count }

  mutating func add(_ result: ImportJob.Result, _ addition: TextCatalog.Addition = .new) {
    total += 1
    counts[result.outcome, default: 0] += 1
    if result.outcome == .refused { refusals.append(result) }
    if !result.diagnostics.isEmpty { noticed.append(result) }
    switch addition {
    case .new: break
    case .part: parts += 1
    case .duplicate(let kept): note(kept, result.entry!)
    case .instead(let dropped): for one in dropped { note(result.entry!, one) }
    }
  }

  private mutating func note(_ kept: TextFolder.Entry, _ dropped: TextFolder.Entry) {
    duplicates.append("\(kept.title)（\(kept.version)）：保留 \(kept.origin.source)，不再保留 \(dropped.origin.source)")
  }

  func text(_ folder: TextFolder, texts: Int, isVerbose: Bool) -> String {
    var layout = TextLayout()
    for result in refusals {
      // An error says itself where it is.
      let message = result.message ?? ""
      layout.paragraph(message.hasPrefix(result.path) ? message : "\(result.path)：\(message)", lead: "没有导入　")
    }
    if isVerbose {
      for result in noticed { for diagnostic in result.diagnostics { layout.paragraph(ErrorText.line(diagnostic), lead: "提示　") } }
      for duplicate in duplicates { layout.paragraph(duplicate, lead: "同一版本两份　") }
    }
    let outcomes = ImportJob.Outcome.allCases.compactMap { outcome in counts[outcome].map { "\(outcome.rawValue) \($0)" } }
    var notes: [String] = []
    if !duplicates.isEmpty { notes.append("同一版本两份 \(duplicates.count) 处") }
    if parts > 0 { notes.append("分册 \(parts) 个") }
    if !noticed.isEmpty { notes.append("有提示的 \(noticed.count) 个") }
    layout.paragraph(
      "\(total) 个文件：" + outcomes.joined(separator: "，")
        + (notes.isEmpty ? "" : "；" + notes.joined(separator: "，") + (isVerbose ? "" : "（--verbose 列出）"))
        + "。现有 \(texts) 份正文：\(folder.path)")
    return layout.text
  }
}
