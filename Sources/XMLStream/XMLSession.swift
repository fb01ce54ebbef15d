internal import CLibXML2

/// What libxml2's C callbacks talk to: one document being read. Lives only in this target.
final class XMLSession {
  private(set) var error: (code: XMLError.Code, line: Int, column: Int, message: String)?
  private(set) var driver: XMLDriver?

  func begin(_ driver: XMLDriver) {
    error = nil
    self.driver = driver
  }

  func end() { driver = nil }

  /// Keeps the first error: what follows it is usually its consequence.
  func report(_ code: XMLError.Code, line: Int, column: Int, message: String) {
    if error == nil { error = (code, line, column, message) }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> (XMLSession, xmlParserCtxtPtr)? {
    guard let context else { return nil }
    let parser = context.assumingMemoryBound(to: xmlParserCtxt.self)
    guard let pointer = parser.pointee._private else { return nil }
    return (Unmanaged<XMLSession>.fromOpaque(pointer).takeUnretainedValue(), parser)
  }

  static func install(on context: xmlParserCtxtPtr) {
    let sax = context.pointee.sax!
    sax.pointee.initialized = UInt32(XML_SAX2_MAGIC)
    sax.pointee.startDocument = nil
    sax.pointee.endDocument = nil
    sax.pointee.startElement = nil
    sax.pointee.endElement = nil
    sax.pointee.comment = nil
    sax.pointee.processingInstruction = nil
    sax.pointee.reference = nil
    sax.pointee.ignorableWhitespace = nil
    sax.pointee.getEntity = nil
    sax.pointee.resolveEntity = nil
    sax.pointee.warning = nil
    sax.pointee.error = nil
    sax.pointee.fatalError = nil
    sax.pointee.startElementNs = { context, name, _, uri, _, _, count, _, attributes in
      guard let (session, _) = XMLSession.of(context), let name else { return }
      session.driver?.startElement(name, uri: uri, attributeCount: Int(count), attributes: attributes)
    }
    sax.pointee.endElementNs = { context, _, _, _ in
      guard let (session, _) = XMLSession.of(context) else { return }
      session.driver?.endElement()
    }
    sax.pointee.characters = { context, bytes, length in
      guard let (session, _) = XMLSession.of(context) else { return }
      session.driver?.characters(UnsafeBufferPointer(start: bytes, count: Int(length)))
    }
    sax.pointee.cdataBlock = sax.pointee.characters
    sax.pointee.internalSubset = { context, _, _, _ in
      guard let (session, parser) = XMLSession.of(context) else { return }
      session.report(
        .documentType, line: Int(xmlSAX2GetLineNumber(context)), column: Int(xmlSAX2GetColumnNumber(context)),
        message: "含有 DOCTYPE 声明，一律拒收（实体炸弹和外部实体都藏在这里）；请删去 <!DOCTYPE …>")
      xmlStopParser(parser)
    }
    sax.pointee.serror = { data, error in
      guard let error, let context = error.pointee.ctxt, let (session, _) = XMLSession.of(context) else { return }
      // A warning, and a namespace oddity, do not stop reading.
      guard error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
      let encoding =
        error.pointee.code == Int32(XML_ERR_INVALID_ENCODING.rawValue)
        || error.pointee.code == Int32(XML_ERR_INVALID_CHAR.rawValue)
        || error.pointee.domain == Int32(XML_FROM_I18N.rawValue)
        || error.pointee.code == Int32(XML_ERR_UNSUPPORTED_ENCODING.rawValue)
      let text = error.pointee.message.map { String(cString: $0) } ?? ""
      let line = text.split(separator: "\n").first.map(String.init) ?? text
      session.report(
        encoding ? .encoding : .malformed, line: Int(error.pointee.line), column: Int(error.pointee.int2),
        message: encoding
          ? "编码不对，规则文件只收 UTF-8（\(line)）；若是 GBK 文件请先转成 UTF-8" : "XML 格式不对：\(line)")
    }
  }
}
