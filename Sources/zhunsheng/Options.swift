internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

/// Which rules to use.
struct RulesOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("规则库文件夹（默认随程序安装的）", valueName: "目录"))
  var regulations: String?

  func load() throws -> Rulebook {
    let rulebook = try Rulebook.bundled(named: regulations)
    // The process ends with the answer: taking a rulebook apart first is time someone waits for.
    _ = Unmanaged.passRetained(Kept(rulebook))
    return rulebook
  }

  private final class Kept {
    let rulebook: Rulebook
    init(_ rulebook: Rulebook) { self.rulebook = rulebook }
  }
}

/// The day that decides which law applies.
struct DateOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("行为发生日，如 2026-11-20（默认今天，深圳时间）", valueName: "日期"))
  var on: String?

  func date() throws -> CalendarDate {
    guard let on else { return Clock.todayInShenzhen() }
    guard let date = CalendarDate(on) else {
      throw RulebookError(.invalidData, "--on \(on)：没有这一天；请写成 2026-11-20 的样子")
    }
    return date
  }
}

/// What is known of the case.
struct FactOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("已查明的事实，可以写多个：building-work=yes、deadline-passed=no（代码见 terms.xml）", valueName: "代码=yes|no"))
  var fact: [String] = []

  func value(_ rulebook: Rulebook, party: Party?) throws -> KnownFacts {
    var given: [(fact: Fact.ID, answer: KnownFacts.Answer)] = []
    for text in fact {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let answers: [String: KnownFacts.Answer] = [
        "yes": .yes, "是": .yes, "no": .no, "否": .no, "unknown": .unknown, "未知": .unknown,
      ]
      guard parts.count == 2, let answer = answers[parts[1]] else {
        throw RulebookError(.invalidData, "--fact \(text)：请写成 代码=yes、代码=no 或者 代码=unknown 的样子")
      }
      given.append((Fact.ID(rawValue: parts[0]), answer))
    }
    // Who is asked about as a natural person is one.
    if party == .individual, !given.contains(where: { $0.fact == "party-is-individual" }) {
      given.append(("party-is-individual", .yes))
    }
    return try KnownFacts(given, terms: rulebook.terms)
  }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json, jsonl }

/// Who the finding is laid to.
struct PartyOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("当事人：owner 建设单位、contractor 施工单位、user 使用人、individual 个人、supervisor 监理…", valueName: "代码"))
  var party: String?

  func value() throws -> Party? {
    guard let party else { return nil }
    if let value = Party(rawValue: party) { return value }
    let known = Party.allCases.map(\.rawValue)
    let near = Spelling.nearest(to: party, in: known).map { "；是不是 \($0)？" } ?? ""
    throw RulebookError(.invalidData, "--party \(party)：没有这个当事人代码\(near)可用的有：\(known.joined(separator: " "))")
  }
}
