import Enforcement
import EnforcementOffice
import Testing

@Suite struct WordReaderTests {
  func lines(_ body: String, styles: String? = nil, numbering: String? = nil) throws -> [String] {
    var fixture = WordFixture(body)
    fixture.styles = styles
    fixture.numbering = numbering
    return try fixture.lines()
  }

  func style(_ id: String, _ name: String, _ more: String = "", basedOn: String? = nil) -> String {
    "<w:style w:type=\"paragraph\" w:styleId=\"\(id)\"><w:name w:val=\"\(name)\"/>"
      + (basedOn.map { "<w:basedOn w:val=\"\($0)\"/>" } ?? "") + more + "</w:style>"
  }

  func styled(_ text: String, _ id: String) -> String { p(text, "<w:pStyle w:val=\"\(id)\"/>") }

  // MARK: Paragraphs

  @Test func paragraphsAreNumberedAsAReaderCountsThem() throws {
    let document = try WordFixture(p("　　甲 ") + "<w:p/>" + p("乙") + "<w:tbl><w:tr><w:tc>\(p("丙"))</w:tc></w:tr></w:tbl>" + p("丁"))
      .read()
    #expect(document.unit == .paragraph)
    #expect(document.paragraphs.map(\.text) == ["甲", "乙", "丙", "丁"])
    #expect(document.paragraphs.map(\.line) == [1, 2, 3, 4])
  }

  @Test func runsAreJoinedAndTheirSpacesKept() throws {
    let bare = "<w:r><w:t> 丁 </w:t></w:r>"
    #expect(try lines(p(runs: r("甲 "), r("乙"), r("　"), r("丙&amp;"), bare)) == ["甲 乙　丙&丁"])
  }

  @Test func aLineBrokenInsideAParagraphIsAParagraph() throws {
    let text = p(
      runs: r("甲"), "<w:r><w:br/></w:r>", r("乙"), "<w:r><w:cr/></w:r>", r("丙"), "<w:r><w:br w:type=\"page\"/><w:t>丁</w:t></w:r>")
    #expect(try lines(text) == ["甲", "乙", "丙", "丁"])
    let heading = p(runs: r("甲"), "<w:r><w:br/></w:r>", r("乙"), properties: "<w:outlineLvl w:val=\"1\"/>")
    #expect(try lines(heading) == ["2 甲", "2 乙"])
  }

  @Test func tabsHyphensAndSymbolsAreText() throws {
    let text = p(
      runs: r("甲"), "<w:r><w:tab/></w:r>", r("乙"), "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>", r("丙"),
      "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>", r("\u{F0A8}", "<w:rFonts w:ascii=\"Wingdings\"/>"),
      r("R是", "<w:rFonts w:ascii=\"Wingdings 2\"/>"), r("m"), r("2", "<w:vertAlign w:val=\"superscript\"/>"))
    #expect(try lines(text) == ["甲\t乙-丙☑□☑是m²"])
  }

  @Test func anUnknownSymbolIsMarkedAndReported() throws {
    let document = try WordFixture(p(runs: r("甲"), "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F021\"/></w:r>")).read()
    #expect(document.paragraphs.map(\.text) == ["甲〓"])
    #expect(document.diagnostics.map(\.rule) == ["text.symbol"])
  }

  // MARK: Title and headings

