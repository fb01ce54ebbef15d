import Enforcement
import EnforcementCorpus
import EnforcementXML
import Foundation
import GRDB
import Testing

@Suite struct UpdateTests {
  @Test func onlyWhatChangedIsDoneAgain() throws {
    try Shelf.with(Made.all) { shelf in
      let first = try shelf.update()
      #expect(first.added == 4 && first.unchanged == 0 && first.bytes > 0)
      #expect(try shelf.update().unchanged == 4)

      // One leaves, one has other words, one is new.
      shelf.volumes.removeAll { $0.title == Made.shop.title }
      shelf.volumes[2].content = "**第一条** 猫咪散步走右边。"
      shelf.volumes.append(Shelf.Volume(title: "月亮法", version: "2021-01-01", content: "**第一条** 月亮上没有水壶。"))
      let second = try shelf.update()
      #expect(second.added == 2 && second.removed == 1 && second.unchanged == 2)
      #expect(try shelf.found("走左边").isEmpty && shelf.found("挂牌").isEmpty)
      #expect(try shelf.found("走右边") == ["桂花市猫咪散步条例第一条"])
      #expect(try shelf.found("月亮上") == ["月亮法第一条"])
    }
  }

  @Test func howItWasReachedMakesNoDifference() throws {
    func answers(_ shelf: Shelf) throws -> [[String]] { try ["水壶", "猫", "浇水", "小红旗 记"].map { try shelf.found($0) } }
    let atOnce = try Shelf.with(Made.all) {
      try $0.update()
      return try answers($0)
    }
    let oneByOne = try Shelf.with([]) { shelf in
      for volume in Made.all.reversed() {
        shelf.volumes.append(volume)
        try shelf.update(batch: 1)
      }
      return try answers(shelf)
    }
    #expect(atOnce == oneByOne)
  }

  /// The third transaction fails: the first two stay, and the next run does the rest.
  @Test func anInterruptedUpdateGoesOn() throws {
    try Shelf.with([Made.roofOld]) { shelf in
      try shelf.update()
      try DatabaseQueue(path: shelf.index).write { db in
        try db.execute(
          sql: """
            CREATE TRIGGER halt BEFORE INSERT ON provision WHEN new.words LIKE '%挂牌%'
            BEGIN SELECT raise(ABORT, 'halted'); END
            """)
      }
      shelf.volumes = Made.all
      #expect(throws: RulebookError.self) { try shelf.update(batch: 1) }
      #expect(try Corpus(in: shelf.folder).texts().count == 3)
      #expect(try shelf.found("挂牌").isEmpty && shelf.found("修水壶").isEmpty)
      #expect(try shelf.found("走左边") == ["桂花市猫咪散步条例第一条"])
      try DatabaseQueue(path: shelf.index).write { db in try db.execute(sql: "DROP TRIGGER halt") }
      let rest = try shelf.update(batch: 1)
      #expect(rest.added == 1 && rest.unchanged == 3)
      #expect(try shelf.found("挂牌") == ["橘子省水壶店管理办法第二条"])
    }
  }

  @Test func aTextThatCannotBeReadIsPassedOver() throws {
    try Shelf.with([Made.cats, Shelf.Volume(title: "空白法", version: "2020-01-01", content: "")]) { shelf in
      let update = try shelf.update()
      #expect(update.added == 1 && update.refused.map(\.source.title) == ["空白法"])
      #expect(try shelf.found("走左边").count == 1)
    }
  }
}

@Suite struct BrokenIndexTests {
  private func error(_ body: () throws -> Void) -> RulebookError? {
    do { try body() } catch { return error as? RulebookError }
    return nil
  }

  @Test func noIndex() throws {
    try Shelf.with([]) { shelf in
      let error = try #require(error { _ = try Corpus(in: shelf.folder) })
      #expect(error.code == .notFound && error.message.contains("zhunsheng import"))
      #expect(!FileManager.default.fileExists(atPath: shelf.index))
    }
  }

  @Test(arguments: ["", "not a database, and long enough that nobody takes it for one", "SQLite format 3\0"]) func noDatabase(
    _ content: String
  ) throws {
    try Shelf.with([Made.cats]) { shelf in
      try Data(content.utf8).write(to: URL(fileURLWithPath: shelf.index))
      let searching = try #require(error { _ = try shelf.search("猫") })
      #expect(searching.code == .invalidData && searching.message.contains("删去"), "\(searching.message)")
      // An empty file is a new one.
      if content.isEmpty {
        try shelf.update()
        #expect(try !shelf.found("猫").isEmpty)
      }
    }
  }

