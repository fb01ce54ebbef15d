/// Proves the data of a rulebook: everything that would make an answer wrong, incomplete or unexplainable, at once.
///
/// Each rule below has a name that never changes (`fine.range`) and a test with a file that breaks it.
public struct RulebookCheck {
  let contents: Rulebook.Contents
  let rulebook: Rulebook
  private(set) var diagnostics: [Diagnostic] = []

  /// All problems of the contents, sorted by place. Empty when there are none.
  public static func diagnostics(of contents: Rulebook.Contents, procedure: ProcedureBook? = nil) -> [Diagnostic] {
    var compiling: [Diagnostic] = []
    let rulebook = Rulebook(contents, diagnostics: &compiling)
    var check = RulebookCheck(contents: contents, rulebook: rulebook)
    check.diagnostics = compiling
    check.checkTerms()
    check.checkVersions()
    for violation in rulebook.violations { check.checkViolation(violation) }
    check.checkCatalogue()
    check.checkWording()
    check.checkPractice()
    if let procedure { check.checkProcedure(procedure) }
    check.checkExamples()
    return Array(Set(check.diagnostics)).sorted()
  }

  /// What practice adds — choices, circumstances, benchmarks, thresholds, powers — held against the law; for overlays, which
  /// are proved whenever they are used.
  public static func practiceDiagnostics(of contents: Rulebook.Contents) -> [Diagnostic] {
    var compiling: [Diagnostic] = []
    var check = RulebookCheck(contents: contents, rulebook: Rulebook(contents, diagnostics: &compiling))
    check.checkPractice()
    return check.diagnostics.sorted()
  }

  private init(contents: Rulebook.Contents, rulebook: Rulebook) {
    self.contents = contents
    self.rulebook = rulebook
  }

  mutating func report(
    _ rule: String, _ file: String, line: Int = 0, _ message: String, fix: String? = nil,
    severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(
      Diagnostic(rule: rule, severity: severity, file: file, line: line, message: message, fix: fix))
  }
}

// MARK: - Code lists

extension RulebookCheck {
  /// The closed lists of the program and of terms.xml must be the same.
  mutating func checkTerms() {
    func compare<Code: RawRepresentable & CaseIterable>(_ type: Code.Type, _ list: String) where Code.RawValue == String {
      let data = Set((contents.terms.lists[list] ?? []).map(\.code))
      let program = Set(type.allCases.map(\.rawValue))
      for code in program.subtracting(data).sorted() {
        report("terms.missing", "terms.xml", "代码表 \(list) 缺 \(code)，界面上会没有中文名", fix: "补上这个代码和中文名")
      }
      for code in data.subtracting(program).sorted() {
        report("terms.unknown", "terms.xml", "代码表 \(list) 里的 \(code) 程序不认识，规则文件用了会被拒收", fix: "删去，或者升级程序")
      }
    }
    compare(Party.self, "party")
    compare(Condition.self, "when")
    compare(Relation.self, "combine")
    compare(SanctionKind.self, "kind")
    compare(FineBasis.self, "basis")
    compare(FineOf.self, "of")
    compare(FinePer.self, "per")
    compare(AmountSource.self, "amount-by")
    compare(Authority.self, "authority")
    for fact in contents.terms.facts.values where fact.question.isEmpty {
      report("terms.question", "terms.xml", "事实 \(fact.id.rawValue) 没有要问的话", fix: "写出一句问话")
    }
    for fact in contents.terms.facts.values {
      guard let other = fact.excludes, contents.terms.facts[other]?.excludes != fact.id else { continue }
      report("fact.excludes", "terms.xml", "\(fact.id.rawValue) 排斥 \(other.rawValue)，反过来却没有写", fix: "两边都写 excludes，或者都不写")
    }
  }
}

// MARK: - Wording

extension RulebookCheck {
  /// The model must know the items there are; what it knows beyond is passed over.
  mutating func checkWording() {
    let known = Set(contents.wording.outputs.map(\.name)).subtracting([Wording.finding])
    guard !known.isEmpty else { return }
    let items = Set(rulebook.violations.map(\.id.rawValue))
    for item in items.symmetricDifference(known).sorted() {
      report(
        "wording.unknown-item", "wording.xml", "\(item) 在措辞模型和违法行为里只有一处有，换一种说法的 \(item) 读不出来",
        fix: "运行 make train 重新生成", severity: .warning)
    }
  }
}

// MARK: - Regulations

