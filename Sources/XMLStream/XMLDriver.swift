internal import CLibXML2

/// Interned names: libxml2 keeps one pointer for each name in its dictionary, so a name is found by its address.
final class XMLNameTable {
  private var pointers: [UnsafePointer<xmlChar>?]
  private var numbers: [Int]
  private let mask: Int
  private let namespaces: [UnsafePointer<xmlChar>?]

  init(_ names: [String], namespaces: [String], dictionary: xmlDictPtr) {
    var size = 16
    while size < names.count * 4 { size *= 2 }
    mask = size - 1
    pointers = Array(repeating: nil, count: size)
    numbers = Array(repeating: 0, count: size)
    self.namespaces = namespaces.map { uri in uri.isEmpty ? nil : xmlDictLookup(dictionary, uri, -1) }
    for (number, name) in names.enumerated() {
      let pointer = xmlDictLookup(dictionary, name, -1)!
      var index = Self.hash(pointer) & mask
      while pointers[index] != nil { index = (index + 1) & mask }
      pointers[index] = pointer
      numbers[index] = number
    }
  }

  private static func hash(_ pointer: UnsafePointer<xmlChar>) -> Int {
    let bits = UInt(bitPattern: pointer)
    return Int(truncatingIfNeeded: (bits >> 3) ^ (bits >> 12))
  }

  func number(_ pointer: UnsafePointer<xmlChar>) -> Int? {
    var index = Self.hash(pointer) & mask
    while let candidate = pointers[index] {
      if candidate == pointer { return numbers[index] }
      index = (index + 1) & mask
    }
    return nil
  }

  func knows(_ uri: UnsafePointer<xmlChar>?) -> Bool {
    for namespace in namespaces where namespace == uri { return true }
    return false
  }
}

/// Turns SAX2 events into calls on a handler. One per document.
final class XMLDriver {
  private let handler: any XMLHandler
  private let names: XMLNameTable
  private let keepsWhiteSpace: Bool
  private let seesThrough: Bool
  private let context: xmlParserCtxtPtr
  /// It holds this driver, so it outlives it. Weak would make every event pay for a side table.
  private unowned let session: XMLSession
  /// Open elements; nil for one the handler does not know.
  private var open: [XMLTag?] = []
  /// Character data of the open elements, one after another; `starts` says where each one's begins.
  private var text: [UInt8] = []
  private var starts: [Int] = []

  init(
    _ handler: any XMLHandler, names: XMLNameTable, keepsWhiteSpace: Bool, seesThrough: Bool, context: xmlParserCtxtPtr,
    session: XMLSession
  ) {
    self.session = session
    self.handler = handler
    self.names = names
    self.keepsWhiteSpace = keepsWhiteSpace
    self.seesThrough = seesThrough
    self.context = context
  }

  func startElement(
    _ name: UnsafePointer<xmlChar>, uri: UnsafePointer<xmlChar>?, attributeCount: Int,
    attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    starts.append(text.count)
    if starts.count > XMLLimits.maximumDepth { return tooDeep() }
    let line = Int(xmlSAX2GetLineNumber(context))
    let column = Int(context.pointee.input.pointee.col)
    guard names.knows(uri), let known = names.number(name) else {
      open.append(nil)
      handler.unknown(String(cString: name), line: line, column: column)
      return
    }
    var values: [XMLTag.Attribute] = []
    var unknown: [String] = []
    if attributeCount > 0, let attributes {
      values.reserveCapacity(attributeCount)
      for index in 0..<attributeCount {
        // local name, prefix, URI, start of value, end of value
        let entry = attributes + index * 5
        if let attribute = names.number(entry[0]!) {
          let bytes = UnsafeBufferPointer(start: entry[3]!, count: entry[4]! - entry[3]!)
          values.append(XMLTag.Attribute(name: attribute, value: Self.value(bytes)))
        } else {
          unknown.append(String(cString: entry[0]!))
        }
      }
    }
    let tag = XMLTag(name: known, line: line, column: column, attributes: values, unknownAttributes: unknown)
    open.append(tag)
    handler.start(tag)
  }

  /// libxml2 limits the depth only where it builds a tree.
  private func tooDeep() {
    open.append(nil)
    session.report(
      .malformed, line: Int(xmlSAX2GetLineNumber(context)), column: 0,
      message: "元素嵌套超过 \(XMLLimits.maximumDepth) 层，没有读取")
    xmlStopParser(context)
  }

  /// libxml2 hands an ampersand in an attribute over as `&#38;` when entities are not replaced, and nothing else so.
  private static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    let escaped = Array("&#38;".utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let isEscape = bytes[index] == escaped[0] && bytes[index...].starts(with: escaped)
      decoded.append(bytes[index])
      index += isEscape ? escaped.count : 1
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  func endElement() {
    let start = starts.removeLast()
    guard let tag = open.removeLast() else {
      if !seesThrough { text.removeSubrange(start...) }
      return
    }
    defer { text.removeSubrange(start...) }
    var from = start
    var to = text.count
    if !keepsWhiteSpace {
      while from < to, text[from] <= 0x20 { from += 1 }
      while to > from, text[to - 1] <= 0x20 { to -= 1 }
    }
    handler.end(tag, text: from < to ? String(decoding: text[from..<to], as: UTF8.self) : "")
  }

  /// libxml2 limits a text only where it builds a tree.
  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
    if text.count - (starts.last ?? 0) + bytes.count > XMLLimits.maximumText {
      session.report(
        .tooLarge, line: Int(xmlSAX2GetLineNumber(context)), column: 0,
        message: "一个元素里的文字超过 \(XMLLimits.maximumText) 字节，没有读取")
      xmlStopParser(context)
      return
    }
    text.append(contentsOf: bytes)
  }
}
