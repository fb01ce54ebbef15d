/// How sentences about each violation are usually worded (`wording.xml`), learned from labelled sentences by `make train`.
///
/// The patterns know the words somebody thought of. People use others; this knows how likely a sentence is to speak of
/// an item all the same. It never decides `matched`: what it finds is `needsFacts`, with the words that led there. And a
/// pattern that fires where nobody would word it so is only proposed.
///
/// Two steps. Each output gets a *score* from the features of the sentence alone. Then a few *clues*, the same for all
/// items, weigh that score against the others and against what the patterns found; that gives a *likelihood*.
public struct Wording: Sendable {
  /// What the scores tell apart: the items, and `finding`, whether anything is wrong at all.
  public struct Output: Hashable, Sendable {
    public var name: String
    public var bias: Double

    public init(name: String, bias: Double) {
      self.name = name
      self.bias = bias
    }
  }

  /// What an item's score is weighed with.
  public enum Clue: String, CaseIterable, Sendable {
    /// The item's own score, and that of `finding`.
    case score, finding
    /// How many items score higher, at most five; whether none does; by how much it is ahead of the best other.
    case rank, best, margin
    /// Whether a pattern of the item fired, whether one of another item did.
    case pattern, otherPattern
    /// A pattern, times what the scores say; the best item, times what `finding` says.
    case patternFinding, patternScore, bestFinding
  }

  /// From where on an item is decided.
  public struct Threshold: Hashable, Sendable {
    /// Of the weighed clues.
    public var likelihood: Double
    /// Of the score of `finding`.
    public var finding: Double

    public init(likelihood: Double, finding: Double) {
      self.likelihood = likelihood
      self.finding = finding
    }
  }

  public static let finding = "finding"
  /// Rarities in the table are whole hundredths, weights whole thousandths.
  public static let unit = 1000.0

  /// `finding` comes last.
  public var outputs: [Output]
  public var clueBias: Double
  public var clueWeights: [Clue: Double]
  /// Where a pattern of the item has fired, and where only the wording speaks for it.
  public var withPattern: Threshold
  public var withoutPattern: Threshold
  /// One feature a line: its name, its rarity, then output and weight in turn: `未报 431 0 812 7 -95`.
  public var table: String
  public var line: Int

  public init(
    outputs: [Output] = [], clueBias: Double = 0, clueWeights: [Clue: Double] = [:],
    withPattern: Threshold = Threshold(likelihood: 0, finding: 0),
    withoutPattern: Threshold = Threshold(likelihood: 0, finding: 0), table: String = "", line: Int = 0
  ) {
    self.outputs = outputs
    self.clueBias = clueBias
    self.clueWeights = clueWeights
    self.withPattern = withPattern
    self.withoutPattern = withoutPattern
    self.table = table
    self.line = line
  }

  /// What an item's score is weighed with, one number for each `Clue`.
  public struct Clues: Sendable {
    public var score: Float = 0
    public var finding: Float = 0
    public var rank: Float = 0
    public var best: Float = 0
    public var margin: Float = 0
    public var pattern: Float = 0
    public var otherPattern: Float = 0
    public var patternFinding: Float = 0
    public var patternScore: Float = 0
    public var bestFinding: Float = 0

    /// In the order of `Clue.allCases`.
    public var values: [Float] {
      [score, finding, rank, best, margin, pattern, otherPattern, patternFinding, patternScore, bestFinding]
    }

    init() {}

    init(_ weights: [Clue: Double]) {
      func weight(_ clue: Clue) -> Float { Float(weights[clue] ?? 0) }
      (score, finding, rank, best, margin) = (weight(.score), weight(.finding), weight(.rank), weight(.best), weight(.margin))
      (pattern, otherPattern) = (weight(.pattern), weight(.otherPattern))
      (patternFinding, patternScore, bestFinding) = (weight(.patternFinding), weight(.patternScore), weight(.bestFinding))
    }

    func weighed(with weights: Clues) -> Float {
      score * weights.score + finding * weights.finding + rank * weights.rank + best * weights.best
        + margin * weights.margin + pattern * weights.pattern + otherPattern * weights.otherPattern
        + patternFinding * weights.patternFinding + patternScore * weights.patternScore + bestFinding * weights.bestFinding
    }
  }

