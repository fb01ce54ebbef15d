internal import XMLStream
internal import ZipArchive

/// A .docx as a package: its parts, found by what they are and not by what they are usually called.
struct WordPackage {
  private let archive: ZipReader
  private let file: String
  /// The part with the text.
  let main: String
  /// Of the main part: its relationships by id.
  private let relationships: [Relationship]

  private struct Relationship {
    var id: String
    var type: String
    var target: String
  }

  init(_ bytes: [UInt8], file: String) throws(OfficeError) {
    try Self.checkKind(bytes, file)
    self.file = file
    do { archive = try ZipReader(bytes, file: file) } catch { throw Self.error(error) }
    guard archive.contains("[Content_Types].xml"), archive.contains("_rels/.rels") else {
      throw Self.other(
        archive.contains("mimetype") ? "这是 OpenDocument（WPS、LibreOffice 的 .odt 一类）文件" : "这是普通的压缩包，不是 Word 文件", file)
    }
    let top = try Self.relationships(of: "", in: archive, file)
    guard let main = top.first(where: { $0.type == "officeDocument" })?.target else {
      throw OfficeError(.damaged, file: file, "没有说明正文在哪里（_rels/.rels 里没有 officeDocument）；请用 Word 打开后另存为 .docx")
    }
    let type = try Self.contentType(of: main, in: archive, file)
    if type.contains("spreadsheetml") { throw Self.other("这是 Excel 表格", file) }
    if type.contains("presentationml") { throw Self.other("这是演示文稿（PPT）", file) }
    guard archive.contains(main) else {
      throw OfficeError(.damaged, file: file, "缺少正文（\(main)）；文件损坏了，请重新取得，或者用 Word 打开后另存为 .docx")
    }
    self.main = main
    relationships = try Self.relationships(of: main, in: archive, file)
  }

  /// The text itself.
  func document() throws(OfficeError) -> WordPart {
    guard let part = try Self.part(main, in: archive, file), part.root?.name == .document else {
      throw Self.other("正文（\(main)）不是 Word 的文字", file)
    }
    return part
  }

  /// The part the main part relates to by a type (`styles`, `numbering`, `footnotes`); nil when there is none.
  func part(_ type: String) throws(OfficeError) -> WordPart? {
    guard let target = relationships.first(where: { $0.type == type })?.target else { return nil }
    return try Self.part(target, in: archive, file)
  }

  /// The part the main part relates to by an id.
  func part(id: String) throws(OfficeError) -> WordPart? {
    guard let target = relationships.first(where: { $0.id == id })?.target else { return nil }
    return try Self.part(target, in: archive, file)
  }

  // MARK: What it is

  private static func other(_ what: String, _ file: String) -> OfficeError {
    OfficeError(.notWord, file: file, "\(what)，读不了；请另存为 Word 文档（.docx）再试")
  }

