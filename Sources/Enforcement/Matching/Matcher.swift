/// Decides which violations a sentence shows. Everything is compiled when a rulebook is loaded; using it builds nothing.
///
///     fold → find the known words → cut into clauses → what is said of each → the items' patterns decide
///                                                                           ↘ the wording decides what is to be looked
///                                                                             into, overrules, and proposes
///
/// Without a wording model the patterns alone decide, and BM25 proposes.
///
/// The words of the lexicon are shared: every item reads them. The words of an item's own file are read by that item only
/// (and by one that names them, `D01.bare`), so that one file never changes what another reads. An item whose own words
/// occur gets a reading of its own; all others share one.
struct Matcher: Sendable {
  let folding: Folding
  let conceptNames: [String]
  private let roles: [Concept.Role]
  /// The forms of all concepts. Those of the lexicon come first: `0..<sharedConcepts`.
  private let forms: FormIndex
  private let sharedConcepts: Int32
  /// The items that read a concept of an item's own file: `readers[readerStart[c]..<readerStart[c + 1]]`.
  private let readerStart: [Int32]
  private let readers: [Int32]
  private let quantities: [Quantity]
  /// In order of their items.
  private let patterns: [CompiledPattern]
  private let requirements: [Requirement]
  /// What the requirements ask for: `concepts[requirement.concepts]`.
  private let concepts: [Int32]
  /// The patterns whose first requirement names a concept: `patternIndex[patternStart[c]..<patternStart[c + 1]]`.
  private let patternStart: [Int32]
  private let patternIndex: [Int32]
  /// Only where there is no wording model.
  private let proposer: Proposer?
  private let wording: WordingModel?
  /// For each output of the wording model but the last its item.
  private let wordingItems: [Int]

  private struct Quantity: Sendable {
    var units: [[UInt16]]
    var minimum: Double?
    var maximum: Double?
    var concept: Int32
  }

  private struct CompiledPattern: Sendable {
    var violation: Int32
    var status: Match.Status
    var weight: Double
    var requirements: Range<Int>
    /// In the item's file.
    var line: Int
  }

  private struct Requirement: Sendable {
    var test: Pattern.Requirement.Test
    var scope: Pattern.Requirement.Scope
    var concepts: Range<Int>
  }

  /// What the patterns, the wording or the proposer found for one item.
  struct Finding: Sendable {
    var violation: Int
    var status: Match.Status
    var basis: Match.Basis
    var score: Double
    /// Offsets in Unicode scalars of the text, in order, not touching.
    var evidence: [Range<Int>]
    /// The stretches of the folded text that patterns read.
    var clauses: [Range<Int32>] = []
  }