  /// Hands over the clues of one item after another.
  ///
  /// - Parameters:
  ///   - scores: one for each output, `finding` last.
  ///   - fired: for each item whether one of its patterns did.
  public static func forEachItem(_ scores: [Float], fired: [Bool], _ body: (_ item: Int, _ clues: Clues) -> Void) {
    let items = scores.count - 1
    var best = -1
    var second = -1
    var count = 0
    // Ranks beyond the fifth are all alike: how many of the five best are better.
    var five: (Float, Float, Float, Float, Float) = (-.infinity, -.infinity, -.infinity, -.infinity, -.infinity)
    for item in 0..<items {
      if fired[item] { count += 1 }
      if best < 0 || scores[item] > scores[best] {
        second = best
        best = item
      } else if second < 0 || scores[item] > scores[second] {
        second = item
      }
      var score = scores[item]
      guard score > five.4 else { continue }
      if score > five.0 { swap(&score, &five.0) }
      if score > five.1 { swap(&score, &five.1) }
      if score > five.2 { swap(&score, &five.2) }
      if score > five.3 { swap(&score, &five.3) }
      five.4 = score
    }
    var clues = Clues()
    clues.finding = scores[items]
    for item in 0..<items {
      let score = scores[item]
      let other = item == best ? second : best
      clues.score = score
      clues.rank =
        (five.0 > score ? 1 : 0) + (five.1 > score ? 1 : 0) + (five.2 > score ? 1 : 0) + (five.3 > score ? 1 : 0)
        + (five.4 > score ? 1 : 0)
      clues.best = item == best ? 1 : 0
      clues.margin = other < 0 ? 0 : score - scores[other]
      clues.pattern = fired[item] ? 1 : 0
      clues.otherPattern = count > (fired[item] ? 1 : 0) ? 1 : 0
      clues.patternFinding = clues.pattern * clues.finding
      clues.patternScore = clues.pattern * score
      clues.bestFinding = clues.best * clues.finding
      body(item, clues)
    }
  }
}

/// A linear model over pairs of characters, the concepts named and what is said of them, and the signs of a sentence.
/// Compiled when a rulebook is loaded.
struct WordingModel: Sendable {
  /// What a sentence has, as the model sees it. A number, so that looking it up costs nothing.
  enum Feature {
    /// One or two characters, digits as 0.
    static func gram(_ first: UInt16, _ second: UInt16) -> UInt64 { UInt64(first) | UInt64(second) << 16 }
    static func concept(_ number: Int32, _ state: Reading.State) -> UInt64 {
      1 << 62 | UInt64(UInt32(bitPattern: number)) << 8 | UInt64(letter(state).value)
    }

    /// `@rail-` the rail is missing, `@rail+` it is there, `@rail?` it is only asked for, `@rail.` it is named.
    static func letter(_ state: Reading.State) -> Unicode.Scalar {
      switch state {
      case .plain: "."
      case .present: "+"
      case .absent: "-"
      case .unstated: "?"
      }
    }
  }

  let outputs: [Wording.Output]
  private let biases: [Float]
  private let clueBias: Float
  private let clueWeights: Wording.Clues
  private let withPattern: Wording.Threshold
  private let withoutPattern: Wording.Threshold
  private var keys: [UInt64] = []
  private var values: [Int32] = []
  private var rarity: [Float] = []
  private var start: [Int32] = [0]
  private var output: [UInt8] = []
  private var weight: [Float] = []

  /// - Parameters:
  ///   - concept: the number of a concept, nil for one that is not there (any more).
  ///   - report: called with what is wrong with the table.
  init(_ wording: Wording, concept: (Substring) -> Int32?, report: (Diagnostic) -> Void) {
    outputs = wording.outputs
    biases = wording.outputs.map { Float($0.bias) }
    clueBias = Float(wording.clueBias)
    clueWeights = Wording.Clues(wording.clueWeights)
    withPattern = wording.withPattern
    withoutPattern = wording.withoutPattern
    var table = wording.table
    let malformed = table.withUTF8 { bytes -> [Int] in
      var lines = 1
      for byte in bytes where byte == UInt8(ascii: "\n") { lines += 1 }
      var size = 64
      while size < lines * 2 { size *= 2 }
      keys = Array(repeating: 0, count: size)
      values = Array(repeating: 0, count: size)
      rarity.reserveCapacity(lines)
      start.reserveCapacity(lines + 1)
      output.reserveCapacity(bytes.count / 6)
      weight.reserveCapacity(bytes.count / 6)
      var malformed: [Int] = []
      var line = wording.line
      var first = 0
      while first < bytes.count {
        var end = first
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        if end > first, !add(UnsafeBufferPointer(rebasing: bytes[first..<end]), concept) { malformed.append(line) }
        first = end + 1
        line += 1
      }
      return malformed
    }
    for line in malformed {
      report(
        Diagnostic(
          rule: "wording.malformed", file: "wording.xml", line: line,
          message: "措辞模型的这一行不是“特征 稀有度 输出 权重 …”的样子", fix: "运行 make train 重新生成"))
    }
  }

