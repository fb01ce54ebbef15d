public import Enforcement
internal import XMLStream

extension Rulebook {
  /// Reads and makes ready the rulebook in a folder laid out like `Regulations/`.
  ///
  /// - Throws: `RulebookError`: `.notFound`, `.unreadable`, `.newerSchema`, or `.invalidData` with the problems of all
  ///   files at once.
  public init(contentsOf folder: RulebookFolder) throws(RulebookError) {
    var diagnostics: [Diagnostic] = []
    let contents = try folder.contents(diagnostics: &diagnostics)
    if !diagnostics.isEmpty {
      diagnostics.sort()
      throw RulebookError(
        .invalidData, "\(folder.path)：规则文件有 \(diagnostics.count) 处错误，不能使用；请按提示改正，或者用 zhunsheng check 查看全部",
        diagnostics: diagnostics)
    }
    try self.init(contents)
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
    let (law, rest) = concurrently({ Chapter { (chapter) throws(RulebookError) in try readLaw(&chapter) } }) {
      [
        Chapter { (chapter) throws(RulebookError) in try readViolations(&chapter) },
        Chapter { (chapter) throws(RulebookError) in try readWording(&chapter) },
      ]
    }
    for chapter in [law] + rest {
      if let failure = chapter.failure { throw failure }
      diagnostics += chapter.diagnostics
    }
    return Rulebook.Contents(
      terms: law.contents.terms, catalogue: rest[0].contents.catalogue, lexicon: rest[0].contents.lexicon,
      wording: rest[1].contents.wording, versions: law.contents.versions, violations: rest[0].contents.violations,
      seal: seal, digests: ["law": law.digest, "violations": rest[0].digest, "wording": rest[1].digest])
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

  /// A rulebook may do without: then nothing but the patterns decides.
  private func readWording(_ chapter: inout Chapter) throws(RulebookError) {
    guard Self.exists(path + "/wording.xml") else { return }
    if let reader = try read("wording.xml", WordingReader(file: "wording.xml"), into: &chapter) {
      chapter.contents.wording = reader.wording
      chapter.diagnostics += reader.diagnostics
    }
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
    chapter.hash.update("\(path)\n\(bytes.count)\n".utf8)
    chapter.hash.update(bytes)
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

  init(_ read: (inout Chapter) throws(RulebookError) -> Void) {
    do throws(RulebookError) { try read(&self) } catch { failure = error }
    digest = hash.finalizedHex()
  }
}