  /// - Parameter report: called with what is wrong with the words or the patterns.
  init(
    lexicon: Lexicon, violations: [Violation], wording: Wording = Wording(), report: (Diagnostic) -> Void
  ) {
    let folding = Folding(variants: lexicon.variants)
    var names: [String: Int32] = [:]
    var conceptNames: [String] = []
    var roles: [Concept.Role] = []
    var forms = FormIndex(beginnings: 30_000)
    func number(_ name: String, _ role: Concept.Role, file: String, line: Int) -> Int32? {
      guard names[name] == nil else {
        report(
          Diagnostic(rule: "concept.duplicate", file: file, line: line, message: "概念 \(name) 定义了两次", fix: "合并成一个"))
        return nil
      }
      let number = Int32(conceptNames.count)
      names[name] = number
      conceptNames.append(name)
      roles.append(role)
      return number
    }
    func add(_ concept: Concept, as name: String, file: String) {
      guard let number = number(name, concept.role, file: file, line: concept.line) else { return }
      for form in forms.add(concept.forms, folding, number) {
        report(
          Diagnostic(
            rule: "concept.form", file: file, line: concept.line, message: "概念 \(name) 的写法“\(form)”花括号不配对",
            fix: "写成 {未,没}戴 的样子"))
      }
    }
    for concept in lexicon.concepts { add(concept, as: concept.id, file: "lexicon.xml") }
    var quantities: [Quantity] = []
    for quantity in lexicon.quantities {
      guard let concept = number(quantity.id, .scene, file: "lexicon.xml", line: 0) else { continue }
      quantities.append(
        Quantity(
          units: quantity.units.map { [UInt16]($0.utf16) }, minimum: quantity.minimum, maximum: quantity.maximum,
          concept: concept))
    }
    sharedConcepts = Int32(conceptNames.count)
    for violation in violations {
      for own in violation.concepts { add(own, as: "\(violation.id.rawValue).\(own.id)", file: violation.file) }
    }

    var patterns: [CompiledPattern] = []
    var requirements: [Requirement] = []
    var concepts: [Int32] = []
    var reading = [[Int32]](repeating: [], count: conceptNames.count)
    var anchored = [[Int32]](repeating: [], count: conceptNames.count)
    for (item, violation) in violations.enumerated() {
      // Its own words, also those that no pattern names: they hide what lies inside them.
      for own in violation.concepts {
        if let concept = names["\(violation.id.rawValue).\(own.id)"] { reading[Int(concept)].append(Int32(item)) }
      }
      for pattern in violation.patterns {
        guard let first = pattern.requirements.first, first.test != .without, !first.concepts.isEmpty else {
          report(
            Diagnostic(
              rule: "pattern.no-anchor", file: violation.file, line: pattern.line,
              message: "模式的第一个条件必须是 lacks、has 或者 mentions", fix: "把 without 挪到后面"))
          continue
        }
        let start = requirements.count
        for requirement in pattern.requirements {
          let firstConcept = concepts.count
          for name in requirement.concepts {
            guard let concept = names["\(violation.id.rawValue).\(name)"] ?? names[name] else {
              report(
                Diagnostic(
                  rule: "pattern.unknown-concept", file: violation.file, line: requirement.line,
                  message: "模式用到的概念 \(name) 在 lexicon.xml 和本文件里都没有", fix: "改正名字，或者在本文件 <concepts> 里加上"))
              continue
            }
            concepts.append(concept)
            if reading[Int(concept)].last != Int32(item) { reading[Int(concept)].append(Int32(item)) }
            if requirements.count == start, anchored[Int(concept)].last != Int32(patterns.count) {
              anchored[Int(concept)].append(Int32(patterns.count))
            }
          }
          requirements.append(
            Requirement(test: requirement.test, scope: requirement.scope, concepts: firstConcept..<concepts.count))
        }
        patterns.append(
          CompiledPattern(
            violation: Int32(item), status: pattern.status, weight: pattern.weight,
            requirements: start..<requirements.count, line: pattern.line))
      }
    }
    (readerStart, readers) = Self.flatten(reading)
    (patternStart, patternIndex) = Self.flatten(anchored)
    self.folding = folding
    self.conceptNames = conceptNames
    self.roles = roles
    self.forms = forms
    self.quantities = quantities
    self.patterns = patterns
    self.requirements = requirements
    self.concepts = concepts
    proposer = wording.outputs.isEmpty ? Proposer(violations: violations, folding: folding) : nil
    // An item that is not there (any more) is passed over; `check` says so.
    wordingItems = wording.outputs.dropLast().map { output in violations.firstIndex { $0.id.rawValue == output.name } ?? -1 }
    if wording.outputs.isEmpty {
      self.wording = nil
    } else if wording.outputs.last?.name == Wording.finding {
      self.wording = WordingModel(wording, concept: { names[String($0)] }, report: report)
    } else {
      self.wording = nil
      report(
        Diagnostic(
          rule: "wording.malformed", file: "wording.xml", message: "措辞模型的最后一个输出应当是 finding",
          fix: "运行 make train 重新生成"))
    }
  }

  private static func flatten(_ lists: [[Int32]]) -> (start: [Int32], values: [Int32]) {
    var start: [Int32] = [0]
    var values: [Int32] = []
    start.reserveCapacity(lists.count + 1)
    for list in lists {
      values += list
      start.append(Int32(values.count))
    }
    return (start, values)
  }

  // MARK: - Reading

