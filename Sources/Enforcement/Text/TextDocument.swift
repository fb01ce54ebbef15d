/// A text as it came in, from whatever it came: paragraphs with their lines, and what they looked like.
///
/// A reader takes away the furniture of its format (marks of emphasis, front matter, tags) and nothing else: the paragraphs,
/// put together, are the text.
public struct TextDocument: Hashable, Sendable {
  public struct Paragraph: Hashable, Sendable {
    public enum Role: Hashable, Sendable {
      /// The title of the document.
      case title
      /// A heading, with its level from 1.
      case heading(Int)
      case text
      /// A row of a table; the cells are its text, joined.
      case row([String])
    }

    /// Without white space at its ends; never empty.
    public var text: String
    public var role: Role
    /// From 1.
    public var line: Int

    public init(_ text: String, role: Role = .text, line: Int) {
      self.text = text
      self.role = role
      self.line = line
    }
  }

  public var paragraphs: [Paragraph]
  /// What a reader noticed: pictures that are not kept, and the like.
  public var diagnostics: [Diagnostic]

  public init(paragraphs: [Paragraph] = [], diagnostics: [Diagnostic] = []) {
    self.paragraphs = paragraphs
    self.diagnostics = diagnostics
  }
}

extension TextDocument {
  /// Plain text: a line is a paragraph.
  public init(plain text: String) {
    self.init()
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let bare = Self.trimmed(line)
      if !bare.isEmpty { paragraphs.append(Paragraph(String(bare), line: number)) }
    }
    // The first line of a plain text names it, unless it is already a provision.
    if let first = paragraphs.first, StatuteLine(first.text[...]) == .text { paragraphs[0].role = .title }
  }

  /// Markdown as the collections of laws write it: `#` headings, `**第一条**`, tables, HTML tags, front matter, comments.
  public init(markdown text: String, file: String = "") {
    self.init()
    var number = 0
    var isFrontMatter = false
    var isStyle = false
    var hasTitle = false
    for raw in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      var line = Self.trimmed(raw)
      if number == 1, line.unicodeScalars.first == "\u{FEFF}" { line = Self.trimmed(line.dropFirst()) }
      if line.isEmpty { continue }
      if line.allSatisfy({ $0 == "-" || $0 == "*" || $0 == "_" }), line.count >= 3 {
        if number == 1 { isFrontMatter = true } else if isFrontMatter { isFrontMatter = false }
        continue
      }
      if isFrontMatter { continue }
      if line.hasPrefix("<style") { isStyle = true }
      if isStyle {
        if line.hasSuffix("</style>") { isStyle = false }
        continue
      }
      if line.hasPrefix("<!--"), line.hasSuffix("-->") { continue }
      if line.hasPrefix("![") { diagnostics.append(Self.picture(file, number)) }
      if line.first == "#" {
        let level = line.prefix { $0 == "#" }.count
        let content = Self.unmarked(Self.trimmed(line.dropFirst(level)))
        guard !content.isEmpty else { continue }
        let isTitle = level == 1 && !hasTitle
        hasTitle = hasTitle || isTitle
        paragraphs.append(Paragraph(content, role: isTitle ? .title : .heading(level), line: number))
      } else if line.first == "|" {
        let cells = line.split(separator: "|", omittingEmptySubsequences: true).map { Self.unmarked(Self.trimmed($0)) }
        if cells.allSatisfy({ $0.allSatisfy { $0 == "-" || $0 == ":" || $0 == " " } }) { continue }
        paragraphs.append(Paragraph(cells.joined(separator: " "), role: .row(cells), line: number))
      } else {
        let content = Self.unmarked(line)
        if !content.isEmpty { paragraphs.append(Paragraph(content, line: number)) }
      }
    }
  }

  private static func picture(_ file: String, _ line: Int) -> Diagnostic {
    Diagnostic(
      rule: "text.picture", severity: .note, file: file, line: line, message: "图片没有导入，只留下它的名称", fix: "需要图的，看原文")
  }

  static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.unicodeScalars.first, isBlank(first) { text.unicodeScalars.removeFirst() }
    while let last = text.unicodeScalars.last, isBlank(last) { text.unicodeScalars.removeLast() }
    return text
  }

  /// White space of any width, the full-width space and the no-break space included.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09, 0x0B, 0x0C, 0x0D, 0x0A, 0xA0, 0x3000, 0x2000...0x200B, 0xFEFF, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Without `**`, tags and backslashes; of a picture or a link its words.
  static func unmarked(_ text: Substring) -> String {
    guard text.utf8.contains(where: { $0 == 0x2A || $0 == 0x3C || $0 == 0x5C || $0 == 0x5B || $0 == 0x26 }) else {
      return String(text)
    }
    var result = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    var index = 0
    func starts(_ mark: String, at index: Int) -> Bool { scalars[index...].starts(with: mark.unicodeScalars) }
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "*", index + 1 < scalars.count, scalars[index + 1] == "*" {
        index += 2
      } else if scalar == "\\", index + 1 < scalars.count, "*_[]()#|<>`-.".unicodeScalars.contains(scalars[index + 1]) {
        index += 1
      } else if scalar == "<", index + 1 < scalars.count,
        scalars[index + 1] == "/" || scalars[index + 1] == "!"
          || scalars[index + 1].properties.isAlphabetic && scalars[index + 1].isASCII,
        let end = scalars[index...].firstIndex(of: ">")
      {
        index = end + 1
      } else if scalar == "[", let close = scalars[index...].firstIndex(of: "]"), close + 1 < scalars.count,
        scalars[close + 1] == "(",
        let end = scalars[close...].firstIndex(of: ")")
      {
        if result.last == "!" { result.removeLast() }
        result.append(contentsOf: scalars[(index + 1)..<close])
        index = end + 1
      } else if scalar == "&", starts("&nbsp;", at: index) {
        index += 6
      } else {
        result.append(scalar)
        index += 1
      }
    }
    return String(trimmed(Substring(String(result))))
  }

  /// All of the text without white space: what must not change on its way.
  public var bare: String {
    var result = String.UnicodeScalarView()
    for paragraph in paragraphs {
      for scalar in paragraph.text.unicodeScalars where !Self.isBlank(scalar) { result.append(scalar) }
    }
    return String(result)
  }
}
