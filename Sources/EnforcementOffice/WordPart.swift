internal import XMLStream

/// One part of a package as a tree, in one flat array: what a paragraph means depends on what stands before and inside it.
final class WordPart: XMLHandler {
  fileprivate struct Node {
    let name: WordName
    let attributes: [XMLTag.Attribute]
    var text = ""
    var firstChild = -1
    var lastChild = -1
    var next = -1
  }

  fileprivate var nodes: [Node] = []
  private var open: [Int] = []

  /// - Throws: `XMLError` for what is no XML, has a DOCTYPE or is beyond a limit.
  init(_ bytes: [UInt8], file: String) throws(XMLError) {
    let parser = XMLParser(
      names: WordName.all.map(\.rawValue), namespaces: WordName.namespaces, keepsWhiteSpace: true)
    try parser.parse(bytes, file: file, handler: self)
  }

  /// Nil when the part is of another vocabulary altogether.
  var root: WordElement? { nodes.isEmpty ? nil : WordElement(part: self, index: 0) }

  /// All elements of a name, in the order of the document.
  func elements(_ name: WordName) -> [WordElement] {
    nodes.indices.filter { nodes[$0].name == name }.map { WordElement(part: self, index: $0) }
  }

  func start(_ tag: XMLTag) {
    let index = nodes.count
    nodes.append(Node(name: WordName.all[tag.name], attributes: tag.attributes))
    if let parent = open.last {
      if nodes[parent].lastChild >= 0 {
        nodes[nodes[parent].lastChild].next = index
      } else {
        nodes[parent].firstChild = index
      }
      nodes[parent].lastChild = index
    }
    open.append(index)
  }

  func end(_ tag: XMLTag, text: String) {
    let index = open.removeLast()
    // Between other elements there is only the indentation of the file.
    switch nodes[index].name {
    case .t, .instrText: nodes[index].text = text
    default: break
    }
  }
}

/// An element of a part.
struct WordElement {
  private let part: WordPart
  private let index: Int

  fileprivate init(part: WordPart, index: Int) {
    self.part = part
    self.index = index
  }

  var name: WordName { part.nodes[index].name }
  var text: String { part.nodes[index].text }

  subscript(_ attribute: WordName) -> String? {
    for entry in part.nodes[index].attributes where WordName.all[entry.name] == attribute { return entry.value }
    return nil
  }

  var children: Children { Children(part: part, index: part.nodes[index].firstChild) }

  func first(_ name: WordName) -> WordElement? { children.first { $0.name == name } }

  /// The value of a child that is a property: `<w:jc w:val="center"/>`.
  func value(_ name: WordName) -> String? { first(name)?[.val] }

  func number(_ name: WordName) -> Int? { value(name).flatMap { Int($0) } }

  /// A switch: on when it is there and not said to be off; nil when it is not there.
  func isOn(_ name: WordName) -> Bool? {
    first(name).map { !["0", "false", "off"].contains($0[.val] ?? "1") }
  }

  /// Whether there is such an element anywhere inside.
  func contains(_ isWanted: (WordElement) -> Bool) -> Bool { children.contains { isWanted($0) || $0.contains(isWanted) } }

  func descendants(_ name: WordName) -> [WordElement] {
    children.flatMap { ($0.name == name ? [$0] : []) + $0.descendants(name) }
  }

  struct Children: Sequence, IteratorProtocol {
    fileprivate let part: WordPart
    fileprivate var index: Int

    mutating func next() -> WordElement? {
      guard index >= 0 else { return nil }
      let element = WordElement(part: part, index: index)
      index = part.nodes[index].next
      return element
    }
  }
}
