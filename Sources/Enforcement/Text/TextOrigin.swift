/// Where an imported text came from and when: kept in the file, and said wherever its words are shown.
public struct TextOrigin: Codable, Hashable, Sendable {
  /// The file's name, without its folders.
  public var source: String
  /// SHA-256 of the bytes that were read.
  public var digest: String
  public var imported: CalendarDate

  public init(source: String, digest: String, imported: CalendarDate) {
    self.source = source
    self.digest = digest
    self.imported = imported
  }
}

extension TextOrigin {
  /// 安全生产法(2021-06-10).md，2026-11-25 导入，摘要 3f2a…
  public var label: String { "\(source)，\(imported) 导入，摘要 \(digest.prefix(12))" }
}
