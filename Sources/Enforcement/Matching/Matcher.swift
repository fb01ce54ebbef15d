/// Decides which violations a sentence shows. Everything is compiled when a rulebook is loaded; using it builds nothing.
///
///     fold → find the known words → cut into clauses → what is said of each → the items' patterns decide
///                                                                           ↘ BM25 only proposes
///
/// The words of the lexicon are shared: every item reads them. The words of an item's own file are read by that item only
/// (and by one that names them, `D01.bare`), so that one file never changes what another reads. An item whose own words
/// occur gets a reading of its own; all others share one.
struct Matcher: Sendable {
  let folding: Folding
  private let shared: Vocabulary
  private let local: Vocabulary
  /// The items that read a local concept: `readers[readerStart[c]..<readerStart[c + 1]]`.
  private let readerStart: [Int32]
  private let readers: [Int32]
  let conceptNames: [String]
  private let roles: [Concept.Role]
  private let quantities: [(units: [[UInt16]], minimum: Double?, maximum: Double?, concept: Int32)]
  private let patterns: [CompiledPattern]
  /// The patterns whose first condition names a concept: `patternIndex[patternStart[c]..<patternStart[c + 1]]`.
  private let patternStart: [Int32]
  private let patternIndex: [Int32]
  private let proposer: Proposer
  private let violations: Int

  /// Terms, and the concepts they stand for: `concepts[start[t]..<start[t + 1]]`.
  struct Vocabulary: Sendable {
    var automaton: Automaton
    var start: [Int32]
    var concepts: [Int32]

    init(_ terms: Automaton.Builder) {
      automaton = Automaton(terms)
      (start, concepts) = terms.meanings
    }
  }

  struct CompiledPattern: Sendable {
    var violation: Int32
    var status: Match.Status
    var weight: Double
    var requirements: [Requirement]

    struct Requirement: Sendable {
      var test: Pattern.Requirement.Test
      var concepts: [Int32]
      var scope: Pattern.Requirement.Scope
    }
  }

  /// What the patterns or the proposer found for one item.
  struct Finding: Sendable {
    var violation: Int
    var status: Match.Status
    var score: Double
    /// Offsets in Unicode scalars of the text, in order, not touching.
    var evidence: [Range<Int>]
  }

