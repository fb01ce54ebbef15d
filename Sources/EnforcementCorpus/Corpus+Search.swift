public import Enforcement
internal import GRDB

extension Corpus: SearchableTexts {
  /// The provisions that answer a query, best first. Nothing found is an empty answer; no query is an error.
  ///
  /// A citation goes straight to its provision. Of several words all must be found, each in the words, the headings or the
  /// title. A text whose title holds all words is itself a hit.
  ///
  /// - Parameter versions: which versions of a text count; the caller knows what day it is.
  /// - Throws: `RulebookError` when the index cannot be read.
  public func search(_ query: String, in filter: Filter = Filter(), versions: Versions, limit: Int = 20) throws(RulebookError)
    -> Answer
  {
    do {
      if let citation = WrittenCitation(query) {
        let named = try database.read { db in try Text.titled(TextIndex.key(citation.title), db) }
        if !named.isEmpty || query.unicodeScalars.contains("《") {
          return try answer(citation, named, in: filter, versions)
        }
      }
      let query = Query(query)
      guard !query.words.isEmpty, limit > 0 else { return Answer() }
      return try database.read { db in
        let catalogue = try catalogue(db)
        var search = Search(
          catalogue: catalogue, db: db, query: query, isAllowed: catalogue.admitted(filter, versions))
        return try search.run(limit)
      }
    } catch {
      throw Store.error(error, folder + "/" + TextIndex.fileName)
    }
  }

  /// The provision at an address, in the version of the given day; the article where the address goes deeper.
  public func provision(at address: ProvisionAddress, versions: Versions) throws(RulebookError) -> Answer {
    guard let place = address.place else { return Answer() }
    do {
      let named = try database.read { db in try Text.ofWork(address.work, db) }
      return try answer(named, place, versions, unknown: address.work)
    } catch {
      throw Store.error(error, folder + "/" + TextIndex.fileName)
    }
  }

  private func answer(
    _ citation: WrittenCitation, _ named: [Text], in filter: Filter, _ versions: Versions
  ) throws -> Answer {
    var filter = filter
    filter.work = nil
    var named = named.filter { filter.admits($0) }
    if let year = citation.year { named = named.filter { $0.version.hasPrefix(String(year)) } }
    return try answer(named, citation.place, citation.year == nil ? versions : .all, unknown: citation.title)
  }

  private func answer(
    _ named: [Text], _ place: ProvisionAddress.Place, _ versions: Versions, unknown: String
  ) throws -> Answer {
    var answer = Answer()
    guard !named.isEmpty else {
      answer.cited = .unknownTitle(unknown)
      return answer
    }
    // The version of the day; with all versions asked for each of them, the youngest first.
    let meant: [Text]
    switch versions {
    case .all: meant = named
    case .inForce(let date): meant = named.filter { $0.isInForce(on: date) }
    case .current(let date):
      let inForce = named.filter { $0.isInForce(on: date) }
      meant = inForce.isEmpty ? named.filter { versions.admit($0.from, until: $0.until) } : inForce
    }
    guard !meant.isEmpty else {
      answer.cited = .notInForce(named)
      return answer
    }
    let article = ProvisionAddress.Place(article: place.article, insertion: place.insertion).eId
    try database.read { db in
      for text in meant.sorted(by: { ($1.from?.description ?? "", $0.file) < ($0.from?.description ?? "", $1.file) }) {
        let row = try Row.fetchOne(
          db, sql: "SELECT eid, number, heading, words FROM provision WHERE id BETWEEN ? AND ? AND eid = ?",
          arguments: [text.id << Store.provisionBits, (text.id + 1) << Store.provisionBits - 1, article])
        guard let row else { continue }
        let words: String = row[3]
        let number: String = row[1]
        if let (part, lines) = Self.part(place, of: words) {
          answer.hits.append(
            Hit(
              text: text, eId: part.eId, number: number + Self.written(part), heading: row[2], snippet: Snippet(whole: lines),
              score: 0))
        } else {
          answer.hits.append(
            Hit(text: text, eId: article, number: number, heading: row[2], snippet: Snippet(whole: words), score: 0))
        }
      }
    }
    answer.total = answer.hits.count
    answer.cited = answer.hits.isEmpty ? .unknownPlace(meant[0], place) : .provision
    return answer
  }

  private static func written(_ place: ProvisionAddress.Place) -> String {
    (place.paragraph.map { "第\(ChineseNumeral.text($0))款" } ?? "") + (place.point.map { "第（\(ChineseNumeral.text($0))）项" } ?? "")
  }

