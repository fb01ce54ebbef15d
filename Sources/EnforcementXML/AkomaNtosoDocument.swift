public import Enforcement
internal import XMLStream

/// An Akoma Ntoso document of anyone's making.
public struct AkomaNtosoDocument: Sendable {
  /// Numbers stand before their words, marks inside a line are seen through; of the metadata only the title is kept.
  /// `line` is the line of the file.
  public let document: TextDocument
  /// The days of its life cycle.
  public let history: [OfficialText.HistoryEvent]

  /// - Throws: `RulebookError` for what is no XML, has a DOCTYPE, or is no Akoma Ntoso.
  public init(_ bytes: [UInt8], file: String) throws(RulebookError) {
    let parser = DocumentParser<AkomaNtosoReader>(
      namespaces: [akomaNtosoNamespace, "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17"], seesThroughUnknown: true)
    let reader: AkomaNtosoReader
    do throws(XMLError) { reader = try parser.parse(bytes, file: file, into: AkomaNtosoReader()) } catch {
      throw RulebookError(.invalidData, "\(file):\(error.line)：\(error.message)")
    }
    guard reader.isAkomaNtoso else {
      throw RulebookError(.invalidData, "\(file)：是 XML，但不是 Akoma Ntoso 3.0 文件；法规文本请用 .docx、.md、.txt 或者 Akoma Ntoso")
    }
    document = TextDocument(paragraphs: reader.finished)
    history = reader.history
  }
}

struct AkomaNtosoReader: XMLContentReader {
  enum Name: String, XMLName {
    case akomaNtoso, meta, FRBRname, docTitle, longTitle, num, heading, p, tr, td, th, value, eventRef, date, type, refersTo
  }

  private(set) var isAkomaNtoso = false
  private(set) var history: [OfficialText.HistoryEvent] = []
  private var title: TextDocument.Paragraph?
  private var paragraphs: [TextDocument.Paragraph] = []
  /// A number waits for the words it belongs to.
  private var number: (text: String, line: Int)?
  private var name = ""
  private var isMeta = false
  private var row: [String]?
  private var cell: [String] = []

  mutating func unknown(_ name: String, line: Int, column: Int) {}

  mutating func start(_ element: XMLElement<Name>) {
    switch element.name {
    case .akomaNtoso: isAkomaNtoso = true
    case .meta: isMeta = true
    case .tr: row = []
    case .td, .th: cell = []
    default: break
    }
  }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    switch element.name {
    case .meta: isMeta = false
    case .FRBRname: if name.isEmpty { name = element[.value] ?? "" }
    case .eventRef:
      guard let date = CalendarDate(element[.date] ?? "") else { return }
      let named = element[.refersTo].flatMap { OfficialText.HistoryEvent.Kind(rawValue: String($0.drop { $0 == "#" })) }
      let kind: OfficialText.HistoryEvent.Kind? =
        switch element[.type] {
        case "generation": .adopted
        case "amendment": .amended
        case "repeal": .repealed
        default: nil
        }
      if let kind = named ?? kind { history.append(OfficialText.HistoryEvent(date: date, kind: kind)) }
    case .docTitle, .longTitle:
      if title == nil, !text.isEmpty {
        title = TextDocument.Paragraph(text, role: .title, line: element.line)
      } else {
        add(text, .text, element.line)
      }
    case .num where !isMeta:
      flush()
      number = (text, element.line)
    case .heading: add(text, .heading(1), element.line)
    case .td, .th: row?.append((cell + (text.isEmpty ? [] : [text])).joined(separator: " "))
    case .tr:
      if let row, row.contains(where: { !$0.isEmpty }) {
        paragraphs.append(TextDocument.Paragraph(row.joined(separator: " "), role: .row(row), line: element.line))
      }
      row = nil
    case .p: if row != nil { cell.append(text) } else { add(text, .text, element.line) }
    default: break
    }
  }

  private mutating func add(_ text: String, _ role: TextDocument.Paragraph.Role, _ line: Int) {
    let bare = TextDocument.trimmed(Substring(text.split(whereSeparator: \.isNewline).map { TextDocument.trimmed($0) }.joined()))
    guard !bare.isEmpty else { return }
    // 第一条 and its words, （一） and its words.
    let lead = number.map { $0.text + ($0.text.hasSuffix("条") || role != .text ? "　" : "") } ?? ""
    paragraphs.append(TextDocument.Paragraph(lead + bare, role: role, line: number?.line ?? line))
    number = nil
  }

  private mutating func flush() {
    guard let number else { return }
    paragraphs.append(TextDocument.Paragraph(number.text, line: number.line))
    self.number = nil
  }

  /// The paragraphs with the title before them, and a last number that had no words.
  var finished: [TextDocument.Paragraph] {
    var copy = self
    copy.flush()
    let title = title ?? (name.isEmpty ? nil : TextDocument.Paragraph(name, role: .title, line: 1))
    return (title.map { [$0] } ?? []) + copy.paragraphs
  }
}
