/// Every citation of a text, held against the law of a day: does the provision exist, was it in force, is it clear which is
/// meant (引用核对).
///
///     let audit = CitationAudit(of: words, on: day, in: index, grammar: grammar) { work, day in library.words(work, day) }
///     audit.entries.filter { $0.verdict.isWrong }
///
/// Where the official text is at hand it decides; otherwise the digest does as far as it goes, and what it does not record is
/// said to be unknown, never to be missing.
public struct CitationAudit: Sendable {
  public enum Verdict: String, Codable, CaseIterable, Sendable {
    /// The official text has it.
    case confirmed
    /// The digest records it; no official text is at hand.
    case recorded
    /// The regulation is known, this place of it is not recorded, and no official text is at hand.
    case unrecorded
    /// The version of that day has no such place.
    case missing
    case notYetInForce = "not-yet-in-force"
    case repealed
    /// A title that neither the rulebook nor the imported texts have.
    case unknownWork = "unknown-work"
    /// An article without a title.
    case ambiguous

    /// Whether the citation cannot stand as it is.
    public var isWrong: Bool { self == .missing || self == .notYetInForce || self == .repealed }
  }

  public struct Entry: Codable, Hashable, Sendable {
    /// From 1; the column counts characters as they stand in the line.
    public var line: Int
    public var column: Int
    /// As written.
    public var words: String
    public var verdict: Verdict
    /// 《…》第…条第…款, complete; nil when it is not clear which is meant.
    public var citation: String?
    public var address: String?
    /// The version it was held against.
    public var version: String?
    public var note: String?
  }

  public let date: CalendarDate
  public private(set) var entries: [Entry] = []

