public import Enforcement
internal import GRDB

extension Corpus {
  /// A gram in at least so many provisions is remembered as common.
  static let commonFrom = 1000

  /// Brings the index of a folder in line with its list: adds what is not in yet, takes out what is no longer listed.
  ///
  /// Can be interrupted at any moment and run again: each transaction leaves the index whole, and what is in is not done again.
  ///
  /// - Parameters:
  ///   - sources: all texts of the folder; those whose file and digest are known already are left alone.
  ///   - read: reads one of them.
  ///   - batch: so many bytes of words go into one transaction, or one text: what is lost at most when an update is interrupted.
  ///   - step: is told how many of the texts to add are done, and how many there are.
  /// - Throws: `RulebookError` when the index cannot be opened or written; it then is as the last transaction left it.
  public static func update(
    in folder: String, to sources: [Source], batch: Int = 8 << 20, step: (_ done: Int, _ total: Int) -> Void = { _, _ in },
    read: (Source) throws(RulebookError) -> OfficialText
  ) throws(RulebookError) -> Update {
    let path = folder + "/" + TextIndex.fileName
    do {
      let database = try Store.open(path, isReadOnly: false)
      defer { try? database.close() }
      try database.write { db in
        try Store.create(db)
        try Store.check(db, path)
      }
      var updater = Updater(database: database, batch: batch)
      try updater.run(sources, step, read)
      return updater.result
    } catch {
      throw Store.error(error, path)
    }
  }
}

/// One run of an update.
private struct Updater {
  let database: DatabaseQueue
  let batch: Int
  var result = Corpus.Update()
  private let clock = ContinuousClock()
  private var pending: [(source: Corpus.Source, text: OfficialText, rows: [IndexedProvision])] = []
  private var pendingBytes = 0

  init(database: DatabaseQueue, batch: Int) {
    self.database = database
    self.batch = batch
  }

  mutating func run(
    _ sources: [Corpus.Source], _ step: (Int, Int) -> Void, _ read: (Corpus.Source) throws(RulebookError) -> OfficialText
  ) throws {
    let known = try database.read { db in
      try Dictionary(
        uniqueKeysWithValues: Row.fetchAll(db, sql: "SELECT file, digest, work, version FROM text").map {
          ($0[0] as String, [$0[1] as String, $0[2], $0[3]])
        })
    }
    let listed = Set(sources.map(\.file))
    let gone = known.keys.filter { !listed.contains($0) }.sorted()
    let wanted = sources.filter { known[$0.file] != [$0.digest, $0.work, $0.version] }
      .sorted { (Store.rank($0.kind), $0.title, $0.version, $0.file) < (Store.rank($1.kind), $1.title, $1.version, $1.file) }
    result.unchanged = sources.count - wanted.count
    if !gone.isEmpty {
      let start = clock.now
      try database.write { db in
        try Self.begin(db)
        try remove(gone, db)
      }
      result.removed = gone.count
      result.indexing += clock.now - start
    }
    for (number, source) in wanted.enumerated() {
      let start = clock.now
      do throws(RulebookError) {
        let text = try read(source)
        let rows = IndexedProvision.rows(of: text)
        pending.append((source, text, rows))
        pendingBytes += rows.reduce(0) { $0 + $1.bytes }
      } catch {
        result.refused.append((source, error))
      }
      result.reading += clock.now - start
      if pendingBytes >= batch { try flush() }
      step(number + 1, wanted.count)
    }
    try flush()
    try finish()
  }

  /// Writes what is pending, in one transaction.
  private mutating func flush() throws {
    guard !pending.isEmpty else { return }
    let start = clock.now
    try database.write { db in
      try Self.begin(db)
      try remove(pending.map(\.source.file), db)
      for one in pending { try add(one.source, one.text, one.rows, db) }
    }
    result.added += pending.count
    result.bytes += pendingBytes
    pending = []
    pendingBytes = 0
    result.indexing += clock.now - start
  }

  private static func begin(_ db: Database) throws {
    try db.execute(sql: "INSERT INTO unfinished(since) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM unfinished)")
  }

  private func add(_ source: Corpus.Source, _ text: OfficialText, _ rows: [IndexedProvision], _ db: Database) throws {
    let low = Store.rank(source.kind) << Store.textBits
    let id =
      try Int64.fetchOne(
        db, sql: "SELECT max(id) + 1 FROM text WHERE id BETWEEN ? AND ?", arguments: [low, low | (1 << Store.textBits - 1)])
      ?? low
    let from = CalendarDate(source.version)
    let repealed = text.history.filter { event in event.kind == .repealed && from.map { $0 < event.date } ?? true }.map(\.date)
      .min()
    let place = Corpus.Place(title: source.title, kind: source.kind)
    try db.cachedStatement(sql: "INSERT INTO text VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
      arguments: [
        id, source.file, source.title, TextIndex.key(source.title), source.work, source.version, source.kind.rawValue,
        place.level.rawValue, place.name, from?.daysSince1970, repealed?.daysSince1970, source.source, source.digest,
        source.imported.daysSince1970, rows.count,
        rows.reduce(0) { $0 + $1.bytes },
      ])
    let insert = try db.cachedStatement(sql: "INSERT INTO provision VALUES(?, ?, ?, ?, ?)")
    let index = try db.cachedStatement(sql: "INSERT INTO gram(rowid, heading, words) VALUES(?, ?, ?)")
    for (number, row) in rows.enumerated() {
      let rowID = id << Store.provisionBits | Int64(number)
      try insert.execute(arguments: [rowID, row.eId, row.number, row.heading, row.words])
      try index.execute(arguments: [rowID, row.heading, row.words])
    }
  }

  /// Takes out texts and their provisions; a file that is not in is passed over.
  private func remove(_ files: [String], _ db: Database) throws {
    let find = try db.cachedStatement(sql: "SELECT id FROM text WHERE file = ?")
    let ids = try files.compactMap { try Int64.fetchOne(find, arguments: [$0]) }.sorted()
    for id in ids {
      let arguments: StatementArguments = [id << Store.provisionBits, (id + 1) << Store.provisionBits - 1]
      // The index does not keep the words: it is told what they were.
      try db.execute(
        sql: """
          INSERT INTO gram(gram, rowid, heading, words)
          SELECT 'delete', id, heading, words FROM provision WHERE id BETWEEN ? AND ? ORDER BY id
          """, arguments: arguments)
      try db.execute(sql: "DELETE FROM provision WHERE id BETWEEN ? AND ?", arguments: arguments)
      try db.execute(sql: "DELETE FROM text WHERE id = ?", arguments: [id])
    }
  }

  /// After everything is in: the index in one piece, and which grams are common.
  private mutating func finish() throws {
    let start = clock.now
    let total = try database.read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM unfinished") == 0
        ? nil : Int.fetchOne(db, sql: "SELECT sum(bytes) FROM text")
    }
    guard let total else { return }
    try database.write { db in
      // A small addition is merged by FTS5 as it goes on; joining everything for it would take as long as making everything.
      if result.bytes * 8 >= total { try db.execute(sql: "INSERT INTO gram(gram) VALUES('optimize')") }
      try db.execute(
        sql: """
          CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, gram, row);
          DELETE FROM common;
          INSERT INTO common SELECT term, doc FROM temp.vocabulary WHERE doc >= \(Corpus.commonFrom);
          DROP TABLE temp.vocabulary;
          DELETE FROM unfinished;
          """)
    }
    result.indexing += clock.now - start
  }
}
