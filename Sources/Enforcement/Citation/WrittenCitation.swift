/// A citation as somebody wrote it, of whatever instrument: its title and a place, not looked up anywhere.
///
///     安全生产法第九十九条第二项      《消防法》第六十条      消防法60条1款
///
/// `CitationGrammar` knows the titles of the rulebook and finds citations inside a text; here the whole text is one citation.
public struct WrittenCitation: Hashable, Sendable {
  /// Without 《》 and without a remark in brackets behind it.
  public var title: String
  /// 《…》（2021年修正）: the year of the version meant.
  public var year: Int?
  /// As written: a 款 that was left out is nil.
  public var place: ProvisionAddress.Place

  /// Nil when the text is anything but one title with one article behind it. Of several articles, paragraphs or points
  /// (第二、四项) the first is taken.
  public init?(_ text: some StringProtocol) {
    let text = String(text)
    var scanner = CitationGrammar.Scanner(text, Folding(variants: ["〈": "《", "〉": "》"]))
    for start in scanner.text.indices where start > 0 {
      let ordinal = CitationGrammar.Scanner.ordinal
      guard scanner.text[start] == ordinal || scanner.isNumber(at: start) && scanner.text[start - 1] != ordinal else { continue }
      scanner.position = start
      guard let place = Self.place(&scanner), scanner.position == scanner.text.count else { continue }
      let scalars = Array(text.unicodeScalars)[..<scanner.range(start..<(start + 1)).lowerBound]
      var title = String(String.UnicodeScalarView(scalars))[...]
      let isMark = { (character: Character) in character.isWhitespace || "《》〈〉“”\"「」的之,，".contains(character) }
      while let last = title.last, isMark(last) { title.removeLast() }
      if let open = title.lastIndex(where: { "（(".contains($0) }), let last = title.last, "）)".contains(last) {
        let digits = title[title.index(after: open)...].prefix { $0.isNumber }
        year = digits.count == 4 ? ChineseNumeral.value(digits.unicodeScalars) : nil
        title = title[..<open]
      }
      while let last = title.last, isMark(last) { title.removeLast() }
      while let first = title.first, isMark(first) { title.removeFirst() }
      guard !title.isEmpty else { return nil }
      self.title = String(title)
      self.place = place
      return
    }
    return nil
  }

  /// 条, then 款, 项 and 目 in this order.
  private static func place(_ scanner: inout CitationGrammar.Scanner) -> ProvisionAddress.Place? {
    guard let article = scanner.group(allowBare: true), article.unit == 1 else { return nil }
    var place = ProvisionAddress.Place(article: article.numbers[0], insertion: article.insertion)
    var unit = 1
    while let group = scanner.group(allowBare: true) {
      guard group.unit > unit else { return nil }
      unit = group.unit
      switch unit {
      case 2: place.paragraph = group.numbers[0]
      case 3: place.point = group.numbers[0]
      default: place.indent = group.numbers[0]
      }
    }
    return place
  }
}
