internal import XMLStream

/// The vocabulary of a kind of document: an enum whose raw values are local names of elements and attributes.
protocol XMLName: RawRepresentable, CaseIterable, Equatable where RawValue == String {}

/// A reader is a value that takes each element of a kind of document when it starts and when it ends.
///
/// The parser deals in numbers and the readers in names; both live in this module so that the compiler can make one
/// piece of them.
protocol XMLContentReader {
  associatedtype Name: XMLName
  mutating func start(_ element: XMLElement<Name>)
  /// - Parameter text: the character data directly inside the element, white space at both ends removed.
  mutating func end(_ element: XMLElement<Name>, text: String)
  mutating func unknown(_ name: String, line: Int, column: Int)
}

extension XMLContentReader {
  mutating func start(_ element: XMLElement<Name>) {}
}

struct XMLElement<Name: XMLName> {
  let name: Name
  private let tag: XMLTag
  private let names: [Name]

  init(_ tag: XMLTag, _ names: [Name]) {
    self.tag = tag
    self.names = names
    name = names[tag.name]
  }

  var line: Int { tag.line }
  var column: Int { tag.column }
  var unknownAttributes: [String] { tag.unknownAttributes }

  subscript(_ name: Name) -> String? {
    for attribute in tag.attributes where names[attribute.name] == name { return attribute.value }
    return nil
  }
}

/// A parser for one kind of document; used again from file to file.
final class DocumentParser<Reader: XMLContentReader> {
  private let parser: XMLParser

  init(namespaces: [String], seesThroughUnknown: Bool = false) {
    parser = XMLParser(
      names: Reader.Name.allCases.map(\.rawValue), namespaces: namespaces, seesThroughUnknown: seesThroughUnknown)
  }

  /// Reads the document and gives the reader back as it stands at the end.
  func parse(_ bytes: borrowing [UInt8], file: String, into reader: Reader) throws(XMLError) -> Reader {
    let handler = Handler(reader)
    try parser.parse(bytes, file: file, handler: handler)
    return handler.reader
  }

  private final class Handler: XMLHandler {
    var reader: Reader
    private let names = Array(Reader.Name.allCases)

    init(_ reader: Reader) { self.reader = reader }

    func start(_ tag: XMLTag) { reader.start(XMLElement(tag, names)) }
    func end(_ tag: XMLTag, text: String) { reader.end(XMLElement(tag, names), text: text) }
    func unknown(_ name: String, line: Int, column: Int) { reader.unknown(name, line: line, column: column) }
  }
}
