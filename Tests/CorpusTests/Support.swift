import Enforcement
import EnforcementCorpus
import Foundation
import Testing

/// A folder of texts in memory and an index on disk, gone afterwards. The statutes are made up.
struct Shelf {
  struct Volume {
    var title: String
    var version: String
    var kind = OfficialText.Kind.law
    var work: String?
    var content: String
    var digest: String?
  }

  let folder: String
  var volumes: [Volume]

  static func with<Result>(_ volumes: [Volume], _ body: (inout Shelf) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("zhunsheng-corpus-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var shelf = Shelf(folder: folder, volumes: volumes)
    return try body(&shelf)
  }

  var sources: [Corpus.Source] {
    volumes.map {
      Corpus.Source(
        file: "\($0.title)/\($0.version).xml", title: $0.title,
        work: $0.work ?? "/akn/cn/act/\($0.kind.rawValue)/2020/\($0.title)", version: $0.version, kind: $0.kind,
        source: "\($0.title).md", digest: $0.digest ?? "\($0.content.hashValue)", imported: "2026-11-25")
    }
  }

  @discardableResult func update(batch: Int = 8 << 20) throws -> Corpus.Update {
    let contents = Dictionary(uniqueKeysWithValues: zip(sources.map(\.file), volumes))
    return try Corpus.update(in: folder, to: sources, batch: batch) { source throws(RulebookError) in
      let volume = contents[source.file]!
      guard !volume.content.isEmpty else { throw RulebookError(.invalidData, "\(source.file)：是空的") }
      return StructureParser.parse(TextDocument(markdown: "# \(volume.title)\n\n\(volume.content)"))
    }
  }

  var index: String { folder + "/" + TextIndex.fileName }

  func search(
    _ query: String, in filter: Corpus.Filter = Corpus.Filter(), _ versions: Corpus.Versions = .current(on: "2026-11-25"),
    limit: Int = 20
  ) throws -> Corpus.Answer {
    try Corpus(in: folder).search(query, in: filter, versions: versions, limit: limit)
  }

  /// 《甲》第一条 of each hit, in order.
  func found(
    _ query: String, in filter: Corpus.Filter = Corpus.Filter(), _ versions: Corpus.Versions = .current(on: "2026-11-25")
  ) throws -> [String] {
    try search(query, in: filter, versions).hits.map { $0.text.title + $0.number }
  }
}

extension Corpus.Hit {
  /// What is marked in the snippet.
  var marked: [String] {
    let scalars = Array(snippet.text.unicodeScalars)
    return snippet.marks.map { String(String.UnicodeScalarView(scalars[$0])) }
  }
}

enum Made {
  static let roof = Shelf.Volume(
    title: "中华人民共和国屋顶花园法", version: "2020-05-01",
    content: """
      （2020年1月5日通过）

      ## 第一章 总则

      **第一条** 为了让屋顶花园长得好，制定本法。

      **第二条** 种花的人要带水壶。养猫的人要带鱼干，猫和花都要照看。

      ## 第二章 浇水责任

      **第三条** 不浇水的，记小红旗一面：

      （一）连着三天没有浇水的；

      （二）把水壶藏起来的。

      月底由花园管家清点小红旗。

      **第四条** 用ＧＢ50016型水壶的，可以少浇一次。
      """)

  static let roofOld = Shelf.Volume(
    title: "中华人民共和国屋顶花园法", version: "2012-03-01", content: "**第一条** 从前的花园只种仙人掌。\n\n**第三条** 不浇水的，不记小红旗。")

  static let cats = Shelf.Volume(
    title: "桂花市猫咪散步条例", version: "2018-09-01", kind: .localRegulation,
    content: "**第一条** 猫咪散步走左边。\n\n**第二条** 遇到水壶绕着走；遇到浇水，请等一等。")

  static let shop = Shelf.Volume(
    title: "橘子省水壶店管理办法", version: "2019-01-01", kind: .governmentRule,
    content: "**第一条** 水壶店卖水壶，也修水壶。水壶漏水的，水壶店换新的水壶。\n\n**第二条** 店里养猫的，挂牌。")

  static let all = [roof, roofOld, cats, shop]
}
