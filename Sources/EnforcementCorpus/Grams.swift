/// How a text is cut for the index, and folded so that a query and a text can be held against each other.
///
/// - A Chinese character (kana and Hangul likewise) is a token by itself, and together with the one that follows it directly:
///   护栏杆 gives 护, 护栏, 栏, 栏杆, 杆. So a word of one character is found, and one of two without knowing any words.
/// - Latin letters and digits are words as they are written, in lower case and half width: ＧＢ50016 is gb50016.
/// - White space and punctuation of any kind separate: nothing is joined across them, and which of them it is does not matter.
enum Grams {
  enum Class { case gram, word, gap }

  static func classify(_ value: UInt32) -> Class {
    switch value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .word
    case 0..<0x80: .gap
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3005, 0x3007, 0x3041...0x30FA, 0x30FC...0x30FF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0x20000...0x3FFFF:
      .gram
    case 0x3000...0x303F, 0x2000...0x206F, 0xFE00...0xFE6F: .gap
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: .word
    case 0xFF00...0xFFEF: .gap
    default: Unicode.Scalar(value).map { $0.properties.isAlphabetic } == true ? .word : .gap
    }
  }

  /// The scalar that begins at an offset, and its length in bytes; a byte that begins none is taken as a gap of one.
  @inline(__always)
  static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> (value: UInt32, length: Int) {
    let first = bytes[offset]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first < 0xF5, offset + length <= bytes.count else { return (0, 1) }
    var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for index in 1..<length {
      let next = bytes[offset + index]
      guard next & 0xC0 == 0x80 else { return (0, 1) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    return (value, length)
  }

  /// Appends a character of a word as it is compared: half width, lower case.
  @inline(__always)
  static func fold(_ value: UInt32, into result: inout [UInt8]) {
    switch value {
    case 0x41...0x5A: result.append(UInt8(value + 0x20))
    case 0..<0x80: result.append(UInt8(value))
    case 0xFF21...0xFF3A: result.append(UInt8(value - 0xFEC0))
    case 0xFF01...0xFF5E: result.append(UInt8(value - 0xFEE0))
    default:
      if let scalar = Unicode.Scalar(value) { result.append(contentsOf: scalar.properties.lowercaseMapping.utf8) }
    }
  }

  /// Calls `body` with each token: where its bytes are, which bytes of the text it covers, and whether it stands at the place of
  /// the token before it. Ends early when `body` gives anything but 0, which is returned.
  ///
  /// - Parameter isQuery: of a run of characters only the pairs, of a single one itself: what must be found together.
  static func tokens(
    in bytes: UnsafeBufferPointer<UInt8>, isQuery: Bool,
    _ body: (_ token: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ isColocated: Bool) -> Int32
  ) -> Int32 {
    var offset = 0
    var before: Int?
    var isPaired = false
    var word: [UInt8] = []
    func gram(_ range: Range<Int>, _ isColocated: Bool) -> Int32 {
      body(UnsafeBufferPointer(rebasing: bytes[range]), range, isColocated)
    }
    while offset < bytes.count {
      let (value, length) = scalar(bytes, offset)
      let kind = classify(value)
      if kind == .gram {
        if let before {
          let code = gram(before..<(offset + length), !isQuery)
          if code != 0 { return code }
          isPaired = true
        }
        if !isQuery {
          let code = gram(offset..<(offset + length), false)
          if code != 0 { return code }
        }
        before = offset
        offset += length
        continue
      }
      if let start = before, isQuery, !isPaired {
        let code = gram(start..<offset, false)
        if code != 0 { return code }
      }
      before = nil
      isPaired = false
      guard kind == .word else {
        offset += length
        continue
      }
      let start = offset
      word.removeAll(keepingCapacity: true)
      var next = (value: value, length: length)
      repeat {
        fold(next.value, into: &word)
        offset += next.length
        guard offset < bytes.count else { break }
        next = scalar(bytes, offset)
      } while classify(next.value) == .word
      let code = word.withUnsafeBufferPointer { body($0, start..<offset, false) }
      if code != 0 { return code }
    }
    if let start = before, isQuery, !isPaired { return gram(start..<bytes.count, false) }
    return 0
  }

  /// A text as it is compared: words folded, each stretch of white space and punctuation one space.
  ///
  /// - Parameter origins: where given, gets for each byte the scalar of the text it comes from.
  static func folded(_ text: some StringProtocol, origins: UnsafeMutablePointer<[Int32]>? = nil) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for (number, scalar) in text.unicodeScalars.enumerated() {
      let count = result.count
      switch classify(scalar.value) {
      case .gap: if result.last != 0x20 { result.append(0x20) }
      case .gram: result.append(contentsOf: UTF8.encode(scalar)!)
      case .word: fold(scalar.value, into: &result)
      }
      if let origins { for _ in count..<result.count { origins.pointee.append(Int32(number)) } }
    }
    return result
  }

  /// Where a folded piece begins in a folded text, from an offset on; nil when it does not come again.
  ///
  /// - Parameter isWhole: the piece begins or ends with letters or digits, and must not be part of a longer word there.
  @inline(__always)
  static func find(_ piece: [UInt8], in text: UnsafeBufferPointer<UInt8>, from: Int, isWhole: Bool) -> Int? {
    let last = text.count - piece.count
    guard from <= last, let base = text.baseAddress else { return nil }
    func isWord(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x80 }
    return piece.withUnsafeBytes { piece in
      let raw = UnsafeRawPointer(base)
      var offset = from
      let isLong = piece.count >= 4
      let head = isLong ? piece.loadUnaligned(as: UInt32.self) : 0
      while offset <= last {
        if isLong ? raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self) == head : text[offset] == piece[0] {
          var index = isLong ? 4 : 1
          while index < piece.count, text[offset + index] == piece[index] { index += 1 }
          if index == piece.count {
            guard isWhole else { return offset }
            let end = offset + piece.count
            let joinsBefore = offset > 0 && isWord(text[offset - 1]) && isWord(piece[0])
            let joinsAfter = end < text.count && isWord(text[end]) && isWord(piece[piece.count - 1])
            if !joinsBefore, !joinsAfter { return offset }
          }
        }
        offset += 1
      }
      return nil
    }
  }
}
