internal import Enforcement
internal import EnforcementXML

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Text that came from outside: read with a limit, and refused with a place when it is not UTF-8.
enum InputText {
  static let limit = 64 << 20
  /// No sentence is a megabyte long: a line that is was not written by a person.
  static let lineLimit = 1 << 20

  /// - Parameter isPath: the name is a file, or `-` for standard input; otherwise it is the text itself.
  static func read(_ name: String, isPath: Bool) throws -> String {
    guard isPath else { return name }
    let place = name == "-" ? "标准输入" : name
    let bytes = try RulebookFolder.read(name == "-" ? "/dev/stdin" : name, limit: limit)
    if isWord(bytes, place) {
      throw RulebookError(.invalidData, "\(place)：这是 Word 或者 PDF 文件，这里只收纯文本；整份报告请用 --file 文件.docx")
    }
    return try decode(bytes, place)
  }

  /// Whether a file is for the reader of Word files: by its name, or by its first bytes whatever its name. What only bears
  /// the name, and a PDF, is refused there with the right words.
  static func isWord(_ bytes: [UInt8], _ path: String) -> Bool {
    let name = path.lowercased()
    return [".docx", ".docm", ".doc"].contains(where: name.hasSuffix) || bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
      || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) || bytes.starts(with: Array("%PDF-".utf8))
  }

  static func word(_ bytes: [UInt8], _ path: String) throws -> TextDocument {
    try Services.readWord(bytes, path)
  }

  /// Whether a text is a page of the web.
  static func isPage(_ content: String) -> Bool {
    guard content.utf8.prefix(400).contains(UInt8(ascii: "<")) else { return false }
    let head = content.prefix(400).lowercased()
    return head.contains("<html") || head.contains("<!doctype") || head.contains("<body")
  }

  static func decode(_ bytes: [UInt8], _ place: String) throws -> String {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw RulebookError(.invalidData, "\(place)：这是 UTF-16 编码，请另存为 UTF-8 再试")
    }
    try checkLines(bytes, place)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let line = 1 + bytes[..<invalidOffset(bytes)].count { $0 == UInt8(ascii: "\n") }
      throw RulebookError(.invalidData, "\(place)：第 \(line) 行不是 UTF-8 文字（可能是 GBK 编码），请另存为 UTF-8 再试")
    }
    if text.allSatisfy(\.isWhitespace) { throw empty(place) }
    return text
  }

  private static func checkLines(_ bytes: ArraySlice<UInt8>, _ place: String) throws {
    try bytes.withUnsafeBytes { buffer in
      var line = 1
      var start = 0
      while start < buffer.count {
        let end =
          memchr(buffer.baseAddress! + start, 0x0A, buffer.count - start).map {
            $0 - UnsafeMutableRawPointer(mutating: buffer.baseAddress!)
          } ?? buffer.count
        if end - start > lineLimit {
          throw RulebookError(
            .invalidData,
            "\(place)：第 \(line) 行有 \(end - start) 字节，超过一行的上限 \(lineLimit) 字节，没有读取；请确认给对了文件，或者把这一行分开")
        }
        start = end + 1
        line += 1
      }
    }
  }

  static func empty(_ place: String) -> RulebookError {
    RulebookError(.invalidData, "\(place)：是空的，没有可查的内容")
  }

  /// Where the first byte stands that no UTF-8 text can have there.
  private static func invalidOffset(_ bytes: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = bytes.startIndex
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput, .error: return min(offset, bytes.endIndex)
      }
    }
  }
}
