internal import Enforcement

extension Corpus.Snippet {
  /// So many characters at most, the ellipses not counted.
  static let length = 72

  /// All of it.
  init(whole words: String) { self.init(text: words, marks: []) }

  /// The stretch with the most different words of the query, cut where a clause begins and ends if one does nearby.
  init(of words: String, _ query: Query) {
    let scalars = Array(words.unicodeScalars)
    var found: [(range: Range<Int>, word: Int)] = []
    var origins: [Int32] = []
    let folded = Grams.folded(words, origins: &origins)
    folded.withUnsafeBufferPointer { bytes in
      for (number, word) in query.words.enumerated() {
        var offset = 0
        while found.count < 4096, let next = Grams.find(word.folded, in: bytes, from: offset, isWhole: word.isWhole) {
          offset = next + word.folded.count
          found.append((Int(origins[next])..<Int(origins[offset - 1]) + 1, number))
        }
      }
    }
    found.sort { ($0.range.lowerBound, $0.word) < ($1.range.lowerBound, $1.word) }
    var start = Self.best(found)
    start = Self.clause(scalars, before: start, atMost: 24)
    var end = min(scalars.count, start + Self.length)
    if end < scalars.count {
      // Back to the end of a clause in the last third, but not into something found.
      let floor = max(start + Self.length * 2 / 3, found.last { $0.range.upperBound <= end }?.range.upperBound ?? start)
      if let cut = (floor..<max(floor, end)).last(where: { Self.endsClause(scalars[$0]) }) { end = cut + 1 }
    }
    var text = String.UnicodeScalarView()
    if start > 0 { text.append("…") }
    let shift = text.count - start
    for scalar in scalars[start..<end] { text.append(scalar == "\n" || scalar == "\t" ? " " : scalar) }
    if end < scalars.count { text.append("…") }
    var marks: [Range<Int>] = []
    for (range, _) in found where range.lowerBound >= start && range.upperBound <= end {
      let mark = (range.lowerBound + shift)..<(range.upperBound + shift)
      if let last = marks.last, mark.lowerBound < last.upperBound {
        marks[marks.count - 1] = last.lowerBound..<max(last.upperBound, mark.upperBound)
      } else {
        marks.append(mark)
      }
    }
    self.init(text: String(text), marks: marks)
  }

  /// Where the stretch begins that holds the most different words, then the most of them.
  private static func best(_ found: [(range: Range<Int>, word: Int)]) -> Int {
    guard var best = found.first?.range.lowerBound else { return 0 }
    var value = (0, 0)
    for (index, first) in found.enumerated() {
      let inside = found[index...].prefix { $0.range.upperBound <= first.range.lowerBound + length - 12 }
      let now = (Set(inside.map(\.word)).count, inside.count)
      if now > value {
        value = now
        best = first.range.lowerBound
      }
    }
    return best
  }

  /// The beginning of the clause a place stands in, not more than so many characters before it.
  private static func clause(_ scalars: [Unicode.Scalar], before place: Int, atMost count: Int) -> Int {
    let low = max(0, place - count)
    if low == 0, place <= count { return 0 }
    return (low..<place).first { $0 > 0 && endsSentence(scalars[$0 - 1]) } ?? (low..<place).first {
      $0 > 0 && endsClause(scalars[$0 - 1])
    }
      ?? max(0, place - count / 2)
  }

  private static func endsSentence(_ scalar: Unicode.Scalar) -> Bool { "。；！？\n".unicodeScalars.contains(scalar) }
  private static func endsClause(_ scalar: Unicode.Scalar) -> Bool { "。；！？\n，、：）".unicodeScalars.contains(scalar) }
}
