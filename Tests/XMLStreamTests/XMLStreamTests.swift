import Testing
import XMLStream

final class Collector: XMLHandler {
  var events: [String] = []
  func start(_ tag: XMLTag) { events.append("<\(tag.name)\(tag.attributes.map { " \($0.name)=\($0.value)" }.joined())") }
  func end(_ tag: XMLTag, text: String) { events.append(">\(tag.name):\(text)") }
  func unknown(_ name: String, line: Int, column: Int) { events.append("?\(name)@\(line)") }
}

@Suite struct XMLParserTests {
  func events(_ text: String) throws -> [String] {
    let collector = Collector()
    try XMLParser(names: ["a", "b", "id"], namespaces: [""]).parse(Array(text.utf8), file: "t.xml", handler: collector)
    return collector.events
  }

  func code(_ bytes: [UInt8], limits: XMLLimits = XMLLimits()) -> XMLError? {
    do {
      try XMLParser(names: ["a"], namespaces: [""], limits: limits).parse(bytes, file: "t.xml", handler: Collector())
      return nil
    } catch { return error }
  }

  @Test func elementsArriveWithTheirTextAndAttributes() throws {
    #expect(try events("<a id='1&amp;2'> 一 <b>二</b><![CDATA[<三>]]></a>") == ["<0 2=1&2", "<1", ">1:二", ">0:一 <三>"])
  }

  @Test func unknownElementsAreReportedWithTheirLine() throws { #expect(try events("<a>\n<c/></a>") == ["<0", "?c@2", ">0:"]) }

  @Test func anErrorSaysWhere() {
    let error = code(Array("<a>\n  <b></c>\n</a>".utf8))
    #expect(error?.code == .malformed && error?.line == 2)
  }

  @Test(arguments: [
    "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
    "<!DOCTYPE a [<!ENTITY l 'ha'><!ENTITY m '&l;&l;&l;&l;'><!ENTITY n '&m;&m;&m;&m;'>]><a>&n;</a>",
    "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/evil.dtd'><a/>",
  ])
  func anyDocumentTypeIsRefused(_ text: String) { #expect(code(Array(text.utf8))?.code == .documentType) }

  @Test func quadraticBlowUpIsRefusedBeforeItIsRead() {
    let bomb =
      "<!DOCTYPE a [<!ENTITY x '\(String(repeating: "x", count: 50_000))'>]><a>\(String(repeating: "&x;", count: 1000))</a>"
    #expect(code(Array(bomb.utf8))?.code == .documentType)
  }

  @Test func depthIsLimited() {
    let deep = String(repeating: "<a>", count: 5000) + String(repeating: "</a>", count: 5000)
    #expect(code(Array(deep.utf8))?.code == .malformed)
  }

  @Test func aHugeTextIsRefused() {
    let text = Array("<a>".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 100 << 20) + Array("</a>".utf8)
    #expect(code(text)?.code == .tooLarge)
    #expect(code(text, limits: XMLLimits(maximumBytes: 200 << 20)) != nil)
  }

  /// One line, more than libxml2 takes at once; characters of three bytes stand across every cut.
  @Test func aLargeDocumentIsReadToItsEnd() throws {
    let collector = Collector()
    let text = "<a>" + String(repeating: "<b>护栏</b>", count: 1_000_000) + "</a>"
    try XMLParser(names: ["a", "b"], namespaces: [""]).parse(Array(text.utf8), file: "t.xml", handler: collector)
    #expect(collector.events.count == 2_000_002 && collector.events.count { $0 == ">1:护栏" } == 1_000_000)
  }

  @Test func whiteSpaceIsKeptWhereItCounts() throws {
    let collector = Collector()
    try XMLParser(names: ["a"], namespaces: [""], keepsWhiteSpace: true)
      .parse(Array("<a> 一\n</a>".utf8), file: "t.xml", handler: collector)
    #expect(collector.events == ["<0", ">0: 一\n"])
  }

  @Test func otherEncodingsAreRefusedWithAHint() {
    let gbk: [UInt8] = Array("<a>".utf8) + [0xB0, 0xB2, 0xC8, 0xAB] + Array("</a>".utf8)
    #expect(code(gbk)?.code == .encoding)
    let declared = Array("<?xml version='1.0' encoding='GBK'?><a/>".utf8)
    #expect(code(declared)?.code == .encoding)
    let surrogate = Array("<a>".utf8) + [0xED, 0xA0, 0x80] + Array("</a>".utf8)
    #expect(code(surrogate)?.code == .encoding)
  }

  @Test func aByteOrderMarkIsFine() { #expect(code([0xEF, 0xBB, 0xBF] + Array("<a/>".utf8)) == nil) }
  @Test func nothingIsRefused() { #expect(code([])?.code == .malformed) }

  @Test func aParserIsUsedAgainAfterAnError() throws {
    let parser = XMLParser(names: ["a"], namespaces: [""])
    #expect(throws: XMLError.self) { try parser.parse(Array("<a>".utf8), file: "1", handler: Collector()) }
    let collector = Collector()
    try parser.parse(Array("<a>好</a>".utf8), file: "2", handler: collector)
    #expect(collector.events == ["<0", ">0:好"])
  }

  /// Cuts and changes of a valid document: an error or a reading, never a crash.
  @Test func mangledDocumentsNeverCrash() {
    let valid = Array("<?xml version='1.0'?><a id='一'><b>二&lt;</b><!-- x --><![CDATA[y]]></a>".utf8)
    for cut in 0..<valid.count { _ = code(Array(valid[..<cut])) }
    for index in valid.indices {
      for byte: UInt8 in [0, 0x3C, 0x26, 0xFF, 0x80] {
        var bytes = valid
        bytes[index] = byte
        _ = code(bytes)
      }
    }
  }
}

@Suite struct XMLWriterTests {
  @Test func textAndAttributesAreEscaped() {
    var writer = XMLWriter()
    writer.element("a", [("x", "\"<&>"), ("y", nil)]) { $0.element("b", text: "1<2&3") }
    #expect(
      writer.text == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a x=\"&quot;&lt;&amp;&gt;\">\n  <b>1&lt;2&amp;3</b>\n</a>\n")
  }
}

@Suite struct RelaxNGTests {
  static let schema = Array("<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'><attribute name='id'/></element>".utf8)

  @Test func validDocumentsHaveNoErrors() throws {
    #expect(try RelaxNG(Self.schema, file: "s").validate(Array("<a id='1'/>".utf8), file: "d").isEmpty)
  }

  @Test func errorsHaveLines() throws {
    let errors = try RelaxNG(Self.schema, file: "s").validate(Array("\n<a/>".utf8), file: "d")
    #expect(errors.first?.line == 2)
  }

  @Test func aWrongSchemaIsSaidToBeWrong() {
    #expect(throws: XMLError.self) { try RelaxNG(Array("<element/>".utf8), file: "s") }
  }
}
