/// Writes XML: indented, UTF-8, attributes in the order given. Text is escaped; nothing else is interpreted.
public struct XMLWriter: Sendable {
  public private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0

  public init() {}

  /// An element without content.
  public mutating func element(_ name: String, _ attributes: [(String, String?)] = []) {
    open(name, attributes)
    text += "/>\n"
  }

  public mutating func element(
    _ name: String, _ attributes: [(String, String?)] = [], content: (inout XMLWriter) -> Void
  ) {
    open(name, attributes)
    text += ">\n"
    depth += 1
    content(&self)
    depth -= 1
    indent()
    text += "</\(name)>\n"
  }

  /// An element with nothing but text.
  public mutating func element(_ name: String, _ attributes: [(String, String?)] = [], text content: String) {
    open(name, attributes)
    text += ">\(Self.escaped(content, quotes: false))</\(name)>\n"
  }

  private mutating func open(_ name: String, _ attributes: [(String, String?)]) {
    indent()
    text += "<\(name)"
    for case (let key, let value?) in attributes { text += " \(key)=\"\(Self.escaped(value, quotes: true))\"" }
  }

  private mutating func indent() { text += String(repeating: "  ", count: depth) }

  static func escaped(_ value: String, quotes: Bool) -> String {
    // Most text has nothing to escape.
    let needs = value.utf8.contains { byte in
      byte == 0x26 || byte == 0x3C || byte == 0x3E || (quotes && (byte == 0x22 || byte == 0x0A)) || byte < 0x09
    }
    guard needs else { return value }
    var result = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where quotes: result += "&quot;"
      case "\n" where quotes: result += "&#10;"
      // What no XML may hold.
      case _ where scalar.value < 0x20 && scalar != "\t" && scalar != "\n" && scalar != "\r": continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
