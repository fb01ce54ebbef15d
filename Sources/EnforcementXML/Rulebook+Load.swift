public import Enforcement
internal import XMLStream

extension Rulebook {
  /// Reads and makes ready the rulebook in a folder laid out like `Regulations/`.
  ///
  /// - Throws: `RulebookError`: `.notFound`, `.unreadable`, `.newerSchema`, or `.invalidData` with the problems of all
  ///   files at once.
  ///
  /// - Parameters:
  ///   - overlays: laid over it in order.
  ///   - notes: what the overlays replace or disagree in.
  public init(contentsOf folder: RulebookFolder, overlays: [OverlayFolder] = [], notes: inout [Diagnostic]) throws(RulebookError)
  {
    var diagnostics: [Diagnostic] = []
    var contents = try folder.contents(diagnostics: &diagnostics)
    for overlay in overlays {
      let value = try overlay.overlay(diagnostics: &diagnostics)
      for note in contents.apply(value) {
        if note.severity == .error { diagnostics.append(note) } else { notes.append(note) }
      }
    }
    // What ships was proved when it was made; what a district adds is proved here.
    if !overlays.isEmpty, diagnostics.isEmpty {
      diagnostics += RulebookCheck.practiceDiagnostics(of: contents).filter { $0.severity == .error }
    }
    if !diagnostics.isEmpty {
      diagnostics.sort()
      throw RulebookError(
        .invalidData, "\(folder.path)：规则文件有 \(diagnostics.count) 处错误，不能使用；请按提示改正，或者用 zhunsheng check 查看全部",
        diagnostics: diagnostics)
    }
    let ready = contents
    let (law, words) = concurrently({ Rulebook.Law(ready) }) { Rulebook.Words(ready) }
    try self.init(contents, law: law, words: words)
  }

  public init(contentsOf folder: RulebookFolder) throws(RulebookError) {
    var notes: [Diagnostic] = []
    try self.init(contentsOf: folder, overlays: [], notes: &notes)
  }
}

extension ProcedureBook {
  /// Reads the rules of procedure and the calendars of a rulebook.
  ///
  /// - Throws: `RulebookError`, as a rulebook does.
  public init(contentsOf folder: RulebookFolder) throws(RulebookError) {
    let chapter = try folder.procedure()
    guard chapter.diagnostics.isEmpty else {
      throw RulebookError(
        .invalidData, "\(folder.path)：程序规则文件有错误，不能使用；请按提示改正", diagnostics: chapter.diagnostics.sorted())
    }
    self = chapter.book
  }
}

extension RulebookFolder {
  /// The version and the sealed digest alone: one small file, for `--version`.
  public func seal() throws(RulebookError) -> Rulebook.Seal {
    var diagnostics: [Diagnostic] = []
    let bytes = try read("rulebook.xml")
    let reader = parse(bytes, "rulebook.xml", SealReader(file: "rulebook.xml"), &diagnostics)
    guard let seal = reader?.seal, diagnostics.isEmpty else {
      throw RulebookError(.invalidData, "\(path)/rulebook.xml：不能读取", diagnostics: diagnostics)
    }
    guard seal.schema <= Rulebook.Seal.supportedSchema else {
      throw RulebookError(
        .newerSchema,
        "\(path)：规则库的格式是第 \(seal.schema) 版，本程序只认识到第 \(Rulebook.Seal.supportedSchema) 版；请升级程序，或者换用旧的规则库")
    }
    return seal
  }

