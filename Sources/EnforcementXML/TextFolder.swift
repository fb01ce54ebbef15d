public import Enforcement
internal import XMLStream

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The imported official texts: a folder of Akoma Ntoso files, one for each text and version, and `texts.tsv`, which says what
/// came from where. Nothing of it belongs to the project.
public struct TextFolder: Sendable {
  public let path: String

  public init(_ path: String) { self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path }

  /// One imported text, as `texts.tsv` lists it.
  public struct Entry: Hashable, Sendable {
    /// Below the folder.
    public var file: String
    public var title: String
    public var work: String
    public var version: String
    /// The last day of adoption or amendment the text names: files of one work and state are one version.
    public var state: CalendarDate?
    public var kind: OfficialText.Kind
    public var origin: TextOrigin
    /// Which articles it has: a code may come in parts, a file each.
    public var articles: ArticleNumbers

    public init(
      file: String, title: String, work: String, version: String, kind: OfficialText.Kind, origin: TextOrigin,
      articles: ArticleNumbers = ArticleNumbers(), state: CalendarDate? = nil
    ) {
      self.file = file
      self.title = title
      self.work = work
      self.version = version
      self.kind = kind
      self.origin = origin
      self.articles = articles
      self.state = state
    }
  }

  /// A file that was read and not kept, because a text of the same work and version is there.
  public struct Duplicate: Hashable, Sendable {
    public var digest: String
    public var source: String
    /// The file that is kept.
    public var kept: String
  }

  /// What is there; empty when nothing has been imported.
  ///
  /// - Throws: `RulebookError` when the list is there and cannot be read.
  public func entries() throws(RulebookError) -> [Entry] {
    guard RulebookFolder.exists(path + "/texts.tsv") else { return [] }
    let lines = String(decoding: try RulebookFolder.read(path + "/texts.tsv"), as: UTF8.self).split(separator: "\n")
    var entries: [Entry] = []
    for (number, line) in lines.enumerated() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 10, let kind = OfficialText.Kind(rawValue: fields[4]), let day = CalendarDate(fields[7]),
        let articles = ArticleNumbers(fields[8])
      else {
        throw RulebookError(.invalidData, "\(path)/texts.tsv：第 \(number + 1) 行读不懂；删去这个文件再导入一遍就会重建")
      }
      entries.append(
        Entry(
          file: fields[0], title: fields[1], work: fields[2], version: fields[3], kind: kind,
          origin: TextOrigin(source: fields[5], digest: fields[6], imported: day), articles: articles,
          state: CalendarDate(fields[9])))
    }
    return entries
  }

  /// What was read before and not kept.
  public func duplicates() throws(RulebookError) -> [Duplicate] {
    guard RulebookFolder.exists(path + "/duplicates.tsv") else { return [] }
    return String(decoding: try RulebookFolder.read(path + "/duplicates.tsv"), as: UTF8.self).split(separator: "\n").compactMap {
      let fields = $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return fields.count == 3 ? Duplicate(digest: fields[0], source: fields[1], kept: fields[2]) : nil
    }
  }

  /// Writes the lists, each whole or not at all.
  public func write(_ catalog: TextCatalog) throws(RulebookError) {
    var text = ""
    for duplicate in catalog.duplicates {
      text += [duplicate.digest, duplicate.source, duplicate.kept].map(Self.field).joined(separator: "\t") + "\n"
    }
    if !text.isEmpty { try write(text, to: "duplicates.tsv") }
    text = ""
    for entry in catalog.entries.sorted(by: { ($0.title, $0.version, $0.file) < ($1.title, $1.version, $1.file) }) {
      let fields = [
        entry.file, entry.title, entry.work, entry.version, entry.kind.rawValue, entry.origin.source, entry.origin.digest,
        entry.origin.imported.description, entry.articles.description, entry.state?.description ?? "",
      ]
      text += fields.map(Self.field).joined(separator: "\t") + "\n"
    }
    try write(text, to: "texts.tsv")
  }

  private static func field(_ text: String) -> String { text.replacing("\t", with: " ").replacing("\n", with: " ") }

  /// Takes away a file that is not kept. That it is not there is no error.
  public func remove(_ file: String) { unlink(path + "/" + file) }

  /// Writes one file below the folder, making the folders it needs.
  public func write(_ text: String, to file: String) throws(RulebookError) {
    let full = path + "/" + file
    var parent = full.hasPrefix("/") ? "" : "."
    for part in full.split(separator: "/").dropLast() {
      parent += "/" + part
      if mkdir(parent, 0o755) != 0, errno != EEXIST { throw Self.failure(full) }
    }
    let draft = "\(full).\(getpid()).tmp"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(full) }
    var text = text
    let isWritten = text.withUTF8 { buffer in
      var done = 0
      while done < buffer.count {
        let count = Self.put(descriptor, buffer.baseAddress! + done, buffer.count - done)
        if count < 0 {
          if errno == EINTR { continue }
          return false
        }
        done += count
      }
      return true
    }
    guard isWritten else {
      let error = Self.failure(full)
      close(descriptor)
      unlink(draft)
      throw error
    }
    guard close(descriptor) == 0, rename(draft, full) == 0 else {
      let error = Self.failure(full)
      unlink(draft)
      throw error
    }
  }

  private static func put(_ descriptor: Int32, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes, count)
    #else
      Darwin.write(descriptor, bytes, count)
    #endif
  }

  private static func failure(_ path: String) -> RulebookError {
    let reason =
      switch errno {
      case EACCES, EPERM: "没有写入权限"
      case EROFS: "所在的文件系统只能读"
      case ENOSPC: "磁盘满了"
      case ENAMETOOLONG: "文件名太长"
      default: String(cString: strerror(errno))
      }
    return RulebookError(.unreadable, "\(path)：没有写成：\(reason)；已经导入的没有动")
  }

  /// Reads a text back.
  public func read(_ entry: Entry) throws(RulebookError) -> OfficialText {
    let bytes = try RulebookFolder.read(path + "/" + entry.file)
    let parser = DocumentParser<OfficialTextReader>(namespaces: [akomaNtosoNamespace, rulesNamespace])
    do throws(XMLError) {
      return try parser.parse(bytes, file: entry.file, into: OfficialTextReader(file: entry.file)).text
    } catch {
      throw RulebookError(.invalidData, "\(path)/\(entry.file)：\(error.message)；重新导入 \(entry.origin.source) 就会重建")
    }
  }
}
