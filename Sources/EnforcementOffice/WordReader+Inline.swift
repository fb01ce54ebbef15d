internal import Enforcement

/// A field: a code, and what Word last put in its place.
struct WordField {
  enum Kind {
    /// A page's number or the number of pages: furniture.
    case page
    /// The page on which something stands: furniture in a table of contents.
    case pageReference
    case contents
    case other
  }

  /// No document nests its fields deeper.
  static let maximumDepth = 64

  var code = ""
  /// Known once the code is complete.
  private(set) var kind = Kind.other
  private(set) var isResult = false

  init() {}

  /// A field whose code stands in an attribute.
  init(code: String) {
    self.code = code
    beginResult()
  }

  mutating func beginResult() {
    isResult = true
    kind =
      switch code.split(whereSeparator: \.isWhitespace).first?.uppercased() {
      case "PAGE", "NUMPAGES", "SECTIONPAGES": .page
      case "PAGEREF": .pageReference
      case "TOC": .contents
      default: .other
      }
  }

  /// What a field shows that keeps no result: a ring around a number, a button's words.
  var shown: String {
    let words = code.split(maxSplits: 2, whereSeparator: \.isWhitespace).map(String.init)
    switch words.first?.uppercased() {
    case "MACROBUTTON": return words.count > 2 ? WordReader.trimmed(words[2]) : ""
    case "EQ":
      // \o\ac(○,5): signs laid over each other.
      guard let open = code.firstIndex(of: "("), let close = code.lastIndex(of: ")"), open < close else { return "" }
      let parts = code[code.index(after: open)..<close].split(whereSeparator: { ",;，；".contains($0) })
        .map { WordReader.trimmed(String($0)) }
      if let last = parts.last, parts.count == 2, parts[0] == "○" || parts[0] == "〇" {
        return Int(last).flatMap { NumberFormat.circled($0) } ?? "（\(last)）"
      }
      return code.lowercased().contains("\\f") ? parts.joined(separator: "/") : parts.joined()
    default: return ""
    }
  }
}

/// What is inside a paragraph.
struct Inline {
  struct Piece {
    var text = ""
    var size: Int?
  }

  /// Between line breaks; never empty.
  var pieces = [Piece()]
  /// Notes and text boxes: behind the paragraph.
  var after: [WordBlock] = []
  /// One of its tabs draws dots to a number, as in a table of contents.
  var hasLeader = false
  /// Some of it stands inside a table of contents.
  var isContents = false

  var isEmpty: Bool { pieces.allSatisfy { $0.text.unicodeScalars.allSatisfy { TextDocument.isBlank($0) } } }

  mutating func add(_ text: String, size: Int? = nil) {
    let last = pieces.count - 1
    if pieces[last].size == nil, !text.isEmpty { pieces[last].size = size }
    pieces[last].text += text
  }

  mutating func breakLine() { pieces.append(Piece()) }
}

extension WordReader {
  /// - Parameter style: of the paragraph.
  mutating func content(of element: WordElement, style: WordStyles.Style, into inline: inout Inline) {
    for child in element.children { part(child, style: style, into: &inline) }
  }

  private mutating func part(_ element: WordElement, style: WordStyles.Style, into inline: inout Inline) {
    switch element.name {
    case .r: run(element, style: style, into: &inline)
    case .hyperlink, .smartTag, .customXml, .dir, .bdo, .oMathPara:
      content(of: element, style: style, into: &inline)
    case .ins, .moveTo:
      notices.isTracked = true
      content(of: element, style: style, into: &inline)
    case .del, .moveFrom: notices.isTracked = true
    case .sdt:
      if let content = element.first(.sdtContent) { self.content(of: content, style: style, into: &inline) }
    case .fldSimple:
      fields.append(WordField(code: element[.instr] ?? ""))
      content(of: element, style: style, into: &inline)
      fields.removeLast()
    // DrawingML's own field: the number of a slide, a date.
    case .fld: if let text = element.first(.t) { inline.add(text.text) }
    case .br: inline.breakLine()
    case .AlternateContent: if let branch = Self.branch(element) { content(of: branch, style: style, into: &inline) }
    case .oMath: formula(element, style: style, into: &inline)
    case .drawing, .pict, .object: drawing(element, into: &inline)
    default: break
    }
  }