  /// Folds the text, cuts it into clauses, and finds the known words.
  func read(_ text: String) -> Reading {
    var reading = Reading()
    reading.text.reserveCapacity(text.utf8.count / 2 + 1)
    reading.origin.reserveCapacity(text.utf8.count / 2 + 1)
    var offset: Int32 = 0
    for scalar in text.unicodeScalars {
      if let folded = folding.fold(scalar) {
        reading.text.append(folded)
        reading.origin.append(offset)
      }
      offset += 1
    }
    let occurrences = forms.occurrences(in: reading.text)
    var shared: [FormIndex.Occurrence] = []
    for occurrence in occurrences where occurrence.meaning < sharedConcepts { shared.append(occurrence) }
    shared = shared.outermost()
    var turns: [Int32] = []
    for occurrence in shared where roles[Int(occurrence.meaning)] == .turn { turns.append(occurrence.start) }
    reading.cut(atTurns: turns)
    reading.words.reserveCapacity(shared.count)
    for occurrence in shared { reading.words.append(word(occurrence, in: reading)) }
    reading.ownWords.reserveCapacity(occurrences.count - shared.count)
    for occurrence in occurrences where occurrence.meaning >= sharedConcepts {
      reading.ownWords.append(word(occurrence, in: reading))
    }
    if !quantities.isEmpty { addQuantities(to: &reading) }
    // Before an item's own words hide any of them.
    for word in reading.words where word.role == .doubt && !reading.doubted.contains(word.sentence) {
      let isConfirmed = reading.words.contains { $0.role == .confirmation && $0.sentence == word.sentence }
      if !isConfirmed { reading.doubted.append(word.sentence) }
    }
    return reading
  }

  private func word(_ occurrence: FormIndex.Occurrence, in reading: Reading) -> Reading.Word {
    let clause = reading.clause(at: occurrence.start)
    return Reading.Word(
      concept: occurrence.meaning, role: roles[Int(occurrence.meaning)], start: occurrence.start, end: occurrence.end,
      clause: Int32(clause), sentence: reading.clauses[clause].sentence)
  }

  /// 4米, 四米多, 2.5m, 十五六米: a number with a unit stands for a concept of its own.
  private func addQuantities(to reading: inout Reading) {
    var added = false
    var index = 0
    let text = reading.text
    while index < text.count {
      guard let scalar = Unicode.Scalar(text[index]), ChineseNumeral.isNumeral(scalar) else {
        index += 1
        continue
      }
      var end = index
      var point = false
      while end < text.count, let scalar = Unicode.Scalar(text[end]),
        ChineseNumeral.isNumeral(scalar)
          || (!point && scalar == "." && end + 1 < text.count && Reading.isDigit(text[end + 1]))
      {
        if scalar == "." { point = true }
        end += 1
      }
      if let value = Self.value(text[index..<end]) {
        var unitStart = end
        // 四米多, 十来米, 3余米
        if unitStart < text.count, [0x591A, 0x6765, 0x4F59, 0x51E0].contains(text[unitStart]) { unitStart += 1 }
        for quantity in quantities {
          guard quantity.minimum.map({ value >= $0 }) ?? true, quantity.maximum.map({ value <= $0 }) ?? true else {
            continue
          }
          guard let unit = quantity.units.first(where: { text[unitStart...].starts(with: $0) }) else { continue }
          let stop = unitStart + unit.count
          let clause = reading.clause(at: Int32(index))
          reading.words.append(
            Reading.Word(
              concept: quantity.concept, role: .scene, start: Int32(index), end: Int32(stop), clause: Int32(clause),
              sentence: reading.clauses[clause].sentence))
          added = true
        }
      }
      index = end
    }
    if added { reading.words.sort { ($0.start, $0.end) < ($1.start, $1.end) } }
  }

  private static func value(_ digits: ArraySlice<UInt16>) -> Double? {
    let scalars = digits.compactMap { Unicode.Scalar($0) }
    if scalars.contains(".") || scalars.allSatisfy({ $0.isASCII }) {
      return Double(String(String.UnicodeScalarView(scalars)))
    }
    // 十五六: the last two digits are a range; the smaller one counts.
    if scalars.count >= 3, ChineseNumeral.digit(scalars[scalars.count - 1]) != nil,
      ChineseNumeral.digit(scalars[scalars.count - 2]) != nil,
      ChineseNumeral.unit(scalars[scalars.count - 3]) != nil
    {
      return ChineseNumeral.value(scalars.dropLast()).map(Double.init)
    }
    return ChineseNumeral.value(scalars).map(Double.init)
  }

  // MARK: - Deciding