  @Test func theTitleIsKnownByItsStyle() throws {
    let styles =
      style("a3", "Title") + style("x", "公文标题", basedOn: "a3") + style("1", "heading 1") + style("s", "Subtitle", basedOn: "a3")
    #expect(
      try lines(p("红头") + styled("甲", "a3") + styled("乙", "x") + styled("副题", "s") + styled("章", "1"), styles: styles)
        == ["红头", "题 甲乙", "副题", "1 章"])
  }

  @Test func theTitleIsTheCentredLinesAtTheBeginning() throws {
    let big = "<w:sz w:val=\"44\"/>"
    let rest = p("（某日通过）", centred) + p("目　录", centred) + p("第一章　总则", centred) + p("正文", centred)
    #expect(
      try lines(p("某市某区", centred, run: big) + p("巡查办法", centred, run: big) + rest).first == "题 某市某区巡查办法")
    let broken = p(runs: r("某市某区", big), "<w:r><w:br/></w:r>", r("巡查办法", big), properties: centred)
    #expect(try lines(broken + rest) == ["题 某市某区巡查办法", "（某日通过）", "目　录", "第一章　总则", "正文"])
  }

  @Test func whatStandsUnderTheTitleInOtherLettersIsNotPartOfIt() throws {
    #expect(
      try lines(p("巡查报告", centred, run: "<w:sz w:val=\"44\"/>") + p("光明区", centred, run: "<w:sz w:val=\"28\"/>")) == [
        "题 巡查报告", "光明区",
      ])
    #expect(try lines(p("巡查报告", centred) + "<w:p/>" + p("某街道", centred)) == ["题 巡查报告", "某街道"])
    #expect(try lines(p("左边的字") + p("居中", centred)) == ["左边的字", "居中"])
  }

  @Test func theTitleStandsBelowALetterhead() throws {
    #expect(
      try lines(p("某某局文件", centred) + p("某建〔2026〕3号", centred) + p("关于巡查的通知", centred) + p("各街道：")) == [
        "某某局文件", "某建〔2026〕3号", "题 关于巡查的通知", "各街道：",
      ])
  }

  @Test func headingsAreKnownByNameByLevelAndByWhatTheyAreBasedOn() throws {
    let styles =
      style("2", "heading 2") + style("a", "标题 3") + style("b", "一级标题") + style("c", "我的样式", basedOn: "2")
      + style("d", "条文", "<w:pPr><w:outlineLvl w:val=\"3\"/></w:pPr>")
      + style("e", "正文", "<w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr>")
      + style("f", "环", basedOn: "g") + style("g", "环二", basedOn: "f")
    #expect(
      try lines(
        styled("甲", "2") + styled("乙", "a") + styled("丙", "b") + styled("丁", "c") + styled("戊", "d") + styled("己", "e")
          + styled("庚", "f") + styled("辛", "Heading5") + p("壬", "<w:outlineLvl w:val=\"0\"/>"), styles: styles)
        == ["2 甲", "3 乙", "1 丙", "2 丁", "4 戊", "己", "庚", "5 辛", "1 壬"])
  }

  // MARK: Contents and fields

  @Test func theContentsComeWithoutTheirPageNumbers() throws {
    let styles = style("T1", "toc 1") + style("TH", "TOC Heading", basedOn: "1") + style("1", "heading 1")
    let begin =
      "<w:p><w:pPr><w:pStyle w:val=\"T1\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>"
      + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:hyperlink w:anchor=\"a\">\(r("第一章 总则"))<w:r><w:tab/></w:r>\(field("PAGEREF a \\h", "1"))</w:hyperlink></w:p>"
    let second = p(runs: r("第二章 附则"), "<w:r><w:tab/><w:t>12</w:t></w:r>", properties: "<w:pStyle w:val=\"T1\"/>")
    let end = "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
    let gallery =
      "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>"
      + styled("目录", "TH") + begin + second + end + "</w:sdtContent></w:sdt>"
    #expect(try lines(gallery + styled("第一章 总则", "1"), styles: styles) == ["目录", "第一章 总则", "第二章 附则", "1 第一章 总则"])
    let leader = "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8000\"/></w:tabs>"
    #expect(try lines(p(runs: r("总则"), "<w:r><w:tab/><w:t>3</w:t></w:r>", properties: leader)) == ["总则"])
    let blank = "<w:tabs><w:tab w:val=\"right\" w:leader=\"underscore\" w:pos=\"8000\"/></w:tabs>"
    #expect(try lines(p(runs: r("编号"), "<w:r><w:tab/><w:t>12</w:t></w:r>", properties: blank)) == ["编号\t12"])
    #expect(try lines(p("第一章 总则………………1") + p("共有三处……") + p("合计………………500")) == ["第一章 总则", "共有三处……", "合计………………500"])
  }

  @Test func aHeadingBehindTheEndOfTheContentsIsOne() throws {
    let begin =
      "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
      + r("总则") + "<w:r><w:tab/><w:t>1</w:t></w:r></w:p>"
    let heading = p(runs: "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>", r("总则"), properties: "<w:outlineLvl w:val=\"0\"/>")
    #expect(try lines(begin + heading) == ["总则", "1 总则"])
  }

  @Test func codesOfFieldsAreFurnitureAndTheirResultsAreText() throws {
    #expect(try lines(p(runs: r("见"), field("REF _Ref1 \\h", "第三节"), r("，第"), field("PAGEREF x", "5"), r("页"))) == ["见第三节，第5页"])
    #expect(
      try lines(p(runs: r("第"), field("PAGE", "7"), r("页"), "<w:fldSimple w:instr=\" NUMPAGES \">\(r("9"))</w:fldSimple>")) == [
        "第页"
      ])
    #expect(try lines(p(runs: "<w:fldSimple w:instr=\"DATE\">\(r("今天"))</w:fldSimple>")) == ["今天"])
    #expect(try lines(p(runs: field("IF \(field("MERGEFIELD a", "内"))", "外"), r("后"))) == ["外后"])
    #expect(try lines(p(runs: field("eq \\o\\ac(○,5)", nil), r("护栏"))) == ["⑤护栏"])
    #expect(try lines(p(runs: field("MACROBUTTON NoMacro 点这里", nil))) == ["点这里"])
  }

  @Test func aFieldThatIsBrokenDoesNotSwallowTheRest() throws {
    let broken = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r></w:p>"
    #expect(try lines(broken + p("后面的话")) == ["后面的话"])
  }

  @Test func boxesOfFormsAreShown() throws {
    func box(_ value: String) -> String {
      "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked w:val=\"\(value)\"/></w:checkBox></w:ffData></w:fldChar></w:r>"
        + "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    }
    let list =
      "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"合格\"/><w:listEntry w:val=\"不合格\"/></w:ddList></w:ffData></w:fldChar></w:r>"
      + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    #expect(try lines(p(runs: box("1"), r("是"), box("0"), r("否"), list)) == ["☑是□否不合格"])
  }

  // MARK: Numbers

  func level(_ number: Int, _ format: String, _ text: String, _ more: String = "", start: Int = 1) -> String {
    "<w:lvl w:ilvl=\"\(number)\"><w:start w:val=\"\(start)\"/><w:numFmt w:val=\"\(format)\"/>\(more)<w:lvlText w:val=\"\(text)\"/></w:lvl>"
  }

  func list(_ levels: String..., id: Int = 1, more: String = "") -> String {
    "<w:abstractNum w:abstractNumId=\"\(id)\">\(levels.joined())</w:abstractNum>\(more)"
  }

  func num(_ id: Int, of abstract: Int = 1, _ more: String = "") -> String {
    "<w:num w:numId=\"\(id)\"><w:abstractNumId w:val=\"\(abstract)\"/>\(more)</w:num>"
  }

  func item(_ text: String, _ level: Int = 0, list: Int = 1) -> String {
    p(text, "<w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"\(list)\"/></w:numPr>")
  }

  @Test func automaticNumbersAreWrittenOut() throws {
    let numbering =
      list(
        level(0, "chineseCountingThousand", "第%1条", "<w:suff w:val=\"space\"/>"),
        level(1, "chineseCounting", "（%2）", "<w:suff w:val=\"nothing\"/>"), level(2, "decimal", "%3.")) + num(1)
    #expect(
      try lines(item("甲") + item("乙", 1) + item("丙", 1) + item("丁", 2) + p("间") + item("戊") + item("己", 1), numbering: numbering)
        == ["第一条 甲", "（一）乙", "（二）丙", "1. 丁", "间", "第二条 戊", "（一）己"])
  }

  @Test func levelsNameTheirParentsInTheirOwnFormatOrInDigits() throws {
    let numbering =
      list(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"))
      + num(1)
    #expect(try lines(item("甲") + item("乙", 1) + item("丙", 2), numbering: numbering) == ["一、 甲", "一.1 乙", "1.1.1 丙"])
    #expect(try lines(item("丙", 2), numbering: numbering) == ["1.1.1 丙"])
  }

  @Test func numbersStartWhereTheyAreToldTo() throws {
    let numbering =
      list(level(0, "decimal", "%1.", start: 5), level(1, "decimal", "%2)", "<w:lvlRestart w:val=\"0\"/>")) + num(1)
      + num(2, "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>")
      + num(3, "<w:lvlOverride w:ilvl=\"0\">\(level(0, "upperLetter", "%1、"))</w:lvlOverride>")
    #expect(
      try lines(
        item("甲") + item("乙", 1) + item("丙") + item("丁", 1) + item("戊", list: 2) + item("己", list: 2) + item("庚", list: 3),
        numbering: numbering) == ["5. 甲", "1) 乙", "6. 丙", "2) 丁", "1. 戊", "2. 己", "C、 庚"])
  }

  private func num(_ id: Int, _ more: String) -> String { num(id, of: 1, more) }

  @Test func numbersComeFromStylesToo() throws {
    let styles =
      style("H", "heading 1", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
      + style("H2", "heading 2", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
      + "<w:style w:type=\"numbering\" w:styleId=\"L\"><w:name w:val=\"条\"/><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>"
    let numbering =
      list(
        level(0, "chineseCounting", "第%1章", "<w:pStyle w:val=\"H\"/>"),
        level(1, "chineseCounting", "第%2节", "<w:pStyle w:val=\"H2\"/>"))
      + list(level(0, "decimal", "(%1)"), id: 2)
      + "<w:abstractNum w:abstractNumId=\"3\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>" + num(1) + num(2, of: 2)
      + num(3, of: 3)
    let off = p("无号", "<w:pStyle w:val=\"H\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>")
    #expect(
      try lines(
        styled("甲", "H") + styled("乙", "H2") + off + styled("丙", "H") + item("丁", list: 3), styles: styles, numbering: numbering)
        == ["1 第一章 甲", "2 第一节 乙", "1 无号", "1 第二章 丙", "(1) 丁"])
  }

  @Test func bulletsAreSigns() throws {
    let numbering =
      list(level(0, "bullet", "\u{F06C}", "<w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr>"), level(1, "bullet", "-")) + num(1)
    #expect(try lines(item("甲") + item("乙", 1) + item("", 0), numbering: numbering) == ["● 甲", "- 乙"])
  }

  @Test(arguments: [
    ("chineseCounting", 21, "二十一"), ("chineseCounting", 101, "一○一"), ("chineseCountingThousand", 101, "一百零一"),
    ("japaneseCounting", 10, "十"), ("ideographTraditional", 2, "乙"), ("ideographZodiac", 12, "亥"), ("decimalFullWidth", 12, "１２"),
    ("decimalEnclosedCircleChinese", 21, "㉑"), ("decimalZero", 7, "07"), ("upperRoman", 14, "XIV"), ("lowerRoman", 4, "iv"),
    ("upperLetter", 28, "BB"), ("lowerLetter", 3, "c"), ("ideographDigital", 20, "二〇"), ("chineseLegalSimplified", 12, "壹拾贰"),
    ("decimalEnclosedParen", 3, "⑶"), ("numberInDash", 1, "- 1 -"), ("somethingNew", 8, "8"),
  ])
  func formatsOfNumbers(_ format: String, _ value: Int, _ text: String) throws {
    let numbering = list(level(0, format, "%1", start: value)) + num(1)
    #expect(try lines(item("甲"), numbering: numbering) == ["\(text) 甲"])
  }

  // MARK: Tables

  func cell(_ content: String, _ properties: String = "") -> String { "<w:tc><w:tcPr>\(properties)</w:tcPr>\(content)</w:tc>" }
  func table(_ rows: String...) -> String { "<w:tbl>\(rows.map { "<w:tr>\($0)</w:tr>" }.joined())</w:tbl>" }

  @Test func rowsKeepTheirColumns() throws {
    #expect(
      try lines(
        table(
          cell(p("序号")) + cell(p("问题")) + cell(p("部位")),
          cell(p("1")) + cell(p("甲") + p("乙")) + cell(p("三层"), "<w:vMerge w:val=\"restart\"/>"),
          cell(p("2"), "<w:gridSpan w:val=\"2\"/>") + cell(p(""), "<w:vMerge/>"), cell("<w:p/>")))
        == ["|序号|问题|部位|", "|1|甲/乙|三层|", "|2|||"])
  }

  @Test func aTableInACellIsPartOfTheCell() throws {
    let inner = table(cell(p("内一")) + cell(p("内二")))
    #expect(try lines(table(cell(p("外") + inner) + cell(p("旁")))) == ["|外/内一 内二|旁|"])
  }

  @Test func aFrameOfOneCellStandsForWhatIsInIt() throws {
    #expect(try lines(table(cell(p("甲") + table(cell(p("一")) + cell(p("二"))) + p("乙")))) == ["甲", "|一|二|", "乙"])
  }

  @Test func rowsAndCellsInControlsAndDeletedOnes() throws {
    let row = "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>\(cell(p("删")))</w:tr>"
    let control =
      "<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>\(cell(p("甲")))</w:sdtContent></w:sdt>\(cell(p("乙")))</w:tr></w:sdtContent></w:sdt>"
    #expect(try lines("<w:tbl>\(row)\(control)</w:tbl>") == ["|甲|乙|"])
  }

  // MARK: Notes, boxes, controls

  @Test func notesFollowTheParagraphThatRefersToThem() throws {
    var fixture = WordFixture(
      p(runs: r("甲"), "<w:r><w:footnoteReference w:id=\"2\"/></w:r>", r("乙"), "<w:r><w:endnoteReference w:id=\"1\"/></w:r>")
        + p(runs: r("丙"), "<w:r><w:footnoteReference w:id=\"3\"/></w:r>"))
    fixture.footnotes =
      "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
      + "<w:footnote w:id=\"2\">\(p(runs: "<w:r><w:footnoteRef/></w:r>", r("注甲")))\(p("又"))</w:footnote><w:footnote w:id=\"3\">\(p("注丙"))</w:footnote>"
    fixture.endnotes = "<w:endnote w:id=\"1\">\(p(runs: "<w:r><w:endnoteRef/></w:r>", r("注乙")))</w:endnote>"
    #expect(try fixture.lines() == ["甲［1］乙［尾注1］", "［1］注甲", "又", "［尾注1］注乙", "丙［2］", "注丙"])
  }

  @Test func aTextBoxIsReadOnceAndBehindItsParagraph() throws {
    let content = "<w:txbxContent>\(p("框里"))\(p("两段"))</w:txbxContent>"
    let box =
      "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:wsp><wps:txbx>\(content)</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
      + "<mc:Fallback><w:pict><v:shape><v:textbox>\(content)</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    #expect(try lines(p(runs: r("前"), box, r("后"))) == ["前后", "框里", "两段"])
    let old =
      "<w:r><mc:AlternateContent><mc:Choice Requires=\"x\"/><mc:Fallback><w:pict><v:textbox>\(content)</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    #expect(try lines(p(runs: old)) == ["框里", "两段"])
  }

  @Test func wordsDrawnAsShapesAndDiagramsAreRead() throws {
    #expect(try lines(p(runs: "<w:r><w:pict><v:shape><v:textpath string=\"红头\"/></v:shape></w:pict></w:r>")) == ["红头"])
    var fixture = WordFixture(p(runs: r("图"), "<w:r><w:drawing><dgm:relIds r:dm=\"rD\"/></w:drawing></w:r>"))
    fixture.relationships = [("rD", "diagramData", "diagrams/data1.xml")]
    fixture.more = [
      (
        "word/diagrams/data1.xml",
        "<dgm:dataModel xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><dgm:pt><dgm:t><a:p><a:r><a:t>组长</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
      )
    ]
    #expect(try fixture.lines() == ["图", "组长"])
  }

  @Test func controlsLinksAndTagsAreLookedThrough() throws {
    let text = p(
      runs: "<w:sdt><w:sdtPr/><w:sdtContent>\(r("甲"))</w:sdtContent></w:sdt>", "<w:hyperlink>\(r("乙"))</w:hyperlink>",
      "<w:smartTag><w:smartTag>\(r("丙"))</w:smartTag></w:smartTag>", "<w:customXml>\(r("丁"))</w:customXml>",
      "<w:bdo w:val=\"ltr\">\(r("戊"))</w:bdo>")
    #expect(try lines("<w:sdt><w:sdtContent><w:customXml>\(text)</w:customXml></w:sdtContent></w:sdt>") == ["甲乙丙丁戊"])
  }

  @Test func formulasAreOneLine() throws {
    func m(_ text: String) -> String { "<m:r><m:t>\(text)</m:t></m:r>" }
    let formula =
      "<m:oMath>\(m("A="))<m:f><m:num>\(m("1"))</m:num><m:den>\(m("2"))</m:den></m:f><m:d><m:e>\(m("b"))</m:e></m:d><m:rad><m:e>\(m("3"))</m:e></m:rad></m:oMath>"
    #expect(try lines("<w:p>\(r("按"))\(formula)</w:p>") == ["按A=1/2(b)√3"])
  }

  @Test func readingAidsFollowTheirCharacter() throws {
    #expect(
      try lines(p(runs: "<w:r><w:ruby><w:rt>\(r("zhǔn"))</w:rt><w:rubyBase>\(r("准"))</w:rubyBase></w:ruby></w:r>", r("绳"))) == [
        "准（zhǔn）绳"
      ])
  }

  // MARK: Left out

  @Test func deletedTextIsLeftOutAndInsertedTextKept() throws {
    let fixture = WordFixture(
      p(
        runs: r("甲"), "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "<w:ins>\(r("增"))</w:ins>",
        "<w:moveFrom>\(r("移"))</w:moveFrom>",
        "<w:moveTo>\(r("到"))</w:moveTo>"))
    #expect(try fixture.lines() == ["甲增到"])
    #expect(try fixture.read().diagnostics.map(\.rule) == ["text.tracked"])
  }

  @Test func aParagraphWhoseMarkIsDeletedGoesOnInTheNextOne() throws {
    #expect(try lines(p("甲", "<w:rPr><w:del w:id=\"1\"/></w:rPr>") + p("乙")) == ["甲乙"])
    #expect(try lines(p("甲", "<w:rPr><w:del w:id=\"1\"/></w:rPr>")) == ["甲"])
  }

  @Test func hiddenTextIsLeftOutAndReported() throws {
    var fixture = WordFixture(
      p(runs: r("甲"), r("藏", "<w:vanish/>"), r("乙", "<w:vanish w:val=\"0\"/>"), r("隐", "<w:rStyle w:val=\"h\"/>"))
        + styled("全藏", "v"))
    fixture.styles =
      "<w:style w:type=\"character\" w:styleId=\"h\"><w:name w:val=\"h\"/><w:rPr><w:vanish/></w:rPr></w:style>"
      + style("v", "v", "<w:rPr><w:vanish/></w:rPr>")
    #expect(try fixture.lines() == ["甲乙"])
    #expect(try fixture.read().diagnostics.map(\.message) == ["3 处隐藏文字没有读"])
  }

  @Test func picturesAreReportedOnce() throws {
    let picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    let document = try WordFixture(p(runs: r("甲"), picture, picture) + p(runs: "<w:r><w:commentReference w:id=\"1\"/></w:r>"))
      .read()
    #expect(document.paragraphs.map(\.text) == ["甲"])
    #expect(document.diagnostics.map(\.rule) == ["text.picture", "text.comment"])
    #expect(document.diagnostics[0].message == "2 张图片或者图表没有读")
  }

  @Test func headersAndFootersAreFurniture() throws {
    var fixture = WordFixture(p("正文") + "<w:sectPr><w:headerReference w:type=\"default\"/></w:sectPr>")
    fixture.relationships = [("rH", "header", "header1.xml")]
    fixture.more = [("word/header1.xml", fixture.part("hdr", p("页眉")))]
    #expect(try fixture.lines() == ["正文"])
  }

  // MARK: The package

  @Test func bothEditionsOfTheStandardAreRead() throws {
    var fixture = WordFixture(styled("甲", "1") + p("乙"))
    fixture.styles = style("1", "heading 1")
    fixture.isStrict = true
    #expect(try fixture.lines() == ["1 甲", "乙"])
  }

  @Test func theMainPartIsFoundByItsRelationship() throws {
    var fixture = WordFixture(styled("甲", "1"))
    fixture.styles = style("1", "heading 1")
    fixture.main = "文件/正文2.xml"
    #expect(try fixture.lines() == ["1 甲"])
  }

  @Test func aDocumentBecomesTheStructureOfAStatute() throws {
    let numbering =
      list(level(0, "chineseCounting", "第%1条"), level(1, "chineseCounting", "（%2）", "<w:suff w:val=\"nothing\"/>")) + num(1)
    var fixture = WordFixture(
      p("某市巡查规定", centred) + p("（2026年1月1日某局公布）", centred) + item("巡查每周一次。") + item("巡查包括下列内容：") + item("护栏；", 1)
        + item("脚手架。", 1))
    fixture.numbering = numbering
    let text = StructureParser.parse(try fixture.read())
    #expect(text.title == "某市巡查规定")
    #expect(text.articles.map(\.number) == ["第一条", "第二条"])
    #expect(text.piece(at: "art_2__para_1__point_2")?.text == "脚手架。")
  }
}