  private mutating func add(_ line: UnsafeBufferPointer<UInt8>, _ concept: (Substring) -> Int32?) -> Bool {
    var position = 0
    while position < line.count, line[position] != UInt8(ascii: " ") { position += 1 }
    let name = UnsafeBufferPointer(rebasing: line[..<position])
    // A concept that is not there any more says nothing; the model is trained anew in time.
    let key = Self.key(name, concept)
    guard key != nil || name.first == UInt8(ascii: "@") else { return false }
    func number() -> Int32? {
      guard position < line.count, line[position] == UInt8(ascii: " ") else { return nil }
      position += 1
      let isNegative = position < line.count && line[position] == UInt8(ascii: "-")
      if isNegative { position += 1 }
      var value: Int32 = 0
      let first = position
      while position < line.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(line[position]), position - first < 7 {
        value = value * 10 + Int32(line[position] - 0x30)
        position += 1
      }
      return position == first ? nil : isNegative ? -value : value
    }
    guard let rare = number() else { return false }
    let before = output.count
    while position < line.count {
      guard let target = number(), let value = number(), outputs.indices.contains(Int(target)) else {
        output.removeSubrange(before...)
        weight.removeSubrange(before...)
        return false
      }
      output.append(UInt8(target))
      weight.append(Float(value) / Float(Wording.unit))
    }
    guard let key, keys[slot(key)] == 0 else {
      output.removeSubrange(before...)
      weight.removeSubrange(before...)
      return key == nil
    }
    let slot = slot(key)
    keys[slot] = key
    values[slot] = Int32(rarity.count)
    rarity.append(Float(rare) / 100)
    start.append(Int32(output.count))
    return true
  }

  /// The name a feature has in the table.
  static func name(_ feature: UInt64, concept: (Int32) -> String) -> String {
    if feature >> 62 != 0 {
      let number = Int32(truncatingIfNeeded: feature >> 8)
      return "@\(concept(number))\(Unicode.Scalar(UInt8(truncatingIfNeeded: feature)))"
    }
    return String(
      decoding: [UInt16(truncatingIfNeeded: feature), UInt16(truncatingIfNeeded: feature >> 16)].filter { $0 != 0 },
      as: UTF16.self)
  }

  private static func key(_ name: UnsafeBufferPointer<UInt8>, _ concept: (Substring) -> Int32?) -> UInt64? {
    guard let first = name.first, let last = name.last else { return nil }
    if first == UInt8(ascii: "@") {
      let state: Reading.State
      switch last {
      case UInt8(ascii: "."): state = .plain
      case UInt8(ascii: "+"): state = .present
      case UInt8(ascii: "-"): state = .absent
      case UInt8(ascii: "?"): state = .unstated
      default: return nil
      }
      let text = String(decoding: name.dropFirst().dropLast(), as: UTF8.self)
      return concept(text[...]).map { Feature.concept($0, state) }
    }
    var letters: (UInt16, UInt16) = (0, 0)
    var count = 0
    for scalar in String(decoding: name, as: UTF8.self).unicodeScalars {
      guard count < 2, scalar.value <= 0xFFFF else { return nil }
      if count == 0 { letters.0 = UInt16(scalar.value) } else { letters.1 = UInt16(scalar.value) }
      count += 1
    }
    return Feature.gram(letters.0, letters.1)
  }

