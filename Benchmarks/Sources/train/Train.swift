import Enforcement
import EnforcementXML
import Foundation
import RegulationLibrary

/// Learns `Regulations/wording.xml` from the examples of the violations and from `Regulations/training/*.tsv`.
///
///     train REGULATIONS > wording.xml
///
/// One support vector machine for each item and one for `finding`, all over the same features, and a logistic regression
/// over the clues. The same sentences give the same bytes. What it is worth on sentences that the scoring machine has not
/// seen is printed on standard error.
@main
struct Train {
  struct Sentence {
    var items: Set<String>
    /// Neither taught as such nor as its opposite.
    var acceptable: Set<String>
    var features: [Int]
    var fired: Set<String>
    /// The patterns were written for the examples: how they fare there says nothing about how far to trust them.
    var isExample: Bool
    /// The sentences it was joined from, by number; empty for one that was written.
    var parts: [Int] = []
  }

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 2 else {
      say("usage: train REGULATIONS > wording.xml")
      exit(2)
    }
    let rulebook = try Rulebook(contentsOf: RulebookFolder(arguments[1]))
    let corpus = try Corpus(rulebook, training: arguments[1] + "/training")
    let outputs = rulebook.violations.map(\.id.rawValue) + [Wording.finding]
    let judgement = Judgement(corpus, outputs, scores: crossValidated(corpus, outputs))
    let model = Model(corpus.sentences, outputs, features: corpus.names.count)
    FileHandle.standardOutput.write(Data(text(model, corpus, outputs, judgement).utf8))
  }

  static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  struct Corpus {
    var sentences: [Sentence] = []
    var names: [String] = []
    private var numbers: [String: Int] = [:]

    init(_ rulebook: Rulebook, training folder: String) throws {
      for violation in rulebook.violations {
        for example in violation.examples {
          let others = Set(example.others.map(\.rawValue))
          let items = example.kind == .triggering ? others.union([violation.id.rawValue]) : others
          add(example.text, items, Set(example.acceptable.map(\.rawValue)), rulebook, isExample: true)
        }
      }
      var written: [(text: String, items: Set<String>, acceptable: Set<String>)] = []
      for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".tsv") {
        for line in try String(contentsOfFile: folder + "/" + name, encoding: .utf8).split(separator: "\n") {
          let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
          guard fields.count == 3 else {
            say("\(name): not three fields between tabs: \(line)")
            exit(2)
          }
          func items(_ field: Substring) -> Set<String> {
            field == "-" ? [] : Set(field.split(separator: " ").map(String.init))
          }
          written.append((String(fields[2]), items(fields[0]), items(fields[1])))
        }
      }
      for one in written { add(one.text, one.items, one.acceptable, rulebook, isExample: false) }
      // Reports say in one breath what is well and what is not, and of several things what is not.
      let start = sentences.count - written.count
      let wrong = written.indices.filter { !written[$0].items.isEmpty }
      let well = written.indices.filter { written[$0].items.isEmpty && written[$0].acceptable.isEmpty }
      guard !wrong.isEmpty, !well.isEmpty else { return }
      var random = Generator(state: 7)
      for number in 0..<(written.count / 4) {
        let parts = [wrong.randomElement(using: &random)!, (number % 3 == 0 ? wrong : well).randomElement(using: &random)!]
        let (one, other) = (written[parts[0]], written[parts[1]])
        let joint = ["，", "；", "。", "，但"].randomElement(using: &random)!
        let texts = Bool.random(using: &random) ? [one.text, other.text] : [other.text, one.text]
        let items = one.items.union(other.items)
        add(
          texts.joined(separator: joint), items, one.acceptable.union(other.acceptable).subtracting(items), rulebook,
          isExample: false,
          parts: parts.map { $0 + start })
      }
    }

    private mutating func add(
      _ text: String, _ items: Set<String>, _ acceptable: Set<String>, _ rulebook: Rulebook, isExample: Bool,
      parts: [Int] = []
    ) {
      let (seen, fired) = rulebook.wordingFeatures(of: text)
      let features = seen.map { name in
        if let known = numbers[name] { return known }
        numbers[name] = names.count
        names.append(name)
        return names.count - 1
      }
      sentences.append(
        Sentence(
          items: items, acceptable: acceptable, features: features, fired: Set(fired.map(\.rawValue)),
          isExample: isExample, parts: parts))
    }
  }

  // MARK: - Scores

  /// Linear support vector machines over the same features, one for each output: squared hinge loss, solved exactly by
  /// coordinate descent in the dual (Hsieh and others, ICML 2008).
  struct Model {
    let outputs: Int
    var rarity: [Float]
    /// `weight[feature * outputs + output]`
    var weight: [Float]
    var bias: [Float]

    init(_ sentences: [Sentence], _ names: [String], features: Int) {
      outputs = names.count
      var documents = [Int](repeating: 0, count: features)
      for sentence in sentences { for feature in sentence.features { documents[feature] += 1 } }
      // What stands in eight sentences at most teaches little about others.
      rarity = documents.map { $0 < 9 ? 0 : Float(log(Double(1 + sentences.count) / Double(1 + $0)) + 1) }
      weight = Array(repeating: 0, count: features * outputs)
      bias = Array(repeating: 0, count: outputs)
      let inputs = sentences.map { Self.inputs($0, rarity) }
      for (output, name) in names.enumerated() {
        // +1, -1, and nil for what teaches neither.
        let targets = sentences.map { sentence -> Float? in
          if name == Wording.finding { return !sentence.items.isEmpty ? 1 : sentence.acceptable.isEmpty ? -1 : nil }
          return sentence.items.contains(name) ? 1 : sentence.acceptable.contains(name) ? nil : -1
        }
        let costs = sentences.indices.map { index in
          // An item has few sentences of its own; and what the violations' files promise is kept.
          Float(name == Wording.finding ? 4 : targets[index] == 1 ? 3 : 1) * (sentences[index].isExample ? 4 : 1)
        }
        let (weights, bias) = Self.solve(inputs, targets, costs, features: features)
        for feature in 0..<features { weight[feature * outputs + output] = weights[feature] }
        self.bias[output] = bias
      }
    }

    /// - Parameter costs: what a sentence costs that is on the wrong side.
    private static func solve(
      _ inputs: [[(Int, Float)]], _ targets: [Float?], _ costs: [Float], features: Int
    ) -> (weights: [Float], bias: Float) {
      var weights = [Float](repeating: 0, count: features)
      var bias: Float = 0
      var dual = [Float](repeating: 0, count: inputs.count)
      var random = Generator(state: 20_261_125)
      var order = inputs.indices.filter { targets[$0] != nil }
      for _ in 0..<60 {
        order.shuffle(using: &random)
        var largest: Float = 0
        for index in order {
          let target = targets[index]!
          let softness = 0.5 / costs[index]
          var margin = bias
          for (feature, value) in inputs[index] { margin += weights[feature] * value }
          let gradient = target * margin - 1 + softness * dual[index]
          let projected = dual[index] == 0 ? min(gradient, 0) : gradient
          guard abs(projected) > 1e-4 else { continue }
          largest = max(largest, abs(projected))
          let before = dual[index]
          // Every input has length one, and one more for the bias.
          dual[index] = max(0, before - gradient / (2 + softness))
          let step = (dual[index] - before) * target
          bias += step
          for (feature, value) in inputs[index] { weights[feature] += step * value }
        }
        if largest < 0.02 { break }
      }
      return (weights, bias)
    }

    /// What a sentence has, brought to length one.
    static func inputs(_ sentence: Sentence, _ rarity: [Float]) -> [(Int, Float)] {
      let used = sentence.features.filter { rarity[$0] > 0 }
      let norm = used.reduce(Float(0)) { $0 + rarity[$1] * rarity[$1] }.squareRoot()
      return used.map { ($0, rarity[$0] / max(norm, 1e-6)) }
    }

    func scores(_ sentence: Sentence) -> [Float] {
      var scores = bias
      for (feature, value) in Self.inputs(sentence, rarity) {
        for output in 0..<outputs { scores[output] += weight[feature * outputs + output] * value }
      }
      return scores
    }
  }

  /// The scores of each sentence by a model that has not seen it: five parts, each scored by what the other four teach.
  static func crossValidated(_ corpus: Corpus, _ outputs: [String]) -> [[Float]] {
    var random = Generator(state: 1)
    let order = corpus.sentences.indices.shuffled(using: &random)
    var scores = [[Float]](repeating: [], count: order.count)
    for fold in 0..<5 {
      let held = Set(order.enumerated().filter { $0.offset % 5 == fold }.map(\.element))
      let rest = corpus.sentences.indices.filter { index in
        !held.contains(index) && !corpus.sentences[index].parts.contains { held.contains($0) }
      }.map { corpus.sentences[$0] }
      let model = Model(rest, outputs, features: corpus.names.count)
      for index in held { scores[index] = model.scores(corpus.sentences[index]) }
    }
    return scores
  }

  // MARK: - Judgement

  /// How the clues weigh, and the thresholds that serve best.
  struct Judgement {
    var bias = 0.0
    var weights = [Double](repeating: 0, count: Wording.Clue.allCases.count)
    var withPattern = Wording.Threshold(likelihood: 0, finding: 0)
    var withoutPattern = Wording.Threshold(likelihood: 0, finding: 0)

    struct Case {
      var sentence: Int
      var item: String
      var isRight: Bool
      var hasFired: Bool
      var clues: [Double]
      var finding: Double
      var likelihood = 0.0
    }

    init(_ corpus: Corpus, _ outputs: [String], scores: [[Float]]) {
      let items = Array(outputs.dropLast())
      var cases: [Case] = []
      for (number, sentence) in corpus.sentences.enumerated() where !sentence.isExample && sentence.parts.isEmpty {
        let fired = items.map { sentence.fired.contains($0) }
        Wording.forEachItem(scores[number], fired: fired) { item, clues in
          let name = items[item]
          let isRight = sentence.items.contains(name)
          // Thirty items are far off in every sentence.
          let isFarOff = scores[number][item] < -1.2 && !isRight && !fired[item]
          if isFarOff || (sentence.acceptable.contains(name) && !isRight) { return }
          cases.append(
            Case(
              sentence: number, item: name, isRight: isRight, hasFired: fired[item], clues: clues.values.map(Double.init),
              finding: Double(scores[number][items.count])))
        }
      }
      fit(cases)
      for index in cases.indices {
        cases[index].likelihood = bias + zip(cases[index].clues, weights).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let silent = Set(
        corpus.sentences.indices.filter {
          corpus.sentences[$0].items.isEmpty && !corpus.sentences[$0].isExample && corpus.sentences[$0].parts.isEmpty
        })
      let wanted = corpus.sentences.filter { !$0.isExample && $0.parts.isEmpty }.reduce(0) { $0 + $1.items.count }
      choose(cases, silent, wanted)
    }

    /// Logistic regression over the clues, by plain gradient descent on standardised values.
    private mutating func fit(_ cases: [Case]) {
      let count = Double(cases.count)
      let mean = weights.indices.map { clue in cases.reduce(0) { $0 + $1.clues[clue] } / count }
      let spread = weights.indices.map { clue in
        max(1e-6, (cases.reduce(0) { $0 + ($1.clues[clue] - mean[clue]) * ($1.clues[clue] - mean[clue]) } / count).squareRoot())
      }
      let inputs = cases.map { one in weights.indices.map { (one.clues[$0] - mean[$0]) / spread[$0] } }
      var slope = [Double](repeating: 0, count: weights.count)
      var start = 0.0
      for _ in 0..<1500 {
        var gradient = [Double](repeating: 0, count: weights.count)
        var shift = 0.0
        for (one, input) in zip(cases, inputs) {
          var value = start
          for clue in slope.indices { value += slope[clue] * input[clue] }
          let error = 1 / (1 + exp(-value)) - (one.isRight ? 1 : 0)
          shift += error
          for clue in slope.indices { gradient[clue] += error * input[clue] }
        }
        start -= 1.0 * shift / count
        for clue in slope.indices { slope[clue] -= 1.0 * (gradient[clue] / count + 1e-5 * slope[clue]) }
      }
      weights = weights.indices.map { slope[$0] / spread[$0] }
      bias = start - weights.indices.reduce(0) { $0 + weights[$1] * mean[$1] }
    }

    /// Three quarters of the share of false alarms are taken from F1: the silent sentences here were chosen close to the line and raise more
    /// of them than everyday ones. An officer who is told nothing
    /// still has eyes, one who is told wrong has been misled.
    private mutating func choose(_ cases: [Case], _ silent: Set<Int>, _ wanted: Int) {
      func measure(_ with: Wording.Threshold, _ without: Wording.Threshold) -> (
        f1: Double, precision: Double, recall: Double, alarms: Int
      ) {
        var hits = 0
        var wrong = 0
        var alarms: Set<Int> = []
        for one in cases {
          let threshold = one.hasFired ? with : without
          guard one.likelihood >= threshold.likelihood, one.finding >= threshold.finding else { continue }
          if silent.contains(one.sentence) { alarms.insert(one.sentence) } else if one.isRight { hits += 1 } else { wrong += 1 }
        }
        let f1 = 2 * Double(hits) / Double(max(1, hits + wrong + wanted))
        return (f1, Double(hits) / Double(max(1, hits + wrong)), Double(hits) / Double(max(1, wanted)), alarms.count)
      }
      var best = -1.0
      for withLikelihood in stride(from: -2.0, through: 0, by: 0.5) {
        for withFinding in stride(from: -3.0, through: 0.5, by: 0.5) {
          for withoutLikelihood in stride(from: 0.0, through: 0.5, by: 0.25) {
            for withoutFinding in stride(from: 0.4, through: 1.4, by: 0.1) {
              let with = Wording.Threshold(likelihood: withLikelihood, finding: withFinding)
              let without = Wording.Threshold(likelihood: withoutLikelihood, finding: withoutFinding)
              let result = measure(with, without)
              let value = result.f1 - 0.75 * Double(result.alarms) / Double(max(1, silent.count))
              if value > best {
                best = value
                withPattern = with
                withoutPattern = without
              }
            }
          }
        }
      }
      let result = measure(withPattern, withoutPattern)
      say(
        String(
          format: "unseen: F1 %.3f (precision %.3f, recall %.3f), false alarms %d of %d", result.f1, result.precision,
          result.recall,
          result.alarms, silent.count))
      say("with a pattern \(withPattern), without \(withoutPattern)")
    }
  }

  /// A small generator of its own: the system's is another one each time.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }

  // MARK: - Writing

  static func text(_ model: Model, _ corpus: Corpus, _ outputs: [String], _ judgement: Judgement) -> String {
    func three(_ value: Double) -> String { String(format: "%.3f", value) }
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- Written by make train; nobody edits it. schema/wording.rng says what it means. -->
      <wording xmlns="urn:zhunsheng:rules:1" sentences="\(corpus.sentences.count)" bias="\(three(judgement.bias))">

      """
    for (output, name) in outputs.enumerated() {
      text += "  <output name=\"\(name)\" bias=\"\(three(Double(model.bias[output])))\"/>\n"
    }
    for (clue, weight) in zip(Wording.Clue.allCases, judgement.weights) {
      text += "  <clue name=\"\(clue.rawValue)\" weight=\"\(three(weight))\"/>\n"
    }
    for (basis, threshold) in [("pattern", judgement.withPattern), ("wording", judgement.withoutPattern)] {
      text +=
        "  <threshold basis=\"\(basis)\" likelihood=\"\(three(threshold.likelihood))\" finding=\"\(three(threshold.finding))\"/>\n"
    }
    text += "  <table>\n"
    let limit: Float = 0.2
    var count = 0
    for (feature, name) in corpus.names.enumerated().sorted(by: { $0.element < $1.element }) where model.rarity[feature] > 0 {
      var line = ""
      for output in outputs.indices {
        let weight = model.weight[feature * outputs.count + output]
        // Small weights are left out: they are most of the file and little of the answer.
        if abs(weight) >= limit { line += " \(output) \(Int((weight * Float(Wording.unit)).rounded()))" }
      }
      text += "\(name) \(Int((model.rarity[feature] * 100).rounded()))\(line)\n"
      count += 1
    }
    say("\(corpus.sentences.count) sentences, \(count) features")
    return text + "  </table>\n</wording>\n"
  }
}
