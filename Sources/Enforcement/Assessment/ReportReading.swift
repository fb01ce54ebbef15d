/// The findings in a patrol report (plain text, Markdown, or a document a reader made), each with its line, what the report says about itself, and
/// what was left out.
///
/// A list item or a table row is one finding; running prose is one finding a sentence. Headings, labels with a value
/// (检查时间：…), rows judged to be in order, and what stands under headings of orders and advice are left out, each with its
/// line and the reason: nothing is dropped unsaid.
public struct ReportReading: Sendable {
  public struct LeftOut: Codable, Hashable, Sendable {
    public enum Reason: String, Codable, CaseIterable, Sendable {
      case heading, label, tableHead, rule
      /// Under a heading of orders, advice, law or rights.
      case section
      /// A row of a checklist that is judged to be in order, or empty.
      case inOrder

      public var label: String {
        switch self {
        case .heading: "标题"
        case .label: "栏目"
        case .tableHead: "表头"
        case .rule: "分隔线"
        case .section: "要求、意见、依据等部分里的话"
        case .inOrder: "表里判为符合或者空着的行"
        }
      }
    }

    public var line: Int
    public var text: String
    public var reason: Reason
  }

  /// What the report says of itself.
  public struct Header: Codable, Hashable, Sendable {
    /// The day of the check.
    public var date: CalendarDate?
    public var place: String?
    /// As labelled, in order: 施工单位, 被检查单位.
    public var parties: [NamedParty] = []

    public init() {}
  }

  public struct NamedParty: Codable, Hashable, Sendable {
    public var label: String
    /// Nil where the label does not tell (被检查单位).
    public var role: Party?
    public var name: String
  }

  public var findings: [Finding]
  public var header: Header
  public var leftOut: [LeftOut]
  /// What every `line` counts.
  public var unit = TextDocument.Unit.line
  /// What a reader could not read: pictures, hidden text.
  public var diagnostics: [Diagnostic] = []

  public init(findings: [Finding], header: Header = Header(), leftOut: [LeftOut] = []) {
    self.findings = findings
    self.header = header
    self.leftOut = leftOut
  }

  /// - Parameters:
  ///   - on: the day of the acts; nil takes the report's own, or `otherwise` where it names none.
  ///   - party: who they are laid to, as far as known.
  public init(_ text: String, on date: CalendarDate?, otherwise: CalendarDate, party: Party? = nil) {
    var reader = ReportReader()
    reader.read(text)
    self.init(reader, on: date, otherwise: otherwise, party: party)
  }

  /// A document, whose title, headings and tables are known and need not be guessed.
  public init(_ document: TextDocument, on date: CalendarDate?, otherwise: CalendarDate, party: Party? = nil) {
    var reader = ReportReader()
    reader.read(document)
    self.init(reader, on: date, otherwise: otherwise, party: party)
    unit = document.unit
    diagnostics = document.diagnostics
  }

  private init(_ reader: ReportReader, on date: CalendarDate?, otherwise: CalendarDate, party: Party?) {
    let day = date ?? reader.header.date ?? otherwise
    self.init(
      findings: reader.findings.map { Finding($0.text, on: day, party: party, place: $0.place) }, header: reader.header,
      leftOut: reader.leftOut)
  }

  public init(_ text: String, on date: CalendarDate, party: Party? = nil) {
    self.init(text, on: date, otherwise: date, party: party)
  }
}

/// Reads a report line by line.
struct ReportReader {
  var findings: [(text: String, place: Finding.Place)] = []
  var header = ReportReading.Header()
  var leftOut: [ReportReading.LeftOut] = []

  private var section: String?
  /// Under a heading whose lines are no findings.
  private var isAside = false
  private var table: ReportTable?

