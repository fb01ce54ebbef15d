public import Enforcement

/// Turns one file into an official text at its address. Pure but for what it is given: the bytes and the rules.
public struct TextImporter: Sendable {
  /// What became of a file.
  public enum Outcome: Sendable {
    case taken(OfficialText, work: String, version: String, String)
    case refused(String)
  }

  private let works: [String: Regulation]

  /// - Parameter index: whose works an imported text belongs to when it bears their title.
  public init(_ index: RegulationIndex?) {
    var works: [String: Regulation] = [:]
    for regulation in index?.regulations ?? [] {
      for version in regulation.versions {
        works[Self.key(version.title)] = regulation
        for short in version.shortTitles where works[Self.key(short)] == nil { works[Self.key(short)] = regulation }
      }
    }
    self.works = works
  }

  private static func key(_ title: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in title.unicodeScalars where !" 　《》〈〉<>()（）".unicodeScalars.contains(scalar) { result.append(scalar) }
    let bare = String(result)
    return bare.hasPrefix("中华人民共和国") ? String(bare.dropFirst(7)) : bare
  }

  public func take(_ content: String, file: String, isMarkdown: Bool, digest: String, on day: CalendarDate) -> Outcome {
    let document = isMarkdown ? TextDocument(markdown: content, file: file) : TextDocument(plain: content)
    guard !document.paragraphs.isEmpty else { return .refused("是空的") }
    if content.utf8.prefix(400).contains(0x3C), Self.isHTML(content) { return .refused("这是网页，不是法规文本；请另存为纯文本或者 Markdown") }
    let text = StructureParser.parse(document, file: file)
    let hasUnits = text.body.contains { $0.kind == .unit || $0.kind == .chapter }
    guard !text.articles.isEmpty || (hasUnits && (!text.history.isEmpty || text.kind != .other)) || text.kind != .other else {
      return .refused("没有条、也没有通过或者公布的日期，不像法规文本")
    }
    let regulation = works[Self.key(text.title)]
    let state = text.stateOf ?? text.history.map(\.date).max()
    let version = regulation.flatMap { Self.version(of: $0, state: state, text) } ?? Self.effective(text) ?? state
    let name = version?.description ?? "undated"
    let work =
      regulation?.iri ?? "/akn/cn/act/\(text.kind.rawValue)/\(text.adopted?.description ?? name)/\(Self.slug(text.title))"
    let origin = TextOrigin(source: file.split(separator: "/").last.map(String.init) ?? file, digest: digest, imported: day)
    let date = version?.description ?? "1949-10-01"
    return .taken(
      text, work: work, version: name,
      OfficialTextXML.text(text, work: work, version: name == "undated" ? date : name, origin: origin))
  }

  private static func isHTML(_ content: String) -> Bool {
    let head = content.prefix(400).lowercased()
    return head.contains("<html") || head.contains("<!doctype") || head.contains("<body")
  }

  /// The library's version this is: the first one that took effect on or after the last day the text names.
  private static func version(of regulation: Regulation, state: CalendarDate?, _ text: OfficialText) -> CalendarDate? {
    guard let state else { return nil }
    let candidates = regulation.versions.compactMap(\.from).filter { state <= $0 }
    // A law takes effect within two years of its last amendment, or it is another version.
    return candidates.min().flatMap { $0.daysSince1970 - state.daysSince1970 <= 730 ? $0 : nil }
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

  /// Where a text is kept below the folder.
  public static func file(_ text: OfficialText, version: String) -> String {
    "\(text.kind.rawValue)/\(slug(text.title))/\(version).xml"
  }
}
