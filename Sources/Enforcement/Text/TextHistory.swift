extension OfficialText.Kind {
  /// By what it calls itself and who made it.
  init(title: String, front: [String]) {
    let head = front.prefix(12).joined()
    func has(_ words: String...) -> Bool { words.contains { title.contains($0) } }
    if title.hasPrefix("中华人民共和国宪法") {
      self = .constitution
    } else if has("解释", "批复", "规定》的决定"), head.contains("最高人民法院") || head.contains("最高人民检察院") || title.contains("最高人民") {
      self = .judicialInterpretation
    } else if title.contains("最高人民") {
      self = .judicialInterpretation
    } else if has("经济特区"), title.hasSuffix("条例") || title.hasSuffix("规定") || title.hasSuffix("办法") {
      self = head.contains("人民代表大会") ? .specialZoneRegulation : .governmentRule
    } else if title.hasPrefix("中华人民共和国"), title.hasSuffix("法") || title.hasSuffix("法典") || title.hasSuffix("通则") {
      self = .law
    } else if head.contains("全国人民代表大会") {
      self = .law
    } else if title.hasPrefix("中华人民共和国"),
      title.hasSuffix("条例") || title.hasSuffix("细则") || title.hasSuffix("办法") || title.hasSuffix("规定")
    {
      self = .administrativeRegulation
    } else if head.contains("国务院令") || head.contains("国务院发布") || head.contains("国务院公布") {
      self = .administrativeRegulation
    } else if head.contains("人民代表大会") {
      self = .localRegulation
    } else if head.contains("人民政府令") {
      self = .governmentRule
    } else if head.contains("部令") || head.contains("总局令") || head.contains("委员会令") {
      self = .ministryRule
    } else if title.hasSuffix("条例") {
      self = .administrativeRegulation
    } else {
      self = .other
    }
  }
}

extension OfficialText.HistoryEvent {
  /// The dates under the title with what happened on them, and the day in the last article.
  static func read(_ lines: [String], last: OfficialText.Piece?) -> [Self] {
    var result: [Self] = []
    func add(_ date: CalendarDate, _ kind: Kind) {
      if !result.contains(where: { $0.date == date && $0.kind == kind }) { result.append(Self(date: date, kind: kind)) }
    }
    for line in lines where line.unicodeScalars.count < 400 {
      for (date, after) in dates(in: line) {
        // What is said up to the next date.
        if after.contains("起施行") || after.contains("起实施") || after.contains("起生效") {
          add(date, .effective)
        }
        if after.contains("修订") {
          add(date, .revised)
        } else if after.contains("修正") || after.contains("修改") {
          add(date, .amended)
        } else if after.contains("通过") || after.contains("批准") {
          add(date, .adopted)
        } else if after.contains("公布") || after.contains("发布") || after.contains("令第") || after.contains("颁布") {
          add(date, .promulgated)
        } else if after.contains("废止") {
          add(date, .repealed)
        }
      }
    }
    for line in last?.lines ?? [] {
      for (date, after) in dates(in: line) where after.hasPrefix("起施行") || after.hasPrefix("起实施") || after.hasPrefix("起生效") {
        add(date, .effective)
      }
    }
    return result.sorted { ($0.date, $0.kind.rawValue) < ($1.date, $1.kind.rawValue) }
  }

  /// Each day named in a line, with the words from it to the next.
  private static func dates(in line: String) -> [(CalendarDate, Substring)] {
    var found: [(date: CalendarDate, start: String.Index, end: String.Index)] = []
    var rest = line[...]
    while let year = rest.firstIndex(of: "年") {
      // Back over the digits of the year.
      var start = year
      while start > rest.startIndex {
        let before = rest.index(before: start)
        guard rest[before].isNumber || "〇○零一二三四五六七八九".contains(rest[before]) else { break }
        start = before
      }
      var end = rest.index(after: year)
      while end < rest.endIndex, rest[end] != "日", rest.distance(from: year, to: end) < 8 { end = rest.index(after: end) }
      if end < rest.endIndex, rest[end] == "日", let date = CalendarDate(firstIn: String(rest[start...end])) {
        end = rest.index(after: end)
        found.append((date, start, end))
      } else {
        end = rest.index(after: year)
      }
      rest = line[end...]
    }
    return found.enumerated().map { index, one in
      (one.date, line[one.end..<(index + 1 < found.count ? found[index + 1].start : line.endIndex)])
    }
  }
}
