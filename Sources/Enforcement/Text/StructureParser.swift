/// Puts the paragraphs of a document into the structure of a statute: 编, 章, 节, 条, 款, 项, 目.
///
/// Pure, one pass after the table of contents has been found, and without a guess that loses anything: a line that fits
/// nowhere stays where it is.
public struct StructureParser {
  private let document: TextDocument
  private let file: String
  private var name = ""
  private var text: OfficialText
  /// Open pieces from the outside in.
  private var open: [OfficialText.Piece] = []
  private var used: [String: Int] = [:]
  private var lastArticle = 0
  private var lastInsertion = 0
  private var inAttachment = false

  /// - Parameter name: what the text is called where it does not say so itself: the name of its file, or of the collection it
  ///   is a part of.
  public static func parse(_ document: TextDocument, file: String = "", name: String = "") -> OfficialText {
    var parser = StructureParser(document, file)
    parser.name = name
    parser.run()
    return parser.text
  }

  private init(_ document: TextDocument, _ file: String) {
    self.document = document
    self.file = file
    text = OfficialText(title: "", kind: .other, history: [], front: [], body: [], diagnostics: document.diagnostics)
  }

  private mutating func run() {
    var paragraphs = document.paragraphs[...]
    if let title = paragraphs.prefix(10).firstIndex(where: { $0.role == .title }), title > paragraphs.startIndex,
      !paragraphs[..<title].contains(where: Self.isProvision)
    {
      // A letterhead stands before the title.
      text.title = paragraphs[title].text
      paragraphs[..<title].forEach { front($0) }
      paragraphs = paragraphs[(title + 1)...]
    } else if let first = paragraphs.first, !Self.isProvision(first), !Self.isPartName(first.text) {
      text.title = first.text
      paragraphs = paragraphs.dropFirst()
    } else {
      text.title = name
      text.isTitleGiven = true
    }
    let contents = tableOfContents(paragraphs)
    var isFront = true
    for index in paragraphs.indices {
      let paragraph = paragraphs[index]
      if isFront, contents.contains(index) {
        text.front.append(.contents(paragraph.text, line: paragraph.line))
        continue
      }
      let line = StatuteLine(paragraph.text[...])
      if isFront {
        if begins(line, paragraph) {
          isFront = false
        } else {
          front(paragraph)
          continue
        }
      }
      place(paragraph, line)
    }
    closeAll()
    reportUnreadable()
    text.kind = OfficialText.Kind(title: text.title, front: text.front.map(\.text))
    text.history = OfficialText.HistoryEvent.read(text.front.prefix(40).map(\.text), last: text.articles.last)
    if text.articles.isEmpty, text.body.isEmpty {
      report("text.no-structure", .warning, document.paragraphs.first?.line ?? 0, "没有认出条款，整篇按段落保留")
    }
  }

  /// Characters that mean something only in the font of the program that wrote them: a decimal point that was lost on its way
  /// makes 1.4米 of 14米.
  private mutating func reportUnreadable() {
    for paragraph in document.paragraphs {
      guard
        let scalar = paragraph.text.unicodeScalars.first(where: { (0xE000...0xF8FF).contains($0.value) || $0.value == 0xFFFD })
      else { continue }
      let code = String(scalar.value, radix: 16, uppercase: true)
      report("text.unreadable", .warning, paragraph.line, "有显示不出来的字（U+\(code)），多半是转换时丢了一个字或者小数点，引用前看原文")
    }
  }

  private static func isProvision(_ paragraph: TextDocument.Paragraph) -> Bool {
    switch StatuteLine(paragraph.text[...]) {
    case .article, .division: true
    default: false
    }
  }

  /// 总则, 序言, 人格权编: the name of a part, never of a law.
  private static func isPartName(_ words: String) -> Bool {
    let bare = words.filter { !$0.unicodeScalars.allSatisfy(TextDocument.isBlank) }
    return ["总则", "分则", "附则", "序言"].contains(bare) || bare.hasSuffix("编") && bare.count <= 8
  }

  private mutating func report(_ rule: String, _ severity: Diagnostic.Severity, _ line: Int, _ message: String) {
    text.diagnostics.append(Diagnostic(rule: rule, severity: severity, file: file, line: line, message: message))
  }

  // MARK: Front

  /// The headings before the first article that come again behind them, and the word 目录 itself.
  private func tableOfContents(_ paragraphs: ArraySlice<TextDocument.Paragraph>) -> Set<Int> {
    func key(_ text: String) -> String {
      String(String.UnicodeScalarView(text.unicodeScalars.filter { !TextDocument.isBlank($0) }))
    }
    var result: Set<Int> = []
    guard
      let firstArticle = paragraphs.firstIndex(where: { if case .article = StatuteLine($0.text[...]) { true } else { false } })
    else { return [] }
    var seen: [String: Int] = [:]
    var repeated = false
    for index in paragraphs[..<firstArticle].indices {
      let name = key(paragraphs[index].text)
      if name == "目录" {
        result.insert(index)
        continue
      }
      guard name.count <= 60 else { continue }
      if let before = seen[name], Self.isHeadingLike(paragraphs[index]) {
        result.insert(before)
        repeated = true
      }
      seen[name] = index
    }
    // Of a contents list only what stands before the first heading comes again there; the others come again later.
    if result.contains(where: { key(paragraphs[$0].text) == "目录" }) || repeated {
      let later = Set(paragraphs[firstArticle...].map { key($0.text) })
      for index in paragraphs[..<firstArticle].indices where Self.isHeadingLike(paragraphs[index]) {
        if later.contains(key(paragraphs[index].text)) { result.insert(index) }
      }
    }
    return result
  }

