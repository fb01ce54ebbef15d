public import Enforcement
internal import XMLStream

/// Where an imported text came from and when: kept in the file, and said wherever its words are shown.
public struct TextOrigin: Codable, Hashable, Sendable {
  /// The file's name, without its folders.
  public var source: String
  /// SHA-256 of the bytes that were read.
  public var digest: String
  public var imported: CalendarDate

  public init(source: String, digest: String, imported: CalendarDate) {
    self.source = source
    self.digest = digest
    self.imported = imported
  }
}

/// An official text as an Akoma Ntoso 3.0 `act`, component `!main`.
public enum OfficialTextXML {
  /// - Parameters:
  ///   - work: the work's IRI, the digest's where the library has one.
  ///   - version: the name of the expression: the day it took effect, or the last day the text names.
  public static func text(_ text: OfficialText, work: String, version: String, origin: TextOrigin) -> String {
    var writer = XMLWriter()
    writer.element("akomaNtoso", [("xmlns", akomaNtosoNamespace), ("xmlns:z", rulesNamespace)]) { writer in
      writer.element("act", [("name", text.kind.rawValue), ("contains", "singleVersion")]) { writer in
        writer.element("meta") { meta(text, work, version, origin, &$0) }
        writer.element("preface") { preface(text, &$0) }
        writer.element("body") { writer in
          if text.body.isEmpty { writer.element("hcontainer", [("name", "empty")]) { $0.element("content") { $0.element("p") } } }
          for piece in text.body { write(piece, &writer) }
        }
      }
    }
    return writer.text
  }

  private static func meta(
    _ text: OfficialText, _ work: String, _ version: String, _ origin: TextOrigin, _ writer: inout XMLWriter
  ) {
    let expression = "\(work)/zho@\(version)"
    let adopted = text.adopted?.description ?? version
    func frbr(
      _ name: String, _ iri: String, _ date: String, _ dateName: String, _ author: String, _ writer: inout XMLWriter,
      more: (inout XMLWriter) -> Void
    ) {
      writer.element(name) { writer in
        writer.element("FRBRthis", [("value", name == "FRBRManifestation" ? iri : iri + "/!main")])
        writer.element("FRBRuri", [("value", iri)])
        writer.element("FRBRdate", [("date", date), ("name", dateName)])
        writer.element("FRBRauthor", [("href", author)])
        more(&writer)
      }
    }
    writer.element("identification", [("source", "#zhunsheng")]) { writer in
      frbr("FRBRWork", work, adopted, "adoption", "#issuer", &writer) { writer in
        writer.element("FRBRcountry", [("value", "cn")])
        writer.element("FRBRsubtype", [("value", text.kind.rawValue)])
        writer.element("FRBRname", [("value", text.title)])
      }
      frbr("FRBRExpression", expression, version, "effect", "#issuer", &writer) {
        $0.element("FRBRlanguage", [("language", "zho")])
      }
      frbr("FRBRManifestation", expression + "/!main.xml", origin.imported.description, "import", "#zhunsheng", &writer) {
        $0.element("FRBRformat", [("value", "application/akn+xml")])
      }
    }
    if !text.history.isEmpty {
      writer.element("lifecycle", [("source", "#zhunsheng")]) { writer in
        for (number, event) in text.history.enumerated() {
          let type =
            switch event.kind {
            case .amended, .revised: "amendment"
            case .repealed: "repeal"
            case .adopted, .promulgated, .effective: "generation"
            }
          writer.element(
            "eventRef",
            [
              ("eId", "event_\(number + 1)"), ("date", event.date.description), ("type", type), ("source", "#zhunsheng"),
              ("refersTo", "#" + event.kind.rawValue),
            ])
        }
      }
    }
    writer.element("references", [("source", "#zhunsheng")]) { writer in
      writer.element(
        "TLCOrganization", [("eId", "zhunsheng"), ("href", "/akn/ontology/organization/zhunsheng"), ("showAs", "准绳")])
      writer.element(
        "TLCOrganization", [("eId", "issuer"), ("href", "/akn/ontology/organization/issuer"), ("showAs", "制定机关")])
      for kind in OfficialText.HistoryEvent.Kind.allCases where text.history.contains(where: { $0.kind == kind }) {
        writer.element(
          "TLCConcept", [("eId", kind.rawValue), ("href", "/akn/ontology/concept/\(kind.rawValue)"), ("showAs", kind.label)])
      }
    }
    writer.element("proprietary", [("source", "#zhunsheng")]) { writer in
      writer.element(
        "z:origin", [("source", origin.source), ("digest", origin.digest), ("imported", origin.imported.description)])
    }
  }

