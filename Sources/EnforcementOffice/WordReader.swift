internal import Enforcement

/// A paragraph or a row on its way to a `TextDocument.Paragraph`.
struct WordBlock {
  var text: String
  var role: TextDocument.Paragraph.Role
  var isCentred = false
  /// Of its first words, in half points.
  var size: Int?
  /// An empty paragraph stands before it.
  var isAfterGap = false
}

/// Walks the text of a document from its first paragraph to its last.
///
/// Blocks come from containers (the body, a cell, a text box, a note), which may stand in each other; `WordReader+Inline`
/// reads what is inside a paragraph and `WordReader+Table` the tables.
struct WordReader {
  /// What has to be counted while reading, and is said at the end.
  var notices = WordNotices()
  let styles: WordStyles
  var numbering: WordNumbering
  /// Of the main story: fields that have begun and not ended; they may go on from paragraph to paragraph.
  var fields: [WordField] = []
  /// Inside a table of contents, which is known by its frame or its field.
  var contentsDepth = 0
  let notes: WordNotes
  /// Footnotes and endnotes met so far, the mark of each by what refers to it.
  var noteCounts = [0, 0]
  var noteMarks: [String: String] = [:]
  /// The mark of the note being read.
  var currentNote = ""
  /// The texts of diagrams by relationship, read when the drawing is met.
  var diagrams: [String: WordPart] = [:]
  private let document: WordPart
  /// A paragraph whose mark is deleted goes on in the next one.
  private var carried: Inline?
  private var isAfterGap = false

  init(_ package: WordPackage) throws(OfficeError) {
    document = try package.document()
    styles = WordStyles(try package.part("styles")?.root)
    numbering = WordNumbering(try package.part("numbering")?.root, styles: styles)
    notes = WordNotes(
      footnotes: try package.part("footnotes")?.root, endnotes: try package.part("endnotes")?.root)
  }

  mutating func read(_ package: WordPackage) throws(OfficeError) -> [WordBlock] {
    guard let body = document.root?.first(.body) else { return [] }
    for drawing in document.elements(.relIds) {
      if let id = drawing[.dm] { diagrams[id] = try package.part(id: id) }
    }
    return blocks(in: body)
  }

  // MARK: Blocks

  mutating func blocks(in container: WordElement) -> [WordBlock] {
    let outer = (carried, isAfterGap)
    (carried, isAfterGap) = (nil, false)
    defer { (carried, isAfterGap) = outer }
    var result: [WordBlock] = []
    for child in container.children { append(child, to: &result) }
    if let rest = carried { finish(rest, style: WordStyles.Style(), prefix: "", to: &result) }
    return result
  }

  mutating func paragraphs(_ elements: [WordElement]) -> [WordBlock] {
    var result: [WordBlock] = []
    for element in elements { paragraph(element, to: &result) }
    return result
  }

  private mutating func append(_ element: WordElement, to result: inout [WordBlock]) {
    switch element.name {
    case .p: paragraph(element, to: &result)
    case .tbl:
      table(element, to: &result)
      isAfterGap = false
    case .sdt:
      let gallery = element.first(.sdtPr)?.first(.docPartObj)?.value(.docPartGallery)?.lowercased()
      let isContents = gallery == "table of contents" || gallery == "目录"
      if isContents { contentsDepth += 1 }
      for child in element.first(.sdtContent)?.children.map({ $0 }) ?? [] { append(child, to: &result) }
      if isContents { contentsDepth -= 1 }
    case .customXml, .smartTag, .ins, .moveTo:
      for child in element.children { append(child, to: &result) }
    case .AlternateContent:
      for child in Self.branch(element)?.children.map({ $0 }) ?? [] { append(child, to: &result) }
    case .altChunk: notices.embedded += 1
    default: break
    }
  }

  /// The same content for newer and for older programs: one of the two, the newer one unless only the older has words.
  static func branch(_ element: WordElement) -> WordElement? {
    func hasText(_ branch: WordElement) -> Bool { branch.contains { $0.name == .t || $0.name == .textpath } }
    let choices = element.children.filter { $0.name == .Choice }
    let fallback = element.first(.Fallback)
    return choices.first(where: hasText) ?? fallback.flatMap { hasText($0) ? $0 : nil } ?? choices.first ?? fallback
  }

  private mutating func paragraph(_ element: WordElement, to result: inout [WordBlock]) {
    let properties = element.first(.pPr)
    let mark = properties?.first(.rPr)
    let styleID = properties?.value(.pStyle)
    let style = WordStyles.Style(paragraph: properties, run: nil).over(styles.paragraph(styleID))
    let isMerged = mark?.first(.del) != nil || mark?.first(.moveFrom) != nil
    if mark?.first(.del) != nil || mark?.first(.ins) != nil { notices.isTracked = true }
    var inline = carried ?? Inline()
    carried = nil
    var number: (text: String, isBullet: Bool)?
    if !isMerged, let id = style.numId { number = numbering.next(id, level: style.level, style: styleID) }
    content(of: element, style: style, into: &inline)
    closeFields()
    if isMerged {
      carried = inline
      return
    }
    if inline.isEmpty, number?.isBullet == true { number = nil }
    var settled = style
    if inline.isContents { settled.role = .contents }
    inline.hasLeader = properties?.first(.tabs)?.children.contains(where: Self.leadsToPage) ?? false
    finish(inline, style: settled, prefix: number?.text ?? "", to: &result)
  }

  var isContents: Bool { contentsDepth > 0 || fields.contains { $0.kind == .contents } }

