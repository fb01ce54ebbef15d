public import Enforcement
internal import GRDB
internal import Synchronization

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
  /// Read when it is needed first: a citation does without.
  private let known = Mutex<Catalogue?>(nil)

  /// Opens the index of a folder for searching.
  ///
  /// - Throws: `RulebookError`: `notFound` when there is no index yet, `newerSchema` when a newer program wrote it,
  ///   `invalidData` when it is damaged or not ours, `unreadable` when it may not be read.
  public init(in folder: String) throws(RulebookError) {
    let path = folder + "/" + Self.fileName
    self.folder = folder
    do {
      database = try Store.openForReading(path)
    } catch {
      throw Store.error(error, path)
    }
  }

  /// What is indexed, by title and version.
  public func texts() throws(RulebookError) -> [Text] {
    do {
      return try database.read { db in try catalogue(db) }.texts
    } catch {
      throw Store.error(error, folder + "/" + Self.fileName)
    }
  }

  func catalogue(_ db: Database) throws -> Catalogue {
    try known.withLock { known in
      if let known { return known }
      let made = Catalogue(texts: try Text.all(db))
      known = made
      return made
    }
  }
}

extension Corpus {
  /// One imported text in one version.
  public struct Text: Hashable, Sendable {
    let id: Int64
    /// Its title as titles are compared.
    let key: String
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
      Versions.inForce(on: date).admit(from, until: until)
    }
  }

  /// Which versions of a text are searched.
  public enum Versions: Hashable, Sendable {
    /// In force on the day, or not in force yet: all but what was superseded or repealed by then.
    case current(on: CalendarDate)
    /// In force on the day; a text that names no day counts as in force.
    case inForce(on: CalendarDate)
    case all

    func admit(_ from: CalendarDate?, until: CalendarDate?) -> Bool {
      switch self {
      case .all: true
      case .current(let date): until.map { date < $0 } ?? true
      case .inForce(let date): (from.map { $0 <= date } ?? true) && (until.map { date < $0 } ?? true)
      }
    }
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

    func admits(_ text: Text) -> Bool {
      if !kinds.isEmpty, !kinds.contains(text.kind) { return false }
      if let place, !text.place.answers(to: place) { return false }
      if let work, text.work != work, text.key != Corpus.key(work) { return false }
      return true
    }
  }
}
