/// What is looked for: words that must all be found, each as it is written.
///
///     临边 防护栏杆        both, in any order and place
///     “责令限期改正”       as it stands; punctuation and white space inside match any other
///     临边、洞口           the same as with a space
struct Query: Hashable {
  struct Word: Hashable {
    /// As it is compared (`Grams.folded`), without spaces at its ends; never empty.
    var folded: [UInt8]
    /// Chinese characters only, so that it can be looked for in a text that is not folded.
    var isPlain: Bool
    /// Begins or ends with letters or digits.
    var isWhole: Bool
    /// What the index must hold of it: pairs of characters, words, or one character.
    var grams: [String]

    init?(_ text: some StringProtocol) {
      var folded = Grams.folded(text)
      if folded.first == 0x20 { folded.removeFirst() }
      if folded.last == 0x20 { folded.removeLast() }
      guard !folded.isEmpty else { return nil }
      self.folded = folded
      isPlain = folded.allSatisfy { $0 >= 0x80 }
      isWhole = folded[0] < 0x80 || folded[folded.count - 1] < 0x80
      var grams: [String] = []
      _ = folded.withUnsafeBufferPointer { bytes in
        Grams.tokens(in: bytes, isQuery: true) { token, _, _ in
          let gram = String(decoding: token, as: UTF8.self)
          if !grams.contains(gram), grams.count < Self.gramLimit { grams.append(gram) }
          return 0
        }
      }
      self.grams = grams
    }

    /// A word this long is no longer told apart by more of it; the words themselves are compared to the end.
    private static let gramLimit = 64
  }

  private(set) var words: [Word] = []

  /// Any text; one without letters, digits and characters has no words.
  init(_ text: String) {
    var isQuoted = false
    var piece = ""
    func isQuote(_ character: Character) -> Bool { "\"“”„‟＂「」『』".contains(character) }
    func end(_ query: inout Query) {
      let parts: [Substring] =
        isQuoted
        ? [piece[...]]
        : piece.split { character in
          character.unicodeScalars.allSatisfy { Grams.classify($0.value) == .gap }
        }
      for part in parts {
        if let word = Word(part), !query.words.contains(word) { query.words.append(word) }
      }
      piece = ""
    }
    for character in text {
      if isQuote(character) {
        end(&self)
        isQuoted.toggle()
      } else {
        piece.append(character)
      }
    }
    // A quotation mark without its partner is none.
    isQuoted = false
    end(&self)
  }
}