  /// The items the text shows, in order of status, then score.
  func match(_ reading: Reading) -> [Finding] {
    var shared = reading
    shared.decideStates()
    var findings = decideByPatterns(reading, shared)
    if wording != nil {
      decideByWording(shared, &findings)
    } else if findings.isEmpty || hasUnexplained(shared, findings) {
      propose(for: shared, to: &findings)
    }
    for index in findings.indices { findings[index].evidence = Self.merged(findings[index].evidence) }
    if findings.count > 1 {
      findings.sort {
        ($0.status.rank, -$0.score, $0.violation) < ($1.status.rank, -$1.score, $1.violation)
      }
    }
    return findings
  }

  private func decideByPatterns(_ reading: Reading, _ shared: Reading) -> [Finding] {
    var findings: [Finding] = []
    var own = shared
    var readBy: Int32 = -1
    for number in possiblePatterns(reading) {
      let pattern = patterns[number]
      if readBy != pattern.violation {
        readBy = pattern.violation
        var words: [Reading.Word] = []
        for word in reading.ownWords where isRead(word.concept, by: readBy) { words.append(word) }
        if words.isEmpty {
          own = shared
        } else {
          own = reading
          own.add(words)
          own.decideStates()
        }
      }
      decide(pattern, in: own, to: &findings)
    }
    return findings
  }

  /// What no pattern knows and is worded as sentences about an item usually are is to be looked into; what a pattern
  /// knows and nobody words so is only proposed, and so is what comes next in likeness.
  private func decideByWording(_ reading: Reading, _ findings: inout [Finding]) {
    let scores = wording!.scores(reading)
    let fired = wordingItems.map { item in findings.contains { $0.violation == item } }
    var near: [(output: Int, likelihood: WordingModel.Likelihood)] = []
    for (output, likelihood) in wording!.likelihoods(scores, fired: fired).enumerated() where wordingItems[output] >= 0 {
      if let known = findings.firstIndex(where: { $0.violation == wordingItems[output] }) {
        // What is well may stand beside what is not: the clauses the pattern read are asked by themselves, too.
        let holds =
          likelihood.isDecided
          || findings[known].clauses.contains { part in
            part.count < reading.text.count
              && wording!.likelihoods(wording!.scores(reading, in: part), fired: fired)[output].isDecided
          }
        if !holds { findings[known].status = .candidate }
      } else if likelihood.isDecided {
        findings.append(
          Finding(
            violation: wordingItems[output], status: .needsFacts, basis: .wording, score: likelihood.score,
            evidence: wording!.reasons(for: output, reading).map { reading.range($0.start, $0.end) }))
      } else if likelihood.distance >= Self.farthest, scores[scores.count - 1] >= Self.nothingWrong {
        near.append((output, likelihood))
      }
    }
    near.sort { ($1.likelihood.distance, $0.output) < ($0.likelihood.distance, $1.output) }
    let isDecided = findings.contains { $0.status != .candidate }
    for (output, likelihood) in near.prefix(max(0, 3 - findings.count))
    where !isDecided || likelihood.distance >= Self.near {
      findings.append(
        Finding(
          violation: wordingItems[output], status: .candidate, basis: .wording, score: min(0.5, likelihood.score),
          evidence: []))
    }
  }

  /// How far below its threshold an item is still proposed: where nothing is decided, and beside what is.
  private static let farthest: Float = -6
  private static let near: Float = -4
  /// Below this score of `finding` nothing is proposed: all seems to be well, or the talk is of something else.
  private static let nothingWrong: Float = -0.4

  private func isRead(_ concept: Int32, by item: Int32) -> Bool {
    for index in readerStart[Int(concept)]..<readerStart[Int(concept) + 1] where readers[Int(index)] == item { return true }
    return false
  }

  /// Whether a requirement asks for the concept.
  private func names(_ requirement: Requirement, _ concept: Int32) -> Bool {
    for index in requirement.concepts where concepts[index] == concept { return true }
    return false
  }

