/// Character 1+2-gram BM25 over names, gists, keywords and examples. It proposes items to look at; it decides nothing.
struct Proposer: Sendable {
  private var keys: [UInt32]
  private var first: [Int32]
  private var count: [Int32]
  private let mask: Int
  private var postings: [(document: Int32, weight: Float)]
  private var ideal: [Float]
  private let documents: Int

  private static let k1: Float = 1.2
  private static let b: Float = 0.6

  init(violations: [Violation], folding: Folding) {
    documents = violations.count
    var grams = Grams()
    var lengths = [Float](repeating: 0, count: violations.count)
    for (number, violation) in violations.enumerated() {
      func add(_ text: String, times: Int32) {
        Self.forEachGram(folding.fold(text)) { gram in
          grams.add(gram, document: Int32(number), times: times)
          lengths[number] += Float(times)
        }
      }
      add(violation.name, times: 2)
      add(violation.gist, times: 1)
      for keyword in violation.keywords { add(keyword, times: 2) }
      for example in violation.examples where example.kind == .triggering { add(example.text, times: 1) }
    }
    let average = max(1, lengths.reduce(0, +) / Float(max(1, violations.count)))
    keys = grams.keys
    mask = grams.keys.count - 1
    first = Array(repeating: 0, count: keys.count)
    count = Array(repeating: 0, count: keys.count)
    ideal = Array(repeating: 0, count: keys.count)
    postings = []
    postings.reserveCapacity(grams.tallies.count)
    // Few documents: a logarithm for each number of them that can have a gram.
    let rarities = (0...violations.count).map { frequency in
      (1 + (Float(violations.count) - Float(frequency) + 0.5) / (Float(frequency) + 0.5)).logarithm
    }
    for slot in keys.indices where keys[slot] != UInt32.max {
      first[slot] = Int32(postings.count)
      var tally = grams.last[slot]
      while tally >= 0 {
        let entry = grams.tallies[Int(tally)]
        let times = Float(entry.times)
        let norm = Self.k1 * (1 - Self.b + Self.b * lengths[Int(entry.document)] / average)
        postings.append((entry.document, times * (Self.k1 + 1) / (times + norm)))
        tally = entry.previous
      }
      count[slot] = Int32(postings.count) - first[slot]
      let rarity = rarities[Int(count[slot])]
      ideal[slot] = rarity * (Self.k1 + 1)
      for index in Int(first[slot])..<postings.count { postings[index].weight *= rarity }
    }
  }

  /// How often each gram stands in each document, while they are counted one document after another.
  private struct Grams {
    var keys = [UInt32](repeating: UInt32.max, count: 1 << 15)
    /// The tally of the document that had the gram last, or -1.
    var last = [Int32](repeating: -1, count: 1 << 15)
    var tallies: [(document: Int32, times: Int32, previous: Int32)] = []
    private var used = 0

    mutating func add(_ gram: UInt32, document: Int32, times: Int32) {
      if used * 2 >= keys.count { grow() }
      let slot = slot(gram)
      if keys[slot] == UInt32.max {
        keys[slot] = gram
        used += 1
      }
      let latest = last[slot]
      if latest >= 0, tallies[Int(latest)].document == document {
        tallies[Int(latest)].times += times
      } else {
        last[slot] = Int32(tallies.count)
        tallies.append((document, times, latest))
      }
    }

    private func slot(_ gram: UInt32) -> Int {
      let mask = keys.count - 1
      var slot = Proposer.hash(gram) & mask
      while keys[slot] != gram, keys[slot] != UInt32.max { slot = (slot + 1) & mask }
      return slot
    }

    private mutating func grow() {
      let old = (keys, last)
      keys = Array(repeating: UInt32.max, count: old.0.count * 2)
      last = Array(repeating: -1, count: old.0.count * 2)
      for (index, key) in old.0.enumerated() where key != UInt32.max {
        let slot = slot(key)
        keys[slot] = key
        last[slot] = old.1[index]
      }
    }
  }

  @inline(__always) fileprivate static func hash(_ gram: UInt32) -> Int { Int((gram &* 0x9E37_79B1) >> 8) }

  private static func isWordCharacter(_ scalar: UInt16) -> Bool {
    (0x4E00...0x9FFF).contains(scalar) || (0x61...0x7A).contains(scalar)
  }

  private static func forEachGram(_ text: [UInt16], _ body: (UInt32) -> Void) {
    var previous: UInt16 = 0
    for scalar in text {
      guard isWordCharacter(scalar) else {
        previous = 0
        continue
      }
      body(UInt32(scalar))
      if previous != 0 { body(UInt32(previous) << 16 | UInt32(scalar)) }
      previous = scalar
    }
  }

  /// The best items, best first, with a score from 0 to 1: the share of what a perfect document would reach.
  func propose(_ text: [UInt16], limit: Int, floor: Double) -> [(violation: Int, score: Double)] {
    guard documents > 0 else { return [] }
    var scores = [Float](repeating: 0, count: documents)
    var total: Float = 0
    Self.forEachGram(text) { gram in
      var slot = Self.hash(gram) & mask
      while keys[slot] != gram {
        if keys[slot] == UInt32.max {
          total += 2
          return
        }
        slot = (slot + 1) & mask
      }
      total += ideal[slot]
      let start = Int(first[slot])
      for index in start..<start + Int(count[slot]) { scores[Int(postings[index].document)] += postings[index].weight }
    }
    guard total > 0 else { return [] }
    var best: [(violation: Int, score: Double)] = []
    for (number, score) in scores.enumerated() where score > 0 {
      let share = Double(score / total)
      guard share >= floor else { continue }
      if best.count == limit, share <= best[best.count - 1].score { continue }
      let position = best.firstIndex { $0.score < share } ?? best.count
      best.insert((number, share), at: position)
      if best.count > limit { best.removeLast() }
    }
    return best
  }
}

extension Float {
  /// Natural logarithm for positive finite values: the standard library alone has none. Accurate to 1e-6, the same on
  /// every machine.
  package var logarithm: Float {
    var value = Double(self)
    var exponent = 0.0
    while value > 1.5 {
      value /= 2
      exponent += 1
    }
    while value < 0.75 {
      value *= 2
      exponent -= 1
    }
    let ratio = (value - 1) / (value + 1)
    let square = ratio * ratio
    var term = ratio
    var sum = 0.0
    var divisor = 1.0
    for _ in 0..<12 {
      sum += term / divisor
      term *= square
      divisor += 2
    }
    return Float(2 * sum + exponent * 0.693_147_180_559_945_3)
  }
}