  mutating func read(_ text: String) {
    // CR LF is one character in Swift.
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map { ReportText.trimmed($0) }
    var inFence = false
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        inFence.toggle()
        continue
      }
      if line.isEmpty || inFence {
        table = nil
        continue
      }
      let next = index + 1 < lines.count ? lines[index + 1] : ""
      self.line(line, number: index + 1, next: next)
    }
  }

  mutating func read(_ document: TextDocument) {
    for (index, paragraph) in document.paragraphs.enumerated() {
      let text = ReportText.trimmed(paragraph.text)
      switch paragraph.role {
      case .row(let cells): row(cells.map { ReportText.trimmed($0) }, text, paragraph.line, "")
      // What a report is called says nothing of what stands in it: 整改通知书 begins with what was found.
      case .title,
        .heading where index == 0:
        table = nil
        leave(paragraph.line, text, .heading)
        section = text
        isAside = false
      // A statement is one, whatever it looks like.
      case .heading where text.count <= 40 && !text.contains("。") && !ReportText.tells(text):
        table = nil
        heading(text, text, paragraph.line)
      case .heading, .text: line(text, number: paragraph.line, next: "")
      }
    }
  }

  private mutating func line(_ line: String, number: Int, next: String) {
    if line.allSatisfy({ "-=*_—|:： ｜+".contains($0) }) { return leave(number, line, .rule) }
    if let cells = ReportTable.cells(line) { return row(cells, line, number, next) }
    table = nil
    if line.hasPrefix("#") { return heading(ReportText.trimmed(line.drop { $0 == "#" }), line, number) }
    let item = ReportText.listItem(line)
    let content = ReportText.plain(item ?? line)
    if ReportText.isHeading(content) { return heading(content, line, number) }
    if isAside {
      // A label ends nothing, and a signature is one under any heading.
      if let label = ReportText.label(content) { note(label) }
      return leave(number, line, ReportText.label(content) == nil ? .section : .label)
    }
    if let label = ReportText.label(content) {
      note(label)
      return leave(number, line, .label)
    }
    let told = ReportText.withoutLead(content)
    if item != nil {
      add(told, number)
    } else {
      for sentence in ReportText.sentences(told) { add(sentence, number) }
    }
  }

  private mutating func heading(_ text: String, _ line: String, _ number: Int) {
    let content = ReportText.plain(ReportText.listItem(text) ?? text)
    leave(number, line, .heading)
    section = content
    isAside = ReportText.isAside(content)
  }

  private mutating func row(_ cells: [String], _ line: String, _ number: Int, _ next: String) {
    if table == nil {
      let head = ReportTable(head: cells)
      let isRuled = ReportTable.cells(next) != nil && next.allSatisfy { "-=|: ｜+".contains($0) }
      if isRuled || head.isHead {
        table = head
        return leave(number, line, .tableHead)
      }
    }
    if table?.isRecognised != true, cells.contains(where: { $0.contains("\n") }) { return form(cells, number) }
    let cells = cells.map { ReportText.oneLine($0) }
    // A table of labels and values, in pairs.
    if table?.isRecognised != true {
      let pairs = stride(from: 0, to: cells.count - 1, by: 2).map { (ReportText.plain(cells[$0]), cells[$0 + 1]) }
      let labels = pairs.filter { ReportText.isLabelName($0.0) && !ReportText.tells($0.1) }
      if !labels.isEmpty, labels.count * 2 >= pairs.count {
        labels.forEach { note((name: $0.0, value: $0.1)) }
        return leave(number, line, .label)
      }
    }
    if isAside { return leave(number, line, .section) }
    guard let told = (table ?? ReportTable(head: [])).finding(cells) else { return leave(number, line, .inOrder) }
    add(told.text, number, location: told.location)
  }

  /// A form: fields beside their names. A field of several paragraphs is read like lines of a report under that name.
  private mutating func form(_ cells: [String], _ number: Int) {
    let outer = (section, isAside, table)
    var index = 0
    while index < cells.count {
      let cell = cells[index]
      index += 1
      if cell.isEmpty { continue }
      if cell.contains("\n") {
        for line in cell.split(separator: "\n") { self.line(ReportText.trimmed(line), number: number, next: "") }
      } else if ReportText.isLabelName(cell), index < cells.count, !cells[index].contains("\n"), !ReportText.tells(cells[index]) {
        note((name: cell, value: cells[index]))
        leave(number, cell, .label)
        index += 1
      } else if cell.count <= 20, !ReportText.tells(cell) {
        heading(cell, cell, number)
      } else {
        line(cell, number: number, next: "")
      }
    }
    (section, isAside, table) = outer
  }

  private mutating func add(_ text: String, _ line: Int, location: String? = nil) {
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return }
    findings.append((text, Finding.Place(line: line, section: section, location: location)))
  }

  private mutating func leave(_ line: Int, _ text: String, _ reason: ReportReading.LeftOut.Reason) {
    leftOut.append(ReportReading.LeftOut(line: line, text: text, reason: reason))
  }

  private mutating func note(_ label: (name: String, value: String)) {
    let value = ReportText.trimmed(label.value)
    guard !value.isEmpty else { return }
    if ["时间", "日期"].contains(where: label.name.contains) {
      if header.date == nil { header.date = CalendarDate(firstIn: value) }
    } else if ["地点", "地址", "位置"].contains(where: label.name.contains) {
      if header.place == nil { header.place = value }
    } else if let role = ReportText.party(label.name) {
      header.parties.append(ReportReading.NamedParty(label: label.name, role: role.party, name: value))
    }
  }
}