  /// - Parameters:
  ///   - index: the regulations that can be meant, those of imported texts included.
  ///   - official: the official text of a work in force on a day; nil where none was imported.
  public init(
    of text: String, on date: CalendarDate, in index: RegulationIndex, grammar: CitationGrammar,
    official: (_ work: String, _ day: CalendarDate) throws -> OfficialText? = { _, _ in nil }
  ) rethrows {
    self.date = date
    let scalars = Array(text.unicodeScalars)
    let references = grammar.references(in: text, on: date)
    var found: [(range: Range<Int>, entry: Entry)] = []
    for reference in references { found.append((reference.range, try Self.entry(reference, scalars, date, index, official))) }
    for (range, name) in Self.strangers(in: scalars) where !references.contains(where: { $0.range.overlaps(range) }) {
      var entry = Entry(line: 0, column: 0, words: Self.string(scalars[range]), verdict: .unknownWork)
      entry.note = "规则库和导入的正文里都没有\(name)"
      found.append((range, entry))
    }
    for range in Self.orphans(in: scalars) where !references.contains(where: { $0.range.overlaps(range) }) {
      var entry = Entry(line: 0, column: 0, words: Self.string(scalars[range]), verdict: .ambiguous)
      entry.note = "没有写是哪部法规的"
      found.append((range, entry))
    }
    entries = found.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }.map {
      range, entry in
      var entry = entry
      (entry.line, entry.column) = Self.position(range.lowerBound, scalars)
      return entry
    }
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(scalars)) }

  private static func position(_ offset: Int, _ scalars: [Unicode.Scalar]) -> (Int, Int) {
    var (line, start) = (1, 0)
    for index in 0..<offset where scalars[index] == "\n" { (line, start) = (line + 1, index + 1) }
    return (line, string(scalars[start..<offset]).count + 1)
  }

  // MARK: One citation

  private static func entry(
    _ reference: CitationGrammar.Reference, _ scalars: [Unicode.Scalar], _ date: CalendarDate, _ index: RegulationIndex,
    _ official: (_ work: String, _ day: CalendarDate) throws -> OfficialText?
  ) rethrows -> Entry {
    var entry = Entry(line: 0, column: 0, words: string(scalars[reference.range]), verdict: .unrecorded)
    guard let regulation = index[reference.address.work], let place = reference.address.place else { return entry }
    entry.address = reference.address.description
    let named = reference.address.version.flatMap { regulation.version(named: $0) }
    guard let version = named ?? regulation.version(on: date) else {
      entry.citation = Citation.text(regulation.current, place)
      return outOfForce(entry, regulation, date)
    }
    entry.version = version.name
    entry.citation = Citation.text(version, place)
    if let named, !named.isInForce(on: date) { return outOfForce(entry, regulation, date, named) }
    let day = version.from.map { max($0, named == nil ? date : $0) } ?? date
    if let text = try official(regulation.iri, day) {
      return held(entry, reference, version, against: text)
    }
    guard version.isEncoded else {
      entry.note = "没有导入它的正文，规则库没有录它的条文，查不出这一条有没有"
      return entry
    }
    let article = ProvisionAddress.Place(article: place.article, insertion: place.insertion)
    if version.provision(at: reference.written) != nil || version.provision(at: place) != nil {
      entry.verdict = .recorded
    } else if let count = version.provision(at: article)?.paragraphCount, let paragraph = reference.written.paragraph,
      paragraph > count
    {
      entry.verdict = .missing
      entry.note = "这一条只有\(count)款"
    } else {
      entry.note = "没有导入正文，规则库的要旨没有录这一处"
    }
    return entry
  }

  private static func outOfForce(
    _ entry: Entry, _ regulation: Regulation, _ date: CalendarDate, _ named: Regulation.Version? = nil
  ) -> Entry {
    var entry = entry
    let versions = named.map { [$0] } ?? regulation.versions
    if let from = versions.compactMap(\.from).min(), date < from {
      // Of a work that only an imported text is known of, an older version may have been in force.
      let isKnown = regulation.versions.contains { $0.isEncoded || !$0.record.issuer.isEmpty }
      entry.verdict = isKnown ? .notYetInForce : .unrecorded
      entry.note = isKnown ? "\(from) 起才施行" : "导入的正文 \(from) 起施行，\(date) 的版本没有导入"
    } else if let until = versions.compactMap(\.until).max(), until < date {
      entry.verdict = .repealed
      entry.note = "\(until) 之后已经失效"
    } else {
      entry.note = "不知道 \(date) 适用哪个版本"
    }
    return entry
  }

  private static func held(
    _ entry: Entry, _ reference: CitationGrammar.Reference, _ version: Regulation.Version, against text: OfficialText
  ) -> Entry {
    var entry = entry
    let written = reference.written
    let article = ProvisionAddress.Place(article: written.article, insertion: written.insertion)
    guard let piece = text.piece(at: article.eId) else {
      entry.verdict = .missing
      entry.note = "这部法规没有这一条" + (text.articles.last.map { "，最后一条是\($0.number)" } ?? "")
      return entry
    }
    var place = written
    let paragraphs = piece.children.filter { $0.kind == .paragraph }
    if let point = written.point, written.paragraph == nil {
      // The paragraph that has such a point; an officer rarely writes 第一款 where there is only one.
      let homes = paragraphs.indices.filter { paragraphs[$0].children.filter { $0.kind == .point }.count >= point }
      place.paragraph = homes.first.map { $0 + 1 } ?? 1
      if homes.count > 1 {
        entry.note =
          "这一条的第\(homes.map { ChineseNumeral.text($0 + 1) }.joined(separator: "款、第"))款都有第（\(ChineseNumeral.text(point))）项，要写明是第几款"
        entry.verdict = .ambiguous
        return entry
      }
    }
    if text.piece(at: place.eId) == nil {
      entry.verdict = .missing
      let points = place.paragraph.flatMap { number in
        paragraphs.indices.contains(number - 1) ? paragraphs[number - 1].children.count { $0.kind == .point } : nil
      }
      entry.note = points.map { "这一款只有\($0)项" } ?? "这一条只有\(paragraphs.count)款"
      return entry
    }
    entry.verdict = .confirmed
    entry.citation = "《\(version.title)》" + text.citation(of: place)
    entry.address = reference.address.work + "#" + place.eId
    return entry
  }

  // MARK: What the grammar does not know

  /// 《…》第…条 of instruments nobody has heard of; the title, with its brackets.
  private static func strangers(in scalars: [Unicode.Scalar]) -> [(Range<Int>, String)] {
    var result: [(Range<Int>, String)] = []
    var index = 0
    while index < scalars.count {
      guard scalars[index] == "《" else {
        index += 1
        continue
      }
      var depth = 0
      var end = index
      while end < scalars.count, end - index < 80, scalars[end] != "\n" {
        if scalars[end] == "《" { depth += 1 }
        if scalars[end] == "》" { depth -= 1 }
        end += 1
        if depth == 0 { break }
      }
      guard depth == 0, end > index + 2 else {
        index += 1
        continue
      }
      var after = end
      if after < scalars.count, scalars[after] == "（" || scalars[after] == "(" {
        while after < scalars.count, after - end < 40, scalars[after] != "）", scalars[after] != ")" { after += 1 }
        after += 1
      }
      if let close = article(in: scalars, at: after) { result.append((index..<close, string(scalars[index..<end]))) }
      index = end
    }
    return result
  }

  /// 违反第九十九条: an article that belongs to nothing.
  private static func orphans(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for index in scalars.indices where scalars[index] == "第" {
      guard let close = article(in: scalars, at: index) else { continue }
      let before = string(scalars[max(0, index - 3)..<index])
      if ["违反", "违反了", "根据", "依据", "依照", "按照"].contains(where: { before.hasSuffix($0) }) { result.append(index..<close) }
    }
    return result
  }

  /// Where 第…条 that begins here ends.
  private static func article(in scalars: [Unicode.Scalar], at start: Int) -> Int? {
    guard start < scalars.count, scalars[start] == "第" else { return nil }
    var end = start + 1
    while end < scalars.count, ChineseNumeral.isNumeral(scalars[end]), end - start < 10 { end += 1 }
    guard end > start + 1, end < scalars.count, scalars[end] == "条" else { return nil }
    return end + 1
  }
}

extension CalendarDate {
  /// The last day a text names that is not after `limit`: a document is dated at its end.
  public static func last(in text: String, notAfter limit: CalendarDate) -> CalendarDate? {
    text.split(whereSeparator: \.isNewline).reversed().lazy.compactMap { CalendarDate(firstIn: String($0)) }.first { $0 <= limit }
  }
}
