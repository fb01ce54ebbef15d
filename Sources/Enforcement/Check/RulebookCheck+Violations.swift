// MARK: - Violations

extension RulebookCheck {
  mutating func checkCatalogue() {
    var seen: Set<Violation.ID> = []
    for violation in contents.violations where !seen.insert(violation.id).inserted {
      report("violation.duplicate", violation.file, "编号 \(violation.id.rawValue) 用了两次", fix: "换一个编号")
    }
    for category in contents.catalogue.categories
    where !contents.violations.contains(where: { $0.category == category.code }) {
      report("catalogue.empty", "catalogue.xml", "类别 \(category.code) 一项也没有", fix: "删去类别，或者补上违法行为")
    }
  }

  mutating func checkViolation(_ violation: Violation) {
    let id = violation.id.rawValue
    func complain(_ rule: String, line: Int = 0, _ message: String, _ fix: String) {
      report(rule, violation.file, line: line, message, fix: fix)
    }
    if !contents.catalogue.categories.contains(where: { $0.code == violation.category }) {
      complain("violation.category", "类别 \(violation.category) 不在 catalogue.xml 里", "改正 category")
    }
    if !id.hasPrefix(violation.category) {
      complain("violation.category", "编号 \(id) 与类别 \(violation.category) 不一致", "改正 id 或者 category")
    }
    for (value, name) in [
      (violation.name, "name"), (violation.gist, "gist"), (violation.seen, "seen"), (violation.danger, "danger"),
      (violation.check, "check"), (violation.photograph, "photograph"),
    ] where value.isEmpty {
      complain("violation.part", "没有写 \(name)", "补上；这一项要给现场的人看")
    }
    for (isEmpty, name) in [
      (violation.elements.isEmpty, "elements"), (violation.measures.isEmpty, "measures"),
      (violation.evidence.isEmpty, "evidence"), (violation.documents.isEmpty, "documents"),
      (violation.authorities.isEmpty, "authorities"), (violation.keywords.isEmpty, "keywords"),
      (violation.patterns.isEmpty, "patterns"), (violation.subjects.isEmpty, "subject"),
    ] where isEmpty {
      complain("violation.part", "没有写 \(name)", "补上")
    }
    if violation.duties.isEmpty { complain("violation.duty", "没有写违反了哪一条", "补上 <duty>") }
    if violation.liabilities.isEmpty, violation.noDirectPenalty == nil {
      complain("violation.liability", "没有处罚依据，也没有说明为什么没有直接罚则", "补上 <liability>，或者写 <noDirectPenalty>")
    }
    for element in violation.elements {
      if let fact = element.fact, contents.terms.facts[fact] == nil {
        complain("fact.unknown", "要件 \(element.id) 的事实 \(fact.rawValue) 不在 terms.xml 里", "改正代码")
      }
      if !(element.question.hasSuffix("？") || element.question.hasSuffix("?") || element.question.hasSuffix("？）")) {
        complain("element.question", "要件 \(element.id) 不是一句问话：\(element.question)", "改写成能答“是”或者“否”的问句")
      }
      if element.isNecessary, element.fact == nil {
        complain("element.necessary", "要件 \(element.id) 写了 necessary，却没有 fact，答不了“否”", "补上 fact，或者删去 necessary")
      }
    }
    for pattern in violation.patterns {
      let without = Set(pattern.requirements.filter { $0.test == .without && $0.scope != .clause }.flatMap(\.concepts))
      if pattern.requirements.contains(where: { $0.test != .without && without.isSuperset(of: $0.concepts) }) {
        complain("pattern.impossible", line: pattern.line, "模式要求有、又要求没有同一个概念，永远不会成立", "删去，或者改正 without")
      }
    }
    for liability in violation.liabilities { check(liability, of: violation) }
    for duty in violation.duties { checkDates(duty.address, line: duty.line, of: violation) }
    for confusable in violation.confusable where rulebook.violation(confusable.item) == nil {
      complain("item.unknown", "易混项 \(confusable.item.rawValue) 不存在", "改正 item")
    }
    for example in violation.examples {
      for other in example.others + example.acceptable where rulebook.violation(other) == nil {
        complain("item.unknown", line: example.line, "例句提到的 \(other.rawValue) 不存在", "改正 also、item 或者 acceptable")
      }
    }
    let triggering = violation.examples.count { $0.kind == .triggering }
    if triggering < 10 || violation.examples.count - triggering < 5 {
      complain("example.count", "正例 \(triggering) 句、反例 \(violation.examples.count - triggering) 句，至少要 10 句和 5 句", "补例句")
    }
    for kind in [Violation.Example.Kind.compliant, .nearMiss, .outOfScope]
    where !violation.examples.contains(where: { $0.kind == kind }) {
      complain("example.count", "反例里没有 \(kind.rawValue)", "至少补一句")
    }
  }