/// Reports in Word, read for findings.
@Suite struct WordReportTests {
  @Test func findingsAreReadWithTheirParagraphs() throws {
    let row = { (cells: [String]) in "<w:tr>" + cells.map { "<w:tc>\($0)</w:tc>" }.joined() + "</w:tr>" }
    let document = try WordFixture(
      p("安全检查整改通知书", centred) + p("检查时间：2026年11月20日") + p("三层临边未设防护栏杆。两名工人未戴安全帽。")
        + p("整改要求", "<w:outlineLvl w:val=\"0\"/>") + p("立即停止作业。")
        + "<w:tbl>\(row([p("序号"), p("存在问题"), p("部位")]))\(row([p("1"), p("配电箱未上锁") + p("电线拖地"), p("一层")]))</w:tbl>"
    ).read()
    let reading = ReportReading(document, on: nil, otherwise: "2000-01-01")
    #expect(reading.unit == .paragraph)
    #expect(reading.header.date == "2026-11-20")
    #expect(reading.findings.prefix(2).map(\.text) == ["三层临边未设防护栏杆。", "两名工人未戴安全帽。"])
    #expect(reading.findings.prefix(2).map(\.place?.line) == [3, 3])
    #expect(reading.leftOut.map(\.reason) == [.heading, .label, .heading, .section, .tableHead, .section])
  }

  @Test func aFieldOfAFormIsReadLineByLine() throws {
    let row = { (cells: [String]) in "<w:tr>" + cells.map { "<w:tc>\($0)</w:tc>" }.joined() + "</w:tr>" }
    let document = try WordFixture(
      "<w:tbl>" + row([p("检查地点"), p("某社区某号"), p("施工单位"), p("某装饰公司")])
        + row([p("检查情况"), p("1. 三层临边未设护栏") + p("2. 配电箱未上锁")]) + row([p("处理意见"), p("限期整改。") + p("复查。")])
        + row([p("其他问题"), p("脚手架无验收牌。")]) + "</w:tbl>"
    ).read()
    let reading = ReportReading(document, on: "2026-11-20", otherwise: "2026-11-20")
    #expect(reading.header.place == "某社区某号")
    #expect(reading.findings.map(\.text).prefix(2) == ["三层临边未设护栏", "配电箱未上锁"])
    #expect(reading.findings.prefix(2).allSatisfy { $0.place == Finding.Place(line: 2, section: "检查情况") })
    #expect(reading.findings.count == 3)
  }
}
