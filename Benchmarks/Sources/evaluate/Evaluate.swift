import Enforcement
import EnforcementXML
import Foundation
import RegulationLibrary

/// How well the rules read labelled sentences: the figures of docs/evaluation.md.
///
///     evaluate REGULATIONS FOLDER… [--wrong]
///
/// A folder holds `*.jsonl`, one sentence a line: `text`, `items` (required), `acceptable` (neither required nor wrong).
/// `--wrong` prints every sentence that was not read as labelled; meant for sentences one may tune to.
@main
struct Evaluate {
  struct Row: Decodable {
    var text: String
    var items: [String]
    var acceptable: [String]?
    var status: String?
  }

  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let isVerbose = arguments.contains("--wrong")
    arguments.removeAll { $0 == "--wrong" }
    guard arguments.count >= 2 else {
      print("usage: evaluate REGULATIONS FOLDER… [--wrong]")
      exit(2)
    }
    let rulebook = try Rulebook(contentsOf: RulebookFolder(arguments[0]))
    for folder in arguments.dropFirst() {
      let rows = try read(folder)
      guard !rows.isEmpty else { continue }
      print("\(folder): \(rows.count) sentences, \(rows.count { $0.items.isEmpty }) of them without an item")
      let patterns = rows.map { row in
        rulebook.assess(Finding(row.text, on: "2026-11-20")).matches.map { match in
          Answer(item: match.violation.id.rawValue, isDecided: match.status != .candidate, status: match.status.rawValue)
        }
      }
      report("rules", rows, patterns)
      report("BM25 alone", rows, wordsAlone(rulebook, rows))
      confusions(rows, patterns)
      if isVerbose { wrong(rows, patterns) }
      print()
    }
  }

  struct Answer {
    var item: String
    var isDecided: Bool
    var status: String
  }

  static func read(_ folder: String) throws -> [Row] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    var rows: [Row] = []
    for name in names where name.hasSuffix(".jsonl") && name != "decisions.jsonl" {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      for line in text.split(separator: "\n") { rows.append(try JSONDecoder().decode(Row.self, from: Data(line.utf8))) }
    }
    return rows
  }

  /// Likeness of wording decides by itself: the best item, where its score reaches the threshold that serves it best.
  static func wordsAlone(_ rulebook: Rulebook, _ rows: [Row]) -> [[Answer]] {
    let ranked = rulebook.proposals(for: rows.map(\.text))
    func answers(_ threshold: Double) -> [[Answer]] {
      ranked.map { proposals in
        proposals.prefix(3).enumerated().map { place, proposal in
          Answer(item: proposal.item.rawValue, isDecided: place == 0 && proposal.score >= threshold, status: "matched")
        }
      }
    }
    let thresholds = stride(from: 0.05, through: 0.8, by: 0.01)
    return answers(thresholds.max { score(rows, answers($0)).f1 < score(rows, answers($1)).f1 }!)
  }

  struct Score {
    var hits = 0
    var wrong = 0
    var missed = 0
    var wanted = 0
    var amongThree = 0
    var alarms = 0
    var silent = 0

    var precision: Double { Double(hits) / Double(max(1, hits + wrong)) }
    var recall: Double { Double(hits) / Double(max(1, hits + missed)) }
    var f1: Double { 2 * Double(hits) / Double(max(1, 2 * hits + wrong + missed)) }
  }

  static func score(_ rows: [Row], _ answers: [[Answer]]) -> Score {
    var score = Score()
    for (row, answer) in zip(rows, answers) {
      let wanted = Set(row.items)
      let decided = Set(answer.filter(\.isDecided).map(\.item))
      let extra = decided.subtracting(wanted).subtracting(row.acceptable ?? [])
      if wanted.isEmpty {
        score.silent += 1
        if !extra.isEmpty { score.alarms += 1 }
        continue
      }
      score.hits += decided.intersection(wanted).count
      score.wrong += extra.count
      score.missed += wanted.subtracting(decided).count
      score.wanted += wanted.count
      score.amongThree += wanted.intersection(answer.prefix(max(3, wanted.count)).map(\.item)).count
    }
    return score
  }

  static func report(_ name: String, _ rows: [Row], _ answers: [[Answer]]) {
    let score = score(rows, answers)
    func three(_ value: Double) -> String { String(format: "%.3f", value) }
    print(
      "  \(name): F1 \(three(score.f1)) (precision \(three(score.precision)), recall \(three(score.recall))), recall@3 "
        + three(Double(score.amongThree) / Double(max(1, score.wanted)))
        + ", false alarms \(score.alarms) of \(score.silent)"
    )
  }

  /// For each item what was read in its place, or beside it.
  static func confusions(_ rows: [Row], _ answers: [[Answer]]) {
    var table: [String: [String: Int]] = [:]
    for (row, answer) in zip(rows, answers) {
      let decided = Set(answer.filter(\.isDecided).map(\.item))
      let extra = decided.subtracting(row.items).subtracting(row.acceptable ?? [])
      let missed = Set(row.items).subtracting(decided)
      for item in missed {
        for other in extra.isEmpty ? ["nothing"] : Array(extra) { table[item, default: [:]][other, default: 0] += 1 }
      }
      if missed.isEmpty {
        for other in extra { table[row.items.isEmpty ? "none" : "beside", default: [:]][other, default: 0] += 1 }
      }
    }
    for (item, others) in table.sorted(by: { $0.key < $1.key }) {
      let list = others.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
      print("  \(item) read as: \(list.joined(separator: ", "))")
    }
  }

  static func wrong(_ rows: [Row], _ answers: [[Answer]]) {
    for (row, answer) in zip(rows, answers) {
      let decided = Set(answer.filter(\.isDecided).map(\.item))
      let extra = decided.subtracting(row.items).subtracting(row.acceptable ?? [])
      let missed = Set(row.items).subtracting(decided)
      guard !extra.isEmpty || !missed.isEmpty else { continue }
      let rest = answer.filter { !$0.isDecided }.map(\.item)
      print("  -\(missed.sorted()) +\(extra.sorted()) ?\(rest) \(row.text)")
    }
  }
}