  /// Says what a file is that is no package at all, whatever its name.
  private static func checkKind(_ bytes: [UInt8], _ file: String) throws(OfficeError) {
    if bytes.isEmpty { throw OfficeError(.empty, file: file, "文件是空的（0 字节），多半没有下载完；请重新取得这个文件") }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      // Both are compound files; the stream's name, in UTF-16, tells which.
      if contains(bytes, "EncryptedPackage".utf8.flatMap { [$0, 0] }) {
        throw OfficeError(.encrypted, file: file, "文件有打开密码，读不了；请在 Word 里打开，去掉密码后另存为 .docx")
      }
      throw OfficeError(.oldFormat, file: file, "这是旧格式（.doc、.wps 一类），读不了；请用 Word 或者 WPS 打开，另存为 .docx")
    }
    // The first entry of an archive may be stored as it is: what it holds says nothing of the archive.
    if bytes.starts(with: Array("PK".utf8)) { return }
    if contains(Array(bytes.prefix(1024)), Array("%PDF-".utf8)) {
      throw OfficeError(.notWord, file: file, "这是 PDF，不是 Word 文件；请取得 Word 原件，或者把文字复制到 .txt 里")
    }
    if bytes.starts(with: Array("{\\rtf".utf8)) { throw other("这是 RTF 文件", file) }
    let head = String(decoding: bytes.prefix(1024), as: UTF8.self).lowercased()
    if head.contains("<html") || head.contains("<!doctype html") {
      throw OfficeError(.notWord, file: file, "这是网页，不是 Word 文件；请用 Word 打开后另存为 .docx，或者另存为纯文本")
    }
    if head.contains("<?xml") { throw other("这是 XML 文件", file) }
    throw OfficeError(.notWord, file: file, "不是 Word 文件（.docx）；请确认给对了文件")
  }

  private static func contains(_ bytes: [UInt8], _ pattern: [UInt8]) -> Bool {
    guard bytes.count >= pattern.count else { return false }
    return bytes.indices.dropLast(pattern.count - 1).contains { bytes[$0] == pattern[0] && bytes[$0...].starts(with: pattern) }
  }

  private static func contentType(of part: String, in archive: ZipReader, _ file: String) throws(OfficeError) -> String {
    let types = try Self.part("[Content_Types].xml", in: archive, file)?.root
    let name = "/" + part.lowercased()
    let override = types?.children.first { $0.name == .Override && $0[.PartName]?.lowercased() == name }
    return override?[.ContentType] ?? ""
  }

  // MARK: Parts

  private static func part(_ name: String, in archive: ZipReader, _ file: String) throws(OfficeError) -> WordPart? {
    let bytes: [UInt8]?
    do { bytes = try archive.contents(of: name) } catch { throw Self.error(error) }
    guard let bytes else { return nil }
    do { return try WordPart(bytes, file: file) } catch {
      let place = "里面的 \(name)" + (error.line > 0 ? " 第 \(error.line) 行" : "")
      switch error.code {
      case .documentType: throw OfficeError(.refused, file: file, "\(place)含有 DOCTYPE 声明，正常的 Word 文件没有它，没有读取；请确认文件的来历")
      case .tooLarge: throw OfficeError(.tooLarge, file: file, "\(place)太大，没有读取；请拆成几份")
      case .encoding: throw OfficeError(.damaged, file: file, "\(place)不是 UTF-8 文字；请用 Word 打开后另存为 .docx")
      default: throw OfficeError(.damaged, file: file, "\(place)不是完好的 XML，文件损坏了；请用 Word 打开后另存为 .docx")
      }
    }
  }

  /// - Parameter part: empty for the package itself.
  private static func relationships(
    of part: String, in archive: ZipReader, _ file: String
  ) throws(OfficeError) -> [Relationship] {
    var folder = part.split(separator: "/").map(String.init)
    let name = folder.popLast() ?? ""
    let root = try Self.part((folder + ["_rels", name + ".rels"]).joined(separator: "/"), in: archive, file)?.root
    return (root?.children.map { $0 } ?? []).compactMap { element in
      guard element.name == .Relationship, element[.TargetMode] != "External", let target = element[.Target],
        let type = element[.relationshipType]?.split(separator: "/").last
      else { return nil }
      return Relationship(id: element[.Id] ?? "", type: String(type), target: resolved(target, in: folder))
    }
  }

  /// `../a.xml` and `/word/a.xml` as a name in the archive.
  private static func resolved(_ target: String, in folder: [String]) -> String {
    var path = target.hasPrefix("/") ? [] : folder
    for step in target.split(separator: "/") {
      switch step {
      case ".": break
      case "..": _ = path.popLast()
      default: path.append(String(step))
      }
    }
    return path.joined(separator: "/")
  }

  private static func error(_ error: ZipError) -> OfficeError {
    let code: OfficeError.Code =
      switch error.code {
      case .empty: .empty
      case .encrypted: .encrypted
      case .tooLarge: .tooLarge
      case .badName: .refused
      default: .damaged
      }
    return OfficeError(code, file: error.file, (error.entry.isEmpty ? "" : "里面的 \(error.entry) ") + error.message)
  }
}
