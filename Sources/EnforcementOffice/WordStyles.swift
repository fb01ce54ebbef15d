internal import Enforcement

/// The styles of a document (styles.xml), each with what it takes from those it is based on.
struct WordStyles {
  /// What a style's name says of its paragraphs.
  enum Role: Hashable {
    case title
    case heading(Int)
    /// A line of the table of contents, or its heading.
    case contents
    /// Named as neither: a subtitle, a caption. Ends the search among the styles it is based on.
    case text
  }

  /// What is read of a style; nil where it says nothing.
  struct Style {
    var role: Role?
    /// From 0; 9 is body text.
    var outline: Int?
    var numId: String?
    var level: Int?
    var alignment: String?
    /// In half points.
    var size: Int?
    var isHidden: Bool?
    var symbolFont: String?
    var isRaised: Bool?

    init() {}

    /// From the properties of a style, or of a paragraph or run itself.
    init(paragraph: WordElement?, run: WordElement?) {
      outline = paragraph?.number(.outlineLvl)
      let numbering = paragraph?.first(.numPr)
      numId = numbering?.value(.numId)
      level = numbering?.number(.ilvl)
      alignment = paragraph?.value(.jc)
      size = run?.number(.sz)
      isHidden = run?.isOn(.vanish)
      if let fonts = run?.first(.rFonts) {
        symbolFont = [fonts[.ascii], fonts[.hAnsi]].compactMap { $0 }.first { SymbolFont.isKnown($0) }
      }
      isRaised = run?.value(.vertAlign).map { $0 == "superscript" }
    }

    /// This one's own words first, then those of the style below.
    func over(_ base: Style) -> Style {
      var result = self
      result.role = role ?? base.role
      result.outline = outline ?? base.outline
      result.numId = numId ?? base.numId
      result.level = level ?? base.level
      result.alignment = alignment ?? base.alignment
      result.size = size ?? base.size
      result.isHidden = isHidden ?? base.isHidden
      result.symbolFont = symbolFont ?? base.symbolFont
      result.isRaised = isRaised ?? base.isRaised
      return result
    }
  }

  private var styles: [String: Style] = [:]
  /// Of a paragraph that names no style.
  private var standard = Style()
  private var defaults = Style()

  init(_ root: WordElement?) {
    var own: [String: (style: Style, base: String?)] = [:]
    var standardID: String?
    for element in root?.children.map({ $0 }) ?? [] {
      switch element.name {
      case .docDefaults:
        defaults = Style(
          paragraph: element.first(.pPrDefault)?.first(.pPr), run: element.first(.rPrDefault)?.first(.rPr))
      case .style:
        guard let id = element[.styleId] else { continue }
        var style = Style(paragraph: element.first(.pPr), run: element.first(.rPr))
        style.role = Self.role(element.value(.name) ?? "")
        own[id] = (style, element.value(.basedOn))
        if element[.type] == "paragraph", ["1", "true", "on"].contains(element[.isDefault] ?? "0") { standardID = id }
      default: continue
      }
    }
    for id in own.keys {
      var style = Style()
      var next: String? = id
      // A style that is based on itself by a detour says nothing more the second time.
      var seen: Set<String> = []
      while let name = next, seen.insert(name).inserted, let entry = own[name] {
        style = style.over(entry.style)
        next = entry.base
      }
      styles[id] = style
    }
    standard = standardID.flatMap { styles[$0] } ?? Style()
  }

  /// A paragraph's style. One that the document uses and does not define is known by its id, if by anything.
  func paragraph(_ id: String?) -> Style {
    guard let id else { return standard.over(defaults) }
    if let style = styles[id] { return style.over(defaults) }
    var style = Style()
    style.role = Self.role(id)
    return style.over(standard).over(defaults)
  }

  /// A run's style; says only what it says itself.
  func run(_ id: String?) -> Style { id.flatMap { styles[$0] } ?? Style() }

  /// The numbering a style belongs to, for lists that are defined by a style.
  func numId(of id: String) -> String? { styles[id]?.numId }

  // MARK: Names

  private static let titles: Set<String> = ["title", "标题", "大标题", "主标题", "正标题", "公文标题", "文件标题", "文档标题", "法规标题", "总标题"]

  /// What a style's name says: Word writes the names of its own styles in English whatever its language.
  static func role(_ name: String) -> Role? {
    let name = name.lowercased().filter { $0 != " " && $0 != "　" }
    if titles.contains(name) { return .title }
    if name.hasPrefix("toc") || name.hasPrefix("目录") || name == "contentsheading" { return .contents }
    if ["subtitle", "副标题", "caption", "题注"].contains(name) || name.hasPrefix("图标题") || name.hasPrefix("表标题") { return .text }
    if name.hasPrefix("heading") || name.contains("标题") {
      if let digit = name.first(where: { ("1"..."9").contains($0) }) { return .heading(digit.wholeNumberValue!) }
      let numerals: [Character] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"]
      if let numeral = name.compactMap({ numerals.firstIndex(of: $0) }).first { return .heading(numeral + 1) }
      if name.hasPrefix("章") { return .heading(1) }
      if name.hasPrefix("节") { return .heading(2) }
    }
    return nil
  }
}
