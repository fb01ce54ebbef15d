import Enforcement
import EnforcementCorpus
import EnforcementXML
import GRDB

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Search in everything that can be imported, beside SQLite's own `trigram` tokenizer over the same rows in the same run.
extension Bench {
  struct Question {
    /// word, frequent, phrase or citation
    var kind: String
    var text: String
  }

  static let answers = 20
  static let day: CalendarDate = "2026-11-25"

  static func corpus(queries: String, laws: String, tool: String, rules: String) throws {
    let questions = String(decoding: try RulebookFolder.read(queries), as: UTF8.self).split(separator: "\n").map { line in
      let fields = line.split(separator: "\t")
      return Question(kind: String(fields[0]), text: String(fields[1]))
    }
    var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/zhunsheng-bench-XXXXXX".utf8CString)
    let folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)!) }
    defer { run(["rm", "-rf", folder]) }

    print("\nsearch in official texts: \(laws)")
    let start = now()
    let memory = peakMemory([tool, "import", laws, "--texts", folder, "--regulations", rules])
    row("zhunsheng import, the whole process (read, structure, write, index)", now() - start, "s", 1)
    limit("  peak memory, resident", Double(memory) / 1024, "MB", atMost: 400)

    try index(folder)
    let path = folder + "/" + Corpus.fileName
    let size = try sizes(path)
    try search(questions, folder)
    try trigram(questions, path, words: size)
    let citation = best(of: 25) {
      run([tool, "search", "安全生产法第九十九条", "--in", "texts", "--texts", folder, "--regulations", rules])
    }
    limit("zhunsheng search 安全生产法第九十九条 --in texts, the whole process", citation * 1000, "ms", atMost: 30)
    let word = best(of: 25) { run([tool, "search", "疏散通道", "--in", "texts", "--texts", folder, "--regulations", rules]) }
    row("zhunsheng search 疏散通道 --in texts, the whole process", word, "ms", 1000)
  }

  /// Indexing by itself, from the imported files.
  static func index(_ folder: String) throws {
    let texts = TextFolder(folder)
    let entries = try texts.entries()
    let byFile = Dictionary(uniqueKeysWithValues: entries.map { ($0.file, $0) })
    let sources = entries.map {
      Corpus.Source(
        file: $0.file, title: $0.title, work: $0.work, version: $0.version, kind: $0.kind, source: $0.origin.source,
        digest: $0.origin.digest, imported: $0.origin.imported)
    }
    unlink(folder + "/" + Corpus.fileName)
    let update = try Corpus.update(in: folder, to: sources) { source throws(RulebookError) in try texts.read(byFile[source.file]!)
    }
    let bytes = Double(update.bytes) / 1e6
    row("indexing \(update.added) texts: reading them", update.reading / .seconds(1), "s", 1)
    row("  indexing \(two(bytes)) MB of words", update.indexing / .seconds(1), "s", 1)
    let rate = bytes / (update.indexing / .seconds(1))
    print("→ indexing: \(two(rate)) MB/s (at least 3) \(rate >= 3 ? "kept" : "NOT KEPT")")
    let again = now()
    _ = try Corpus.update(in: folder, to: sources) { source throws(RulebookError) in try texts.read(byFile[source.file]!) }
    row("  again with nothing new", now() - again, "ms", 1000)
  }

  /// - Returns: the bytes of the words.
  static func sizes(_ path: String) throws -> Double {
    try DatabaseQueue(path: path).read { db in
      let words = try Double.fetchOne(db, sql: "SELECT sum(bytes) FROM text")!
      let index = try Double.fetchOne(
        db, sql: "SELECT (SELECT sum(length(block)) FROM gram_data) + (SELECT sum(length(term) + 16) FROM gram_idx)")!
      let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM provision")!
      print("\(rows) provisions, \(two(words / 1e6)) MB of words; file \(two(fileSize(path) / 1e6)) MB with the words")
      limit("  index without the stored words / words", index / words, "×", atMost: 2)
      return words
    }
  }

  static func fileSize(_ path: String) -> Double {
    var info = stat()
    return stat(path, &info) == 0 ? Double(info.st_size) : 0
  }

  static func search(_ questions: [Question], _ folder: String) throws {
    let corpus = try Corpus(in: folder)
    var found: [String: Int] = [:]
    var truncated = 0
    let times = measured(questions) { question in
      let answer = try! corpus.search(question.text, versions: .current(on: day), limit: answers)
      if answer.hits.isEmpty { found[question.text] = 0 } else { found[question.text] = answer.total }
      if !answer.isComplete { truncated += 1 }
    }
    let kinds = ["word", "frequent", "phrase", "citation"]
    for kind in kinds {
      let these = questions.filter { $0.kind == kind }
      let with = these.count { found[$0.text]! > 0 }
      percentiles(
        "  \(these.count) × \(kind) (\(with) found something)", zip(questions, times).filter { $0.0.kind == kind }.map(\.1))
    }
    print("  ranked among the first \(Corpus.rankedLimit) matches only: \(truncated / passes) queries")
    let all = times.sorted()
    limit("search, all \(all.count): median", all[all.count / 2], "ms", atMost: 10)
    limit("search, all \(all.count): p99", all[all.count * 99 / 100], "ms", atMost: 100)
    let rest = zip(questions, times).filter { $0.0.kind != "frequent" }.map(\.1).sorted()
    limit("search, \(rest.count) without the frequent: p99", rest[rest.count * 99 / 100], "ms", atMost: 30)
    let slowest = zip(questions, times).sorted { $0.1 > $1.1 }.prefix(5).map { "\($0.0.text) \(two($0.1))" }
    print("  slowest: \(slowest.joined(separator: ", "))")
  }

  static let passes = 4

  /// Milliseconds for each question: the best of three passes after one that warms up.
  static func measured(_ questions: [Question], _ body: (Question) -> Void) -> [Double] {
    var times = [Double](repeating: .infinity, count: questions.count)
    for pass in 0..<passes {
      for (number, question) in questions.enumerated() {
        let start = now()
        body(question)
        if pass > 0 { times[number] = min(times[number], (now() - start) * 1000) }
      }
    }
    return times
  }

  static func percentiles(_ name: String, _ times: [Double]) {
    let times = times.sorted()
    print("\(name): median \(two(times[times.count / 2])) ms, p99 \(two(times[times.count * 99 / 100])), max \(two(times.last!))")
  }

  /// The same rows under FTS5's `trigram` tokenizer with its own `bm25()` and `snippet()`.
  static func trigram(_ questions: [Question], _ path: String, words: Double) throws {
    let database = try DatabaseQueue(path: path)
    let start = now()
    try database.write { db in
      try db.execute(
        sql: """
          CREATE VIRTUAL TABLE trigram USING fts5(
            heading, words, content='provision', content_rowid='id', tokenize='trigram');
          INSERT INTO trigram(trigram) VALUES('rebuild');
          """)
    }
    let time = now() - start
    let size = try database.read { db in try Double.fetchOne(db, sql: "SELECT sum(length(block)) FROM trigram_data")! }
    print(
      "FTS5 trigram, the same rows: indexing \(two(words / 1e6 / time)) MB/s, index without the words / words = \(two(size / words)) ×"
    )
    // It knows no citations.
    let questions = questions.filter { $0.kind != "citation" }
    var found: [String: Int] = [:]
    try database.read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT rowid, snippet(trigram, 1, '[', ']', '…', 40) FROM trigram WHERE trigram MATCH ? ORDER BY bm25(trigram, 3, 1) LIMIT \(answers)
          """)
      let times = measured(questions) { question in
        let rows = try! Row.fetchAll(statement, arguments: ["\"\(question.text)\""])
        found[question.text] = rows.count
      }
      for kind in ["word", "frequent", "phrase"] {
        let with = questions.count { $0.kind == kind && found[$0.text]! > 0 }
        percentiles(
          "  \(questions.count { $0.kind == kind }) × \(kind) (\(with) found something)",
          zip(questions, times).filter { $0.0.kind == kind }.map(\.1))
      }
    }
    try database.write { db in try db.execute(sql: "DROP TABLE trigram") }
  }

  static func limit(_ name: String, _ value: Double, _ unit: String, atMost: Double) {
    print("→ \(name): \(two(value)) \(unit) (at most \(two(atMost))) \(value <= atMost ? "kept" : "NOT KEPT")")
  }
}
