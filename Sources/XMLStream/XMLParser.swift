internal import CLibXML2

/// Reads XML with libxml2's SAX2 interface: no tree is built. Knows no law.
///
/// A reader is a value that says which names it knows and takes each element when it starts and when it ends:
///
///     struct TitleReader: XMLContentReader {
///       enum Name: String, XMLName { case book, title }
///       var titles: [String] = []
///       mutating func end(_ element: XMLElement<Name>, text: String) {
///         if element.name == .title { titles.append(text) }
///       }
///     }
///     let reader = try XMLParser<TitleReader>(namespaces: [""]).parse(bytes, into: TitleReader())
///
/// Untrusted input is the normal case: any DOCTYPE is refused, nothing is fetched, entities are never expanded from
/// outside, depth and size are limited. Input must be UTF-8.
///
/// Errors: `XMLError` for what the parser cannot go on after. An element the reader does not know is *not* an error
/// here: it is handed to `unknown(_:)`.
public final class XMLParser<Reader: XMLContentReader> {
  private let dictionary: xmlDictPtr
  private var context: xmlParserCtxtPtr
  private let session: XMLSession
  private let limits: XMLLimits
  private let names: XMLNameTable<Reader.Name>

  /// - Parameter namespaces: the namespace URIs whose elements the reader knows by local name; `""` is none.
  public init(namespaces: [String], limits: XMLLimits = XMLLimits()) {
    xmlInitParser()
    self.limits = limits
    let context = xmlCreatePushParserCtxt(nil, nil, nil, 0, nil)!
    self.context = context
    dictionary = context.pointee.dict
    names = XMLNameTable(dictionary: dictionary, namespaces: namespaces)
    session = XMLSession()
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_NOCDATA.rawValue
      | XML_PARSE_BIG_LINES.rawValue
    xmlCtxtUseOptions(context, Int32(options))
    context.pointee._private = Unmanaged.passUnretained(session).toOpaque()
    XMLSession.install(on: context)
  }

  deinit { xmlFreeParserCtxt(context) }

  /// Reads the whole document and gives the reader back as it stands at the end.
  public func parse(_ bytes: borrowing [UInt8], file: String = "", into reader: consuming Reader) throws(XMLError)
    -> Reader
  {
    if bytes.count > limits.maximumBytes {
      throw XMLError(
        .tooLarge, file: file,
        message: "文件有 \(bytes.count) 字节，超过上限 \(limits.maximumBytes) 字节，没有读取")
    }
    if bytes.isEmpty { throw XMLError(.malformed, file: file, message: "文件是空的") }
    xmlCtxtResetPush(context, nil, 0, nil, nil)
    // Reset also forgets our handlers' session pointer only in the SAX block, never `_private`; names stay interned.
    let driver = XMLDriver(reader: reader, names: names, limits: limits, context: context)
    session.begin(driver)
    defer { session.end() }
    bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        // The first four bytes decide the encoding; a second chunk carries the rest.
        _ = xmlParseChunk(context, characters.baseAddress, Int32(characters.count), 1)
      }
    }
    if let error = session.error {
      throw XMLError(error.code, file: file, line: error.line, column: error.column, message: error.message)
    }
    if context.pointee.wellFormed == 0 {
      throw XMLError(.malformed, file: file, line: 0, column: 0, message: "不是格式良好的 XML")
    }
    if let declared = context.pointee.encoding,
      let name = String(validatingCString: UnsafeRawPointer(declared).assumingMemoryBound(to: CChar.self)),
      name.uppercased() != "UTF-8"
    {
      throw XMLError(.encoding, file: file, line: 1, message: "声明的编码是 \(name)，规则文件只收 UTF-8；请另存为 UTF-8")
    }
    return driver.takeReader()
  }
}

/// The vocabulary of a kind of document: an enum whose raw values are local names of elements and attributes.
public protocol XMLName: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {}

/// What a reader of a kind of document is asked for.
public protocol XMLContentReader {
  /// The names of elements and attributes it knows. Raw values are the local names.
  associatedtype Name: XMLName
  mutating func start(_ element: XMLElement<Name>)
  /// - Parameter text: the character data directly inside the element, white space at both ends removed.
  mutating func end(_ element: XMLElement<Name>, text: String)
  /// An element outside the vocabulary; its content is still reported.
  mutating func unknown(_ name: String, line: Int, column: Int)
}

extension XMLContentReader {
  public mutating func start(_ element: XMLElement<Name>) {}
  public mutating func end(_ element: XMLElement<Name>, text: String) {}
  public mutating func unknown(_ name: String, line: Int, column: Int) {}
}

/// An element as it starts or ends, with its attributes.
public struct XMLElement<Name: XMLName> {
  public let name: Name
  /// From 1.
  public let line: Int
  public let column: Int
  public let attributes: [(name: Name, value: String)]
  /// Attributes outside the vocabulary.
  public let unknownAttributes: [String]

  public subscript(_ name: Name) -> String? {
    for attribute in attributes where attribute.name == name { return attribute.value }
    return nil
  }
}

public struct XMLLimits: Sendable {
  public var maximumBytes: Int

  /// - Parameter maximumBytes: larger input is refused before it is looked at. libxml2 itself refuses more than 256
  ///   levels of depth and more than 10 MB in one text.
  public init(maximumBytes: Int = 64 << 20) { self.maximumBytes = maximumBytes }
}
