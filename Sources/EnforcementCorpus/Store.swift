internal import Enforcement
internal import GRDB

/// The file `index.sqlite`: its shape, how it is opened, and what its errors mean.
enum Store {
  /// Written into the file's header: “ZSC1”.
  static let application: Int32 = 0x5A53_4331
  static let schema = 1

  /// The rows of a kind lie together, those of higher legal force first; within a text in its order. So the first matches of a
  /// word that is everywhere are those of the laws.
  static let kinds: [OfficialText.Kind] = [
    .constitution, .law, .administrativeRegulation, .specialZoneRegulation, .judicialInterpretation, .ministryRule,
    .localRegulation, .governmentRule, .normativeDocument, .other,
  ]
  /// Bits of a row's number that count inside a text, and of a text's number that count inside a kind.
  static let provisionBits: Int64 = 20, textBits: Int64 = 24

  static func rank(_ kind: OfficialText.Kind) -> Int64 { Int64(kinds.firstIndex(of: kind)!) }

  static func open(_ path: String, isReadOnly: Bool) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.busyMode = .timeout(10)
    configuration.label = "zhunsheng.corpus"
    configuration.prepareDatabase { db in
      db.add(tokenizer: GramTokenizer.self)
      if isReadOnly { try db.execute(sql: "PRAGMA mmap_size = 1073741824") }
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Opens an index that is ours. What an interrupted update has left half done is taken back first, where the folder can be
  /// written: who only reads must not, and cannot read what is half done.
  static func openForReading(_ path: String) throws -> DatabaseQueue {
    func opened() throws -> DatabaseQueue {
      let database = try open(path, isReadOnly: true)
      try database.read { db in try check(db, path) }
      return database
    }
    do {
      return try opened()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
      do {
        let writer = try open(path, isReadOnly: false)
        _ = try writer.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") }
        try writer.close()
        return try opened()
      } catch let error as DatabaseError where [.SQLITE_READONLY, .SQLITE_CANTOPEN].contains(error.resultCode) {
        throw RulebookError(.unreadable, "\(path)：上次建立索引时中断了，要先恢复，可是这个文件夹不能写；请在能写的地方再运行一次 zhunsheng import")
      }
    }
  }

  /// Refuses a file that is not ours or newer than we are.
  static func check(_ db: Database, _ path: String) throws {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == application else {
      throw RulebookError(.invalidData, "\(path)：不是准绳的检索索引；请删去（或者移走）这个文件，再运行一次 zhunsheng import 就会重建")
    }
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if found > schema {
      throw RulebookError(
        .newerSchema, "\(path)：索引的格式是 \(found)，这个程序只认到 \(schema)；请升级程序，或者删去这个文件再运行一次 zhunsheng import")
    }
  }

  /// Makes the tables in a new, empty file.
  static func create(_ db: Database) throws {
    let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
    guard isEmpty, try Int32.fetchOne(db, sql: "PRAGMA application_id") == 0 else { return }
    // The index keeps for each gram only in which rows it is: how often and where is read from the words, which are stored
    // anyway. Kept with positions it would be larger than the text.
    try db.execute(
      sql: """
        CREATE TABLE text(
          id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, title TEXT NOT NULL, key TEXT NOT NULL, work TEXT NOT NULL, version TEXT NOT NULL,
          kind TEXT NOT NULL, level TEXT NOT NULL, place TEXT, effective INTEGER, repealed INTEGER, source TEXT NOT NULL, digest TEXT NOT NULL,
          imported INTEGER NOT NULL, provisions INTEGER NOT NULL, bytes INTEGER NOT NULL);
        CREATE INDEX textByKey ON text(key);
        CREATE INDEX textByWork ON text(work);
        CREATE TABLE provision(
          id INTEGER PRIMARY KEY, eid TEXT NOT NULL, number TEXT NOT NULL, heading TEXT NOT NULL, words TEXT NOT NULL);
        CREATE VIRTUAL TABLE gram USING fts5(
          heading, words, content='', columnsize=0, detail=none, tokenize='\(GramTokenizer.name)');
        CREATE TABLE common(gram TEXT PRIMARY KEY, provisions INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE unfinished(since INTEGER);
        INSERT INTO gram(gram, rank) VALUES('hashsize', 33554432);
        PRAGMA application_id = \(application);
        PRAGMA user_version = \(schema);
        """)
  }

  /// What went wrong, for a person.
  static func error(_ error: any Error, _ path: String) -> RulebookError {
    if let error = error as? RulebookError { return error }
    guard let error = error as? DatabaseError else { return RulebookError(.unreadable, "\(path)：\(error)") }
    let rebuild = "请删去这个文件，再运行一次 zhunsheng import 就会重建（正文不受影响）"
    switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_CONSTRAINT:
      return RulebookError(.invalidData, "\(path)：检索索引坏了，或者不是索引（\(error.message ?? "\(error.resultCode)")）；\(rebuild)")
    case .SQLITE_FULL:
      return RulebookError(.unreadable, "\(path)：磁盘满了，索引没有更新；原有的索引没有动，腾出空间后再运行一次 zhunsheng import")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return RulebookError(.unreadable, "\(path)：另一个程序正在写索引；请稍后再试")
    case .SQLITE_CANTOPEN:
      return RulebookError(.notFound, "\(path)：打不开索引（没有这个文件，或者没有权限）；导入官方正文时会建立：zhunsheng import 文件夹")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      return RulebookError(.unreadable, "\(path)：没有写入权限，索引没有更新；请检查文件夹的权限")
    default:
      return RulebookError(.unreadable, "\(path)：读写索引出错（\(error.message ?? "\(error.resultCode)")）；\(rebuild)")
    }
  }
}

