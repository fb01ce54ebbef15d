import Enforcement
import EnforcementCorpus
import Testing

@Suite struct SearchTests {
  @Test func wordsOfOneTwoAndMoreCharactersAreFound() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      #expect(try Set(shelf.found("猫")) == ["中华人民共和国屋顶花园法第二条", "桂花市猫咪散步条例第一条", "桂花市猫咪散步条例", "橘子省水壶店管理办法第二条"])
      #expect(try shelf.found("鱼干") == ["中华人民共和国屋顶花园法第二条"])
      #expect(try shelf.found("小红旗").sorted() == ["中华人民共和国屋顶花园法第三条"])
      #expect(try shelf.found("花园管家清点小红旗") == ["中华人民共和国屋顶花园法第三条"])
      // Its pairs are all there, the word is not.
      #expect(try shelf.found("水壶店换新的水壶店").isEmpty)
      #expect(try shelf.found("仙人球").isEmpty)
    }
  }

  @Test func allWordsMustBeThereAPhraseAsItIsWritten() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      // In the words, or one of them in the title.
      let both: Set = ["中华人民共和国屋顶花园法第二条", "桂花市猫咪散步条例第二条", "橘子省水壶店管理办法第二条"]
      #expect(try Set(shelf.found("猫 水壶")) == both)
      #expect(try Set(shelf.found("水壶、猫")) == both)
      #expect(try shelf.found("“带水壶，养猫”") == ["中华人民共和国屋顶花园法第二条"])
      #expect(try shelf.found("\"养猫的人 带水壶\"").isEmpty)
      // In words nothing is joined across a full stop.
      #expect(try shelf.found("水壶养猫").isEmpty)
    }
  }

  @Test(arguments: ["GB50016", "gb50016", "ｇｂ５００１６", "GB50016型"]) func lettersAndDigitsInAnyWidthAndCase(_ query: String) throws {
    try Shelf.with([Made.roof]) { shelf in
      try shelf.update()
      #expect(try shelf.found(query) == ["中华人民共和国屋顶花园法第四条"])
      #expect(try shelf.found("GB500").isEmpty && shelf.found("50016").isEmpty)
    }
  }

  @Test func titleBeforeHeadingBeforeWords() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      #expect(try shelf.found("屋顶花园法").first == "中华人民共和国屋顶花园法")
      let hit = try #require(try shelf.search("屋顶花园法").hits.first)
      #expect(hit.eId == "preface" && hit.snippet.text.contains("2020年1月5日"))
      // 浇水 is in the heading of the second chapter; the town's article only mentions it.
      #expect(try shelf.found("浇水").prefix(2).allSatisfy { $0.hasPrefix("中华人民共和国屋顶花园法") })
      // One word in the title, one in the words.
      #expect(try shelf.found("屋顶花园法 小红旗") == ["中华人民共和国屋顶花园法第三条"])
      #expect(try shelf.search("屋顶花园法 小红旗").total == 1)
    }
  }

  @Test func whatWasFoundIsMarked() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      let hit = try #require(try shelf.search("水壶 猫", in: Corpus.Filter(kinds: [.law])).hits.first)
      #expect(hit.marked == ["水壶", "猫", "猫"] && hit.heading == "第一章 总则" && hit.eId == "art_2")
      let letters = try #require(try shelf.search("gb50016").hits.first)
      #expect(letters.marked == ["ＧＢ50016"])
    }
  }

  @Test func aLongProvisionIsCutAtClauses() throws {
    let long = String(repeating: "花匠先看天气，再看土壤。", count: 40)
    try Shelf.with([Shelf.Volume(title: "长条法", version: "2020-01-01", content: "**第一条** \(long)这里放着铜铃铛，别碰。\(long)")]) { shelf in
      try shelf.update()
      let snippet = try #require(try shelf.search("铜铃铛").hits.first).snippet
      #expect(snippet.text.hasPrefix("…") && snippet.text.hasSuffix("。…") && snippet.text.contains("铜铃铛"))
      #expect(snippet.text.unicodeScalars.count <= 76)
      #expect("花再这".contains(snippet.text.dropFirst().first!))
    }
  }

  @Test func filtersNarrow() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      #expect(try shelf.found("水壶", in: Corpus.Filter(kinds: [.localRegulation])) == ["桂花市猫咪散步条例第二条"])
      #expect(try shelf.found("水壶", in: Corpus.Filter(place: "市")) == ["桂花市猫咪散步条例第二条"])
      #expect(try shelf.found("水壶", in: Corpus.Filter(place: "橘子")).allSatisfy { $0.hasPrefix("橘子省") })
      #expect(try shelf.found("水壶", in: Corpus.Filter(place: "国家")).allSatisfy { $0.hasPrefix("中华") })
      #expect(try shelf.found("水壶", in: Corpus.Filter(work: "《屋顶花园法》")).count == 3)
      #expect(try shelf.found("水壶", in: Corpus.Filter(kinds: [.constitution])).isEmpty)
      #expect(try shelf.found("水壶", in: Corpus.Filter(place: "月球")).isEmpty)
    }
  }

  @Test func theSameQueryGivesTheSameOrder() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      let first = try shelf.search("水壶").hits
      #expect(first == (try shelf.search("水壶").hits))
      #expect(zip(first, first.dropFirst()).allSatisfy { $0.score >= $1.score })
      #expect(try shelf.search("水壶", limit: 1).hits == Array(first.prefix(1)))
      #expect(try shelf.search("水壶", limit: 1).total == first.count)
    }
  }

  /// Whatever somebody types is answered; what FTS5 takes for its syntax is a word or nothing.
  @Test func oddQueriesAreAnswered() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      let corpus = try Corpus(in: shelf.folder)
      var random = SystemRandomNumberGenerator()
      let pieces = [
        "\"", "“", "”", "'", "*", "^", "NEAR(", ")", " AND ", "OR", "NOT", ":", "-", "+", "猫", "水壶", "水", "\0", "\n", "　", "第",
        "条",
        "第三条", "《", "》", "（", "99", "gb", "Ａ", "é", "𠮷", "👨‍👩‍👧", "ا", "한국", "ひら", "{", "}", "heading:", "\\", "%", "_", ";--",
        String(repeating: "花", count: 300), String(repeating: "a", count: 2000),
      ]
      for _ in 0..<600 {
        let query = (0..<Int.random(in: 0...7, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
        let answer = try corpus.search(query, versions: .all, limit: 3)
        for hit in answer.hits {
          let count = hit.snippet.text.unicodeScalars.count
          #expect(hit.snippet.marks.allSatisfy { $0.lowerBound < $0.upperBound && $0.upperBound <= count }, "\(query)")
        }
      }
      #expect(try corpus.search("", versions: .all).hits.isEmpty)
      #expect(try corpus.search("，。！", versions: .all).hits.isEmpty)
      let many = (0..<400).map { "词\($0)" }.joined(separator: " ")
      #expect(try corpus.search(many, versions: .all).hits.isEmpty)
    }
  }

  @Test func aWordThatIsEverywhereIsRankedAmongTheFirst() throws {
    let article = { (number: Int) in "**第\(ChineseNumeral.text(number))条** 花匠第\(number)次浇花。" }
    let volumes = (0..<4).map { volume in
      Shelf.Volume(
        title: "大全\(["甲", "乙", "丙", "丁"][volume])", version: "2020-01-01", kind: volume == 3 ? .law : .localRegulation,
        content: (1...3000).map(article).joined(separator: "\n\n"))
    }
    try Shelf.with(volumes) { shelf in
      try shelf.update()
      let answer = try shelf.search("花匠")
      #expect(!answer.isComplete && answer.total == TextIndex.rankedLimit && answer.hits.count == 20)
      let law = try shelf.search("花匠", in: Corpus.Filter(kinds: [.law]))
      #expect(law.isComplete && law.total == 3000 && law.hits.allSatisfy { $0.text.kind == .law })
      #expect(try shelf.search("花匠 2999次").total == 4)
    }
  }
}