  // MARK: Runs

  private mutating func run(_ element: WordElement, style: WordStyles.Style, into inline: inout Inline) {
    let properties = element.first(.rPr)
    let own =
      properties.map { WordStyles.Style(paragraph: nil, run: $0).over(styles.run($0.value(.rStyle))) } ?? WordStyles.Style()
    if own.isHidden ?? style.isHidden ?? false {
      if element.contains({ $0.name == .t && $0.text.unicodeScalars.contains { !TextDocument.isBlank($0) } }) {
        notices.hidden += 1
      }
      // A field's marks count, hidden or not.
      for child in element.children where child.name == .fldChar || child.name == .instrText { fieldMark(child, into: &inline) }
      return
    }
    for child in element.children { piece(child, own, style, into: &inline) }
  }

  private mutating func piece(
    _ element: WordElement, _ own: WordStyles.Style, _ style: WordStyles.Style, into inline: inout Inline
  ) {
    switch element.name {
    case .fldChar, .instrText: fieldMark(element, into: &inline)
    // Inside a code nothing is shown but drawings.
    case .drawing, .pict, .object: drawing(element, into: &inline)
    case .AlternateContent:
      for child in Self.branch(element)?.children.map({ $0 }) ?? [] { piece(child, own, style, into: &inline) }
    case _ where isSilent: return
    case .t:
      if isContents { inline.isContents = true }
      inline.add(text(element, own, style), size: own.size)
    case .tab, .ptab: inline.add("\t")
    case .br, .cr: inline.breakLine()
    case .noBreakHyphen: inline.add("-")
    case .sym:
      let sign = element[.char].flatMap { UInt32($0, radix: 16) }.flatMap { SymbolFont.text($0, font: element[.font]) }
      if sign == nil { notices.symbols += 1 }
      inline.add(sign ?? SymbolFont.missing)
    case .footnoteReference, .endnoteReference: note(element, into: &inline)
    case .footnoteRef, .endnoteRef: inline.add(currentNote)
    case .commentReference: notices.comments += 1
    case .ruby:
      if let base = element.first(.rubyBase) { content(of: base, style: style, into: &inline) }
      if let reading = element.first(.rt), reading.contains({ $0.name == .t && !$0.text.isEmpty }) {
        inline.add("（")
        content(of: reading, style: style, into: &inline)
        inline.add("）")
      }
    default: break
    }
  }

