extension TextIndex {
  /// Where a text applies, as far as its kind or its title says so.
  public struct Place: Hashable, Sendable {
    public enum Level: String, Codable, CaseIterable, Sendable { case country, province, city, unknown }
    public let level: Level
    /// 广东省, 深圳市; nil for the country, and where the title names none.
    public let name: String?

    package init(level: Level, name: String?) {
      self.level = level
      self.name = name
    }

    /// Whether somebody who asks for 国家, 省, 市, 广东 or 深圳市 means this place.
    public func answers(to asked: String) -> Bool {
      if asked == level.rawValue || asked == level.label { return true }
      guard let name, asked.unicodeScalars.count > 1 else { return false }
      return name.hasPrefix(asked)
    }
  }
}

extension TextIndex.Place.Level {
  public var label: String {
    switch self {
    case .country: "国家"
    case .province: "省"
    case .city: "市"
    case .unknown: "不详"
    }
  }
}

extension TextIndex.Place {
  private static let municipalities = ["北京市", "上海市", "天津市", "重庆市"]

  package init(title: String, kind: OfficialText.Kind) {
    switch kind {
    case .constitution, .law, .administrativeRegulation, .ministryRule, .judicialInterpretation:
      self.init(level: .country, name: nil)
      return
    case .localRegulation, .specialZoneRegulation, .governmentRule, .normativeDocument, .other: break
    }
    if title.hasPrefix("中华人民共和国") || title.hasPrefix("全国") {
      self.init(level: .country, name: nil)
      return
    }
    var rest = title[...]
    var province: String?
    for ending in ["自治区", "特别行政区", "省"] {
      if let name = Self.name(rest, ending, within: 9) {
        province = name
        rest = rest.dropFirst(name.count)
        break
      }
    }
    if let city = Self.name(rest, "市", within: 7) {
      self = Self.municipalities.contains(city) ? Self(level: .province, name: city) : Self(level: .city, name: city)
    } else if let zone = rest.firstRange(of: "经济特区"), rest[..<zone.lowerBound].count >= 2, rest[..<zone.lowerBound].count <= 3 {
      let city = String(rest[..<zone.lowerBound])
      self = city == "海南" ? Self(level: .province, name: "海南省") : Self(level: .city, name: city + "市")
    } else if let province {
      self.init(level: .province, name: province)
    } else {
      self.init(level: .unknown, name: nil)
    }
  }

  /// 广东省 of 广东省消防条例, nothing of 城市绿化条例.
  private static func name(_ title: Substring, _ ending: String, within count: Int) -> String? {
    guard let found = title.firstRange(of: ending) else { return nil }
    let before = title[..<found.lowerBound]
    guard before.count >= 2, before.count + ending.count <= count,
      !["城", "都", "直辖", "超", "门", "上", "夜", "股"].contains(where: before.hasSuffix)
    else { return nil }
    return String(title[..<found.upperBound])
  }
}
