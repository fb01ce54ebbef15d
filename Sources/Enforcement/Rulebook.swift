/// The rules for Shenzhen's small construction works, ready to answer: findings in, law out.
///
///     import Enforcement
///     import RegulationLibrary
///
///     let rulebook = try Rulebook.bundled()
///     let finding = Finding("三层临边未设防护栏杆，两名工人未系安全带", on: "2026-11-20", party: .contractor)
///     let assessment = rulebook.assess(finding)
///     for match in assessment.matches {
///       print(match.violation.name, match.status, match.evidence.map(\.text))
///       print(match.breached.map(\.citation))
///       print(match.sanctions.map(\.fine), match.missingFacts.map(\.question))
///     }
///
/// A finding travels one way. Its text is *read* (`Matching/`): folded, searched for the words of the lexicon, cut into
/// clauses, and each thing named gets what is said of it — missing, in order, only asked for. The patterns of the 34
/// violations *decide* from that; wording alone only *proposes*. Each decided violation then meets the *law of the day*
/// (`Assessment/LegalPosition`): the duties it breaches, the sanctions in force, and the facts still to be asked for.
///
/// A rulebook is a value. The same rulebook and the same finding give the same answer on any day and any machine; there
/// is no clock and no file access here. All work that can be done beforehand is done when it is made.
///
/// ## Topics
/// ### Getting one
/// `Rulebook.bundled()`, `Rulebook(contentsOf:)` (module EnforcementXML), `Rulebook(_:)`
/// ### Asking
/// `assess(_:)`, `index.resolve(_:on:)`, `citations.references(in:on:)`, `search(_:)`
/// ### Looking
/// `violations`, `regulations`, `terms`, `version`, `digest`, `newestLaw`
public struct Rulebook: Sendable {
  /// `2026.11.25`
  public let version: String
  /// SHA-256 over the data, 64 hexadecimal digits.
  public let digest: String
  /// Whether the files are those that were sealed; false after an edit that was not sealed again.
  public let isSealed: Bool
  /// The youngest day on which something in it took effect: the state of the law it knows.
  public let newestLaw: CalendarDate?
  public let terms: Terms
  public let catalogue: Catalogue
  public let lexicon: Lexicon
  public let violations: [Violation]
  /// The same, as the answers hold them.
  let shared: [Shared<Violation>]
  public let index: RegulationIndex
  /// What practice adds: choices between provisions, circumstances, benchmarks, thresholds, powers.
  public let practice: Practice
  /// What was laid over it, in order.
  public let overlays: [Overlay.Stamp]
  /// Reads citations of the regulations in here.
  public let citations: CitationGrammar

  let matcher: Matcher
  let timelines: [Timeline]
  let listener: FactListener

  public var regulations: [Regulation] { index.regulations }

  /// The violation with that id, or nil.
  public func violation(_ id: Violation.ID) -> Violation? { violations.first { $0.id == id } }

  /// What the files hold, before it is made ready.
  public struct Contents: Sendable {
    public var terms: Terms
    public var catalogue: Catalogue
    public var lexicon: Lexicon
    public var wording: Wording
    public var practice: Practice
    public var overlays: [Overlay.Stamp] = []
    public var versions: [Regulation.Version]
    public var violations: [Violation]
    public var seal: Seal
    /// By chapter, computed from the bytes that were read.
    public var digests: [String: String]

    public init(
      terms: Terms = Terms(), catalogue: Catalogue = Catalogue(), lexicon: Lexicon = Lexicon(),
      wording: Wording = Wording(), practice: Practice = Practice(), versions: [Regulation.Version] = [],
      violations: [Violation] = [], seal: Seal = Seal(), digests: [String: String] = [:]
    ) {
      self.terms = terms
      self.catalogue = catalogue
      self.lexicon = lexicon
      self.wording = wording
      self.practice = practice
      self.versions = versions
      self.violations = violations
      self.seal = seal
      self.digests = digests
    }
  }

  /// `rulebook.xml`: version, and the digest of each chapter when it was last sealed.
  public struct Seal: Hashable, Sendable {
    /// The layout of the files this program understands.
    public static let supportedSchema = 1