@Suite struct CitationTests {
  @Test(arguments: [
    "屋顶花园法第三条", "《屋顶花园法》第三条", "《中华人民共和国屋顶花园法》第三条", "屋顶花园法3条", "屋顶花园法 第3条", "屋顶花园法（2020年）第三条",
  ]) func aCitationGoesStraightToItsProvision(_ query: String) throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      let answer = try shelf.search(query)
      #expect(answer.cited == .provision && answer.hits.count == 1)
      let hit = try #require(answer.hits.first)
      #expect(hit.text.version == "2020-05-01" && hit.eId == "art_3" && hit.heading == "第二章 浇水责任")
      #expect(hit.snippet.text.contains("连着三天") && hit.snippet.text.contains("月底"))
    }
  }

  @Test func downToParagraphAndPoint() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      let point = try #require(try shelf.search("屋顶花园法第三条第二项").hits.first)
      #expect(point.number == "第三条第一款第（二）项" && point.eId == "art_3__para_1__point_2")
      #expect(point.snippet.text == "不浇水的，记小红旗一面：\n（二）把水壶藏起来的。")
      let paragraph = try #require(try shelf.search("屋顶花园法第三条第二款").hits.first)
      #expect(paragraph.snippet.text == "月底由花园管家清点小红旗。")
      // What is not there is answered by the article, which says so in its number.
      #expect(try shelf.search("屋顶花园法第三条第九项").hits.first?.number == "第三条")
    }
  }

  @Test func theVersionOfTheDay() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      let then = try shelf.search("屋顶花园法第三条", .inForce(on: "2015-01-01"))
      #expect(then.hits.map(\.text.version) == ["2012-03-01"] && then.hits[0].text.until == "2020-05-01")
      #expect(try shelf.search("屋顶花园法（2012年）第三条").hits.map(\.text.version) == ["2012-03-01"])
      #expect(try shelf.search("屋顶花园法第三条", .all).hits.map(\.text.version) == ["2020-05-01", "2012-03-01"])
      guard case .notInForce(let texts) = try shelf.search("屋顶花园法第三条", .inForce(on: "2000-01-01")).cited else {
        Issue.record("a version was found before there was one")
        return
      }
      #expect(texts.map(\.version) == ["2012-03-01", "2020-05-01"])
    }
  }

  @Test func whatIsNotThereIsSaid() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      #expect(try shelf.search("《地下室法》第三条").cited == .unknownTitle("地下室法"))
      guard case .unknownPlace(_, let place) = try shelf.search("屋顶花园法第九十九条").cited else {
        Issue.record("an article was found that is not there")
        return
      }
      #expect(place.article == 99)
      let address = ProvisionAddress("/akn/cn/act/law/2020/中华人民共和国屋顶花园法#art_2")!
      #expect(
        try Corpus(in: shelf.folder).provision(at: address, versions: .current(on: "2026-11-25")).hits.map(\.number) == ["第二条"])
    }
  }

  static let written: [(text: String, title: String, eId: String)] = [
    ("安全生产法第九十九条第二项", "安全生产法", "99 2"), ("《消防法》第六十条", "消防法", "60"), ("消防法六十条", "消防法", "60"),
    ("《刑法》第一百三十四条之一", "刑法", "134-1"),
  ]

  @Test(arguments: written) func writtenCitations(_ one: (text: String, title: String, eId: String)) throws {
    let citation = try #require(WrittenCitation(one.text))
    let place = citation.place
    let text = "\(place.article)" + (place.insertion.map { "-\($0)" } ?? "") + (place.point.map { " \($0)" } ?? "")
    #expect(citation.title == one.title && text == one.eId)
  }

  @Test(arguments: ["", "第三条", "护栏", "三条腿", "消防法第六十条和第六十一条规定的", "安全生产法", "第", "《》第一条"]) func whatIsNoCitation(_ text: String) {
    #expect(WrittenCitation(text) == nil)
  }
}

