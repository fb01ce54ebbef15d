public import Enforcement

/// Turns one document into an official text at its address. Pure but for what it is given: the document and the rules.
public struct TextImporter: Sendable {
  /// What became of a file.
  public enum Outcome: Sendable {
    case taken(OfficialText, work: String, version: String, String)
    case refused(String)
  }

  private let works: [String: [Regulation]]

  /// - Parameter index: whose works an imported text belongs to when it bears their title.
  public init(_ index: RegulationIndex?) {
    var works: [String: [Regulation]] = [:]
    for regulation in index?.regulations ?? [] {
      let titles = Set(regulation.versions.flatMap { [$0.title] + $0.shortTitles }.map(TextIndex.key))
      for title in titles { works[title, default: []].append(regulation) }
    }
    self.works = works
  }

  /// - Parameters:
  ///   - document: what a reader of its format made of the file.
  ///   - name: what the text is called where it does not say so itself.
  ///   - history: its days, where it is such a part and names none.
  ///   - metadata: days that the file says beside the words, for when the words name none.
  ///   - digest: SHA-256 of the file's bytes.
  public func take(
    _ document: TextDocument, file: String, name: String, history: [OfficialText.HistoryEvent] = [],
    metadata: [OfficialText.HistoryEvent] = [], digest: String, on day: CalendarDate
  ) -> Outcome {
    guard !document.paragraphs.isEmpty else { return .refused("是空的") }
    var text = StructureParser.parse(document, file: file, name: name)
    if text.isTitleGiven { text.history += history.filter { !text.history.contains($0) } }
    if text.history.allSatisfy({ $0.kind == .effective }) { text.history += metadata.filter { !text.history.contains($0) } }
    note(&text, file)
    if let second = text.articles.first(where: { $0.eId.hasPrefix("art_1-dup") }) {
      return .refused("第\(second.line)\(document.unit.label)又从第一条数起，像是两部法规放在一个文件里；请分成两个文件再导入")
    }
    guard isLaw(text) else { return .refused("没有条，也看不出是哪一类法规、哪天通过的，不像法规文本") }
    let regulation = regulation(of: text)
    if let regulation {
      // The library knows what it is called and what kind of instrument it is.
      if text.isTitleGiven { text.title = regulation.title }
      text.kind = OfficialText.Kind(rawValue: regulation.kind.rawValue) ?? text.kind
    }
    let state = text.stateOf ?? text.history.map(\.date).max()
    let version = regulation.flatMap { Self.version(of: $0, text) } ?? Self.effective(text) ?? state
    let label = version?.description ?? "undated"
    // Versions of a work that the library does not have find each other by the title.
    let work = regulation?.iri ?? "/akn/cn/act/\(text.kind.rawValue)/\(Self.slug(text.title))"
    let origin = TextOrigin(source: Self.source(ofFile: file), digest: digest, imported: day)
    let date = version?.description ?? "1949-10-01"
    return .taken(
      text, work: work, version: label,
      OfficialTextXML.text(text, work: work, version: label == "undated" ? date : label, origin: origin))
  }

  /// It has articles; or its title or issuer says what it is; or it is called a regulation and names a day.
  private func isLaw(_ text: OfficialText) -> Bool {
    if !text.articles.isEmpty || text.kind != .other { return true }
    let isCalled = ["法", "条例", "规定", "办法", "细则", "规则", "决定", "解释", "批复", "序言"].contains(where: text.title.hasSuffix)
    return !text.history.isEmpty && (isCalled || text.body.contains { $0.kind == .unit || $0.kind == .chapter })
  }

  /// The library's work of that title; of two the one that has this version.
  private func regulation(of text: OfficialText) -> Regulation? {
    let named = works[TextIndex.key(text.title)] ?? []
    return named.first { if case .version? = $0.match(text) { true } else { false } } ?? named.last
  }

  /// The library's version this is, where it is one.
  private static func version(of regulation: Regulation, _ text: OfficialText) -> CalendarDate? {
    guard text.stateOf != nil, case .version(let version)? = regulation.match(text) else { return nil }
    return version.from
  }

  /// The day it takes effect, where the text itself says one that is not older than its last amendment.
  private static func effective(_ text: OfficialText) -> CalendarDate? {
    let days = text.history.filter { $0.kind == .effective }.map(\.date)
    guard let last = days.max() else { return nil }
    guard let state = text.history.filter({ $0.kind != .effective }).map(\.date).max() else { return last }
    return state <= last ? last : nil
  }

  /// A title as part of an address and of a file's name.
  static func slug(_ title: String) -> String {
    var result = ""
    for scalar in title.unicodeScalars {
      switch scalar {
      case " ", "　", "/", "\\", ":", "：", "*", "?", "？", "\"", "<", ">", "|", "#", "@", "!", "\t": continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return String(result.prefix(60))
  }

  /// Where a text is kept below the folder: two files of one text do not overwrite each other.
  public static func file(_ text: OfficialText, version: String, digest: String) -> String {
    "\(text.kind.rawValue)/\(slug(text.title))/\(version)-\(digest.prefix(8)).xml"
  }

  /// The day in a file's name, 安全生产法(2021-06-10).md, is what a text is of that names none itself; where both name one
  /// and they differ, that is said.
  private func note(_ text: inout OfficialText, _ file: String) {
    guard let open = file.lastIndex(where: { $0 == "(" || $0 == "（" }),
      let close = file[open...].firstIndex(where: { $0 == ")" || $0 == "）" }),
      let day = CalendarDate(String(file[file.index(after: open)..<close]))
    else { return }
    let days = text.history.filter { $0.kind != .effective && $0.kind != .repealed }.map(\.date)
    if days.isEmpty {
      text.history.insert(OfficialText.HistoryEvent(date: day, kind: .adopted), at: 0)
      if text.history.count == 1 {
        text.diagnostics.append(
          Diagnostic(rule: "text.date", severity: .note, file: file, message: "正文没有写通过或者修正的日期，用了文件名里的 \(day)"))
      }
    } else if let state = days.max(), !text.history.contains(where: { $0.date == day }) {
      // Collections bring the words up to date sooner than the list under the title.
      if state < day { text.history.append(OfficialText.HistoryEvent(date: day, kind: .amended)) }
      text.diagnostics.append(
        Diagnostic(
          rule: "text.date", severity: .note, file: file,
          message: "文件名写的是 \(day)，正文写的最后日期是 \(state)；\(state < day ? "按文件名记作又一次修正，请核对" : "以正文为准")"))
    }
  }

  /// What a file is called wherever its words are shown: its name, and of README.md, which says nothing, its folder too.
  public static func source(ofFile path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    guard let last = parts.last else { return path }
    return last == "README.md" && parts.count > 1 ? parts.suffix(2).joined(separator: "/") : last
  }

  /// What a file says it is called, without the day in brackets.
  public static func name(ofFile path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    if let dot = name.lastIndex(of: ".") { name = String(name[..<dot]) }
    if let open = name.lastIndex(where: { $0 == "(" || $0 == "（" }), open > name.startIndex, name.last == ")" || name.last == "）"
    {
      let inside = name[name.index(after: open)...].dropLast()
      if CalendarDate(String(inside)) != nil { name = String(name[..<open]) }
    }
    return name
  }
}