  /// Everything the files hold. Problems are collected, not thrown one at a time.
  public func contents(diagnostics: inout [Diagnostic]) throws(RulebookError) -> Rulebook.Contents {
    guard Self.exists(path) else { throw Self.failure(path, 2) }
    let seal = try seal()
    // Chapters know nothing of each other: one half of the work on each of two threads.
    // The wording is long and its digest takes as long as a third of the law: it is worked out beside it.
    let (first, rest) = concurrently({
      [
        Chapter { (chapter) throws(RulebookError) in try readLaw(&chapter) },
        Chapter { (chapter) throws(RulebookError) in try readPractice(&chapter) },
        Chapter { (chapter) throws(RulebookError) in try digestWording(&chapter) },
      ]
    }) {
      [
        Chapter { (chapter) throws(RulebookError) in try readViolations(&chapter) },
        Chapter { (chapter) throws(RulebookError) in try readWording(&chapter) },
      ]
    }
    let (law, practice, wording) = (first[0], first[1], first[2])
    for chapter in first + rest {
      if let failure = chapter.failure { throw failure }
      diagnostics += chapter.diagnostics
    }
    return Rulebook.Contents(
      terms: law.contents.terms, catalogue: rest[0].contents.catalogue, lexicon: rest[0].contents.lexicon,
      wording: rest[1].contents.wording, practice: practice.contents.practice, versions: law.contents.versions,
      violations: rest[0].contents.violations,
      seal: seal,
      digests: [
        "law": law.digest, "violations": rest[0].digest, "wording": wording.digest, "practice": practice.digest,
      ])
  }

  private func readLaw(_ chapter: inout Chapter) throws(RulebookError) {
    let parser = DocumentParser<RegulationReader>(namespaces: [akomaNtosoNamespace, rulesNamespace])
    for path in try paths(under: "library") where path.hasSuffix(".xml") {
      var reader = try read(path, RegulationReader(file: path), into: &chapter, with: parser)
      if let version = reader?.finish() { chapter.contents.versions.append(version) }
      chapter.diagnostics += reader?.diagnostics ?? []
    }
    if let reader = try read("terms.xml", TermsReader(file: "terms.xml"), into: &chapter) {
      chapter.contents.terms = reader.terms
      chapter.diagnostics += reader.diagnostics
    }
  }

  private func digestWording(_ chapter: inout Chapter) throws(RulebookError) {
    guard Self.exists(path + "/wording.xml") else { return }
    chapter.hash(try read("wording.xml"), of: "wording.xml")
  }

  /// A rulebook may do without: then nothing but the patterns decides.
  private func readWording(_ chapter: inout Chapter) throws(RulebookError) {
    guard Self.exists(path + "/wording.xml") else { return }
    let bytes = try read("wording.xml")
    if let reader = parse(bytes, "wording.xml", WordingReader(file: "wording.xml"), &chapter.diagnostics) {
      chapter.contents.wording = reader.wording
      chapter.diagnostics += reader.diagnostics
    }
  }

  /// Choices, circumstances, benchmarks and thresholds.
  private func readPractice(_ chapter: inout Chapter) throws(RulebookError) {
    if let reader = try readIfThere("concurrence.xml", ConcurrenceReader(file: "concurrence.xml"), into: &chapter) {
      chapter.contents.practice.preferences = reader.preferences
      chapter.contents.practice.conducts = reader.conducts
      chapter.contents.practice.successions = reader.successions
      chapter.contents.practice.limitations = reader.limitations
      chapter.diagnostics += reader.diagnostics
    }
    if let reader = try readIfThere("circumstances.xml", CircumstancesReader(file: "circumstances.xml"), into: &chapter) {
      chapter.contents.practice.circumstances = reader.circumstances
      chapter.contents.practice.circumstanceRules = reader.rules
      chapter.diagnostics += reader.diagnostics
    }
    let thresholds = "procedure/thresholds.xml"
    if let reader = try readIfThere(thresholds, ThresholdsReader(file: thresholds), into: &chapter) {
      chapter.contents.practice.thresholds = reader.thresholds
      chapter.diagnostics += reader.diagnostics
    }
    for path in try paths(ifThereUnder: "benchmarks") {
      if let reader = try read(path, BenchmarkReader(file: path), into: &chapter) {
        if let benchmark = reader.benchmark { chapter.contents.practice.benchmarks.append(benchmark) }
        chapter.diagnostics += reader.diagnostics
      }
    }
  }

