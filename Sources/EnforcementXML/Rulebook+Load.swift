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
    var contents = Rulebook.Contents()
    contents.seal = try seal()
    var digests = ChapterDigests()

    let regulationParser = DocumentParser<RegulationReader>(namespaces: [akomaNtosoNamespace, rulesNamespace])
    for path in try paths(under: "library") where path.hasSuffix(".xml") {
      let bytes = try read(path)
      digests.add(path, bytes, to: "law")
      if var reader = parse(bytes, path, RegulationReader(file: path), &diagnostics, with: regulationParser) {
        let version = reader.finish()
        diagnostics += reader.diagnostics
        if let version { contents.versions.append(version) }
      }
    }
    if let reader = try readFile("terms.xml", TermsReader(file: "terms.xml"), "law", &digests, &diagnostics) {
      contents.terms = reader.terms
    }
    if let reader = try readFile(
      "catalogue.xml", CatalogueReader(file: "catalogue.xml"), "violations", &digests, &diagnostics)
    {
      contents.catalogue = reader.catalogue
    }
    if let reader = try readFile("lexicon.xml", LexiconReader(file: "lexicon.xml"), "violations", &digests, &diagnostics) {
      contents.lexicon = reader.lexicon
    }
    let violationParser = DocumentParser<ViolationReader>(namespaces: [rulesNamespace])
    for path in try paths(under: "violations") where path.hasSuffix(".xml") {
      let bytes = try read(path)
      digests.add(path, bytes, to: "violations")
      if var reader = parse(bytes, path, ViolationReader(file: path), &diagnostics, with: violationParser) {
        let violation = reader.finish()
        diagnostics += reader.diagnostics
        if let violation { contents.violations.append(violation) }
      }
    }
    contents.digests = digests.finished()
    return contents
  }

  private func readFile<Reader: DiagnosingReader>(
    _ path: String, _ reader: Reader, _ chapter: String, _ digests: inout ChapterDigests,
    _ diagnostics: inout [Diagnostic]
  ) throws(RulebookError) -> Reader? {
    let bytes = try read(path)
    digests.add(path, bytes, to: chapter)
    guard let reader = parse(bytes, path, reader, &diagnostics) else { return nil }
    diagnostics += reader.diagnostics
    return reader
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

/// SHA-256 of each chapter: over every file's path, length and bytes, in the order of the paths.
struct ChapterDigests {
  private var chapters: [String: SHA256] = [:]

  mutating func add(_ path: String, _ bytes: [UInt8], to chapter: String) {
    chapters[chapter, default: SHA256()].update("\(path)\n\(bytes.count)\n".utf8)
    chapters[chapter]?.update(bytes)
  }

  func finished() -> [String: String] {
    chapters.mapValues { hash in
      var hash = hash
      return hash.finalizedHex()
    }
  }
}
