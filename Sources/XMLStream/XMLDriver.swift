internal import CLibXML2

/// Interned names: libxml2 keeps one pointer for each name in its dictionary, so a name is found by its address.
final class XMLNameTable<Name: XMLName> {
  private var slots: [(pointer: UnsafePointer<xmlChar>?, name: Name?)]
  private let mask: Int
  private var namespaces: [UnsafePointer<xmlChar>?]

  init(dictionary: xmlDictPtr, namespaces: [String]) {
    let all = Array(Name.allCases)
    var size = 16
    while size < all.count * 4 { size *= 2 }
    mask = size - 1
    slots = Array(repeating: (nil, nil), count: size)
    self.namespaces = namespaces.map { uri in uri.isEmpty ? nil : xmlDictLookup(dictionary, uri, -1) }
    for name in all {
      let pointer = xmlDictLookup(dictionary, name.rawValue, -1)!
      var index = Self.hash(pointer) & mask
      while slots[index].pointer != nil { index = (index + 1) & mask }
      slots[index] = (pointer, name)
    }
  }

  private static func hash(_ pointer: UnsafePointer<xmlChar>) -> Int {
    let bits = UInt(bitPattern: pointer)
    return Int(truncatingIfNeeded: (bits >> 3) ^ (bits >> 12))
  }

  func name(_ pointer: UnsafePointer<xmlChar>) -> Name? {
    var index = Self.hash(pointer) & mask
    while let candidate = slots[index].pointer {
      if candidate == pointer { return slots[index].name }
      index = (index + 1) & mask
    }
    return nil
  }

  func knows(_ uri: UnsafePointer<xmlChar>?) -> Bool { namespaces.contains(uri) }
}

/// Turns SAX2 events into calls on a reader. One per document.
final class XMLDriver<Reader: XMLContentReader>: XMLDriverBase {
  private var reader: Reader
  private let names: XMLNameTable<Reader.Name>
  private let context: xmlParserCtxtPtr
  private let limits: XMLLimits
  /// Open elements; nil for one the reader does not know.
  private var open: [XMLElement<Reader.Name>?] = []
  /// Character data of the open elements, one after another; `starts` says where each one's begins.
  private var text: [UInt8] = []
  private var starts: [Int] = []

  init(reader: consuming Reader, names: XMLNameTable<Reader.Name>, limits: XMLLimits, context: xmlParserCtxtPtr) {
    self.reader = reader
    self.names = names
    self.limits = limits
    self.context = context
  }

  func takeReader() -> Reader { reader }

  override func startElement(
    _ name: UnsafePointer<xmlChar>, uri: UnsafePointer<xmlChar>?, attributeCount: Int,
    attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    starts.append(text.count)
    let line = Int(xmlSAX2GetLineNumber(context))
    let column = Int(context.pointee.input.pointee.col)
    guard names.knows(uri), let known = names.name(name) else {
      open.append(nil)
      reader.unknown(String(cString: name), line: line, column: column)
      return
    }
    var values: [(name: Reader.Name, value: String)] = []
    var unknown: [String] = []
    if attributeCount > 0, let attributes {
      values.reserveCapacity(attributeCount)
      for index in 0..<attributeCount {
        // local name, prefix, URI, start of value, end of value
        let entry = attributes + index * 5
        let value = String(
          decoding: UnsafeBufferPointer(start: entry[3]!, count: entry[4]! - entry[3]!), as: UTF8.self)
        if let attribute = names.name(entry[0]!) {
          values.append((attribute, value))
        } else {
          unknown.append(String(cString: entry[0]!))
        }
      }
    }
    let element = XMLElement(name: known, line: line, column: column, attributes: values, unknownAttributes: unknown)
    open.append(element)
    reader.start(element)
  }

  override func endElement() {
    let start = starts.removeLast()
    guard let element = open.removeLast() else {
      text.removeSubrange(start...)
      return
    }
    var from = start
    var to = text.count
    while from < to, text[from] <= 0x20 { from += 1 }
    while to > from, text[to - 1] <= 0x20 { to -= 1 }
    let content = from < to ? String(decoding: text[from..<to], as: UTF8.self) : ""
    text.removeSubrange(start...)
    reader.end(element, text: content)
  }

  override func characters(_ bytes: UnsafeBufferPointer<UInt8>) { text.append(contentsOf: bytes) }
}
