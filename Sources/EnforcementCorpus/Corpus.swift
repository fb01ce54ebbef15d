public import Enforcement
internal import GRDB

/// The imported official texts (官方正文), ready to be searched.
///
///     let corpus = try Corpus(in: "/home/li/.local/share/zhunsheng/texts")
///     let answer = try corpus.search("临边 防护栏杆", versions: .current(on: "2026-11-20"))
///     for hit in answer.hits { print(hit.text.title, hit.number, hit.snippet.text) }
///     try corpus.search("安全生产法第九十九条第二项").hits.first        // a citation goes straight to the provision
///
/// Beside the texts lies one file, `index.sqlite`: a row for each provision (an article; a numbered unit where there are no
/// articles; an attachment; what stands before the first provision), and an FTS5 index of characters and pairs of characters
/// (`Grams`). The index only says which provisions can be meant; whether they are, and how well they answer, is decided on the
/// stored words, so that a phrase is found as it is written and the rank does not depend on what the index keeps.
///
/// A corpus never writes: `Corpus.update` does.
public final class Corpus: Sendable {
  /// The name of the index in the folder of texts.
  public static let fileName = "index.sqlite"

  let database: DatabaseQueue
  /// The folder of the texts.
  public let folder: String
  /// What is indexed, by title and version.
  public let texts: [Text]
  let indexes: [Int64: Int]
  let averageLength: Double

  /// Opens the index of a folder for searching.
  ///
  /// - Throws: `RulebookError`: `notFound` when there is no index yet, `newerSchema` when a newer program wrote it,
  ///   `invalidData` when it is damaged or not ours, `unreadable` when it may not be read.
  public init(in folder: String) throws(RulebookError) {
    let path = folder + "/" + Self.fileName
    self.folder = folder
    do {
      database = try Store.open(path, isReadOnly: true)
      let contents = try database.read { db in
        try Store.check(db, path)
        return try Text.all(db)
      }
      texts = contents
    } catch {
      throw Store.error(error, path)
    }
    indexes = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($1.id, $0) })
    let provisions = texts.reduce(0) { $0 + $1.provisions }
    averageLength = provisions == 0 ? 1 : Double(texts.reduce(0) { $0 + $1.bytes }) / Double(provisions)
  }
}

extension Corpus {
  /// One imported text in one version.
  public struct Text: Hashable, Sendable {
    let id: Int64
    /// Below the folder of texts.
    public let file: String
    public let title: String
    /// The work's IRI.
    public let work: String
    /// The name of the version: the day it takes effect, the last day the text names, or `undated`.
    public let version: String
    public let kind: OfficialText.Kind
    public let place: Place
    /// Nil when the text names no day.
    public let from: CalendarDate?
    /// The first day on which it no longer applies: the next version's, or that of its repeal as far as the text says so.
    public internal(set) var until: CalendarDate?
    /// The file it came from, without its folders.
    public let source: String
    /// SHA-256 of that file.
    public let digest: String
    public let imported: CalendarDate
    /// Rows of the index.
    public let provisions: Int
    /// UTF-8 bytes of its words.
    public let bytes: Int

    /// An undated text is in force on any day, as far as is known.
    public func isInForce(on date: CalendarDate) -> Bool {
      (from.map { $0 <= date } ?? true) && (until.map { date < $0 } ?? true)
    }
  }

  /// Where a text applies, as far as its kind or its title says so.
  public struct Place: Hashable, Sendable {
    public enum Level: String, Codable, CaseIterable, Sendable { case country, province, city, unknown }
    public let level: Level
    /// 广东省, 深圳市; nil for the country, and where the title names none.
    public let name: String?

    /// Whether somebody who asks for 国家, 省, 市, 广东 or 深圳市 means this place.
    public func answers(to asked: String) -> Bool {
      if asked == level.rawValue || asked == level.label { return true }
      guard let name, asked.unicodeScalars.count > 1 else { return false }
      return name.hasPrefix(asked)
    }
  }

  /// Which versions of a text are searched.
  public enum Versions: Hashable, Sendable {
    /// In force on the day, or not in force yet: all but what was superseded or repealed by then.
    case current(on: CalendarDate)
    /// In force on the day; a text that names no day counts as in force.
    case inForce(on: CalendarDate)
    case all
  }

  /// What a search is narrowed to; everything by default.
  public struct Filter: Hashable, Sendable {
    /// Empty: all kinds.
    public var kinds: Set<OfficialText.Kind>
    /// 国家, 省, 市, or the beginning of a name: 广东, 深圳市.
    public var place: String?
    /// A work's IRI or a title, with or without 《》 and 中华人民共和国.
    public var work: String?

    public init(kinds: Set<OfficialText.Kind> = [], place: String? = nil, work: String? = nil) {
      self.kinds = kinds
      self.place = place
      self.work = work
    }
  }
}

extension Corpus.Place.Level {
  public var label: String {
    switch self {
    case .country: "国家"
    case .province: "省"
    case .city: "市"
    case .unknown: "不详"
    }
  }
}

extension Corpus.Place {
  private static let municipalities = ["北京市", "上海市", "天津市", "重庆市"]

  init(title: String, kind: OfficialText.Kind) {
    switch kind {
    case .constitution, .law, .administrativeRegulation, .ministryRule, .judicialInterpretation:
      self.init(level: .country, name: nil)
      return
    case .localRegulation, .specialZoneRegulation, .governmentRule, .normativeDocument, .other: break
    }
    if title.hasPrefix("中华人民共和国") || title.hasPrefix("全国") {
      self.init(level: .country, name: nil)
      return
    }
    var rest = title[...]
    var province: String?
    for ending in ["自治区", "特别行政区", "省"] {
      if let name = Self.name(rest, ending, within: 9) {
        province = name
        rest = rest.dropFirst(name.count)
        break
      }
    }
    if let city = Self.name(rest, "市", within: 7) {
      self = Self.municipalities.contains(city) ? Self(level: .province, name: city) : Self(level: .city, name: city)
    } else if let zone = rest.firstRange(of: "经济特区"), rest[..<zone.lowerBound].count >= 2, rest[..<zone.lowerBound].count <= 3 {
      let city = String(rest[..<zone.lowerBound])
      self = city == "海南" ? Self(level: .province, name: "海南省") : Self(level: .city, name: city + "市")
    } else if let province {
      self.init(level: .province, name: province)
    } else {
      self.init(level: .unknown, name: nil)
    }
  }

  /// 广东省 of 广东省消防条例, nothing of 城市绿化条例.
  private static func name(_ title: Substring, _ ending: String, within count: Int) -> String? {
    guard let found = title.firstRange(of: ending) else { return nil }
    let before = title[..<found.lowerBound]
    guard before.count >= 2, before.count + ending.count <= count,
      !["城", "都", "直辖", "超", "门", "上", "夜", "股"].contains(where: before.hasSuffix)
    else { return nil }
    return String(title[..<found.upperBound])
  }
}
