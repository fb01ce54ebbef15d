internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

/// Which rules to use.
struct RulesOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("规则库文件夹（默认随程序安装的）", valueName: "目录"))
  var regulations: String?
  @Option(name: .long, help: ArgumentHelp("本区的叠加层（职权清单、裁量基准、数额），可以写多个，后面的优先", valueName: "目录"))
  var overlay: [String] = []

  func load() throws -> Rulebook {
    var notes: [Diagnostic] = []
    let rulebook = try Rulebook(
      contentsOf: RegulationLibrary.folder(named: regulations), overlays: overlay.map { OverlayFolder($0) }, notes: &notes)
    for note in notes where note.severity == .warning { Terminal.error("注意：\(note.message)（\(note.file):\(note.line)）") }
    // The process ends with the answer: taking a rulebook apart first is time someone waits for.
    _ = Unmanaged.passRetained(Kept(rulebook))
    return rulebook
  }

  /// What was sealed, for an answer the rules have no part in: reads one small file.
  func stamp() throws -> AssessmentReport.RulebookStamp {
    let seal = try RegulationLibrary.folder(named: regulations).seal()
    return AssessmentReport.RulebookStamp(version: seal.version, digest: seal.digest, newestLaw: seal.newest)
  }

  /// The digest of every rule file and overlay file, by path.
  func fileDigests() throws -> [String: String] {
    try RegulationLibrary.folder(named: regulations).fileDigests()
  }

  func loadProcedure() throws -> ProcedureBook {
    try ProcedureBook(contentsOf: RegulationLibrary.folder(named: regulations))
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

  func date() throws -> CalendarDate { try given() ?? Clock.todayInShenzhen() }

  /// Nil when none was given.
  func given() throws -> CalendarDate? { try Self.day(on) }

  static func day(_ on: String?) throws -> CalendarDate? {
    guard let on else { return nil }
    guard let date = CalendarDate(on) else {
      throw RulebookError(.invalidData, "--on \(on)：没有这一天；请写成 2026-11-20 的样子")
    }
    return date
  }
}

/// When what happened, and what fines are counted in.
struct CaseOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("行为终了日（连续、继续的行为）", valueName: "日期"))
  var until: String?
  @Option(name: .long, help: ArgumentHelp("发现日（登记线索或者首次核查）", valueName: "日期"))
  var found: String?
  @Option(name: .long, help: ArgumentHelp("作出决定日；与行为日规定不同的，两版对照并从旧兼从轻", valueName: "日期"))
  var decided: String?
  @Option(name: .long, help: ArgumentHelp("已查实的情节，可以写多个（代码：zhunsheng list circumstances）", valueName: "代码"))
  var circumstance: [String] = []
  @Option(name: .long, help: ArgumentHelp("工程合同价款", valueName: "元"))
  var contractPrice: Double?
  @Option(name: .long, help: ArgumentHelp("违法所得", valueName: "元"))
  var gains: Double?
  @Option(name: .long, help: ArgumentHelp("对单位的罚款数额（按比例罚责任人时用）", valueName: "元"))
  var unitFine: Double?
  @Option(name: .long, help: ArgumentHelp("拟罚数额，用来核对幅度、听证和简易程序", valueName: "元"))
  var fine: Double?

  func value() throws -> CaseContext {
    CaseContext(
      dates: CaseDates(
        ended: try Self.date(until, "--until"), discovered: try Self.date(found, "--found"),
        decided: try Self.date(decided, "--decided")),
      amounts: CaseAmounts(contractPrice: contractPrice, illegalGains: gains, unitFine: unitFine),
      circumstances: circumstance.map { Circumstance.ID(rawValue: $0) }, intendedFine: fine)
  }

  private static func date(_ text: String?, _ option: String) throws -> CalendarDate? {
    guard let text else { return nil }
    guard let date = CalendarDate(text) else {
      throw RulebookError(.invalidData, "\(option) \(text)：没有这一天；请写成 2026-11-20 的样子")
    }
    return date
  }
}

/// What is known of the case.
struct FactOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "已查明的事实，可以写多个：building-work=yes、deadline-passed=no（代码：zhunsheng list facts；要件写 D01.e2=yes）", valueName: "代码=yes|no"))
  var fact: [String] = []

  func value(_ rulebook: Rulebook, party: Party?, amounts: CaseAmounts = CaseAmounts()) throws -> KnownFacts {
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
    // A sum answers the facts about it; a contrary answer is a contradiction and is said to be one.
    given += amounts.facts(rulebook.terms)
    // Who is asked about as a natural person is one.
    if party == .individual, !given.contains(where: { $0.fact == "party-is-individual" }) {
      given.append(("party-is-individual", .yes))
    }
    return try KnownFacts(given, terms: rulebook.terms, violations: rulebook.violations)
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
