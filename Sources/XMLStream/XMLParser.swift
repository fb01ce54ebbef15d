internal import CLibXML2

/// Reads XML with libxml2's SAX2 interface: no tree is built. Knows no law.
///
/// The caller says which names it knows, and takes each element when it starts and when it ends; names arrive as their
/// place in that list, so that nothing is compared letter by letter:
///
///     final class Titles: XMLHandler {
///       var titles: [String] = []
///       func end(_ tag: XMLTag, text: String) { if tag.name == 1 { titles.append(text) } }
///     }
///     let handler = Titles()
///     try XMLParser(names: ["book", "title"], namespaces: [""]).parse(bytes, file: "b.xml", handler: handler)
///
/// Untrusted input is the normal case: any DOCTYPE is refused, nothing is fetched, entities are never expanded from
/// outside, depth and size are limited. Input must be UTF-8. A parser may be used again for the next document.
///
/// Errors: `XMLError` for what the parser cannot go on after. An element the caller does not know is *not* an error
/// here: it is handed to `unknown(_:line:column:)`.
public final class XMLParser {
  private let context: xmlParserCtxtPtr
  private let session = XMLSession()
  private let limits: XMLLimits
  private let names: XMLNameTable
  private let keepsWhiteSpace: Bool
  private let seesThroughUnknown: Bool
  private static let chunk = 1 << 20

  /// - Parameters:
  ///   - names: local names of elements and attributes.
  ///   - namespaces: the namespace URIs whose elements are known by local name; `""` is none.
  ///   - keepsWhiteSpace: text is handed over as it stands, for formats where a space at the end of it counts.
  ///   - seesThroughUnknown: the text of an element that is not known is its parent's, where it stands: marks inside a line.
  public init(
    names: [String], namespaces: [String], limits: XMLLimits = XMLLimits(), keepsWhiteSpace: Bool = false,
    seesThroughUnknown: Bool = false
  ) {
    xmlInitParser()
    self.limits = limits
    self.keepsWhiteSpace = keepsWhiteSpace
    self.seesThroughUnknown = seesThroughUnknown
    let context = xmlCreatePushParserCtxt(nil, nil, nil, 0, nil)!
    self.context = context
    self.names = XMLNameTable(names, namespaces: namespaces, dictionary: context.pointee.dict)
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_NOCDATA.rawValue
      | XML_PARSE_BIG_LINES.rawValue
    xmlCtxtUseOptions(context, Int32(options))
    context.pointee._private = Unmanaged.passUnretained(session).toOpaque()
    XMLSession.install(on: context)
  }

  deinit { xmlFreeParserCtxt(context) }

  /// Reads the whole document. What was handed over before an error stays handed over.
  public func parse(_ bytes: borrowing [UInt8], file: String, handler: any XMLHandler) throws(XMLError) {
    if bytes.count > limits.maximumBytes {
      throw XMLError(
        .tooLarge, file: file, message: "文件有 \(bytes.count) 字节，超过上限 \(limits.maximumBytes) 字节，没有读取")
    }
    if bytes.isEmpty { throw XMLError(.malformed, file: file, message: "文件是空的") }
    xmlCtxtResetPush(context, nil, 0, nil, nil)
    session.begin(
      XMLDriver(
        handler, names: names, keepsWhiteSpace: keepsWhiteSpace, seesThrough: seesThroughUnknown, context: context,
        session: session))
    defer { session.end() }
    bytes.withUnsafeBufferPointer { buffer in
      let start = buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      UnsafeBufferPointer(rebasing: buffer[start...]).withMemoryRebound(to: CChar.self) { characters in
        // libxml2 refuses more than 10 MB that it has not yet read, so a large document is handed over bit by bit.
        var offset = 0
        while characters.count - offset > Self.chunk, session.error == nil {
          xmlParseChunk(context, characters.baseAddress! + offset, Int32(Self.chunk), 0)
          offset += Self.chunk
        }
        guard session.error == nil else { return }
        xmlParseChunk(context, characters.baseAddress! + offset, Int32(characters.count - offset), 1)
      }
    }
    if let error = session.error {
      throw XMLError(error.code, file: file, line: error.line, column: error.column, message: error.message)
    }
    if context.pointee.wellFormed == 0 { throw XMLError(.malformed, file: file, message: "不是格式良好的 XML") }
    if let declared = context.pointee.encoding,
      let name = String(validatingCString: UnsafeRawPointer(declared).assumingMemoryBound(to: CChar.self)),
      name.uppercased() != "UTF-8"
    {
      throw XMLError(.encoding, file: file, line: 1, message: "声明的编码是 \(name)，规则文件只收 UTF-8；请另存为 UTF-8")
    }
  }
}

/// Takes what a parser finds. Every method has a default that does nothing.
public protocol XMLHandler: AnyObject {
  func start(_ tag: XMLTag)
  /// - Parameter text: the character data directly inside the element, white space at both ends removed unless the parser
  ///   keeps it.
  func end(_ tag: XMLTag, text: String)
  /// An element outside the vocabulary; its content is still reported.
  func unknown(_ name: String, line: Int, column: Int)
}

extension XMLHandler {
  public func start(_ tag: XMLTag) {}
  public func end(_ tag: XMLTag, text: String) {}
  public func unknown(_ name: String, line: Int, column: Int) {}
}

/// An element as it starts or ends, with its attributes. Names are places in the parser's list.
public struct XMLTag: Sendable {
  public struct Attribute: Sendable {
    public let name: Int
    public let value: String
  }

  public let name: Int
  /// From 1.
  public let line: Int
  public let column: Int
  public let attributes: [Attribute]
  /// Attributes outside the vocabulary.
  public let unknownAttributes: [String]
}

public struct XMLLimits: Sendable {
  public var maximumBytes: Int
  static let maximumDepth = 256
  /// Bytes directly inside one element.
  static let maximumText = 10_000_000

  /// - Parameter maximumBytes: larger input is refused before it is looked at. More than 256 levels of depth, and more
  ///   than 10 MB in one text, are refused always.
  public init(maximumBytes: Int = 64 << 20) { self.maximumBytes = maximumBytes }
}