  private static func isHeadingLike(_ paragraph: TextDocument.Paragraph) -> Bool {
    if case .division = StatuteLine(paragraph.text[...]) { return true }
    return paragraph.text.count <= 20 && !paragraph.text.contains("。")
  }

  /// Whether the provisions begin here.
  private func begins(_ line: StatuteLine, _ paragraph: TextDocument.Paragraph) -> Bool {
    switch line {
    case .article(let number, _, _, let isSpaced): isSpaced || number == 1
    case .division: true
    case .unit(let number, _): number == 1
    default: if case .heading = paragraph.role { !text.front.isEmpty } else { false }
    }
  }

  private mutating func front(_ paragraph: TextDocument.Paragraph) {
    switch paragraph.role {
    case .row(let cells): text.front.append(.row(cells, line: paragraph.line))
    case .heading, .title: text.front.append(.heading(paragraph.text, line: paragraph.line))
    case .text: text.front.append(.paragraph(paragraph.text, line: paragraph.line))
    }
  }

  // MARK: Body

  private mutating func place(_ paragraph: TextDocument.Paragraph, _ line: StatuteLine) {
    if case .row(let cells) = paragraph.role { return append(.row(cells, line: paragraph.line)) }
    if isAttachmentHeading(paragraph) { return beginAttachment(paragraph) }
    if inAttachment { return append(block(paragraph)) }
    switch line {
    case .division(let division, let number, let length):
      beginDivision(division, number, length, paragraph)
    case .article(let number, let insertion, let length, let isSpaced):
      let isNext = insertion == nil ? number == lastArticle + 1 : number == lastArticle && insertion! == lastInsertion + 1
      if isSpaced || isNext { beginArticle(number, insertion, length, isNext, paragraph) } else { beginParagraph(paragraph) }
    case .point(_, let length) where isIn(.article) || isIn(.unit): beginItem(.point, length, paragraph)
    case .indent(_, let length) where isIn(.article) || isIn(.unit): beginItem(.indent, length, paragraph)
    case .unit(let number, let length) where !isIn(.article): beginUnit(number, length, paragraph)
    default:
      if case .heading = paragraph.role { return beginHeading(paragraph) }
      if isIn(.article) || isIn(.unit) { beginParagraph(paragraph) } else { append(block(paragraph)) }
    }
  }

  private func block(_ paragraph: TextDocument.Paragraph) -> OfficialText.Block {
    switch paragraph.role {
    case .row(let cells): .row(cells, line: paragraph.line)
    case .heading, .title: .heading(paragraph.text, line: paragraph.line)
    case .text: .paragraph(paragraph.text, line: paragraph.line)
    }
  }

  private func isIn(_ kind: OfficialText.Piece.Kind) -> Bool { open.contains { $0.kind == kind } }

  private func isAttachmentHeading(_ paragraph: TextDocument.Paragraph) -> Bool {
    let text = paragraph.text
    guard text.count <= 40, lastArticle > 0 || !self.text.body.isEmpty || !open.isEmpty else { return false }
    if text.hasPrefix("附则") || text.contains("。") { return false }
    if case .heading = paragraph.role { return text.hasPrefix("附") && StatuteLine(text[...]) == .text }
    return ["附件", "附录", "附表", "附图", "附：", "附:"].contains(where: text.hasPrefix)
      && !(text.contains("规定") && text.count > 20)
  }

  private mutating func beginAttachment(_ paragraph: TextDocument.Paragraph) {
    close(to: 0)
    inAttachment = true
    open.append(OfficialText.Piece(.attachment, heading: paragraph.text, eId: unique("att"), line: paragraph.line))
  }

  /// Outer divisions first: a chapter closes the sections before it, a part the chapters.
  private mutating func beginDivision(
    _ division: StatuteLine.Division, _ number: Int, _ length: Int, _ paragraph: TextDocument.Paragraph
  ) {
    let kind = OfficialText.Piece.Kind(rawValue: division.rawValue)!
    let order: [OfficialText.Piece.Kind] = [.part, .subpart, .chapter, .section]
    let rank = order.firstIndex(of: kind)!
    let keep = open.prefix { piece in order.firstIndex(of: piece.kind).map { $0 < rank } ?? false }.count
    close(to: keep)
    let (num, rest) = split(paragraph.text, length)
    let name = [.part: "part", .subpart: "subpart", .chapter: "chp", .section: "sec"][kind]!
    let parent = open.last.map { $0.eId + "__" } ?? ""
    open.append(
      OfficialText.Piece(kind, number: num, heading: rest, eId: unique("\(parent)\(name)_\(number)"), line: paragraph.line))
  }