  /// The pieces of a paragraph as blocks, what hangs on it behind them.
  private mutating func finish(
    _ inline: Inline, style: WordStyles.Style, prefix: String, to result: inout [WordBlock]
  ) {
    let role: TextDocument.Paragraph.Role =
      switch style.role {
      case .title: .title
      case .heading(let level): .heading(level)
      case .contents, .text: .text
      case nil: style.outline.flatMap { (0..<9).contains($0) ? .heading($0 + 1) : nil } ?? .text
      }
    var prefix = prefix
    var hasText = false
    for (index, piece) in inline.pieces.enumerated() {
      var text = piece.text
      if style.role == .contents || inline.hasLeader { text = Self.withoutPageNumber(text) }
      text = Self.trimmed(text)
      if style.role == .contents || Self.isDivision(text) { text = Self.trimmed(Self.withoutLeader(text)) }
      // An automatic number stands before the first words, or alone.
      if !prefix.isEmpty, !text.isEmpty || index == inline.pieces.count - 1 {
        text = Self.trimmed(prefix + text)
        prefix = ""
      }
      guard !text.isEmpty else { continue }
      result.append(
        WordBlock(
          text: text, role: role, isCentred: style.alignment == "center" && style.role != .contents,
          size: piece.size ?? style.size, isAfterGap: isAfterGap && !hasText))
      hasText = true
    }
    isAfterGap = !hasText
    result += inline.after
  }

  static func trimmed(_ text: String) -> String { String(TextDocument.trimmed(text[...])) }

  // MARK: Contents

  /// A tab at the right edge with dots before it. A line drawn before a tab is a blank to fill in.
  private static func leadsToPage(_ tab: WordElement) -> Bool {
    ["dot", "middleDot", "hyphen"].contains(tab[.leader] ?? "") && ["right", "end"].contains(tab[.val] ?? "")
  }

  /// 第一章, 第二节: only there are dots and a number at the end those of a page, elsewhere they may be a sum.
  private static func isDivision(_ text: String) -> Bool {
    if case .division = StatuteLine(text[...]) { true } else { false }
  }

  /// 总则⇥3: without the tab and the number of the page behind it.
  private static func withoutPageNumber(_ text: String) -> String {
    guard let tab = text.lastIndex(of: "\t") else { return text }
    let number = trimmed(String(text[text.index(after: tab)...]))
    let isNumber = number.unicodeScalars.allSatisfy {
      ("0"..."9").contains($0) || "-－—– ivxlcIVXLC".unicodeScalars.contains($0)
    }
    return isNumber ? String(text[..<tab]) : text
  }

  /// 总则………3: dots and a number typed by hand.
  private static func withoutLeader(_ text: String) -> String {
    guard text.last?.isNumber == true else { return text }
    let scalars = Array(text.unicodeScalars)
    var end = scalars.count
    while end > 0, ("0"..."9").contains(scalars[end - 1]) || TextDocument.isBlank(scalars[end - 1]) { end -= 1 }
    let rest = scalars[..<end]
    let dots = rest.reversed().prefix { "….·．。・⋯".unicodeScalars.contains($0) }.count
    let isEllipsis = rest.last == "…" || rest.last == "⋯"
    guard dots >= (isEllipsis ? 3 : 6) else { return text }
    return String(String.UnicodeScalarView(rest.dropLast(dots)))
  }
}

/// What was left out, counted; said once each.
struct WordNotices {
  var pictures = 0
  var hidden = 0
  var comments = 0
  var embedded = 0
  var symbols = 0
  var isTracked = false

  func diagnostics(file: String) -> [Diagnostic] {
    func note(_ rule: String, _ message: String, _ fix: String) -> Diagnostic {
      Diagnostic(rule: rule, severity: .note, file: file, message: message, fix: fix)
    }
    var result: [Diagnostic] = []
    if pictures > 0 { result.append(note("text.picture", "\(pictures) 张图片或者图表没有读", "图里有字的，看原件")) }
    if hidden > 0 { result.append(note("text.hidden", "\(hidden) 处隐藏文字没有读", "要用的，在 Word 里取消隐藏后另存")) }
    if comments > 0 { result.append(note("text.comment", "\(comments) 处批注没有读", "要用的，写进正文")) }
    if embedded > 0 { result.append(note("text.embedded", "\(embedded) 处嵌入的文件没有读", "要用的，单独另存出来")) }
    if symbols > 0 {
      result.append(note("text.symbol", "\(symbols) 个符号字体里的符号不认识，写作 \(SymbolFont.missing)", "对照原件"))
    }
    if isTracked { result.append(note("text.tracked", "有没有定稿的修订，按全部接受来读：删去的不读，插入的读", "先在 Word 里接受或者拒绝修订")) }
    return result
  }
}

/// Footnotes and endnotes by id, each with its number once it has been met.
struct WordNotes {
  private var footnotes: [String: WordElement] = [:]
  private var endnotes: [String: WordElement] = [:]

  init(footnotes: WordElement?, endnotes: WordElement?) {
    for note in footnotes?.children.map({ $0 }) ?? [] where note.name == .footnote {
      if let id = note[.id] { self.footnotes[id] = note }
    }
    for note in endnotes?.children.map({ $0 }) ?? [] where note.name == .endnote {
      if let id = note[.id] { self.endnotes[id] = note }
    }
  }

  /// - Parameter reference: where the text refers to it.
  func note(_ reference: WordElement) -> WordElement? {
    guard let id = reference[.id] else { return nil }
    return reference.name == .footnoteReference ? footnotes[id] : endnotes[id]
  }
}
