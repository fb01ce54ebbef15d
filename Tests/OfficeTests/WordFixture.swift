import Enforcement
import EnforcementOffice
import ZipArchive

/// A Word file made for a test, from the XML of its parts without the wrapping.
struct WordFixture {
  var body: String
  var styles: String?
  var numbering: String?
  var footnotes: String?
  var endnotes: String?
  /// Other parts: name → XML.
  var more: [(name: String, xml: String)] = []
  /// Relationships of the main part to them: id, type, target.
  var relationships: [(id: String, type: String, target: String)] = []
  var isStrict = false
  var main = "word/document.xml"
  var contentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

  init(_ body: String) { self.body = body }

  private var w: String {
    isStrict
      ? "http://purl.oclc.org/ooxml/wordprocessingml/main" : "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  }

  private var office: String {
    isStrict
      ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
      : "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  }

  func part(_ name: String, _ content: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <w:\(name) xmlns:w="\(w)" xmlns:r="\(office)" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
    xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" \
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
    xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" \
    xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">\(content)</w:\(name)>
    """
  }

  static func relationships(_ list: [(id: String, type: String, target: String)]) -> String {
    let namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    let items = list.map { "<Relationship Id=\"\($0.id)\" Type=\"\($0.type)\" Target=\"\($0.target)\"/>" }.joined()
    return "<Relationships xmlns=\"\(namespace)\">\(items)</Relationships>"
  }

  static func contentTypes(_ main: String, _ type: String) -> String {
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" "
      + "ContentType=\"application/xml\"/><Override PartName=\"/\(main)\" ContentType=\"\(type)\"/></Types>"
  }

  /// - Parameter document: the XML of the main part, where a test wants it broken; empty leaves it away.
  func bytes(document: String? = nil) throws -> [UInt8] {
    let folder = main.split(separator: "/").dropLast().joined(separator: "/")
    let name = main.split(separator: "/").last!
    var parts: [(String, String)] = [
      ("[Content_Types].xml", Self.contentTypes(main, contentType)),
      (
        "_rels/.rels",
        // The text is not the first thing a package relates to.
        Self.relationships([
          ("rId3", office + "/extended-properties", "docProps/app.xml"), ("rId1", office + "/officeDocument", main),
        ])
      ),
    ]
    let document = document ?? part("document", "<w:body>\(body)</w:body>")
    if !document.isEmpty { parts.append((main, document)) }
    var links = relationships.map { (id: $0.id, type: "\(office)/\($0.type)", target: $0.target) }
    for (type, content) in [("styles", styles), ("numbering", numbering), ("footnotes", footnotes), ("endnotes", endnotes)] {
      guard let content else { continue }
      links.append((id: type, type: "\(office)/\(type)", target: "\(type).xml"))
      parts.append(("\(folder)/\(type).xml", part(type, content)))
    }
    parts.append(("\(folder)/_rels/\(name).rels", Self.relationships(links)))
    parts += more.map { ($0.name, $0.xml) }
    var writer = ZipWriter()
    for (name, xml) in parts { writer.add(name, Array(xml.utf8)) }
    return try writer.finish()
  }

  func read() throws -> TextDocument { try TextDocument(word: try bytes(), file: "测试.docx") }

  /// Each paragraph as a line: its role, then its text; cells between bars, a break inside a cell as /.
  func lines() throws -> [String] {
    try read().paragraphs.map { paragraph in
      switch paragraph.role {
      case .title: "题 \(paragraph.text)"
      case .heading(let level): "\(level) \(paragraph.text)"
      case .text: paragraph.text
      case .row(let cells): "|" + cells.map { $0.split(separator: "\n").joined(separator: "/") + "|" }.joined()
      }
    }
  }
}

/// A paragraph of one run.
func p(_ text: String, _ properties: String = "", run: String = "") -> String {
  "<w:p><w:pPr>\(properties)</w:pPr>\(r(text, run))</w:p>"
}

func r(_ text: String, _ properties: String = "") -> String {
  "<w:r><w:rPr>\(properties)</w:rPr><w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
}

/// A paragraph of runs.
func p(runs: String..., properties: String = "") -> String { "<w:p><w:pPr>\(properties)</w:pPr>\(runs.joined())</w:p>" }

func field(_ code: String, _ result: String?) -> String {
  "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> \(code) </w:instrText></w:r>"
    + (result.map { "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" + r($0) } ?? "")
    + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
}

let centred = "<w:jc w:val=\"center\"/>"