extension RulebookCheck {
  mutating func checkVersions() {
    for regulation in rulebook.regulations {
      checkTimes(of: regulation)
      for version in regulation.versions {
        checkProvisions(of: version)
        for sanction in version.sanctions { check(sanction, in: version) }
        for correspondence in version.correspondences { check(correspondence, in: version, of: regulation) }
      }
    }
  }

  private mutating func checkTimes(of regulation: Regulation) {
    for version in regulation.versions {
      if let from = version.from, let until = version.until, until < from {
        report("version.dates", version.file, "失效日 \(until) 早于施行日 \(from)", fix: "改正 z:version 的 from、until")
      }
      if version.from == nil {
        report("version.dates", version.file, "没有施行日，无法判断何时适用", fix: "写 from；不知道日子的写最晚可能的一天，并加 z:date precision")
      }
    }
    for (earlier, later) in zip(regulation.versions, regulation.versions.dropFirst()) {
      guard let start = later.from else { continue }
      guard let end = earlier.until else {
        report(
          "version.overlap", earlier.file, "《\(regulation.title)》\(earlier.label) 没有失效日，与 \(later.label) 重叠",
          fix: "写 until=\"\(start.adding(days: -1))\"")
        continue
      }
      if start <= end {
        report(
          "version.overlap", later.file, "《\(regulation.title)》\(later.label) 自 \(start) 起，\(earlier.label) 到 \(end) 止，两版重叠",
          fix: "改正其中一个日期")
      } else if end.adding(days: 1) < start, earlier.notes.isEmpty, later.notes.isEmpty {
        report(
          "version.gap", later.file, "《\(regulation.title)》\(end) 之后到 \(start) 之前没有任何版本，也没有说明",
          fix: "补上缺的版本，或者用 z:note 说明为什么中断")
      }
    }
  }

  private mutating func checkProvisions(of version: Regulation.Version) {
    var seen: Set<String> = []
    func walk(_ provisions: [Provision], _ parent: Provision?, _ report: (String, String, String) -> Void) {
      for provision in provisions {
        if !seen.insert(provision.eId).inserted {
          report("provision.duplicate", "\(provision.eId) 出现了两次", "合并或者改正 eId")
        }
        if let parent, let place = provision.place, place.parent != parent.place {
          report("provision.order", "\(provision.eId) 不应当放在 \(parent.eId) 里", "改正 eId 或者位置")
        }
        if let number = provision.number, let place = provision.place,
          Self.expectedNumber(place, provision.kind) != nil, Self.expectedNumber(place, provision.kind) != number
        {
          report("provision.number", "\(provision.eId) 的编号写成“\(number)”", "应当是“\(Self.expectedNumber(place, provision.kind)!)”")
        }
        if provision.summary?.isEmpty ?? true, provision.children.isEmpty {
          report("provision.gist", "\(provision.eId) 没有要旨", "用自己的话写一句要旨")
        }
        if provision.kind == .article, provision.children.isEmpty {
          report("provision.paragraph", "\(provision.eId) 下面没有款", "每一条至少要有 para_1")
        }
        walk(provision.children, provision, report)
      }
    }
    walk(version.provisions, nil) { report($0, version.file, $1, fix: $2) }
    if version.isEncoded, version.provisions.isEmpty, !version.record.isAddressedAsWhole {
      report("version.empty", version.file, "没有写 encoded=\"no\"，却一条也没有录", fix: "补上条款，或者写 encoded=\"no\"")
    }
  }

  private static func expectedNumber(_ place: ProvisionAddress.Place, _ kind: Provision.Kind) -> String? {
    switch kind {
    case .article:
      "第\(ChineseNumeral.text(place.article))条" + (place.insertion.map { "之\(ChineseNumeral.text($0))" } ?? "")
    case .point: place.point.map { "（\(ChineseNumeral.text($0))）" }
    default: nil
    }
  }

