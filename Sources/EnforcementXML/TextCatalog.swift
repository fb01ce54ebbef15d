internal import Enforcement

/// The list of imported texts as a value: which texts are kept, of which work and version, and what was found twice.
public struct TextCatalog: Sendable {
  public private(set) var entries: [TextFolder.Entry]
  public private(set) var duplicates: [TextFolder.Duplicate]

  public init(entries: [TextFolder.Entry] = [], duplicates: [TextFolder.Duplicate] = []) {
    self.entries = entries
    self.duplicates = duplicates
  }

  /// For the digest of everything that was read, the file that is kept for it.
  public var known: [String: String] {
    Dictionary(
      duplicates.map { ($0.digest, $0.kept) } + entries.map { ($0.origin.digest, $0.file) }, uniquingKeysWith: { _, last in last }
    )
  }

  /// What became of a text that was added.
  public enum Addition: Hashable, Sendable {
    case new
    /// A further part of a code that comes in several files.
    case part
    /// A text of this work and version is there; the one with more articles is kept, of equals the one that was first.
    case duplicate(kept: TextFolder.Entry, dropped: TextFolder.Entry)
  }

  /// Adds a text. The file of a dropped one is for the caller to remove.
  public mutating func add(_ entry: TextFolder.Entry) -> Addition {
    entries.removeAll { $0.file == entry.file }
    let same = entries.indices.filter { Self.isSameVersion(entries[$0], entry) }
    guard let other = same.first(where: { Self.overlap(entries[$0], entry) }) else {
      entries.append(entry)
      return same.isEmpty ? .new : .part
    }
    let old = entries[other]
    // The same file, changed since: the new one counts.
    let isBetter = old.origin.source == entry.origin.source || entry.articles > old.articles
    let (kept, dropped) = isBetter ? (entry, old) : (old, entry)
    entries[other] = kept
    duplicates.removeAll { $0.digest == kept.origin.digest }
    for index in duplicates.indices where duplicates[index].kept == dropped.file { duplicates[index].kept = kept.file }
    duplicates.append(TextFolder.Duplicate(digest: dropped.origin.digest, source: dropped.origin.source, kept: kept.file))
    return .duplicate(kept: kept, dropped: dropped)
  }

  static func isSameVersion(_ left: TextFolder.Entry, _ right: TextFolder.Entry) -> Bool {
    left.work == right.work && (left.version == right.version || left.state != nil && left.state == right.state)
  }

  /// Parts of one code have articles of their own; a text without articles says nothing that another of its version would not.
  private static func overlap(_ left: TextFolder.Entry, _ right: TextFolder.Entry) -> Bool {
    left.articles == 0 || right.articles == 0 || left.first <= right.last && right.first <= left.last
  }
}
