import Foundation
import Testing
import ZipArchive

/// Word files at the command line.
@Suite struct WordFileTests {
  /// The smallest file Word opens, with these paragraphs.
  static func word(_ body: String) throws -> Data {
    let types = "http://schemas.openxmlformats.org/package/2006"
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    var writer = ZipWriter()
    func add(_ name: String, _ xml: String) { writer.add(name, Array(xml.utf8)) }
    add(
      "[Content_Types].xml",
      "<Types xmlns=\"\(types)/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"\(main)\"/></Types>")
    add(
      "_rels/.rels",
      "<Relationships xmlns=\"\(types)/relationships\"><Relationship Id=\"r\" Type=\"\(office)\" Target=\"word/document.xml\"/></Relationships>"
    )
    add(
      "word/document.xml",
      "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\(body)</w:body></w:document>"
    )
    return Data(try writer.finish())
  }

  static func p(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

  /// A folder for the length of a test.
  private func folder(_ files: [String: Data], _ test: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("word-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, data) in files { try data.write(to: folder.appendingPathComponent(name)) }
    try test(folder.path)
  }

  private static let report =
    p("日常巡查记录") + p("检查时间：2026年11月20日") + p("") + p("三层临边未设防护栏杆。")
    + "<w:p><w:r><w:pict><v:imagedata xmlns:v=\"urn:schemas-microsoft-com:vml\"/></w:pict></w:r></w:p>"

  @Test func aReportIsReadAndItsPlacesAreParagraphs() throws {
    try folder(["记录.docx": try Self.word(Self.report)]) { folder in
      let run = try Run.zhunsheng(["assess", "--file", folder + "/记录.docx"])
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output.contains("第3段　三层临边未设防护栏杆。"))
      #expect(run.output.contains("没有当作发现的段：") && !run.output.contains("没有当作发现的行"))
      #expect(run.output.contains("E01") && run.output.contains("1 张图片或者图表没有读"))
      #expect(run.output.contains("行为日 2026-11-20"))
    }
  }

  @Test func theAnswerSaysWhatItsLinesCount() throws {
    try folder(["记录.docx": try Self.word(Self.report)]) { folder in
      let run = try Run.zhunsheng(["assess", "--file", folder + "/记录.docx", "--format", "json"])
      #expect(run.output.contains("\"unit\": \"paragraph\"") || run.output.contains("\"unit\" : \"paragraph\""))
      #expect(try JSONSchema("assessment-1").errors(run.output) == [])
    }
  }

  @Test(arguments: [
    ("a.docx", Data("%PDF-1.7".utf8), "这是 PDF"), ("a.pdf", Data("%PDF-1.7".utf8), "这是 PDF"), ("a.docx", Data(), "空的"),
    ("a.doc", Data([0xD0, 0xCF, 0x11, 0xE0, 0, 0]), "另存为 .docx"), ("a.docx", Data("<html><body>".utf8), "网页"),
  ])
  func whatIsNoWordFileIsRefusedWithWhatToDo(_ name: String, _ data: Data, _ words: String) throws {
    try folder([name: data]) { folder in
      let run = try Run.zhunsheng(["assess", "--file", folder + "/" + name])
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.error.hasPrefix("错误：\(folder)/\(name)：") && run.error.contains(words), "\(run.error)")
    }
  }

  @Test func aWordFileWithoutTextIsEmpty() throws {
    try folder(["a.docx": try Self.word("<w:p/>")]) { folder in
      let run = try Run.zhunsheng(["assess", "--file", folder + "/a.docx"])
      #expect(run.status == 2 && run.error.contains("是空的"))
    }
  }

  @Test func lineByLineWantsPlainText() throws {
    let run = try Run.zhunsheng(["assess", "-"], input: try Self.word(Self.p("甲")))
    #expect(run.status == 2 && run.error.contains("--file 文件.docx"))
  }

  @Test func textsAreImportedAndOldFilesRefusedAloud() throws {
    let text = Self.p("某市巡查规定") + Self.p("（2026年1月1日某局公布）") + Self.p("第一条　巡查每周一次。") + Self.p("第二条　巡查要有记录。")
    try folder([
      "规定.docx": try Self.word(text), "旧的.doc": Data([0xD0, 0xCF, 0x11, 0xE0, 0, 0]), "~$规定.docx": Data("锁".utf8),
    ]) { folder in
      let run = try Run.zhunsheng(["import", folder, "--texts", folder + "/texts"], environment: ["COLUMNS": "300"])
      #expect(run.status == 1)
      #expect(run.output.contains("旧的.doc：这是旧格式"))
      #expect(run.output.contains("2 个文件：导入 1，没有导入 1"))
      let again = try Run.zhunsheng(["import", folder + "/规定.docx", "--texts", folder + "/texts"])
      #expect(again.status == 0 && again.output.contains("没有变化 1"))
    }
  }
}