  /// - Parameter report: called with what is wrong with the words or the patterns.
  init(lexicon: Lexicon, violations: [Violation], report: (Diagnostic) -> Void) {
    folding = Folding(variants: lexicon.variants)
    var names: [String: Int32] = [:]
    var conceptNames: [String] = []
    var roles: [Concept.Role] = []
    var sharedTerms = Automaton.Builder()
    var localTerms = Automaton.Builder()
    func concept(_ name: String, _ role: Concept.Role) -> Int32 {
      if let known = names[name] { return known }
      let number = Int32(conceptNames.count)
      names[name] = number
      conceptNames.append(name)
      roles.append(role)
      return number
    }
    func add(
      _ concept: Concept, as name: String, file: String, folding: Folding, to vocabulary: inout Automaton.Builder
    ) {
      let number = Int32(conceptNames.count)
      if names[name] != nil {
        report(
          Diagnostic(
            rule: "concept.duplicate", file: file, line: concept.line, message: "概念 \(name) 定义了两次", fix: "合并成一个"))
        return
      }
      names[name] = number
      conceptNames.append(name)
      roles.append(concept.role)
      for form in concept.forms {
        guard vocabulary.add(form, folding, number) else {
          report(
            Diagnostic(
              rule: "concept.form", file: file, line: concept.line, message: "概念 \(name) 的写法“\(form)”花括号不配对",
              fix: "写成 {未,没}戴 的样子"))
          continue
        }
      }
    }
    for concept in lexicon.concepts {
      add(concept, as: concept.id, file: "lexicon.xml", folding: folding, to: &sharedTerms)
    }
    var quantities: [(units: [[UInt16]], minimum: Double?, maximum: Double?, concept: Int32)] = []
    for quantity in lexicon.quantities {
      let number = concept(quantity.id, .scene)
      quantities.append((quantity.units.map { [UInt16]($0.utf16) }, quantity.minimum, quantity.maximum, number))
    }
    for violation in violations {
      for local in violation.concepts {
        add(
          local, as: violation.id.rawValue + "." + local.id, file: violation.file, folding: folding, to: &localTerms)
      }
    }
    var patterns: [CompiledPattern] = []
    for (number, violation) in violations.enumerated() {
      for pattern in violation.patterns {
        var requirements: [CompiledPattern.Requirement] = []
        for requirement in pattern.requirements {
          var concepts: [Int32] = []
          for name in requirement.concepts {
            if let known = names[violation.id.rawValue + "." + name] ?? names[name] {
              concepts.append(known)
            } else {
              report(
                Diagnostic(
                  rule: "pattern.unknown-concept", file: violation.file, line: requirement.line,
                  message: "模式用到的概念 \(name) 在 lexicon.xml 和本文件里都没有", fix: "改正名字，或者在本文件 <concepts> 里加上"))
            }
          }
          requirements.append(
            CompiledPattern.Requirement(test: requirement.test, concepts: concepts, scope: requirement.scope))
        }
        guard let first = requirements.first, first.test != .without, !first.concepts.isEmpty else {
          report(
            Diagnostic(
              rule: "pattern.no-anchor", file: violation.file, line: pattern.line,
              message: "模式的第一个条件必须是 lacks、has 或者 mentions", fix: "把 without 挪到后面"))
          continue
        }
        patterns.append(
          CompiledPattern(
            violation: Int32(number), status: pattern.status, weight: pattern.weight, requirements: requirements))
      }
    }
    shared = Vocabulary(sharedTerms)
    local = Vocabulary(localTerms)
    var reading = [[Int32]](repeating: [], count: conceptNames.count)
    for (number, violation) in violations.enumerated() {
      // Its own words, also those that no pattern names: they hide what lies inside them.
      for own in violation.concepts {
        if let concept = names[violation.id.rawValue + "." + own.id] { reading[Int(concept)].append(Int32(number)) }
      }
    }
    for pattern in patterns {
      for concept in pattern.requirements.flatMap(\.concepts) where !reading[Int(concept)].contains(pattern.violation) {
        reading[Int(concept)].append(pattern.violation)
      }
    }
    (readerStart, readers) = Self.flatten(reading)
    self.conceptNames = conceptNames
    self.roles = roles
    self.quantities = quantities
    self.patterns = patterns
    self.violations = violations.count
    var byConcept = [[Int32]](repeating: [], count: conceptNames.count)
    for (number, pattern) in patterns.enumerated() {
      for concept in Set(pattern.requirements[0].concepts) { byConcept[Int(concept)].append(Int32(number)) }
    }
    (patternStart, patternIndex) = Self.flatten(byConcept)
    proposer = Proposer(violations: violations, folding: folding)
  }

  static func flatten(_ lists: [[Int32]]) -> (start: [Int32], values: [Int32]) {
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

  /// Folds the text, cuts it into clauses, and finds the shared words and what is said of each.
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
    let occurrences = shared.automaton.occurrences(in: reading.text)
    var turns: [Int32] = []
    for occurrence in occurrences where roles[Int(shared.concepts[Int(shared.start[Int(occurrence.term)])])] == .turn {
      turns.append(occurrence.start)
    }
    reading.cut(atTurns: turns)
    reading.words.reserveCapacity(occurrences.count)
    for occurrence in occurrences {
      let clause = reading.clause(at: occurrence.start)
      for index in shared.start[Int(occurrence.term)]..<shared.start[Int(occurrence.term) + 1] {
        append(shared.concepts[Int(index)], occurrence, clause, to: &reading)
      }
    }
    if !quantities.isEmpty { addQuantities(to: &reading) }
    return reading
  }

  private func append(_ concept: Int32, _ occurrence: Automaton.Occurrence, _ clause: Int, to reading: inout Reading) {
    reading.words.append(
      Reading.Word(
        concept: concept, role: roles[Int(concept)], start: occurrence.start, end: occurrence.end,
        clause: Int32(clause), sentence: reading.clauses[clause].sentence))
  }

