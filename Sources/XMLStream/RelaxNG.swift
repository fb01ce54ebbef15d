internal import CLibXML2

/// A RELAX NG schema (XML syntax), ready to judge documents. Builds a tree of each document: for `check`, not for loading.
public final class RelaxNG {
  private let schema: xmlRelaxNGPtr

  /// Throws `XMLError` with code `.schema` when the schema itself is wrong.
  public init(_ bytes: [UInt8], file: String) throws(XMLError) {
    let sink = RelaxNGSink()
    let parsed: xmlRelaxNGPtr? = bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        guard let context = xmlRelaxNGNewMemParserCtxt(characters.baseAddress, Int32(characters.count)) else {
          return nil
        }
        defer { xmlRelaxNGFreeParserCtxt(context) }
        xmlRelaxNGSetParserStructuredErrors(
          context, RelaxNGSink.receive, Unmanaged.passUnretained(sink).toOpaque())
        return xmlRelaxNGParse(context)
      }
    }
    guard let parsed else {
      let first = sink.errors.first
      throw XMLError(.schema, file: file, line: first?.line ?? 0, message: first?.message ?? "模式文件不能用")
    }
    schema = parsed
  }

  deinit { xmlRelaxNGFree(schema) }

  /// What the schema has against the document; empty when it is valid. Lines are exact, columns are not known.
  ///
  /// Throws when the document is not well-formed XML, or has a DOCTYPE.
  public func validate(_ bytes: [UInt8], file: String) throws(XMLError) -> [XMLError] {
    // The SAX reader has the limits and the refusal of DOCTYPE; only what it lets through becomes a tree.
    try XMLParser(names: [], namespaces: []).parse(bytes, file: file, handler: NothingHandler())
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_NOCDATA.rawValue
      | XML_PARSE_BIG_LINES.rawValue
    let sink = RelaxNGSink()
    bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        guard
          let document = xmlReadMemory(characters.baseAddress, Int32(characters.count), file, nil, Int32(options))
        else { return }
        defer { xmlFreeDoc(document) }
        guard let context = xmlRelaxNGNewValidCtxt(schema) else { return }
        defer { xmlRelaxNGFreeValidCtxt(context) }
        xmlRelaxNGSetValidStructuredErrors(
          context, RelaxNGSink.receive, Unmanaged.passUnretained(sink).toOpaque())
        _ = xmlRelaxNGValidateDoc(context, document)
      }
    }
    return sink.errors.map { XMLError(.malformed, file: file, line: $0.line, message: $0.message) }
  }
}

private final class RelaxNGSink {
  var errors: [(line: Int, message: String)] = []

  static let receive: @convention(c) (UnsafeMutableRawPointer?, xmlErrorPtr?) -> Void = { data, error in
    guard let data, let error else { return }
    let sink = Unmanaged<RelaxNGSink>.fromOpaque(data).takeUnretainedValue()
    let message = error.pointee.message.map { String(cString: $0) } ?? ""
    var line = Int(error.pointee.line)
    if let node = error.pointee.node {
      line = Int(xmlGetLineNo(node.assumingMemoryBound(to: xmlNode.self)))
    }
    sink.errors.append((line, message.split(separator: "\n").first.map(String.init) ?? message))
  }
}

private final class NothingHandler: XMLHandler {}