extension Corpus.Text {
  /// All texts in the order of title and version, each with the day on which the next version takes its place.
  static func all(_ db: Database) throws -> [Self] { try texts(db, "", []) }

  /// All versions of the works that have a text of this title.
  static func titled(_ key: String, _ db: Database) throws -> [Self] {
    try texts(db, "WHERE work IN (SELECT work FROM text WHERE key = ?)", [key]).filter { $0.key == key }
  }

  static func ofWork(_ work: String, _ db: Database) throws -> [Self] { try texts(db, "WHERE work = ?", [work]) }

  private static func texts(_ db: Database, _ condition: String, _ arguments: StatementArguments) throws -> [Self] {
    var texts: [Self] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT id, key, file, title, work, version, kind, level, place, effective, repealed, source, digest, imported, provisions,
        bytes FROM text \(condition) ORDER BY title, version, file
        """, arguments: arguments)
    while let row = try rows.next() {
      texts.append(
        Self(
          id: row[0], key: row[1], file: row[2], title: row[3], work: row[4], version: row[5],
          kind: OfficialText.Kind(rawValue: row[6]) ?? .other,
          place: Corpus.Place(level: Corpus.Place.Level(rawValue: row[7]) ?? .unknown, name: row[8]),
          from: (row[9] as Int?).map { CalendarDate(daysSince1970: $0) },
          until: (row[10] as Int?).map { CalendarDate(daysSince1970: $0) }, source: row[11], digest: row[12],
          imported: CalendarDate(daysSince1970: row[13]), provisions: row[14], bytes: row[15]))
    }
    for versions in Dictionary(grouping: texts.indices, by: { texts[$0].work }).values where versions.count > 1 {
      let dated = versions.filter { texts[$0].from != nil }.sorted { texts[$0].from! < texts[$1].from! }
      for (index, next) in zip(dated, dated.dropFirst()) where texts[index].from! < texts[next].from! {
        texts[index].until = min(texts[index].until ?? texts[next].from!, texts[next].from!)
      }
    }
    return texts
  }
}