  private static func preface(_ text: OfficialText, _ writer: inout XMLWriter) {
    writer.element("p") { $0.element("docTitle", text: text.title) }
    for block in text.front {
      switch block {
      case .contents(let words, _): writer.element("p", [("class", "toc")], text: words)
      case .heading(let words, _): writer.element("p", [("class", "heading")], text: words)
      case .paragraph(let words, _): writer.element("p", text: words)
      case .row(let cells, _): writer.element("p", [("class", "row")], text: cells.joined(separator: " "))
      }
    }
  }

  private static func write(_ piece: OfficialText.Piece, _ writer: inout XMLWriter) {
    let name: String
    var attributes: [(String, String?)] = [("eId", piece.eId)]
    switch piece.kind {
    case .part, .subpart, .chapter, .section, .article, .paragraph, .point, .indent: name = piece.kind.rawValue
    case .unit, .attachment, .block:
      name = "hcontainer"
      attributes = [("name", piece.kind.rawValue), ("eId", piece.eId)]
    }
    writer.element(name, attributes) { writer in
      if !piece.number.isEmpty { writer.element("num", text: piece.number) }
      if !piece.heading.isEmpty { writer.element("heading", text: piece.heading) }
      if piece.children.isEmpty {
        writer.element("content") { writer in
          if !piece.text.isEmpty { writer.element("p", text: piece.text) }
          write(piece.blocks, &writer)
          if piece.text.isEmpty, piece.blocks.isEmpty { writer.element("p") }
        }
      } else {
        if !piece.text.isEmpty || !piece.blocks.isEmpty {
          writer.element("intro") { writer in
            if !piece.text.isEmpty { writer.element("p", text: piece.text) }
            write(piece.blocks, &writer)
          }
        }
        for child in piece.children { write(child, &writer) }
      }
    }
  }

  /// Rows that follow each other are one table.
  private static func write(_ blocks: [OfficialText.Block], _ writer: inout XMLWriter) {
    var index = 0
    while index < blocks.count {
      if case .row = blocks[index] {
        var rows: [[String]] = []
        while index < blocks.count, case .row(let cells, _) = blocks[index] {
          rows.append(cells)
          index += 1
        }
        writer.element("table") { writer in
          for cells in rows {
            writer.element("tr") { writer in
              for cell in cells { writer.element("td") { $0.element("p", text: cell) } }
            }
          }
        }
        continue
      }
      switch blocks[index] {
      case .heading(let words, _): writer.element("p", [("class", "heading")], text: words)
      case .contents(let words, _): writer.element("p", [("class", "toc")], text: words)
      case .paragraph(let words, _): writer.element("p", text: words)
      case .row: break
      }
      index += 1
    }
  }
}

extension OfficialText.HistoryEvent.Kind {
  public var label: String {
    switch self {
    case .adopted: "通过"
    case .promulgated: "公布"
    case .amended: "修正"
    case .revised: "修订"
    case .effective: "施行"
    case .repealed: "废止"
    }
  }
}