  /// The patterns all of whose words occur, whatever is said of them, in order: few of all there are.
  private func possiblePatterns(_ reading: Reading) -> [Int] {
    var isPresent = [Bool](repeating: false, count: conceptNames.count)
    for word in reading.words { isPresent[Int(word.concept)] = true }
    for word in reading.ownWords { isPresent[Int(word.concept)] = true }
    var possible: [Int] = []
    for words in [reading.words, reading.ownWords] {
      for word in words {
        let concept = Int(word.concept)
        for entry in patternStart[concept]..<patternStart[concept + 1] {
          let number = Int(patternIndex[Int(entry)])
          if isPossible(patterns[number], isPresent) { possible.append(number) }
        }
      }
    }
    guard possible.count > 1 else { return possible }
    possible.sort()
    var last = -1
    possible.removeAll { number in
      defer { last = number }
      return number == last
    }
    return possible
  }

  private func isPossible(_ pattern: CompiledPattern, _ isPresent: [Bool]) -> Bool {
    for number in pattern.requirements.dropFirst() where requirements[number].test != .without {
      var isMet = false
      for index in requirements[number].concepts where isPresent[Int(concepts[index])] {
        isMet = true
        break
      }
      if !isMet { return false }
    }
    return true
  }

  /// Evaluates a pattern at every place where it can begin.
  private func decide(_ pattern: CompiledPattern, in reading: Reading, to findings: inout [Finding]) {
    let first = requirements[pattern.requirements.lowerBound]
    for (index, word) in reading.words.enumerated() {
      guard names(first, word.concept), Self.holds(first.test, word),
        let evidence = evaluate(pattern, from: index, in: reading)
      else { continue }
      record(pattern, evidence, in: reading, to: &findings)
    }
  }

  @inline(__always)
  private static func holds(_ test: Pattern.Requirement.Test, _ word: Reading.Word) -> Bool {
    switch test {
    case .lacks: word.state == .absent && (word.role == .good || word.role == .thing)
    case .has: word.state == .plain || word.state == .present
    case .mentions: true
    case .without: false
    }
  }

  /// The words that satisfy the pattern, or nil.
  private func evaluate(_ pattern: CompiledPattern, from anchor: Int, in reading: Reading) -> [Int]? {
    var evidence = [anchor]
    guard pattern.requirements.count > 1 else { return evidence }
    let sentence = reading.sentence(around: anchor)
    for number in pattern.requirements.dropFirst() {
      let requirement = requirements[number]
      var found: Int?
      let range = requirement.scope == .finding ? 0..<reading.words.count : sentence
      for index in range {
        let word = reading.words[index]
        guard names(requirement, word.concept) else { continue }
        if requirement.scope == .clause, word.clause != reading.words[anchor].clause { continue }
        if requirement.test == .without { return nil }
        if index != anchor, Self.holds(requirement.test, word) {
          found = index
          break
        }
      }
      if requirement.test == .without { continue }
      guard let found else { return nil }
      evidence.append(found)
    }
    return evidence
  }

  private func record(
    _ pattern: CompiledPattern, _ evidence: [Int], in reading: Reading, to findings: inout [Finding]
  ) {
    // What is told but not found out is not decided by a pattern, however plain its words.
    let isDoubted = reading.doubted.contains(reading.words[evidence[0]].sentence)
    let status = isDoubted ? Match.Status.needsFacts : pattern.status
    var position = findings.count
    for index in findings.indices where findings[index].violation == Int(pattern.violation) { position = index }
    if position == findings.count {
      findings.append(
        Finding(
          violation: Int(pattern.violation), status: status, basis: .pattern, score: pattern.weight, evidence: []))
    } else {
      if status.rank < findings[position].status.rank { findings[position].status = status }
      findings[position].score = max(findings[position].score, pattern.weight)
    }
    var first = reading.words[evidence[0]].clause
    var last = first
    for index in evidence {
      let word = reading.words[index]
      first = min(first, word.clause)
      last = max(last, word.clause)
      findings[position].evidence.append(reading.range(word.start, word.end))
      if word.cause >= 0 {
        let cause = reading.words[Int(word.cause)]
        first = min(first, cause.clause)
        findings[position].evidence.append(reading.range(cause.start, cause.end))
      }
    }
    let part = reading.clauses[Int(first)].start..<reading.clauses[Int(last)].end
    if !findings[position].clauses.contains(part) { findings[position].clauses.append(part) }
  }