@Suite struct TimeTests {
  @Test func supersededVersionsAreOutUnlessAskedFor() throws {
    try Shelf.with(Made.all) { shelf in
      try shelf.update()
      #expect(try shelf.found("仙人掌").isEmpty)
      #expect(try shelf.found("仙人掌", .all) == ["中华人民共和国屋顶花园法第一条"])
      #expect(try shelf.found("仙人掌", .inForce(on: "2013-01-01")) == ["中华人民共和国屋顶花园法第一条"])
      #expect(try shelf.found("小红旗", .inForce(on: "2020-04-30")) == ["中华人民共和国屋顶花园法第三条"])
      // Before it was superseded, the new one was known as well.
      #expect(try shelf.search("小红旗", .current(on: "2020-04-30")).hits.count == 2)
    }
  }

  @Test func aTextWithoutADayIsAlwaysIn() throws {
    var volume = Made.cats
    volume.version = "undated"
    try Shelf.with([volume]) { shelf in
      try shelf.update()
      #expect(try shelf.found("走左边", .inForce(on: "1990-01-01")) == ["桂花市猫咪散步条例第一条"])
      #expect(try Corpus(in: shelf.folder).texts()[0].from == nil)
    }
  }
}

@Suite struct PlaceTests {
  static let titles: [(title: String, level: Corpus.Place.Level, name: String?)] = [
    ("广东省消防条例", .province, "广东省"), ("深圳市燃气条例", .city, "深圳市"), ("深圳经济特区消防条例", .city, "深圳市"),
    ("上海市住宅条例", .province, "上海市"), ("宁夏回族自治区水条例", .province, "宁夏回族自治区"), ("城市绿化条例", .unknown, nil),
    ("海南经济特区律师条例", .province, "海南省"),
  ]

  @Test(arguments: titles) func ofATitle(_ one: (title: String, level: Corpus.Place.Level, name: String?)) throws {
    try Shelf.with([Shelf.Volume(title: one.title, version: "2020-01-01", kind: .localRegulation, content: "**第一条** 一朵花。")]) {
      try $0.update()
      let text = try #require(try Corpus(in: $0.folder).texts().first)
      #expect(text.place.level == one.level && text.place.name == one.name)
    }
  }
}
