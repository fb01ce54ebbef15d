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
    /// A further part of a text that comes in several files.
    case part
    /// A text of this work and version is there that has all its articles; it is not kept.
    case duplicate(of: TextFolder.Entry)
    /// It has all the articles of texts that were there, and they are not kept any more.
    case instead(of: [TextFolder.Entry])
  }

  /// Adds a text. The files of those that are not kept are for the caller to remove.
  public mutating func add(_ entry: TextFolder.Entry) -> Addition {
    entries.removeAll { $0.file == entry.file }
    let same = entries.filter { Self.isSameVersion($0, entry) }
    guard !same.isEmpty else {
      entries.append(entry)
      return .new
    }
    // The same file, changed since: the new one counts.
    let changed = same.filter { $0.origin.source == entry.origin.source }
    let there = same.filter { $0.origin.source != entry.origin.source }
    let known = there.reduce(ArticleNumbers()) { $0.union($1.articles) }
    // What stands before the articles of a code may be a file too; its cover says nothing of its own.
    let isPreamble = entry.articles.isEmpty && !known.isEmpty && !entry.origin.source.hasSuffix("/README.md")
    if changed.isEmpty, !isPreamble, known.contains(entry.articles) {
      let kept = there.first { $0.articles.contains(entry.articles) } ?? there[0]
      duplicates.append(TextFolder.Duplicate(digest: entry.origin.digest, source: entry.origin.source, kept: kept.file))
      return .duplicate(of: kept)
    }
    let dropped = changed + there.filter { !$0.articles.isEmpty && entry.articles.contains($0.articles) }
    entries.removeAll { dropped.contains($0) }
    entries.append(entry)
    duplicates.removeAll { $0.digest == entry.origin.digest }
    for one in dropped {
      for index in duplicates.indices where duplicates[index].kept == one.file { duplicates[index].kept = entry.file }
      duplicates.append(TextFolder.Duplicate(digest: one.origin.digest, source: one.origin.source, kept: entry.file))
    }
    return dropped.isEmpty ? .part : .instead(of: dropped)
  }

  static func isSameVersion(_ left: TextFolder.Entry, _ right: TextFolder.Entry) -> Bool {
    left.work == right.work && (left.version == right.version || left.state != nil && left.state == right.state)
  }
}
