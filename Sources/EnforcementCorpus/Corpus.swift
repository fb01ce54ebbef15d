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
    let path = folder + "/" + TextIndex.fileName
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
      throw Store.error(error, folder + "/" + TextIndex.fileName)
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
  public typealias Text = TextIndex.Text
  public typealias Place = TextIndex.Place
  public typealias Versions = TextIndex.Versions
  public typealias Filter = TextIndex.Filter
  public typealias Snippet = TextIndex.Snippet
  public typealias Hit = TextIndex.Hit
  public typealias Cited = TextIndex.Cited
  public typealias Answer = TextIndex.Answer
  public typealias Source = TextIndex.Source
  public typealias Update = TextIndex.Update
}