  /// The readings of the items whose own words occur, by item.
  private func ownReadings(_ base: Reading) -> [(violation: Int32, reading: Reading)] {
    let occurrences = local.automaton.allOccurrences(in: base.text)
    guard !occurrences.isEmpty else { return [] }
    var words: [(violation: Int32, word: Reading.Word)] = []
    for occurrence in occurrences {
      let clause = base.clause(at: occurrence.start)
      for index in local.start[Int(occurrence.term)]..<local.start[Int(occurrence.term) + 1] {
        let concept = local.concepts[Int(index)]
        let word = Reading.Word(
          concept: concept, role: roles[Int(concept)], start: occurrence.start, end: occurrence.end,
          clause: Int32(clause), sentence: base.clauses[clause].sentence)
        for reader in readerStart[Int(concept)]..<readerStart[Int(concept) + 1] {
          words.append((readers[Int(reader)], word))
        }
      }
    }
    words.sort { ($0.violation, $0.word.start, $0.word.end) < ($1.violation, $1.word.start, $1.word.end) }
    var result: [(violation: Int32, reading: Reading)] = []
    var first = 0
    while first < words.count {
      var last = first
      while last < words.count, words[last].violation == words[first].violation { last += 1 }
      var reading = base
      reading.add(words[first..<last].lazy.map(\.word))
      reading.decideStates()
      result.append((words[first].violation, reading))
      first = last
    }
    return result
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
    var findings: [Finding] = []
    let own = ownReadings(reading)
    var reading = reading
    reading.decideStates()
    decide(in: reading, to: &findings) { violation in !own.contains { $0.violation == violation } }
    for (item, reading) in own { decide(in: reading, to: &findings) { $0 == item } }
    for index in findings.indices { findings[index].evidence = Self.merged(findings[index].evidence) }
    if findings.isEmpty || hasUnexplained(reading, findings) {
      propose(for: reading, to: &findings)
    }
    if findings.count > 1 {
      findings.sort {
        ($0.status.rank, -$0.score, $0.violation) < ($1.status.rank, -$1.score, $1.violation)
      }
    }
    return findings
  }

  /// Evaluates the patterns of the items that are asked for, on one reading.
  private func decide(in reading: Reading, to findings: inout [Finding], for isAsked: (Int32) -> Bool) {
    for (index, word) in reading.words.enumerated() {
      let concept = Int(word.concept)
      for entry in patternStart[concept]..<patternStart[concept + 1] {
        let pattern = patterns[Int(patternIndex[Int(entry)])]
        guard isAsked(pattern.violation), Self.holds(pattern.requirements[0].test, word) else { continue }
        guard let evidence = evaluate(pattern, from: index, in: reading) else { continue }
        record(pattern, evidence, in: reading, to: &findings)
      }
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
    for requirement in pattern.requirements.dropFirst() {
      var found: Int?
      let range = requirement.scope == .finding ? 0..<reading.words.count : sentence
      for index in range {
        let word = reading.words[index]
        guard requirement.concepts.contains(word.concept) else { continue }
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
    var position = findings.count
    for index in findings.indices where findings[index].violation == Int(pattern.violation) { position = index }
    if position == findings.count {
      findings.append(Finding(violation: Int(pattern.violation), status: pattern.status, score: pattern.weight, evidence: []))
    } else {
      if pattern.status.rank < findings[position].status.rank { findings[position].status = pattern.status }
      findings[position].score = max(findings[position].score, pattern.weight)
    }
    for index in evidence {
      let word = reading.words[index]
      findings[position].evidence.append(reading.range(word.start, word.end))
      if word.cause >= 0 {
        let cause = reading.words[Int(word.cause)]
        findings[position].evidence.append(reading.range(cause.start, cause.end))
      }
    }
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
    for proposal in proposer.propose(reading.text) {
      guard !findings.contains(where: { $0.violation == proposal.violation }) else { continue }
      findings.append(
        Finding(violation: proposal.violation, status: .candidate, score: proposal.score, evidence: []))
    }
  }

  /// Ranks every item by the proposer alone; for measuring it beside the patterns.
  func proposals(for text: String) -> [(violation: Int, score: Double)] {
    proposer.propose(folding.fold(text), limit: violations, floor: 0)
  }
}