  /// A heading without a number: 附则, 总则, or one of a text without articles.
  private mutating func beginHeading(_ paragraph: TextDocument.Paragraph) {
    let order: [OfficialText.Piece.Kind] = [.part, .subpart]
    close(to: open.prefix { order.contains($0.kind) }.count)
    let parent = open.last.map { $0.eId + "__" } ?? ""
    open.append(
      OfficialText.Piece(.chapter, heading: paragraph.text, eId: unique("\(parent)chp"), line: paragraph.line))
  }

  private mutating func beginArticle(
    _ number: Int, _ insertion: Int?, _ length: Int, _ isNext: Bool, _ paragraph: TextDocument.Paragraph
  ) {
    close(to: open.prefix { [.part, .subpart, .chapter, .section].contains($0.kind) }.count)
    if !isNext, !(lastArticle == 0) {
      report(
        "article.number", .warning, paragraph.line,
        "条号不连续：前面是第\(lastArticle)条，这里是第\(number)条" + (insertion.map { "之\($0)" } ?? ""))
    }
    lastArticle = number
    lastInsertion = insertion ?? 0
    let (num, rest) = split(paragraph.text, length)
    let eId = unique("art_\(number)" + (insertion.map { "-\($0)" } ?? ""))
    open.append(OfficialText.Piece(.article, number: num, eId: eId, line: paragraph.line))
    if !rest.isEmpty { beginParagraph(rest, paragraph.line) }
  }

  private mutating func beginUnit(_ number: Int, _ length: Int, _ paragraph: TextDocument.Paragraph) {
    close(to: open.prefix { [.part, .subpart, .chapter, .section].contains($0.kind) }.count)
    let (num, rest) = split(paragraph.text, length)
    open.append(OfficialText.Piece(.unit, number: num, eId: unique("unit_\(number)"), text: rest, line: paragraph.line))
  }

  private mutating func beginParagraph(_ paragraph: TextDocument.Paragraph) { beginParagraph(paragraph.text, paragraph.line) }

  private mutating func beginParagraph(_ words: String, _ line: Int) {
    guard let base = open.lastIndex(where: { $0.kind == .article || $0.kind == .unit }) else {
      append(.paragraph(words, line: line))
      return
    }
    close(to: base + 1)
    let number = open[base].children.count { $0.kind == .paragraph } + 1
    open.append(OfficialText.Piece(.paragraph, eId: "\(open[base].eId)__para_\(number)", text: words, line: line))
  }

  private mutating func beginItem(_ kind: OfficialText.Piece.Kind, _ length: Int, _ paragraph: TextDocument.Paragraph) {
    guard let base = open.lastIndex(where: { $0.kind == .article || $0.kind == .unit }) else {
      append(block(paragraph))
      return
    }
    // 第…条 followed at once by （一）: the article's first paragraph has no words of its own.
    if !open[base...].contains(where: { $0.kind == .paragraph }) { beginParagraph("", paragraph.line) }
    let level = open.lastIndex { piece in
      kind == .point ? piece.kind == .paragraph : piece.kind == .point || piece.kind == .paragraph
    }!
    close(to: level + 1)
    let (num, rest) = split(paragraph.text, length)
    let count = open[level].children.count { $0.kind == kind } + 1
    open.append(
      OfficialText.Piece(
        kind, number: num, eId: "\(open[level].eId)__\(kind.rawValue)_\(count)", text: rest, line: paragraph.line))
  }

  /// A block at the place that is open, or in the body itself.
  private mutating func append(_ block: OfficialText.Block) {
    if open.isEmpty {
      if text.body.last?.kind != .block {
        var piece = OfficialText.Piece(.block, eId: unique("block"), line: 0)
        piece.blocks.append(block)
        text.body.append(piece)
      } else {
        text.body[text.body.count - 1].blocks.append(block)
      }
    } else if open[open.count - 1].children.isEmpty {
      open[open.count - 1].blocks.append(block)
    } else {
      // Behind what is already inside: a piece of its own keeps the order.
      var piece = OfficialText.Piece(.block, eId: unique("block"), line: 0)
      piece.blocks.append(block)
      open[open.count - 1].children.append(piece)
    }
  }

  private mutating func close(to depth: Int) {
    while open.count > depth {
      let piece = open.removeLast()
      if open.isEmpty { text.body.append(piece) } else { open[open.count - 1].children.append(piece) }
    }
  }

  private mutating func closeAll() { close(to: 0) }

  private mutating func unique(_ eId: String) -> String {
    let count = used[eId, default: 0] + 1
    used[eId] = count
    if count == 1 { return eId.contains("_") && eId.last!.isNumber ? eId : "\(eId)_1" }
    return eId.last!.isNumber ? "\(eId)-dup\(count)" : "\(eId)_\(count)"
  }

  /// The number as written, and what follows it.
  private func split(_ text: String, _ length: Int) -> (String, String) {
    let index = text.unicodeScalars.index(text.unicodeScalars.startIndex, offsetBy: length)
    return (String(text[..<index]), String(TextDocument.trimmed(text[index...])))
  }
}