  /// The lines of a 款 or 项 among those of its article, a 项 with the words that lead to it; nil when they cannot be told apart.
  private static func part(
    _ place: ProvisionAddress.Place, of words: String
  ) -> (place: ProvisionAddress.Place, lines: String)? {
    guard place.paragraph != nil || place.point != nil else { return nil }
    // A line begins a 款 unless it begins with a number in brackets or is an item of a list.
    var paragraphs: [[Substring]] = []
    for line in words.split(separator: "\n") {
      if "（(0123456789".contains(line.first!), !paragraphs.isEmpty {
        paragraphs[paragraphs.count - 1].append(line)
      } else {
        paragraphs.append([line])
      }
    }
    var place = place
    place.indent = nil
    guard let wanted = place.point else {
      guard let number = place.paragraph, number <= paragraphs.count else { return nil }
      return (place, paragraphs[number - 1].joined(separator: "\n"))
    }
    let number = ChineseNumeral.text(wanted)
    for (index, lines) in paragraphs.enumerated() where place.paragraph == nil || place.paragraph == index + 1 {
      if let line = lines.dropFirst().first(where: { $0.hasPrefix("（\(number)）") || $0.hasPrefix("(\(number))") }) {
        place.paragraph = index + 1
        return (place, "\(lines[0])\n\(line)")
      }
    }
    return nil
  }
}

/// One search for words.
private struct Search {
  let catalogue: Catalogue
  let db: Database
  let query: Query
  /// For each text.
  let isAllowed: [Bool]
  /// For each word, for each text: how often it is in the title.
  private var inTitle: [[Int]] = []
  private var weight: [Double] = []
  private var found: [(id: Int64, text: Int, score: Double)] = []
  private var isComplete = true
  private var counts: [String: Int] = [:]

  /// BM25 as usual; once in the heading, or once in a title that is nothing else, counts as so many times in the words.
  private static let k1 = 1.2, b = 0.75
  private static let titleWeight = 8.0, headingWeight = 3.0
  /// Up to so many texts are searched one by one, more of them all together.
  private static let separately = 64
  /// So many grams of one query are asked of the index, the rarest; whether the rest is there is seen in the words.
  private static let gramsAtMost = 6

  init(catalogue: Catalogue, db: Database, query: Query, isAllowed: [Bool]) {
    self.catalogue = catalogue
    self.db = db
    self.query = query
    self.isAllowed = isAllowed
  }

  mutating func run(_ limit: Int) throws -> Corpus.Answer {
    inTitle = query.words.map { catalogue.occurrences(of: $0) }
    try weigh()
    let all = (1 << query.words.count) - 1
    if query.words.count > 8 {
      try collect(isInTitle: 0, nil)
    } else {
      // Which words a text has in its title already.
      var groups: [Int: [Int]] = [:]
      for index in catalogue.texts.indices where isAllowed[index] {
        var mask = 0
        for word in query.words.indices where inTitle[word][index] > 0 { mask |= 1 << word }
        if mask != 0 { groups[mask, default: []].append(index) }
      }
      for index in groups[all] ?? [] {
        let id = catalogue.rows(index).lowerBound
        found.append((id, index, titleScore(index, catalogue.titleLength(index))))
      }
      try collect(isInTitle: 0, nil)
      for mask in groups.keys.sorted() where mask != all { try collect(isInTitle: mask, groups[mask]!) }
    }
    return try answer(limit)
  }

  /// How much each word tells: inverse frequency among the provisions, as BM25 has it. Of a longer word its rarest gram.
  private mutating func weigh() throws {
    let common = try db.cachedStatement(sql: "SELECT provisions FROM common WHERE gram = ?")
    for gram in Set(query.words.flatMap(\.grams)) { counts[gram] = try Int.fetchOne(common, arguments: [gram]) }
    let total = Double(catalogue.provisions)
    for word in query.words {
      var count = word.grams.map { counts[$0] ?? Corpus.commonFrom / 2 }.min() ?? 0
      if query.words.count > 1, let rare = word.grams.first(where: { counts[$0] == nil }) {
        count = try Int.fetchOne(db, sql: "SELECT count(*) FROM gram WHERE gram MATCH ?", arguments: [Self.quoted(rare)]) ?? 0
      }
      let odds = (total - Double(count) + 0.5) / (Double(count) + 0.5)
      weight.append(Double(max(0.01, Float(1 + max(0, odds)).logarithm)))
    }
  }

  private static func quoted(_ gram: String) -> String { "\"\(gram)\"" }

  /// The rows that hold all words but those in the mask.
  private func expression(without mask: Int) -> String {
    var grams: [String] = []
    for (index, word) in query.words.enumerated() where mask & (1 << index) == 0 {
      for gram in word.grams where !grams.contains(gram) { grams.append(gram) }
    }
    let ranked = grams.enumerated().map { (gram: $1, count: counts[$1] ?? 0, position: $0) }
    let rarest = ranked.sorted { ($0.count, $0.position) < ($1.count, $1.position) }
    return rarest.prefix(Self.gramsAtMost).map { Self.quoted($0.gram) }.joined(separator: " AND ")
  }