  /// In order, with what touches put together.
  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    guard ranges.count > 1 else { return ranges }
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// Whether a clause complains of something that no decided item took as its evidence.
  private func hasUnexplained(_ reading: Reading, _ findings: [Finding]) -> Bool {
    for word in reading.words {
      guard word.complains else { continue }
      let range = reading.range(word.start, word.end)
      if !findings.contains(where: { $0.evidence.contains { $0.overlaps(range) } }) { return true }
    }
    return false
  }

  private func propose(for reading: Reading, to findings: inout [Finding]) {
    // A sentence that only says what is in order, or what ought to be, is not even proposed for.
    let speaks = reading.words.contains { $0.state == .present || $0.state == .unstated || $0.role == .requirement }
    if speaks, !reading.complains, !reading.words.contains(where: { $0.role == .absence || $0.role == .defect }) {
      return
    }
    // An item of whose own words one occurs is proposed sooner than one that only sounds alike.
    var proposed = 0
    guard let proposer else { return }
    for proposal in proposer.propose(reading.text, limit: 8, floor: 0.12) where proposed < 3 {
      let item = Int32(proposal.violation)
      guard proposal.score >= 0.22 || reading.ownWords.contains(where: { isRead($0.concept, by: item) }),
        !findings.contains(where: { $0.violation == proposal.violation })
      else { continue }
      findings.append(
        Finding(
          violation: proposal.violation, status: .candidate, basis: .wording, score: proposal.score, evidence: []))
      proposed += 1
    }
  }

  /// What the wording model sees in a text, by name: `未报`, `@rail-`.
  func wordingFeatures(_ text: String) -> (names: [String], fired: [Int]) {
    let reading = read(text)
    var shared = reading
    shared.decideStates()
    let names = WordingModel.features(of: shared).map { feature in
      WordingModel.name(feature) { conceptNames[Int($0)] }
    }.sorted()
    return (names, decideByPatterns(reading, shared).map(\.violation))
  }

  // MARK: - Explaining

  /// How an item was read: the patterns of its file that fire, with the words they rest on, and what the wording says.
  struct Explanation: Sendable {
    struct Word: Sendable {
      var concept: String
      var state: Reading.State
      var range: Range<Int>
    }

    struct Fired: Sendable {
      var line: Int
      var weight: Double
      var status: Match.Status
      var words: [Word]
    }

    var patterns: [Fired] = []
    var isDoubted = false
    /// The item's score, that of `finding`, and the distance from the threshold of a decision; nil without a model.
    var wording: (score: Double, finding: Double, distance: Double, isDecided: Bool)?
    var phrases: [Range<Int>] = []
  }

  /// Works out anew how a text was read for an item; for showing it, never for deciding.
  func explain(_ text: String, item: Int) -> Explanation {
    let reading = read(text)
    var shared = reading
    shared.decideStates()
    var explanation = Explanation()
    explanation.isDoubted = !reading.doubted.isEmpty
    var own = reading
    own.add(reading.ownWords.filter { isRead($0.concept, by: Int32(item)) })
    own.decideStates()
    for number in possiblePatterns(reading) where patterns[number].violation == Int32(item) {
      let pattern = patterns[number]
      let first = requirements[pattern.requirements.lowerBound]
      for (index, word) in own.words.enumerated() where names(first, word.concept) && Self.holds(first.test, word) {
        guard let evidence = evaluate(pattern, from: index, in: own) else { continue }
        explanation.patterns.append(
          Explanation.Fired(
            line: pattern.line, weight: pattern.weight, status: pattern.status,
            words: evidence.map { place in
              let word = own.words[place]
              return Explanation.Word(
                concept: conceptNames[Int(word.concept)], state: word.state, range: own.range(word.start, word.end))
            }))
        break
      }
    }
    if let wording, let output = wordingItems.firstIndex(of: item) {
      let fired = wordingItems.map { other in decideByPatterns(reading, shared).contains { $0.violation == other } }
      let scores = wording.scores(shared)
      let likelihood = wording.likelihoods(scores, fired: fired)[output]
      explanation.wording = (
        Double(scores[output]), Double(scores[scores.count - 1]), Double(likelihood.distance), likelihood.isDecided
      )
      explanation.phrases = Self.merged(wording.reasons(for: output, shared).map { shared.range($0.start, $0.end) })
    }
    return explanation
  }
}