  private mutating func check(_ liability: Violation.Liability, of violation: Violation) {
    for fact in liability.requires where contents.terms.facts[fact] == nil {
      report("fact.unknown", violation.file, line: liability.line, "需要的事实 \(fact.rawValue) 不在 terms.xml 里", fix: "改正代码")
    }
    checkDates(liability.address, line: liability.line, of: violation)
    guard let regulation = rulebook.index[liability.address.work] else { return }
    let versions =
      liability.address.version.map { name in regulation.versions.filter { $0.name == name } } ?? regulation.versions
    let places = versions.flatMap { version in
      [liability.address.place] + version.correspondences.filter { $0.to == liability.address.place }.map { $0.from }
    }
    let sanctions = versions.flatMap(\.sanctions).filter { places.contains($0.place) }
    if sanctions.isEmpty {
      report(
        "liability.empty", violation.file, line: liability.line, "\(liability.address) 那里没有录罚则，这一处罚依据永远不会出现",
        fix: "在法规文件里补 z:sanction，或者删去这一条")
    }
    for tier in liability.tiers where !sanctions.contains(where: { $0.tier == tier }) {
      report(
        "liability.tier", violation.file, line: liability.line, "\(liability.address) 那里没有名为 \(tier) 的档次",
        fix: "有的是：\(Set(sanctions.map(\.tier)).sorted().joined(separator: " "))")
    }
    if !liability.party.isEmpty, !sanctions.isEmpty,
      !sanctions.contains(where: { $0.party.contains { liability.party.contains($0) } })
    {
      report(
        "liability.party", violation.file, line: liability.line, "限定的当事人与该处罚则的对象没有交集", fix: "改正 party")
    }
  }

  /// An address must mean something on every day on which it is used: today, unless it is bound to an old version, and
  /// in every recorded version in which it, or what it was called then, should stand.
  private mutating func checkDates(_ address: ProvisionAddress, line: Int, of violation: Violation) {
    guard let regulation = rulebook.index[address.work] else { return }
    for version in regulation.versions where version.isEncoded {
      guard let from = version.from, address.version == nil else { continue }
      switch rulebook.index.resolve(address, on: from) {
      case .provision(_, nil) where address.place != nil:
        report(
          "address.correspondence", violation.file, line: line,
          "\(address) 在 \(version.label) 的对应条款不存在", fix: "改正该版本文件里的 z:correspondence")
      default: break
      }
    }
  }

  /// Every example must lead to what it says, and to nothing else that is not listed.
  mutating func checkExamples() {
    let day = rulebook.newestLaw ?? CalendarDate(daysSince1970: 20_000)
    for violation in rulebook.violations {
      for example in violation.examples {
        let decided = rulebook.assess(Finding(example.text, on: day)).decided
        let found = Set(decided.map(\.violation.id))
        var wanted = Set(example.others)
        if example.kind == .triggering { wanted.insert(violation.id) }
        let missing = wanted.subtracting(found).map(\.rawValue).sorted()
        let extra = found.subtracting(wanted).subtracting(example.acceptable).map(\.rawValue).sorted()
        if !missing.isEmpty {
          report(
            "example.missed", violation.file, line: example.line,
            "例句“\(example.text)”应当读出 \(missing.joined(separator: "、"))，没有读出", fix: "补词或者补模式")
        }
        if !extra.isEmpty {
          report(
            "example.wrong", violation.file, line: example.line,
            "例句“\(example.text)”不应当读出 \(extra.joined(separator: "、"))", fix: "收紧该项的模式，或者在例句上列出 also、acceptable")
        }
        if let status = example.status, let match = decided.first(where: { $0.violation.id == violation.id }),
          match.status != status
        {
          report(
            "example.status", violation.file, line: example.line,
            "例句“\(example.text)”应当是“\(status.label)”，读成了“\(match.status.label)”", fix: "改模式的 status，或者改例句",
            severity: .warning)
        }
      }
    }
  }
}