  /// Ranks what the index proposes.
  ///
  /// - Parameters:
  ///   - isInTitle: the words that need not be found, because they are in the title of all these texts.
  ///   - texts: nil means all.
  private mutating func collect(isInTitle mask: Int, _ wanted: [Int]?) throws {
    var ranges: [ClosedRange<Int64>]
    var isWanted = isAllowed
    let texts = wanted ?? isAllowed.indices.filter { isAllowed[$0] }
    guard !texts.isEmpty else { return }
    if texts.count <= Self.separately {
      ranges = texts.map { catalogue.rows($0) }.sorted { $0.lowerBound < $1.lowerBound }
    } else {
      if let wanted {
        isWanted = [Bool](repeating: false, count: isAllowed.count)
        for index in wanted { isWanted[index] = isAllowed[index] }
      }
      ranges = [
        texts.map { catalogue.rows($0).lowerBound }.min()!...texts.map { catalogue.rows($0).upperBound }.max()!
      ]
    }
    let statement = try db.cachedStatement(
      sql: """
        SELECT provision.id, heading_, words_ FROM
          (SELECT rowid AS id_ FROM gram WHERE gram MATCH ? AND rowid BETWEEN ? AND ?)
          CROSS JOIN (SELECT id, heading AS heading_, words AS words_ FROM provision) AS provision ON provision.id = id_
        """)
    let match = expression(without: mask)
    var left = TextIndex.rankedLimit
    for range in ranges {
      let rows = try Row.fetchCursor(statement, arguments: [match, range.lowerBound, range.upperBound])
      var text: (id: Int64, index: Int) = (-1, 0)
      while let row = try rows.next() {
        let id: Int64 = row[0]
        if id >> Store.provisionBits != text.id {
          text.id = id >> Store.provisionBits
          text.index = catalogue.indexes[text.id]!
        }
        guard isWanted[text.index] else { continue }
        var heading: String = row[1]
        var words: String = row[2]
        guard let score = score(&heading, &words, text.index, mask) else { continue }
        if left == 0 {
          isComplete = false
          return
        }
        left -= 1
        found.append((id, text.index, score))
      }
    }
  }

  /// BM25; nil when a word is not there after all.
  private func score(_ heading: inout String, _ words: inout String, _ text: Int, _ mask: Int) -> Double? {
    var result = 0.0
    let length = Double(heading.utf8.count + words.utf8.count)
    for (index, word) in query.words.enumerated() {
      let count = Self.count(word, in: &words)
      let above = heading.isEmpty ? 0 : Self.count(word, in: &heading)
      if count == 0, above == 0, mask & (1 << index) == 0 { return nil }
      let frequency = Double(count) + Self.headingWeight * Double(above) + titleFrequency(index, text)
      result += weight[index] * saturated(frequency, length)
    }
    return result
  }

  /// The more of the title a word is, the more it is the text that is meant: 消防法 of 消防法, less of a province's measures for it.
  private func titleFrequency(_ word: Int, _ text: Int) -> Double {
    guard inTitle[word][text] > 0 else { return 0 }
    return Self.titleWeight * Double(inTitle[word][text]) * share(word, text)
  }

  private func share(_ word: Int, _ text: Int) -> Double {
    min(1, Double(query.words[word].folded.count) / Double(max(1, catalogue.texts[text].key.utf8.count)))
  }

  /// A text that is found by its title is as short as its title.
  private func titleScore(_ text: Int, _ bytes: Int) -> Double {
    query.words.indices.reduce(0.0) { sum, word in
      sum + weight[word] * (1 + share(word, text)) * saturated(titleFrequency(word, text), Double(bytes))
    }
  }

  private func saturated(_ frequency: Double, _ length: Double) -> Double {
    frequency * (Self.k1 + 1) / (frequency + Self.k1 * (1 - Self.b + Self.b * length / catalogue.averageLength))
  }

  private static func count(_ word: Query.Word, in text: inout String) -> Int {
    if word.isPlain { return text.withUTF8 { count(word, in: $0) } }
    return Grams.folded(text).withUnsafeBufferPointer { count(word, in: $0) }
  }

  private static func count(_ word: Query.Word, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    var offset = 0
    while let next = Grams.find(word.folded, in: text, from: offset, isWhole: word.isWhole) {
      count += 1
      offset = next + word.folded.count
    }
    return count
  }

  private mutating func answer(_ limit: Int) throws -> Corpus.Answer {
    // A provision can be found with and without the title.
    found.sort { $0.id != $1.id ? $0.id < $1.id : $0.score > $1.score }
    var unique: [(id: Int64, text: Int, score: Double)] = []
    for one in found where unique.last?.id != one.id { unique.append(one) }
    unique.sort { lhs, rhs in
      if lhs.score != rhs.score { return lhs.score > rhs.score }
      let (left, right) = (catalogue.texts[lhs.text], catalogue.texts[rhs.text])
      return left.kind != right.kind || lhs.text == rhs.text ? lhs.id < rhs.id : lhs.text < rhs.text
    }
    var answer = Corpus.Answer()
    answer.total = unique.count
    answer.isComplete = isComplete
    let statement = try db.cachedStatement(sql: "SELECT eid, number, heading, words FROM provision WHERE id = ?")
    for one in unique.prefix(limit) {
      guard let row = try Row.fetchOne(statement, arguments: [one.id]) else { continue }
      answer.hits.append(
        Corpus.Hit(
          text: catalogue.texts[one.text], eId: row[0], number: row[1], heading: row[2],
          snippet: Corpus.Snippet(of: row[3], query),
          score: one.score))
    }
    return answer
  }
}
