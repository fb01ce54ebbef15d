import Enforcement
import EnforcementOffice
import Testing
import ZipArchive

/// Files that are not what they are called: each refused with where, what, and what to do.
@Suite struct BadFileTests {
  func error(_ bytes: [UInt8]) -> OfficeError? {
    do {
      _ = try TextDocument(word: bytes, file: "报告.docx")
      return nil
    } catch { return error }
  }

  func expect(_ bytes: [UInt8], _ code: OfficeError.Code, says words: String...) {
    let error = error(bytes)
    #expect(error?.code == code)
    let message = error?.message ?? ""
    #expect(message.hasPrefix("报告.docx："), "\(message)")
    for word in words { #expect(message.contains(word), "\(message)") }
  }

  @Test func anEmptyFile() { expect([], .empty, says: "空", "重新取得") }

  @Test func anOldDoc() {
    expect([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600), .oldFormat, says: "另存为 .docx")
  }

  @Test func aPasswordProtectedFile() {
    let name: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, UInt8(0)] }
    expect([0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 0, count: 600) + name, .encrypted, says: "密码", "另存为 .docx")
  }

  @Test func aPDF() { expect(Array("%PDF-1.7\n…".utf8), .notWord, says: "PDF") }
  @Test func aPage() { expect(Array("<!DOCTYPE html><html><body>报告</body></html>".utf8), .notWord, says: "网页") }
  @Test func richText() { expect(Array("{\\rtf1\\ansi}".utf8), .notWord, says: "RTF") }
  @Test func plainText() { expect(Array("三层临边没有护栏".utf8), .notWord, says: "不是 Word 文件") }

  @Test func aTruncatedFile() throws {
    let bytes = try WordFixture(p("内容")).bytes()
    for length in stride(from: 4, to: bytes.count, by: 97) {
      expect(Array(bytes.prefix(length)), .damaged, says: "重新取得")
    }
  }

  @Test func aPlainArchive() throws {
    var writer = ZipWriter()
    writer.add("照片.txt", Array("照片".utf8))
    expect(try writer.finish(), .notWord, says: "普通的压缩包", ".docx")
  }

  @Test func aSpreadsheet() throws {
    var fixture = WordFixture("")
    fixture.main = "xl/workbook.xml"
    fixture.contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    expect(try fixture.bytes(), .notWord, says: "Excel")
  }

  @Test func anOpenDocument() throws {
    var writer = ZipWriter()
    writer.add("mimetype", Array("application/vnd.oasis.opendocument.text".utf8))
    writer.add("content.xml", Array("<a/>".utf8))
    expect(try writer.finish(), .notWord, says: "OpenDocument")
  }

  @Test func aBombByItsRatio() throws {
    let zeros = String(repeating: " ", count: 16 << 20)
    expect(try WordFixture(p("甲") + zeros).bytes(), .tooLarge, says: "压缩炸弹")
  }

  @Test func aBombOfManyEntries() throws {
    var fixture = WordFixture(p("甲"))
    fixture.more = (0..<5000).map { ("word/media/\($0).bin", "") }
    expect(try fixture.bytes(), .tooLarge, says: "个文件")
  }

  @Test func aDocumentType() throws {
    let fixture = WordFixture("")
    let document =
      "<!DOCTYPE d [<!ENTITY x 'y'>]>" + fixture.part("document", "<w:body/>").split(separator: "\n").dropFirst().joined()
    expect(try fixture.bytes(document: document), .refused, says: "word/document.xml", "DOCTYPE")
  }

  @Test func malformedXML() throws {
    expect(try WordFixture("").bytes(document: "<w:document>\n<w:body>"), .damaged, says: "word/document.xml 第", "另存为 .docx")
  }

  @Test func aMissingMainPart() throws {
    expect(try WordFixture("").bytes(document: ""), .damaged, says: "缺少正文", "word/document.xml")
  }

  @Test func aPackageThatNamesNoMainPart() throws {
    var writer = ZipWriter()
    writer.add("[Content_Types].xml", Array(WordFixture.contentTypes("word/document.xml", "").utf8))
    writer.add("_rels/.rels", Array(WordFixture.relationships([]).utf8))
    expect(try writer.finish(), .damaged, says: "officeDocument")
  }

  @Test func aMainPartOfAnotherVocabulary() throws {
    expect(try WordFixture("").bytes(document: "<drawing xmlns=\"urn:x\"/>"), .notWord, says: "不是 Word 的文字")
  }

  /// What is cheap to write and would be dear to read.
  @Test func whatGrowsWithoutEndIsCutShort() throws {
    var fixture = WordFixture(
      p(runs: "<w:r><w:footnoteReference w:id=\"1\"/></w:r>", "<w:r><w:footnoteReference w:id=\"1\"/></w:r>")
        + "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"-4\"/></w:trPr>"
        + String(repeating: "<w:tc><w:tcPr><w:gridSpan w:val=\"999999999\"/></w:tcPr>\(p("甲"))</w:tc>", count: 3)
        + "</w:tr></w:tbl>"
        + p("乙", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>")
        + p(runs: String(repeating: "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>", count: 5000)))
    fixture.footnotes = "<w:footnote w:id=\"1\">\(p(runs: r("注"), "<w:r><w:footnoteReference w:id=\"1\"/></w:r>"))</w:footnote>"
    fixture.numbering =
      "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"9223372036854775807\"/><w:numFmt w:val=\"lowerLetter\"/>"
      + "<w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>"
    let document = try fixture.read()
    #expect(document.paragraphs.prefix(2).map(\.text) == ["［1］［1］", "注"])
    guard case .row(let cells) = document.paragraphs[2].role else { return #expect(Bool(false)) }
    #expect(cells.count == 65 && cells.count { $0 == "甲" } == 3)
    #expect(document.paragraphs[3].text.count < 120)
  }

  /// What the first bytes of an archive happen to say is not what the file is.
  @Test func anArchiveIsKnownByItsFirstTwoBytes() throws {
    let bytes = try WordFixture(p("内容")).bytes()
    let archive = try ZipReader(bytes, file: "a.docx")
    var writer = ZipWriter()
    writer.add("<?xml %PDF- <html>", [])
    for entry in archive.entries { writer.add(entry.name, try archive.contents(of: entry.name) ?? []) }
    #expect(try TextDocument(word: try writer.finish(), file: "a.docx").paragraphs.map(\.text) == ["内容"])
  }

  @Test func aDocumentWithoutTextIsNoError() throws { #expect(try WordFixture("<w:p/>").read().paragraphs.isEmpty) }
}
