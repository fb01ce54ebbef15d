internal import Enforcement

/// All texts of an index, as a search for words needs them.
struct Catalogue: Sendable {
  let texts: [Corpus.Text]
  /// The same of each text, for loops that must not touch its words.
  private let ids: [Int64]
  private let spans: [(from: CalendarDate?, until: CalendarDate?)]
  /// The place of a text in `texts`, by its number.
  let indexes: [Int64: Int]
  /// Rows of the index, and their average length in bytes.
  let provisions: Int
  let averageLength: Double
  /// All titles as they are compared, one after another, each behind a zero.
  private let titles: [UInt8]
  private let ends: [Int]

  init(texts: [Corpus.Text]) {
    self.texts = texts
    ids = texts.map(\.id)
    spans = texts.map { ($0.from, $0.until) }
    indexes = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($1.id, $0) })
    provisions = texts.reduce(0) { $0 + $1.provisions }
    averageLength = provisions == 0 ? 1 : max(1, Double(texts.reduce(0) { $0 + $1.bytes }) / Double(provisions))
    var titles: [UInt8] = []
    var ends: [Int] = []
    for text in texts {
      titles.append(0)
      titles += Grams.folded(text.title)
      ends.append(titles.count)
    }
    self.titles = titles
    self.ends = ends
  }

  /// The numbers that the provisions of a text can have.
  func rows(_ text: Int) -> ClosedRange<Int64> {
    (ids[text] << Store.provisionBits)...((ids[text] + 1) << Store.provisionBits - 1)
  }

  /// For each text, whether it is searched.
  func admitted(_ filter: Corpus.Filter, _ versions: Corpus.Versions) -> [Bool] {
    var result = spans.map { versions.admit($0.from, until: $0.until) }
    if filter != Corpus.Filter() {
      for index in result.indices where result[index] { result[index] = filter.admits(texts[index]) }
    }
    return result
  }

  func titleLength(_ text: Int) -> Int { ends[text] - (text == 0 ? 0 : ends[text - 1]) - 1 }

  /// How often a word is in each title.
  func occurrences(of word: Query.Word) -> [Int] {
    var result = [Int](repeating: 0, count: texts.count)
    titles.withUnsafeBufferPointer { bytes in
      var offset = 0
      var text = 0
      while let next = Grams.find(word.folded, in: bytes, from: offset, isWhole: word.isWhole) {
        while ends[text] <= next { text += 1 }
        result[text] += 1
        offset = next + word.folded.count
      }
    }
    return result
  }
}