  private mutating func text(_ element: WordElement, _ own: WordStyles.Style, _ style: WordStyles.Style) -> String {
    var text = element.text
    if text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
      text = String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 }))
    }
    if element[.space] != "preserve", let first = text.utf8.first, let last = text.utf8.last, first <= 0x20 || last <= 0x20 {
      // Only white space of XML: the full-width space is a character like any other.
      var bare = text[...]
      while let scalar = bare.unicodeScalars.first, scalar.value <= 0x20 { bare.unicodeScalars.removeFirst() }
      while let scalar = bare.unicodeScalars.last, scalar.value <= 0x20 { bare.unicodeScalars.removeLast() }
      text = String(bare)
    }
    if let font = own.symbolFont ?? style.symbolFont {
      text = SymbolFont.text(text, font: font)
      notices.symbols += text.count { String($0) == SymbolFont.missing }
    }
    // 100 m² is written with a small 2.
    if own.isRaised == true, text == "2" || text == "3" { text = text == "2" ? "²" : "³" }
    return text
  }

  // MARK: Fields

  private var isSilent: Bool {
    fields.contains { field in
      !field.isResult || field.kind == .page || field.kind == .pageReference && isContents
    }
  }

  private mutating func fieldMark(_ element: WordElement, into inline: inout Inline) {
    if element.name == .instrText {
      if let last = fields.indices.last, !fields[last].isResult { fields[last].code += element.text }
      return
    }
    switch element[.fldCharType] {
    case "begin":
      if let data = element.first(.ffData) { formField(data, into: &inline) }
      if fields.count < WordField.maximumDepth { fields.append(WordField()) }
    case "separate":
      if let last = fields.indices.last, !fields[last].isResult { fields[last].beginResult() }
    case "end":
      guard let field = fields.popLast() else { return }
      if !field.isResult, !isSilent { inline.add(field.shown) }
    default: break
    }
  }

  /// A box to tick, a list to choose from: shown without being text.
  private mutating func formField(_ data: WordElement, into inline: inout Inline) {
    guard !isSilent else { return }
    if let box = data.first(.checkBox) {
      inline.add(box.isOn(.checked) ?? box.isOn(.isDefault) ?? false ? "☑" : "□")
    } else if let list = data.first(.ddList) {
      let entries = list.children.filter { $0.name == .listEntry }
      let chosen = list.number(.result) ?? list.number(.isDefault) ?? 0
      if entries.indices.contains(chosen) { inline.add(entries[chosen][.val] ?? "") }
    }
  }

  /// A code that does not come to its result within its paragraph is broken; what follows is text again.
  mutating func closeFields() { fields.removeAll { !$0.isResult } }

  // MARK: Notes, drawings, formulas

  private mutating func note(_ reference: WordElement, into inline: inout Inline) {
    // A note in a note would have no end.
    guard currentNote.isEmpty, let note = notes.note(reference) else { return }
    let isFootnote = reference.name == .footnoteReference
    let key = (isFootnote ? "f" : "e") + (reference[.id] ?? "")
    if let mark = noteMarks[key] { return inline.add(mark) }
    noteCounts[isFootnote ? 0 : 1] += 1
    let mark = isFootnote ? "［\(noteCounts[0])］" : "［尾注\(noteCounts[1])］"
    noteMarks[key] = mark
    inline.add(mark)
    let outer = (currentNote, fields, contentsDepth)
    (currentNote, fields, contentsDepth) = (mark, [], 0)
    inline.after += blocks(in: note)
    (currentNote, fields, contentsDepth) = outer
  }

  /// The texts of a drawing stand behind its paragraph; its picture is counted.
  private mutating func drawing(_ element: WordElement, into inline: inout Inline) {
    let outer = (fields, contentsDepth)
    (fields, contentsDepth) = ([], 0)
    var hasPicture = false
    texts(of: element, &hasPicture, to: &inline.after)
    (fields, contentsDepth) = outer
    if hasPicture { notices.pictures += 1 }
  }

  private mutating func texts(of element: WordElement, _ hasPicture: inout Bool, to result: inout [WordBlock]) {
    for child in element.children {
      switch child.name {
      case .txbxContent, .p: result += child.name == .p ? paragraphs([child]) : blocks(in: child)
      case .AlternateContent: if let branch = Self.branch(child) { texts(of: branch, &hasPicture, to: &result) }
      case .blip, .imagedata, .chart: hasPicture = true
      case .textpath:
        let words = Self.trimmed(child[.string] ?? "")
        if !words.isEmpty { result.append(WordBlock(text: words, role: .text)) }
      case .relIds:
        if let id = child[.dm], let part = diagrams.removeValue(forKey: id) { result += paragraphs(part.elements(.p)) }
      default: texts(of: child, &hasPicture, to: &result)
      }
    }
  }

  /// A formula in one line: what is drawn between its parts is written as a sign.
  private mutating func formula(_ element: WordElement, style: WordStyles.Style, into inline: inout Inline) {
    for child in element.children {
      switch child.name {
      case .r:
        for text in child.children where text.name == .t { inline.add(self.text(text, WordStyles.Style(), style)) }
      case .den:
        inline.add("/")
        formula(child, style: style, into: &inline)
      case .rad:
        inline.add("√")
        formula(child, style: style, into: &inline)
      case .nary:
        inline.add(child.first(.naryPr)?.value(.chr) ?? "∫")
        formula(child, style: style, into: &inline)
      case .d:
        let properties = child.first(.dPr)
        inline.add(properties?.value(.begChr) ?? "(")
        formula(child, style: style, into: &inline)
        inline.add(properties?.value(.endChr) ?? ")")
      case .sSup, .sub, .sup, .sSub, .sSubSup: formula(child, style: style, into: &inline)
      case .AlternateContent: if let branch = Self.branch(child) { formula(branch, style: style, into: &inline) }
      case .del, .moveFrom: notices.isTracked = true
      default: formula(child, style: style, into: &inline)
      }
    }
  }
}
