public import Enforcement

/// An imported text with where it came from.
public struct ImportedText: Sendable {
  public var text: OfficialText
  /// Where it came from: several for a code that came in parts.
  public var origins: [TextOrigin]
  public var work: String
  public var version: String
}

extension TextFolder {
  /// The texts of a work in the order of the states of the law they are; parts of one version put together.
  ///
  /// - Throws: `RulebookError` when a text cannot be read.
  public func texts(of work: String, among entries: [Entry]) throws(RulebookError) -> [ImportedText] {
    var texts: [ImportedText] = []
    for entry in entries.filter({ $0.work == work }).sorted(by: { ($0.version, $0.first) < ($1.version, $1.first) }) {
      let text = try read(entry)
      if let last = texts.last, last.version == entry.version {
        texts[texts.count - 1].text.append(text)
        texts[texts.count - 1].origins.append(entry.origin)
      } else {
        texts.append(ImportedText(text: text, origins: [entry.origin], work: work, version: entry.version))
      }
    }
    return texts.sorted { ($0.text.stateOf ?? .distantPast) < ($1.text.stateOf ?? .distantPast) }
  }

  /// The imported text that is a recorded version, and whether it is a later state of the law than the version recorded.
  ///
  /// Of several the youngest counts. Nil when none was imported.
  public func text(
    for version: Regulation.Version, of regulation: Regulation, among entries: [Entry]
  ) throws(RulebookError) -> (imported: ImportedText, isLater: Bool)? {
    for imported in try texts(of: regulation.iri, among: entries).reversed() {
      switch regulation.match(imported.text) {
      case .version(let match)? where match.name == version.name: return (imported, false)
      case .later(let than)? where than.name == version.name: return (imported, true)
      default: continue
      }
    }
    return nil
  }
}

extension CalendarDate {
  fileprivate static let distantPast: CalendarDate = "0001-01-01"
}