/// Reads an imported text back: what `OfficialTextXML` wrote.
struct OfficialTextReader: DiagnosingReader {
  enum Name: String, XMLName {
    case akomaNtoso, act, meta, identification, lifecycle, references, proprietary, eventRef, preface, body
    case FRBRWork, FRBRExpression, FRBRManifestation, FRBRthis, FRBRuri, FRBRdate, FRBRauthor, FRBRcountry, FRBRsubtype
    case FRBRname, FRBRlanguage, FRBRformat, TLCOrganization, TLCConcept, docTitle
    case part, subpart, chapter, section, article, paragraph, point, indent, hcontainer, num, heading, intro, content
    case p, table, tr, td, origin
    case name, contains, source, value, href, eId, type, refersTo, showAs, language, format, date, digest, imported
    case cls = "class"
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var text = OfficialText(title: "", kind: .other, history: [], front: [], body: [], diagnostics: [])
  private(set) var work = ""
  private(set) var version = ""
  private(set) var origin: TextOrigin?
  private var open: [OfficialText.Piece] = []
  private var frbr: Name?
  private var inPreface = false
  private var row: [String]?

  init(file: String) { self.file = file }

  mutating func start(_ element: XMLElement<Name>) {
    switch element.name {
    case .FRBRWork, .FRBRExpression, .FRBRManifestation: frbr = element.name
    case .preface: inPreface = true
    case .body: inPreface = false
    case .tr: row = []
    case .part, .subpart, .chapter, .section, .article, .paragraph, .point, .indent:
      open.append(
        OfficialText.Piece(
          OfficialText.Piece.Kind(rawValue: element.name.rawValue)!, eId: element[.eId] ?? "", line: element.line))
    case .hcontainer:
      open.append(
        OfficialText.Piece(
          OfficialText.Piece.Kind(rawValue: element[.name] ?? "") ?? .block, eId: element[.eId] ?? "", line: element.line))
    default: break
    }
  }

  mutating func end(_ element: XMLElement<Name>, text words: String) {
    switch element.name {
    case .FRBRuri where frbr == .FRBRWork: work = required(.value, element)
    case .FRBRuri where frbr == .FRBRExpression:
      version = required(.value, element).split(separator: "@").last.map(String.init) ?? ""
    case .FRBRsubtype: text.kind = OfficialText.Kind(rawValue: element[.value] ?? "") ?? .other
    case .eventRef:
      if let date = date(.date, element), let name = element[.refersTo]?.dropFirst(),
        let kind = OfficialText.HistoryEvent.Kind(rawValue: String(name))
      {
        text.history.append(OfficialText.HistoryEvent(date: date, kind: kind))
      }
    case .origin:
      origin = TextOrigin(
        source: required(.source, element), digest: required(.digest, element),
        imported: date(.imported, element) ?? CalendarDate(daysSince1970: 0))
    case .docTitle: text.title = words
    case .p: endParagraph(element, words)
    case .tr:
      if let row { append(.row(row, line: element.line)) }
      row = nil
    case .num: if !open.isEmpty { open[open.count - 1].number = words }
    case .heading: if !open.isEmpty { open[open.count - 1].heading = words }
    case .part, .subpart, .chapter, .section, .article, .paragraph, .point, .indent, .hcontainer:
      let piece = open.removeLast()
      if open.isEmpty { text.body.append(piece) } else { open[open.count - 1].children.append(piece) }
    default: break
    }
  }

  private mutating func endParagraph(_ element: XMLElement<Name>, _ words: String) {
    if row != nil {
      row!.append(words)
      return
    }
    guard !words.isEmpty else { return }
    if inPreface {
      switch element[.cls] {
      case "toc": text.front.append(.contents(words, line: element.line))
      case "heading": text.front.append(.heading(words, line: element.line))
      default: text.front.append(.paragraph(words, line: element.line))
      }
      return
    }
    let kind = open.last?.kind
    let hasWords = kind == .paragraph || kind == .point || kind == .indent || kind == .unit
    if hasWords, element[.cls] == nil, open[open.count - 1].text.isEmpty, open[open.count - 1].blocks.isEmpty {
      open[open.count - 1].text = words
    } else {
      append(element[.cls] == "heading" ? .heading(words, line: element.line) : .paragraph(words, line: element.line))
    }
  }

  private mutating func append(_ block: OfficialText.Block) {
    guard !open.isEmpty else { return }
    open[open.count - 1].blocks.append(block)
  }
}
