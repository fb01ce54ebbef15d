public import Enforcement

/// An imported text with where it came from.
public struct ImportedText: Sendable {
  public var text: OfficialText
  /// Where it came from: several for a code that came in parts.
  public var origins: [TextOrigin]
  public var work: String
  /// The day it took effect; the last day it names where it does not say that.
  public var version: String
}

/// The imported texts as a library: which works are there, in which states, and the words of one.
///
///     let library = try TextLibrary(TextFolder("texts"))
///     let text = try library.text(of: work, on: "2026-11-20")
public struct TextLibrary: Sendable {
  public let folder: TextFolder
  public let entries: [TextFolder.Entry]

  /// - Throws: `RulebookError` when the list cannot be read. That nothing was imported is not an error.
  public init(_ folder: TextFolder) throws(RulebookError) {
    self.folder = folder
    entries = try folder.entries()
  }

  /// The work a title means, with or without 中华人民共和国 and 《》; nil when none is called so.
  public func work(titled title: String) -> String? {
    let key = TextIndex.key(title)
    return entries.last { TextIndex.key($0.title) == key }?.work
  }

  /// The texts of a work in the order they took effect; parts of one version put together.
  ///
  /// - Throws: `RulebookError` when a text cannot be read.
  public func texts(of work: String) throws(RulebookError) -> [ImportedText] {
    var texts: [ImportedText] = []
    for edition in editions(of: work) { texts.append(try read(edition)) }
    return texts
  }

  /// The text in force on a day: the last one that had taken effect. One that names no day is taken when there is no other.
  /// Nil when all are younger, or none was imported.
  public func text(of work: String, on day: CalendarDate) throws(RulebookError) -> ImportedText? {
    let editions = editions(of: work)
    let dated = editions.last { Self.version(of: $0) <= day.description }
    guard let edition = dated ?? editions.first(where: { Self.version(of: $0) == "undated" }) else { return nil }
    return try read(edition)
  }

  /// The entries of a work by version, the parts of each in their order.
  private func editions(of work: String) -> [[TextFolder.Entry]] {
    var editions: [[TextFolder.Entry]] = []
    for entry in entries where entry.work == work {
      if let index = editions.firstIndex(where: { TextCatalog.isSameVersion($0[0], entry) }) {
        editions[index].append(entry)
      } else {
        editions.append([entry])
      }
    }
    return editions.map { $0.sorted { ($0.articles.first, $0.file) < ($1.articles.first, $1.file) } }.sorted {
      Self.version(of: $0) < Self.version(of: $1)
    }
  }

  /// The part that says when the whole takes effect says it for all.
  private static func version(of edition: [TextFolder.Entry]) -> String { edition.map(\.version).max()! }

  private func read(_ edition: [TextFolder.Entry]) throws(RulebookError) -> ImportedText {
    var result = ImportedText(
      text: try folder.read(edition[0]), origins: [edition[0].origin], work: edition[0].work, version: Self.version(of: edition))
    for entry in edition.dropFirst() {
      result.text.append(try folder.read(entry))
      result.origins.append(entry.origin)
    }
    return result
  }

  /// The imported text that is a recorded version, and whether it is a later state of the law than the version recorded.
  ///
  /// Of several the youngest counts. Nil when none was imported.
  public func text(
    for version: Regulation.Version, of regulation: Regulation
  ) throws(RulebookError) -> (imported: ImportedText, isLater: Bool)? {
    for imported in try texts(of: regulation.iri).reversed() {
      switch regulation.match(imported.text) {
      case .version(let match)? where match.name == version.name: return (imported, false)
      case .later(let than)? where than.name == version.name: return (imported, true)
      default: continue
      }
    }
    return nil
  }

  /// What the digest does not have, as works with their versions: enough to cite them and to know when they were in force.
  public func uncoded(beside index: RegulationIndex) -> [Regulation.Version] {
    var seen: Set<String> = []
    return entries.filter { index[$0.work] == nil && !$0.articles.isEmpty }.compactMap { entry in
      guard
        let kind = Regulation.Kind(rawValue: entry.kind.rawValue) ?? (entry.kind == .constitution ? .law : .normativeDocument)
          as Regulation.Kind?,
        seen.insert(entry.work + "@" + entry.version).inserted
      else { return nil }
      return Regulation.Version(
        record: Regulation.Record(work: entry.work, adopted: "", issuer: "", digested: ""), name: entry.version,
        title: entry.title,
        kind: kind, from: CalendarDate(entry.version), isEncoded: false)
    }
  }
}
