/// Automatic numbers (numbering.xml): what an officer reads before a paragraph and what is nowhere in its text.
struct WordNumbering {
  private struct Level {
    var start = 1
    var format = "decimal"
    /// The first number as a custom format writes it: `001`.
    var custom: String?
    var text = ""
    var suffix = "tab"
    /// From 1; 0 never starts again; nil after any higher level.
    var restart: Int?
    /// All numbers of it are written in Arabic digits.
    var isLegal = false
    var style: String?
    var symbolFont: String?
  }

  private struct List {
    var abstractID: String
    var levels: [Int: Level]
    /// Levels that begin anew when the list is first used.
    var starts: [Int: Int] = [:]
  }

  private var lists: [String: List] = [:]
  /// The count of each level, shared by all lists of one definition.
  private var counts: [String: [Int?]] = [:]
  private var used: Set<String> = []

  init(_ root: WordElement?, styles: WordStyles) {
    var definitions: [String: [Int: Level]] = [:]
    var links: [String: String] = [:]
    for element in root?.children.map({ $0 }) ?? [] where element.name == .abstractNum {
      guard let id = element[.abstractNumId] else { continue }
      definitions[id] = Self.levels(of: element)
      links[id] = element.value(.numStyleLink)
    }
    let numbers = root?.children.filter { $0.name == .num } ?? []
    let definitionOf = Dictionary(
      numbers.compactMap { element in element[.numId].flatMap { id in element.value(.abstractNumId).map { (id, $0) } } },
      uniquingKeysWith: { first, _ in first })
    for element in numbers {
      guard let id = element[.numId], var abstractID = definitionOf[id] else { continue }
      // A list that is defined by a style is found through that style's own numbering.
      if let link = links[abstractID], let target = styles.numId(of: link).flatMap({ definitionOf[$0] }) { abstractID = target }
      var list = List(abstractID: abstractID, levels: definitions[abstractID] ?? [:])
      for change in element.children where change.name == .lvlOverride {
        guard let level = change[.ilvl].flatMap({ Int($0) }) else { continue }
        if let own = change.first(.lvl) { list.levels[level] = Self.level(own) }
        if let start = change.number(.startOverride) { list.starts[level] = Self.limited(start) }
      }
      lists[id] = list
    }
  }

  /// Counting on from it does not overflow.
  private static func limited(_ start: Int) -> Int { min(max(0, start), 1_000_000) }

  private static func levels(of definition: WordElement) -> [Int: Level] {
    var levels: [Int: Level] = [:]
    for element in definition.children where element.name == .lvl {
      if let number = element[.ilvl].flatMap({ Int($0) }) { levels[number] = level(element) }
    }
    return levels
  }

  private static func level(_ element: WordElement) -> Level {
    var level = Level()
    // A format newer than Word 2007 stands in alternate content; what older programs write is the same or plain digits.
    let formats = element.descendants(.numFmt)
    level.format = (formats.last { $0[.val] != "custom" } ?? formats.first)?[.val] ?? "decimal"
    level.custom = formats.first { $0[.val] == "custom" }?[.format].map { String($0.prefix(10).prefix { $0.isNumber }) }
    level.start = limited(element.number(.start) ?? 0)
    // It comes again with every paragraph of the list: a long one is no number.
    level.text = String((element.value(.lvlText) ?? "").prefix(100))
    level.suffix = element.value(.suff) ?? "tab"
    level.restart = element.number(.lvlRestart)
    level.isLegal = element.isOn(.isLgl) ?? false
    level.style = element.value(.pStyle)
    level.symbolFont = WordStyles.Style(paragraph: nil, run: element.first(.rPr)).symbolFont
    return level
  }

  /// What stands before the next paragraph of a list, the space behind it included; counts it.
  ///
  /// - Parameters:
  ///   - level: from 0; nil where only a style says it, by its own name.
  ///   - style: the paragraph's style.
  /// - Returns: nil when there is no such list. A sign that is the same for all items is `isBullet`.
  mutating func next(_ id: String, level given: Int?, style: String?) -> (text: String, isBullet: Bool)? {
    guard id != "0", let list = lists[id] else { return nil }
    let number = given ?? list.levels.first { $0.value.style == style && style != nil }?.key ?? 0
    guard (0..<9).contains(number), let level = list.levels[number] else { return nil }
    var counts = self.counts[list.abstractID] ?? Array(repeating: nil, count: 9)
    if used.insert(id).inserted {
      for level in list.starts.keys where (0..<9).contains(level) { counts[level] = nil }
    }
    func start(_ level: Int) -> Int { list.starts[level] ?? list.levels[level]?.start ?? 1 }
    counts[number] = counts[number].map { $0 + 1 } ?? start(number)
    for deeper in 0..<9 where deeper > number {
      let restart = list.levels[deeper]?.restart
      if number < restart ?? deeper { counts[deeper] = nil }
    }
    for higher in 0..<number where counts[higher] == nil { counts[higher] = start(higher) }
    self.counts[list.abstractID] = counts
    let text = level.format == "bullet" ? Self.bullet(level) : Self.text(level, list, counts)
    guard !text.isEmpty else { return nil }
    return (level.suffix == "nothing" ? text : text + " ", level.format == "bullet")
  }

  private static func bullet(_ level: Level) -> String {
    let text = SymbolFont.isKnown(level.symbolFont) ? SymbolFont.text(level.text, font: level.symbolFont) : level.text
    let isSign = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .privateUse } && text != SymbolFont.missing
    return isSign ? text : "•"
  }

  /// 第%1条 with the numbers in it.
  private static func text(_ level: Level, _ list: List, _ counts: [Int?]) -> String {
    var result = ""
    var rest = level.text[...]
    while let character = rest.popFirst() {
      guard character == "%", let digit = rest.first?.wholeNumberValue, (1...9).contains(digit) else {
        result.append(character)
        continue
      }
      rest.removeFirst()
      let source = list.levels[digit - 1] ?? Level()
      let value = counts[digit - 1] ?? source.start
      if level.isLegal {
        result += String(value)
      } else if let custom = source.custom {
        result += String(repeating: "0", count: max(0, custom.count - String(value).count)) + String(value)
      } else {
        result += NumberFormat.text(value, source.format)
      }
    }
    return result
  }
}