  @Test func damaged() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      var bytes = try Data(contentsOf: URL(fileURLWithPath: shelf.index))
      for index in 4096..<bytes.count { bytes[index] = 0x5A }
      try bytes.write(to: URL(fileURLWithPath: shelf.index))
      let error = try #require(error { _ = try shelf.search("猫") })
      #expect(error.code == .invalidData && error.message.contains("删去这个文件"), "\(error.message)")
    }
  }

  @Test func ofAnotherProgram() throws {
    try Shelf.with([Made.cats]) { shelf in
      try DatabaseQueue(path: shelf.index).write { db in try db.execute(sql: "CREATE TABLE note(words TEXT)") }
      for error in [error { _ = try shelf.search("猫") }, error { try shelf.update() }] {
        #expect(error?.code == .invalidData && error?.message.contains("不是准绳的检索索引") == true)
      }
    }
  }

  @Test func ofANewerProgram() throws {
    try Shelf.with([Made.cats]) { shelf in
      try shelf.update()
      try DatabaseQueue(path: shelf.index).write { db in try db.execute(sql: "PRAGMA user_version = 7") }
      for error in [error { _ = try shelf.search("猫") }, error { try shelf.update() }] {
        #expect(error?.code == .newerSchema && error?.message.contains("7") == true && error?.message.contains("1") == true)
      }
    }
  }

  /// A program that was killed in the middle of a transaction leaves a file half written and the journal to take it back.
  @Test func killedWhileWriting() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      let files = FileManager.default
      let copy = shelf.folder + "/killed"
      try files.createDirectory(atPath: copy, withIntermediateDirectories: true)
      let database = try DatabaseQueue(path: shelf.index)
      try database.inDatabase { db in
        try db.execute(sql: "PRAGMA cache_size = 2; BEGIN; UPDATE provision SET words = words || hex(zeroblob(100000))")
        for name in [TextIndex.fileName, TextIndex.fileName + "-journal"] {
          try files.copyItem(atPath: shelf.folder + "/" + name, toPath: copy + "/" + name)
        }
        try db.execute(sql: "ROLLBACK")
      }
      #expect(try files.attributesOfItem(atPath: copy + "/" + TextIndex.fileName)[.size] as? Int ?? 0 > 200_000)
      let corpus = try Corpus(in: copy)
      #expect(try corpus.search("走左边", versions: .all).hits.map(\.snippet.text) == ["猫咪散步走左边。"])
    }
  }

  /// Searching writes nothing: not a byte of the file changes, and nothing appears beside it.
  @Test func searchingLeavesTheFolderAsItIs() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      let before = try Data(contentsOf: URL(fileURLWithPath: shelf.index))
      _ = try shelf.search("水壶")
      _ = try shelf.search("屋顶花园法第三条")
      #expect(try Data(contentsOf: URL(fileURLWithPath: shelf.index)) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: shelf.folder) == [TextIndex.fileName])
    }
  }
}

/// What only real texts show; they are no part of the project.
@Suite struct RealTextTests {
  static let laws = ProcessInfo.processInfo.environment["ZHUNSHENG_TEST_LAWS"]

  @Test(.enabled(if: laws != nil, "ZHUNSHENG_TEST_LAWS names no folder of official texts")) func everyProvisionIsFound() throws {
    try Shelf.with([]) { shelf in
      let importer = TextImporter(nil)
      var texts: [String: OfficialText] = [:]
      var sources: [Corpus.Source] = []
      let walk = FileManager.default.enumerator(atPath: Self.laws!)
      let files = (walk?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".md") }.sorted()
      for file in files.enumerated().filter({ $0.offset % 20 == 0 }).map(\.element) {
        let content = String(decoding: try RulebookFolder.read(Self.laws! + "/" + file), as: UTF8.self)
        guard
          case .taken(let text, let work, let version, _) = importer.take(
            TextDocument(markdown: content, file: file), file: file, name: TextImporter.name(ofFile: file), digest: file,
            on: "2026-11-25")
        else { continue }
        texts[file] = text
        sources.append(
          Corpus.Source(
            file: file, title: text.title, work: work, version: version, kind: text.kind, source: file, digest: file,
            imported: "2026-11-25"))
      }
      _ = try Corpus.update(in: shelf.folder, to: sources) { source throws(RulebookError) in texts[source.file]! }
      let corpus = try Corpus(in: shelf.folder)
      var looked = 0
      for source in sources {
        for article in texts[source.file]!.articles.enumerated().filter({ $0.offset % 7 == 0 }).map(\.element) {
          // A stretch of Chinese characters from the middle of it.
          let words = article.lines.dropFirst().joined(separator: "\n").split {
            !(0x4E00...0x9FFF).contains($0.unicodeScalars.first!.value)
          }
          guard let word = words.max(by: { $0.count < $1.count }), word.count >= 4 else { continue }
          let answer = try corpus.search("“\(word)”", in: Corpus.Filter(work: source.work), versions: .all, limit: 500)
          #expect(
            answer.hits.contains { $0.text.file == source.file && $0.eId == article.eId },
            "\(source.title)\(article.number)：\(word)")
          looked += 1
        }
      }
      #expect(looked > 100)
    }
  }
}
