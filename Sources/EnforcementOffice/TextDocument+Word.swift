public import Enforcement

extension TextDocument {
  /// Reads a Word file (.docx, both editions of the standard).
  ///
  ///     let document = try TextDocument(word: bytes, file: "report.docx")
  ///
  /// What an officer sees in Word is what comes: automatic numbers are written out, a line broken inside a paragraph is a
  /// paragraph, a row of a table is a row, notes and text boxes follow the paragraph they belong to, deleted text is left
  /// out and inserted text kept. Headers, footers, page numbers and the codes of fields are furniture and are taken away;
  /// hidden text, pictures and comments are left out and said so in `diagnostics`.
  ///
  /// `Paragraph.line` is the running number of the paragraph in the document, from 1; empty ones are not counted, a row of a
  /// table counts as one, and `unit` is `.paragraph`. A cell of several paragraphs keeps them apart by a line break, and an
  /// empty cell stands for what is merged away, so that columns stay in line.
  ///
  /// - Parameter file: how messages call it.
  /// - Throws: `OfficeError` for what is not such a file, needs a password, is damaged or beyond a limit. A document
  ///   without text is *not* an error: it has no paragraphs.
  public init(word bytes: [UInt8], file: String) throws(OfficeError) {
    let package = try WordPackage(bytes, file: file)
    var reader = try WordReader(package)
    let blocks = try reader.read(package)
    self.init(unit: .paragraph)
    diagnostics = reader.notices.diagnostics(file: file)
    for block in WordTitle.settled(blocks) {
      paragraphs.append(Paragraph(block.text, role: block.role, line: paragraphs.count + 1))
    }
  }
}
