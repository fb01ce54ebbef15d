/// Official texts that can be searched, wherever they are kept (检索正文).
///
/// The index itself is outside the core; these are the values that go in and come out.
public enum TextIndex {
  /// The name of the index in the folder of texts.
  public static let fileName = "index.sqlite"

  /// So many matching provisions are ranked at most. A word that is in more of them says little; those of the laws come first.
  public static let rankedLimit = 10_000
}

extension TextIndex {
  /// A title as titles are compared: without brackets, spaces and 中华人民共和国.
  public static func key(_ title: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in title.unicodeScalars where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      result.append(scalar)
    }
    let bare = String(result)
    return bare.hasPrefix("中华人民共和国") ? String(bare.dropFirst(7)) : bare
  }
}

/// An index that answers.
public protocol SearchableTexts: Sendable {
  /// The provisions that answer a query, best first. Nothing found is an empty answer.
  ///
  /// - Throws: `RulebookError` when the index cannot be read.
  func search(
    _ query: String, in filter: TextIndex.Filter, versions: TextIndex.Versions, limit: Int
  ) throws(RulebookError) -> TextIndex.Answer

  /// The provision at an address, in the version of the given day; the article where the address goes deeper.
  func provision(at address: ProvisionAddress, versions: TextIndex.Versions) throws(RulebookError) -> TextIndex.Answer
}

extension TextIndex {
  /// One imported text in one version.
  public struct Text: Hashable, Sendable {
    package let id: Int64
    /// Its title as titles are compared.
    package let key: String
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
    public package(set) var until: CalendarDate?
    /// The file it came from, without its folders.
    public let source: String
    /// SHA-256 of that file.
    public let digest: String
    public let imported: CalendarDate
    /// Rows of the index.
    public let provisions: Int
    /// UTF-8 bytes of its words.
    public let bytes: Int

    package init(
      id: Int64, key: String, file: String, title: String, work: String, version: String, kind: OfficialText.Kind, place: Place,
      from: CalendarDate?, until: CalendarDate?, source: String, digest: String, imported: CalendarDate, provisions: Int,
      bytes: Int
    ) {
      self.id = id
      self.key = key
      self.file = file
      self.title = title
      self.work = work
      self.version = version
      self.kind = kind
      self.place = place
      self.from = from
      self.until = until
      self.source = source
      self.digest = digest
      self.imported = imported
      self.provisions = provisions
      self.bytes = bytes
    }

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

    package func admit(_ from: CalendarDate?, until: CalendarDate?) -> Bool {
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

    package func admits(_ text: Text) -> Bool {
      if !kinds.isEmpty, !kinds.contains(text.kind) { return false }
      if let place, !text.place.answers(to: place) { return false }
      if let work, text.work != work, text.key != TextIndex.key(work) { return false }
      return true
    }
  }
}

extension TextIndex {
  /// A provision that answers a query.
  public struct Hit: Hashable, Sendable {
    public let text: Text
    /// `art_99`; `preface` for what stands before the first provision, where a text that is found by its title is found.
    public let eId: String
    /// As written: 第九十九条; empty where the text numbers nothing.
    public let number: String
    /// The chapter and section it stands in.
    public let heading: String
    public let snippet: Snippet
    /// BM25 over title, heading and words; comparable within one answer only. 0 for a citation.
    public let score: Double

    package init(
      text: Text, eId: String, number: String, heading: String, snippet: Snippet, score: Double
    ) {
      self.text = text
      self.eId = eId
      self.number = number
      self.heading = heading
      self.snippet = snippet
      self.score = score
    }
  }

  /// What a citation led to.
  public enum Cited: Hashable, Sendable {
    /// The query is no citation.
    case no
    case provision
    /// No text of this title is in.
    case unknownTitle(String)
    /// The text is in, the place is not in it.
    case unknownPlace(Text, ProvisionAddress.Place)
    /// Only versions that are not asked for are in.
    case notInForce([Text])
  }

  public struct Answer: Sendable {
    /// Best first.
    public package(set) var hits: [Hit] = []
    /// How many provisions answer; a lower bound where not all were looked at.
    public package(set) var total = 0
    /// False when the words are in so many provisions that only the first `rankedLimit` were ranked: those of the
    /// highest legal force.
    public package(set) var isComplete = true
    public package(set) var cited = Cited.no

    /// Nothing found.
    public init() {}
  }
}

extension TextIndex {
  /// A text as the folder lists it: what the index should hold.
  public struct Source: Hashable, Sendable {
    /// Below the folder of texts.
    public var file: String
    public var title: String
    public var work: String
    public var version: String
    public var kind: OfficialText.Kind
    /// The file it was imported from, and its SHA-256.
    public var source: String
    public var digest: String
    public var imported: CalendarDate

    public init(
      file: String, title: String, work: String, version: String, kind: OfficialText.Kind, source: String, digest: String,
      imported: CalendarDate
    ) {
      self.file = file
      self.title = title
      self.work = work
      self.version = version
      self.kind = kind
      self.source = source
      self.digest = digest
      self.imported = imported
    }
  }

  /// What an update did.
  public struct Update: Sendable {
    public package(set) var added = 0
    public package(set) var removed = 0
    public package(set) var unchanged = 0
    /// UTF-8 bytes of the words that were added.
    public package(set) var bytes = 0
    /// Texts that could not be read; everything else was indexed.
    public package(set) var refused: [(source: Source, error: RulebookError)] = []
    /// Time spent in reading the texts, and in indexing them.
    public package(set) var reading = Duration.zero
    public package(set) var indexing = Duration.zero

    public init() {}
  }
}

extension TextIndex {
  /// The words around what was found.
  public struct Snippet: Hashable, Sendable {
    /// One line; an ellipsis where something was left out.
    public let text: String
    /// What was found, as offsets in Unicode scalars of `text`; in order, not overlapping.
    public let marks: [Range<Int>]

    package init(
      text: String, marks: [Range<Int>]
    ) {
      self.text = text
      self.marks = marks
    }
  }
}
