/// An official text (官方正文) in its structure: the words as they came, each piece at its address.
///
/// Nothing is dropped and nothing is added: the pieces in order are the text. What could not be placed stands where it stood,
/// as a block, and is reported.
public struct OfficialText: Sendable {
  public var title: String
  /// The text itself does not say its title: a part of a code in a file of its own. Whoever imports it gave one.
  public var isTitleGiven = false
  public var kind: Kind
  /// The places and dates under the title: adopted, amended, in force from.
  public var history: [HistoryEvent]
  /// Lines between the title and the first provision, the title left out: history, table of contents, preamble.
  public var front: [Block]
  public var body: [Piece]
  /// What was noticed: gaps in numbers, lines that could not be placed.
  public var diagnostics: [Diagnostic]

  public init(
    title: String, kind: Kind = .other, history: [HistoryEvent] = [], front: [Block] = [], body: [Piece] = [],
    diagnostics: [Diagnostic] = []
  ) {
    self.title = title
    self.kind = kind
    self.history = history
    self.front = front
    self.body = body
    self.diagnostics = diagnostics
  }

  /// What kind of document its name and its issuer say it is; `other` for what is none of a rulebook's kinds.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case law
    case administrativeRegulation = "administrative-regulation"
    case localRegulation = "local-regulation"
    case specialZoneRegulation = "sez-regulation"
    case ministryRule = "ministry-rule"
    case governmentRule = "government-rule"
    case judicialInterpretation = "judicial-interpretation"
    case normativeDocument = "normative-document"
    case constitution
    case other
  }

  public struct HistoryEvent: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, CaseIterable, Sendable { case adopted, promulgated, amended, revised, effective, repealed }
    public var date: CalendarDate
    public var kind: Kind

    public init(date: CalendarDate, kind: Kind) {
      self.date = date
      self.kind = kind
    }
  }

  public enum Block: Hashable, Sendable {
    case paragraph(String, line: Int)
    case heading(String, line: Int)
    /// A line of the table of contents.
    case contents(String, line: Int)
    case row([String], line: Int)

    public var text: String {
      switch self {
      case .paragraph(let text, _), .heading(let text, _), .contents(let text, _): text
      case .row(let cells, _): cells.joined(separator: " ")
      }
    }
  }

  /// A division, an article, a paragraph, a point — or a block that is none.
  public struct Piece: Sendable {
    public enum Kind: String, Sendable {
      case part, subpart, chapter, section, article, paragraph, point, indent, unit, attachment, block
    }
    public var kind: Kind
    /// As written: 第九十九条, （五）; empty for a paragraph.
    public var number: String
    public var heading: String
    public var eId: String
    /// The words of a paragraph, point or indent.
    public var text: String
    public var blocks: [Block]
    public var children: [Piece]
    public var line: Int

    public init(_ kind: Kind, number: String = "", heading: String = "", eId: String = "", text: String = "", line: Int) {
      self.kind = kind
      self.number = number
      self.heading = heading
      self.eId = eId
      self.text = text
      blocks = []
      children = []
      self.line = line
    }
  }
}

extension OfficialText {
  /// The last day of adoption or amendment that the text itself names: which state of the law it is.
  public var stateOf: CalendarDate? {
    history.filter { $0.kind != .effective && $0.kind != .repealed }.map(\.date).max() ?? history.map(\.date).max()
  }

  public var adopted: CalendarDate? { history.filter { $0.kind != .effective }.map(\.date).min() }

  /// All articles in order, those of divisions included.
  public var articles: [Piece] {
    var result: [Piece] = []
    func walk(_ pieces: [Piece]) {
      for piece in pieces {
        if piece.kind == .article { result.append(piece) } else if piece.kind != .attachment { walk(piece.children) }
      }
    }
    walk(body)
    return result
  }

  /// The piece at an eId.
  public func piece(at eId: String) -> Piece? {
    func find(_ pieces: [Piece]) -> Piece? {
      for piece in pieces {
        if piece.eId == eId { return piece }
        if let found = find(piece.children) { return found }
      }
      return nil
    }
    return find(body)
  }

  /// Puts the next part of the same text behind this one; articles that are here already are not taken twice.
  public mutating func append(_ part: OfficialText) {
    let known = Set(articles.map(\.eId))
    func rest(_ pieces: [Piece]) -> [Piece] {
      pieces.compactMap { piece in
        if piece.kind == .article { return known.contains(piece.eId) ? nil : piece }
        guard !piece.children.isEmpty else { return piece }
        var copy = piece
        copy.children = rest(piece.children)
        return copy.children.isEmpty ? nil : copy
      }
    }
    front += part.front
    body += rest(part.body)
    history += part.history.filter { !history.contains($0) }
    diagnostics += part.diagnostics
  }

  /// All of the text without white space.
  public var bare: String {
    var result = String.UnicodeScalarView()
    func add(_ text: String) { for scalar in text.unicodeScalars where !TextDocument.isBlank(scalar) { result.append(scalar) } }
    func walk(_ piece: Piece) {
      add(piece.number)
      add(piece.heading)
      add(piece.text)
      for block in piece.blocks { add(block.text) }
      piece.children.forEach(walk)
    }
    if !isTitleGiven { add(title) }
    for block in front { add(block.text) }
    body.forEach(walk)
    return String(result)
  }
}

extension OfficialText.Piece {
  /// Of an article, without its insertion: 134 for 第一百三十四条之一; nil for what is none.
  public var articleNumber: Int? { kind == .article ? ProvisionAddress.Place(eId)?.article : nil }

  /// The words of the piece and of all in it, a line each.
  public var lines: [String] {
    var result: [String] = []
    let own = number + (number.isEmpty || heading.isEmpty ? "" : "　") + heading
    if kind == .paragraph || kind == .point || kind == .indent || kind == .unit {
      if !(number + text).isEmpty { result.append(number + text) }
    } else if !own.isEmpty {
      result.append(own)
    }
    result += blocks.map(\.text)
    for child in children { result += child.lines }
    return result
  }
}

extension OfficialText {
  /// How a place of this text is cited: 第一款 is written only where there are more.
  public func citation(of place: ProvisionAddress.Place) -> String {
    var article = place
    (article.paragraph, article.point, article.indent) = (nil, nil, nil)
    let paragraphs = piece(at: article.eId)?.children.count { $0.kind == .paragraph } ?? 0
    guard paragraphs == 1, place.paragraph == 1 else { return Citation.text(place, in: nil) }
    var result = Citation.text(article, in: nil)
    if let point = place.point { result += "第（\(ChineseNumeral.text(point))）项" }
    if let indent = place.indent { result += "第\(indent)目" }
    return result
  }
}