  @inline(__always) private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40)
  }

  private func slot(_ key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Self.hash(key) & mask
    while keys[slot] != key, keys[slot] != 0 { slot = (slot + 1) & mask }
    return slot
  }

  // MARK: - Features

  /// Hands over what a text has, place by place. Signs and things come from the shared words with what is said of them,
  /// an item's own words count by being there.
  private static func forEachFeature(
    of reading: Reading, in part: Range<Int32>?, _ body: (_ feature: UInt64, _ start: Int32, _ end: Int32) -> Void
  ) {
    let part = part ?? 0..<Int32(reading.text.count)
    var previous: UInt16 = 0
    for position in part {
      guard let letter = letter(reading.text[Int(position)]) else {
        previous = 0
        continue
      }
      body(Feature.gram(letter, 0), position, position + 1)
      if previous != 0 { body(Feature.gram(previous, letter), position - 1, position + 1) }
      previous = letter
    }
    for word in reading.words where part.contains(word.start) {
      body(Feature.concept(word.concept, word.state), word.start, word.end)
    }
    for word in reading.ownWords where part.contains(word.start) {
      body(Feature.concept(word.concept, .plain), word.start, word.end)
    }
  }

  /// Every feature of a text, once.
  static func features(of reading: Reading) -> Set<UInt64> {
    var features: Set<UInt64> = []
    forEachFeature(of: reading, in: nil) { feature, _, _ in features.insert(feature) }
    return features
  }

  /// Hands over the known features of a text, each at its first place.
  private func forEachKnown(
    _ reading: Reading, in part: Range<Int32>?, _ body: (_ feature: Int, _ start: Int32, _ end: Int32) -> Void
  ) {
    let mask = keys.count - 1
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: rarity.count / 64 + 1) { isSeen in
      isSeen.initialize(repeating: 0)
      keys.withUnsafeBufferPointer { keys in
        values.withUnsafeBufferPointer { values in
          Self.forEachFeature(of: reading, in: part) { key, start, end in
            var slot = Self.hash(key) & mask
            while keys[slot] != key {
              if keys[slot] == 0 { return }
              slot = (slot + 1) & mask
            }
            let feature = Int(values[slot])
            let bit: UInt64 = 1 << UInt64(feature & 63)
            if isSeen[feature >> 6] & bit != 0 { return }
            isSeen[feature >> 6] |= bit
            body(feature, start, end)
          }
        }
      }
    }
  }

  /// A character that counts: Chinese ones, letters, and digits, which are all alike.
  private static func letter(_ scalar: UInt16) -> UInt16? {
    switch scalar {
    case 0x4E00...0x9FFF, 0x61...0x7A: scalar
    case 0x30...0x39: 0x30
    default: nil
    }
  }

  // MARK: - Scoring

  /// The score of each output. A text is as long as what is known of it: unknown words neither help nor harm.
  ///
  /// - Parameter part: the stretch of the folded text to look at; all of it when nil.
  func scores(_ reading: Reading, in part: Range<Int32>? = nil) -> [Float] {
    var square: Float = 0
    var scores = [Float](repeating: 0, count: outputs.count)
    scores.withUnsafeMutableBufferPointer { scores in
      output.withUnsafeBufferPointer { output in
        weight.withUnsafeBufferPointer { weight in
          forEachKnown(reading, in: part) { feature, _, _ in
            let value = rarity[feature]
            square += value * value
            for index in Int(start[feature])..<Int(start[feature + 1]) { scores[Int(output[index])] += weight[index] * value }
          }
        }
      }
      let norm = square > 0 ? square.squareRoot() : 1
      for index in scores.indices { scores[index] = scores[index] / norm + biases[index] }
    }
    return scores
  }

  /// The words that speak most for an output, in order of their place.
  func reasons(for wanted: Int, _ reading: Reading) -> [(start: Int32, end: Int32)] {
    var parts: [(start: Int32, end: Int32, weight: Float)] = []
    forEachKnown(reading, in: nil) { feature, place, end in
      for index in Int(start[feature])..<Int(start[feature + 1]) where Int(output[index]) == wanted && weight[index] > 0 {
        parts.append((place, end, weight[index] * rarity[feature]))
      }
    }
    parts.sort { ($1.weight, $0.start) < ($0.weight, $1.start) }
    return parts.prefix(4).map { ($0.start, $0.end) }.sorted { $0.start < $1.start }
  }

  /// How likely a text with these scores shows an item.
  struct Likelihood {
    /// Zero at the threshold of a decision, negative below it.
    var distance: Float
    var isDecided: Bool

    /// From 0 to 1, a half at the threshold. A sigmoid without the mathematical library: close enough to order by, and
    /// the same on every machine.
    var score: Double {
      let distance = Double(distance)
      return 0.5 + 0.5 * distance / (1 + abs(distance))
    }
  }

  /// For each item in the order of the outputs.
  func likelihoods(_ scores: [Float], fired: [Bool]) -> [Likelihood] {
    let finding = Double(scores[scores.count - 1])
    var likelihoods: [Likelihood] = []
    likelihoods.reserveCapacity(fired.count)
    Wording.forEachItem(scores, fired: fired) { item, clues in
      let threshold = fired[item] ? withPattern : withoutPattern
      let distance = clueBias + clues.weighed(with: clueWeights) - Float(threshold.likelihood)
      likelihoods.append(Likelihood(distance: distance, isDecided: distance >= 0 && finding >= threshold.finding))
    }
    return likelihoods
  }
}