  /// The chapter of procedure: a book of its own, with its digest and its problems.
  func procedure() throws(RulebookError) -> (book: ProcedureBook, digest: String, diagnostics: [Diagnostic]) {
    var book = ProcedureBook()
    var chapter = Chapter()
    let rules = "procedure/rules.xml"
    if let reader = try readIfThere(rules, ProcedureRulesReader(file: rules), into: &chapter) {
      book.stages = reader.stages
      book.rules = reader.rules
      chapter.diagnostics += reader.diagnostics
    }
    let steps = "procedure/steps.xml"
    if let reader = try readIfThere(steps, StepsReader(file: steps), into: &chapter) {
      book.events = reader.events
      book.steps = reader.steps
      book.deadlines = reader.deadlines
      chapter.diagnostics += reader.diagnostics
    }
    var years: [WorkingCalendar.Year] = []
    for path in try paths(ifThereUnder: "calendar") {
      if let reader = try read(path, CalendarReader(file: path), into: &chapter) {
        if let year = reader.year { years.append(year) }
        chapter.diagnostics += reader.diagnostics
      }
    }
    book.calendar = WorkingCalendar(years)
    return (book, chapter.hash.finalizedHex(), chapter.diagnostics)
  }

  /// A rulebook may do without some files.
  private func readIfThere<Reader: DiagnosingReader>(
    _ path: String, _ reader: Reader, into chapter: inout Chapter
  ) throws(RulebookError) -> Reader? {
    guard Self.exists(self.path + "/" + path) else { return nil }
    return try read(path, reader, into: &chapter)
  }

  private func paths(ifThereUnder subfolder: String) throws(RulebookError) -> [String] {
    guard Self.exists(path + "/" + subfolder) else { return [] }
    return try paths(under: subfolder).filter { $0.hasSuffix(".xml") }
  }

  private func readViolations(_ chapter: inout Chapter) throws(RulebookError) {
    if let reader = try read("catalogue.xml", CatalogueReader(file: "catalogue.xml"), into: &chapter) {
      chapter.contents.catalogue = reader.catalogue
      chapter.diagnostics += reader.diagnostics
    }
    if let reader = try read("lexicon.xml", LexiconReader(file: "lexicon.xml"), into: &chapter) {
      chapter.contents.lexicon = reader.lexicon
      chapter.diagnostics += reader.diagnostics
    }
    let parser = DocumentParser<ViolationReader>(namespaces: [rulesNamespace])
    for path in try paths(under: "violations") where path.hasSuffix(".xml") {
      var reader = try read(path, ViolationReader(file: path), into: &chapter, with: parser)
      if let violation = reader?.finish() { chapter.contents.violations.append(violation) }
      chapter.diagnostics += reader?.diagnostics ?? []
    }
  }

  private func read<Reader: DiagnosingReader>(
    _ path: String, _ reader: Reader, into chapter: inout Chapter, with parser: DocumentParser<Reader>? = nil
  ) throws(RulebookError) -> Reader? {
    let bytes = try read(path)
    chapter.hash(bytes, of: path)
    return parse(bytes, path, reader, &chapter.diagnostics, with: parser)
  }

  func parse<Reader: DiagnosingReader>(
    _ bytes: [UInt8], _ path: String, _ reader: Reader, _ diagnostics: inout [Diagnostic],
    with parser: DocumentParser<Reader>? = nil
  ) -> Reader? {
    do {
      return try (parser ?? DocumentParser<Reader>(namespaces: [rulesNamespace])).parse(bytes, file: path, into: reader)
    } catch {
      diagnostics.append(
        Diagnostic(
          rule: "xml.\(error.code)", file: path, line: error.line, column: error.column, message: error.message))
      return nil
    }
  }
}

/// What a part of the files holds, and its digest: SHA-256 over every file's path, length and bytes, in the order read.
private struct Chapter: Sendable {
  var contents = Rulebook.Contents()
  var hash = SHA256()
  var diagnostics: [Diagnostic] = []
  private(set) var failure: RulebookError?
  private(set) var digest = ""

  init() {}

  mutating func hash(_ bytes: [UInt8], of path: String) {
    hash.update("\(path)\n\(bytes.count)\n".utf8)
    hash.update(bytes)
  }

  init(_ read: (inout Chapter) throws(RulebookError) -> Void) {
    do throws(RulebookError) { try read(&self) } catch { failure = error }
    digest = hash.finalizedHex()
  }
}