    public var schema: Int
    public var version: String
    public var newest: CalendarDate?
    public var chapters: [String: String]

    public init(schema: Int = 0, version: String = "", newest: CalendarDate? = nil, chapters: [String: String] = [:]) {
      self.schema = schema
      self.version = version
      self.newest = newest
      self.chapters = chapters
    }

    /// One digest over those of the chapters.
    public var digest: String { Self.digest(of: chapters) }

    static func digest(of chapters: [String: String]) -> String {
      var hash = SHA256()
      for name in chapters.keys.sorted() { hash.update("\(name) \(chapters[name]!)\n".utf8) }
      return hash.finalizedHex()
    }
  }

  /// Makes the contents ready to answer.
  ///
  /// - Throws: `RulebookError.invalidData` with every problem that makes an answer wrong: an unknown concept in a
  ///   pattern, a fine set by a normative document, a violation cited under a work that is not there. What `check`
  ///   finds beyond that does not stop a rulebook from being used.
  public init(_ contents: Contents) throws(RulebookError) {
    try self.init(contents, law: Law(contents), words: Words(contents))
  }

  /// The same from its two halves, which know nothing of each other and may be made at the same time.
  package init(_ contents: Contents, law: Law, words: Words) throws(RulebookError) {
    var diagnostics: [Diagnostic] = []
    self.init(contents, law: law, words: words, diagnostics: &diagnostics)
    if !diagnostics.isEmpty {
      diagnostics.sort()
      throw RulebookError(
        .invalidData, "规则库有 \(diagnostics.count) 处错误，不能使用；请按提示改正后再试", diagnostics: diagnostics)
    }
  }

  /// The same, with the problems handed out; for `check`, which wants to go on.
  init(_ contents: Contents, diagnostics: inout [Diagnostic]) {
    self.init(contents, law: Law(contents), words: Words(contents), diagnostics: &diagnostics)
  }

  private init(_ contents: Contents, law: Law, words: Words, diagnostics: inout [Diagnostic]) {
    version = contents.seal.version
    digest = Seal.digest(of: contents.seal.chapters.merging(contents.digests) { _, new in new })
    isSealed = contents.digests.allSatisfy { contents.seal.chapters[$0.key] == $0.value }
    newestLaw = contents.versions.lazy.filter { $0.precision == .day }.compactMap(\.from).max() ?? contents.seal.newest
    terms = contents.terms
    catalogue = contents.catalogue
    lexicon = contents.lexicon
    violations = contents.ordered
    shared = violations.map { Shared($0) }
    practice = contents.practice
    overlays = contents.overlays
    index = law.index
    citations = law.citations
    timelines = law.timelines
    matcher = words.matcher
    listener = words.listener
    diagnostics += words.diagnostics + law.diagnostics
  }

  /// What is made ready from the regulations: the way from an address to a provision, and each item's law over time.
  package struct Law: Sendable {
    let index: RegulationIndex
    let citations: CitationGrammar
    let timelines: [Timeline]
    let diagnostics: [Diagnostic]

    package init(_ contents: Contents) {
      index = RegulationIndex(contents.versions)
      citations = CitationGrammar(index: index)
      var resolver = PositionResolver(index: index, terms: contents.terms)
      timelines = contents.ordered.map { resolver.timeline(of: $0) }
      diagnostics = resolver.diagnostics
    }
  }

  /// What is made ready from the words: how a sentence is read.
  package struct Words: Sendable {
    let matcher: Matcher
    let listener: FactListener
    let diagnostics: [Diagnostic]

    package init(_ contents: Contents) {
      var found: [Diagnostic] = []
      matcher = Matcher(lexicon: contents.lexicon, violations: contents.ordered, wording: contents.wording) { found.append($0) }
      listener = FactListener(contents.terms, matcher.folding) { found.append($0) }
      diagnostics = found
    }
  }
}

extension Rulebook.Contents {
  /// The violations by number.
  var ordered: [Violation] { violations.sorted { $0.id < $1.id } }
}
