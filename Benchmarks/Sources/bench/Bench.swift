import Enforcement
import EnforcementXML
import RegulationLibrary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Prints how fast the promises of docs/benchmarks.md are kept, as ratios on this machine in one run.
///
///     bench REGULATIONS ZHUNSHENG HELLO
///     bench corpus QUERIES LAWS ZHUNSHENG REGULATIONS
@main
struct Bench {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 6, arguments[1] == "corpus" {
      return try corpus(queries: arguments[2], laws: arguments[3], tool: arguments[4], rules: arguments[5])
    }
    guard arguments.count == 4 else {
      print("usage: bench REGULATIONS ZHUNSHENG HELLO | bench corpus QUERIES LAWS ZHUNSHENG REGULATIONS")
      exit(2)
    }
    let folder = arguments[1]
    // First, while this process is small: a child's peak includes what its parent held when it was started.
    let memory = peakMemory([arguments[2], "assess", "三层临边没有护栏", "--regulations", folder])
    let rulebook = try Rulebook(contentsOf: RulebookFolder(folder))
    print("machine: 1 core of \(sysconf(Int32(_SC_NPROCESSORS_ONLN))); every figure is the best of several runs\n")
    try load(folder)
    try assess(rulebook, folder)
    growth(rulebook)
    report(rulebook)
    try catalogue(folder)
    processes(folder, tool: arguments[2], hello: arguments[3])
    print("zhunsheng assess: \(memory / 1024) MB resident (limit 60)")
  }

  // MARK: - Load

  static func load(_ folder: String) throws {
    let own = best(of: 15) { _ = try! Rulebook(contentsOf: RulebookFolder(folder)) }
    let lint = best(of: 15) { run(["sh", "-c", "xmllint --stream --noout $(find \(folder) -name '*.xml')"]) }
    let bare = best(of: 15) { run(["xmllint", "--version"]) }
    row("load all of Regulations/ to a ready rulebook", own, "ms", 1000)
    row("xmllint --stream --noout over the same files", lint, "ms", 1000)
    row("  of which starting xmllint", bare, "ms", 1000)
    ratio("load / xmllint", own / lint, limit: 2)
  }

  // MARK: - Assess

  /// 20 characters each; what decides them is printed so that the claim can be seen.
  static let decided = [
    "三层楼面临边没有设置任何防护栏杆很危险", "两名电焊工都拿不出有效的特种作业操作证", "现场配电箱没有安装漏电保护器电线拖地",
    "疏散通道被装修材料堵住安全出口还上了锁", "施工单位没有配备专职安全员也没人管安全",
  ]
  static let proposed = [
    "墙体开裂邻居投诉了好几次没有人来处理过", "燃气管子旁边有人拿着电镐在那里使劲地凿", "工地上几个人抽着烟干活旁边就是一堆泡沫",
    "装修声音太大楼下住户反映天花板掉灰裂缝", "吊着的那块玻璃幕墙板晃来晃去下面都是人",
  ]

  static func assess(_ rulebook: Rulebook, _ folder: String) throws {
    var diagnostics: [Diagnostic] = []
    var contents = try RulebookFolder(folder).contents(diagnostics: &diagnostics)
    contents.wording = Wording()
    let withoutWording = try Rulebook(contents)
    for (name, texts, goal, rulebook) in [
      ("patterns decide", decided, 100_000.0, rulebook), ("the wording must decide or propose", proposed, 20_000.0, rulebook),
      ("BM25 must propose (no wording model)", proposed, 20_000.0, withoutWording),
    ] {
      let findings = texts.map { Finding($0, on: "2026-11-20", party: .contractor) }
      var items = 0
      for finding in findings {
        let matches = rulebook.assess(finding).matches
        items += matches.count { name == "patterns decide" ? $0.status != .candidate : $0.basis == .wording }
      }
      let count = 2000
      let time = best(of: 7) {
        for _ in 0..<count { for finding in findings { sink += rulebook.assess(finding).matches.count } }
      }
      let rate = Double(count * findings.count) / time
      print(
        "assess, \(name): \(Int(rate)) a second (goal \(Int(goal)), ×\(two(rate / goal))); \(items) such items in \(texts.count) sentences"
      )
    }
  }

  static func growth(_ rulebook: Rulebook) {
    let unit = "三层临边没有护栏，两名工人没系安全带。现场整洁，材料堆放有序。"
    var previous = 0.0
    for factor in [50, 100, 200] {
      let finding = Finding(String(repeating: unit, count: factor), on: "2026-11-20")
      let time = best(of: 5) { sink += rulebook.assess(finding).matches.count }
      print(
        "assess \(factor * unit.count) characters: \(two(time * 1000)) ms"
          + (previous > 0 ? ", ×\(two(time / previous)) for twice the text" : ""))
      previous = time
    }
  }

  /// A report of 500 findings: read, assessed with reasons; and beside it what a legal officer adds.
  static func report(_ rulebook: Rulebook) {
    var text = "巡查记录\n检查时间：2026年11月20日\n一、发现的问题\n"
    for number in 0..<500 {
      let sentence = number % 2 == 0 ? decided[number / 2 % decided.count] : proposed[number / 2 % proposed.count]
      text += "\(number + 1). \(sentence)。\n"
    }
    let time = best(of: 9) {
      let reading = ReportReading(text, on: nil, otherwise: "2026-11-20", party: .contractor)
      for finding in reading.findings { sink += rulebook.assess(finding).matches.count }
    }
    let findings = ReportReading(text, on: nil, otherwise: "2026-11-20", party: .contractor).findings
    print("report of \(findings.count) findings, read and assessed: \(two(time * 1000)) ms (goal 20, ×\(two(0.020 / time)))")
    let assessments = findings.map { rulebook.assess($0) }
    var opinions = 0
    let extra = best(of: 5) {
      opinions = 0
      for assessment in assessments {
        for match in assessment.decided {
          sink += rulebook.opinion(on: match, of: assessment.finding).penalties.count
          opinions += 1
        }
      }
    }
    print(
      "  opinions on the \(opinions) items decided there: \(two(extra * 1000)) ms more, \(Int(Double(opinions) / extra)) a second"
    )
  }

  static func catalogue(_ folder: String) throws {
    var diagnostics: [Diagnostic] = []
    let contents = try RulebookFolder(folder).contents(diagnostics: &diagnostics)
    let small = try Rulebook(contents)
    var large = contents
    // Ten times the items: each copy has words and examples of its own, as a real one would.
    for copy in 1..<10 {
      for var violation in contents.violations {
        violation.id = Violation.ID(rawValue: "\(violation.id.rawValue)x\(copy)")
        for index in violation.concepts.indices {
          violation.concepts[index].forms = shifted(violation.concepts[index].forms, by: copy)
        }
        for index in violation.patterns.indices {
          violation.patterns[index].requirements.removeAll { requirement in
            !requirement.concepts.allSatisfy { name in violation.concepts.contains { $0.id == name } }
          }
        }
        violation.patterns.removeAll { $0.requirements.isEmpty || $0.requirements[0].test == .without }
        for index in violation.examples.indices {
          violation.examples[index].text = shifted(violation.examples[index].text, by: copy)
        }
        large.violations.append(violation)
      }
    }
    let big = try Rulebook(large)
    for (name, texts) in [("patterns decide", decided), ("BM25 proposes", proposed)] {
      let findings = texts.map { Finding($0, on: "2026-11-20") }
      let first = best(of: 7) { for _ in 0..<500 { for finding in findings { sink += small.assess(finding).matches.count } } }
      let second = best(of: 7) { for _ in 0..<500 { for finding in findings { sink += big.assess(finding).matches.count } } }
      if name == "patterns decide" {
        ratio("catalogue ×10, \(name)", second / first, limit: 2)
      } else {
        print("catalogue ×10, \(name): ×\(two(second / first))")
      }
    }
  }

  /// The same words in other characters: every Chinese character moved along.
  static func shifted(_ text: String, by offset: Int) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if (0x4E00...0x9000).contains(scalar.value) {
        result.append(Unicode.Scalar(scalar.value + UInt32(offset * 37))!)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  // MARK: - Whole processes

  static func processes(_ folder: String, tool: String, hello: String) {
    let printing = best(of: 25) { run([hello]) }
    let version = best(of: 25) { run([tool, "--version", "--regulations", folder]) }
    let answer = best(of: 25) { run([tool, "assess", "三层临边没有护栏，两名工人没系安全带", "--on", "2026-11-20", "--regulations", folder]) }
    let lint = best(of: 25) { run(["sh", "-c", "xmllint --stream --noout $(find \(folder) -name '*.xml')"]) }
    row("a Swift program that only prints", printing, "ms", 1000)
    row("zhunsheng --version", version, "ms", 1000)
    ratio("--version / print", version / printing, limit: 3)
    row("zhunsheng assess \"…\", the whole process", answer, "ms", 1000)
    ratio("assess / (--version + 2 × xmllint)", answer / (version + 2 * lint), limit: 1)
  }

  /// Peak resident kilobytes of one child.
  static func peakMemory(_ arguments: [String]) -> Int {
    var usage = rusage()
    let child = spawn(arguments)
    var status: Int32 = 0
    wait4(child, &status, 0, &usage)
    return Int(usage.ru_maxrss)
  }

  // MARK: - Tools

  nonisolated(unsafe) static var sink = 0

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func best(of runs: Int, _ body: () -> Void) -> Double {
    body()
    var result = Double.infinity
    for _ in 0..<runs {
      let start = now()
      body()
      result = min(result, now() - start)
    }
    return result
  }

  static func spawn(_ arguments: [String]) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var child: pid_t = 0
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    guard posix_spawnp(&child, arguments[0], &actions, nil, &pointers, environ) == 0 else {
      print("cannot start \(arguments[0])")
      exit(2)
    }
    return child
  }

  static func run(_ arguments: [String]) {
    let child = spawn(arguments)
    var status: Int32 = 0
    waitpid(child, &status, 0)
    if arguments[0] != "xmllint", status != 0 {
      print("failed: \(arguments)")
      exit(2)
    }
  }

  static func row(_ name: String, _ value: Double, _ unit: String, _ scale: Double) {
    print("\(name): \(two(value * scale)) \(unit)")
  }

  static func ratio(_ name: String, _ value: Double, limit: Double) {
    print("→ \(name) = \(two(value)) (limit \(two(limit))) \(value <= limit ? "kept" : "NOT KEPT")")
  }

  static func two(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