  private mutating func check(_ sanction: Sanction, in version: Regulation.Version) {
    let place = sanction.place?.eId ?? "整部"
    func complain(_ rule: String, _ message: String, _ fix: String) {
      report(rule, version.file, line: sanction.line, "\(place)（\(sanction.tier)）\(message)", fix: fix)
    }
    if let place = sanction.place, version.provision(at: place) == nil {
      complain("address.unresolved", "指向的条款项在本文件里没有", "改正 href，或者补上这一条款项")
    }
    if !version.kind.canSetPenalty, sanction.kinds.contains(where: { !$0.isMeasure }) {
      complain("sanction.normative", "规范性文件不得设定处罚（行政处罚法第十六条）", "删去这一罚则，或者只留措施")
    }
    if sanction.party.isEmpty { complain("sanction.party", "没有受罚对象", "写 party") }
    if sanction.kinds.isEmpty { complain("sanction.kinds", "没有处罚种类，也没有措施", "写 z:kind") }
    if sanction.authorities.isEmpty { complain("sanction.authority", "没有写由谁处罚", "写 authority") }
    for (fine, what) in [(sanction.fine, "罚款"), (sanction.responsibleFine, "责任人罚款")] {
      guard let fine else { continue }
      check(fine, what, complain)
    }
    if sanction.fine != nil || sanction.responsibleFine != nil, !sanction.imposesFine {
      complain("fine.kind", "有罚款数额，种类里却没有 fine", "补上 <z:kind code=\"fine\"/>，或者删去数额")
    }
    if sanction.imposesFine, sanction.fine == nil, sanction.responsibleFine == nil, sanction.amountSource == nil {
      complain("fine.amount", "有罚款没有数额，也没有说数额从哪里来", "写 z:fine，或者 z:amount-by")
    }
    if case .provision(let address)? = sanction.amountSource {
      switch rulebook.index.resolve(address, on: rulebook.newestLaw ?? "2026-01-01") {
      case .unknownWork, .unknownPlace: complain("address.unresolved", "z:amount-by 指向的 \(address) 没有", "改正地址")
      default: break
      }
    }
    if let days = sanction.detention, days.maximum < days.minimum || days.maximum > 20 || days.maximum < 1 {
      complain("detention.range", "拘留 \(days.minimum)～\(days.maximum) 日不合常理", "改正 z:detention")
    }
    if let from = sanction.from, let until = sanction.until, until < from {
      complain("sanction.dates", "适用期的终点早于起点", "改正 from、until")
    }
    let facts = sanction.requires + sanction.kinds.flatMap(\.conditions)
    for fact in facts where contents.terms.facts[fact] == nil {
      complain("fact.unknown", "需要的事实 \(fact.rawValue) 不在 terms.xml 里", "改正代码，或者在 terms.xml 里加上这个事实和问话")
    }
  }

  private func check(_ fine: Sanction.Fine, _ what: String, _ complain: (String, String, String) -> Void) {
    if let minimum = fine.minimum, let maximum = fine.maximum, minimum > maximum {
      complain("fine.range", "\(what)下限 \(minimum) 高于上限 \(maximum)", "改正 min、max")
    }
    if fine.minimum == nil, fine.maximum == nil {
      complain("fine.range", "\(what)既没有下限也没有上限", "没有数额的删去 z:fine，改写 z:amount-by")
    }
    let limit: Double =
      switch fine.basis {
      case .yuan: 20_000_000
      case .percent: 100
      case .multiple: 30
      }
    for value in [fine.minimum, fine.maximum].compactMap({ $0 })
    where value > limit || (fine.basis == .yuan && value > 0 && value < 10) {
      complain(
        "fine.unit", "\(what) \(value) 不像是以\(fine.basis == .yuan ? "元" : fine.basis == .percent ? "百分之一" : "倍")计的数",
        "改正数或者 basis（金额一律以元计）")
    }
    if fine.basis != .yuan, fine.of == nil { complain("fine.of", "\(what)按比例或者倍数，却没有写是谁的", "写 of") }
    if fine.basis == .yuan, fine.of != nil { complain("fine.of", "\(what)是固定金额，不应当有 of", "删去 of") }
  }

  private mutating func check(
    _ correspondence: Regulation.Correspondence, in version: Regulation.Version, of regulation: Regulation
  ) {
    if version.provision(at: correspondence.from) == nil {
      report("correspondence.unresolved", version.file, "z:correspondence 的 from \(correspondence.from.eId) 在本版没有", fix: "补上或者改正")
    }
    guard let later = regulation.version(named: correspondence.version) else {
      report("correspondence.unresolved", version.file, "z:correspondence 指的版本 \(correspondence.version) 没有", fix: "改正 in")
      return
    }
    if later.provision(at: correspondence.to) == nil {
      report(
        "correspondence.unresolved", version.file,
        "z:correspondence 的 to \(correspondence.to.eId) 在 \(correspondence.version) 没有", fix: "补上或者改正")
    }
  }
}
