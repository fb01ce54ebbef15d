/// The vocabulary: local names of the elements and attributes of a Word file that a reader looks at, and of the packaging
/// around it. An element outside of it is looked through; the root of each part is in it, to hold what is inside.
enum WordName: String, CaseIterable {
  // Packaging
  case Types, Override, PartName, ContentType
  case Relationships, Relationship, Id, Target, TargetMode
  case relationshipType = "Type"

  // Stories and blocks
  case document, body, footnotes, footnote, endnotes, endnote
  case p, pPr, tbl, tr, trPr, tc, tcPr, sdt, sdtPr, sdtContent, docPartObj, docPartGallery, customXml, altChunk
  case gridSpan, vMerge, hMerge, gridBefore, cellDel, txbxContent
  case AlternateContent, Choice, Fallback

  // Properties
  case pStyle, rStyle, jc, outlineLvl, numPr, numId, ilvl, tabs, leader, sz, vanish, vertAlign, rFonts, ascii, hAnsi

  // Inline
  case r, rPr, t, tab, ptab, br, cr, noBreakHyphen, sym, char, font, instrText, fldChar, fldCharType, fldSimple, fld
  case instr, ffData, checkBox, checked, ddList, result, listEntry
  case footnoteReference, endnoteReference, footnoteRef, endnoteRef, commentReference
  case hyperlink, smartTag, ins, del, moveFrom, moveTo, dir, bdo, ruby, rt, rubyBase
  case drawing, pict, object, blip, imagedata, textpath, string, chart, relIds, dm
  case oMath, oMathPara, den, d, dPr, begChr, endChr, rad, sSup, sSub, sSubSup, nary, naryPr, chr, sup, sub

  // Styles and numbering
  case styles, docDefaults, rPrDefault, pPrDefault, style, styleId, basedOn, name, type, numbering, abstractNum
  case abstractNumId, numStyleLink, lvl, lvlOverride, startOverride, start, numFmt, lvlText, lvlRestart, isLgl
  case suff, format, num

  // Attributes
  case val, id, space
  case isDefault = "default"

  static let all = Array(allCases)

  /// The namespaces these names are known in: WordprocessingML and the packaging in both editions of the standard, and
  /// the drawings and formulas that stand in a text. DrawingML calls paragraphs, runs and texts what Word calls them.
  static let namespaces = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math",
    "http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/chart", "http://purl.oclc.org/ooxml/drawingml/chart",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram", "http://purl.oclc.org/ooxml/drawingml/diagram",
    "urn:schemas-microsoft-com:vml",
    "http://schemas.openxmlformats.org/package/2006/content-types",
    "http://schemas.openxmlformats.org/package/2006/relationships",
  ]
}
