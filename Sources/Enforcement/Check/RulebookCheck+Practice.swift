// MARK: - What practice adds

extension RulebookCheck {
  mutating func checkPractice() {
    let practice = contents.practice
    let items = Set(rulebook.violations.map(\.id))
    for preference in practice.preferences {
      checkAddress(preference.prefer, "concurrence.xml", preference.line)
      checkAddress(preference.over, "concurrence.xml", preference.line)
      if let basis = preference.basis { checkAddress(basis, "concurrence.xml", preference.line) }
      for item in preference.items where !items.contains(item) {
        report("concurrence.item", "concurrence.xml", line: preference.line, "没有 \(item.rawValue) 这一项", fix: "改正 items")
      }
    }
    var pairs: Set<Set<Violation.ID>> = []
    for conduct in practice.conducts {
      for item in conduct.items where !items.contains(item) {
        report("concurrence.item", "concurrence.xml", line: conduct.line, "没有 \(item.rawValue) 这一项", fix: "改正 items")
      }
      if conduct.items.count != 2 || Set(conduct.items).count != 2 {
        report("concurrence.pair", "concurrence.xml", line: conduct.line, "一条关系要写两个不同的项", fix: "一对一条")
      } else if !pairs.insert(Set(conduct.items)).inserted {
        report(
          "concurrence.twice", "concurrence.xml", line: conduct.line,
          "\(conduct.items.map(\.rawValue).joined(separator: "、"))前面已经写过，两种说法并存", fix: "只留一条")
      }
    }
    for succession in practice.successions {
      checkAddress(succession.from, "concurrence.xml", succession.line)
      checkAddress(succession.to, "concurrence.xml", succession.line)
    }
    for limitation in practice.limitations {
      if let basis = limitation.basis { checkAddress(basis, "concurrence.xml", 0) }
    }
    checkCircumstances(practice)
    for benchmark in practice.benchmarks { checkBenchmark(benchmark) }
    for threshold in practice.thresholds {
      if let until = threshold.until, until < threshold.from {
        report("threshold.dates", threshold.file, line: threshold.line, "数额的终止日早于起始日", fix: "改正 from、until")
      }
      if let basis = threshold.basis { checkAddress(basis, threshold.file, threshold.line) }
    }
    for list in practice.powers {
      for power in list.powers {
        for item in power.items where !items.contains(item) {
          report(
            "power.item", list.file, line: power.line, "职权清单里的 \(item.rawValue) 不是 34 项里的项，这一行永远用不到",
            fix: "改成 zhunsheng list violations 里有的编号")
        }
        for provision in power.provisions { checkAddress(provision, list.file, power.line) }
        if power.mode == .entrusted, power.principal == nil {
          report("power.principal", list.file, line: power.line, "委托没有写委托机关，决定书就不知道以谁的名义", fix: "补 principal")
        }
      }
    }
  }

  private mutating func checkAddress(_ address: ProvisionAddress, _ file: String, _ line: Int) {
    guard let regulation = rulebook.index[address.work] else {
      report("address.unresolved", file, line: line, "规则库里没有这部法规：\(address.work)", fix: "改正地址，或者在 library/ 里补上这部法规")
      return
    }
    if let place = address.place, !regulation.versions.contains(where: { $0.provision(at: place) != nil }) {
      report(
        "address.unresolved", file, line: line, "《\(regulation.title)》的各版本里都没有 \(place.eId)",
        fix: "改正地址，或者在该法规文件里补上这一条款项")
    }
  }

  private mutating func checkCircumstances(_ practice: Practice) {
    let known = Set(practice.circumstances.map(\.id))
    var used: Set<Circumstance.ID> = []
    for rule in practice.circumstanceRules {
      for id in rule.requires where !known.contains(id) {
        report(
          "circumstance.unknown", "circumstances.xml", line: rule.line, "没有 \(id.rawValue) 这个情节", fix: "改正 requires，或者补上这个情节")
      }
      used.formUnion(rule.requires)
      if let basis = rule.basis { checkAddress(basis, "circumstances.xml", rule.line) }
    }
    for id in known.subtracting(used).map(\.rawValue).sorted() {
      report("circumstance.unused", "circumstances.xml", "情节 \(id) 没有规则用到，问了也不起作用", fix: "写出规则，或者删去", severity: .warning)
    }
  }

  /// A tier never leaves the range of the statute; complete tables cover it without gap or overlap, rising.
  private mutating func checkBenchmark(_ benchmark: DiscretionBenchmark) {
    if let until = benchmark.until, until < benchmark.from {
      report("benchmark.dates", benchmark.file, line: benchmark.line, "裁量基准的终止日早于施行日", fix: "改正 from、until")
    }
    for item in benchmark.items {
      guard let regulation = rulebook.index[item.provision.work] else {
        checkAddress(item.provision, benchmark.file, item.line)
        continue
      }
      let versions = regulation.versions.filter { version in
        (version.until.map { benchmark.from <= $0 } ?? true)
          && benchmark.until.map { until in version.from.map { $0 <= until } ?? true } ?? true
      }
      let sanctions = versions.flatMap(\.sanctions).filter {
        $0.place == item.provision.place && $0.tier == item.sanction
      }
      guard !sanctions.isEmpty else {
        report(
          "benchmark.unknown", benchmark.file, line: item.line,
          "\(item.provision) 在基准有效期内没有名为 \(item.sanction) 的罚则，这一栏用不上", fix: "改正 ref 或者 sanction")
        continue
      }
      for sanction in sanctions {
        guard let fine = sanction.fine, fine.basis == .yuan else {
          report("benchmark.range", benchmark.file, line: item.line, "\(item.provision) 的这一档不是定额罚款，不能分档", fix: "删去这一栏")
          continue
        }
        checkTiers(item, fine, sanction.responsibleFine, benchmark)
      }
    }
  }

  private mutating func checkTiers(
    _ item: DiscretionBenchmark.Item, _ fine: Sanction.Fine, _ responsible: Sanction.Fine?,
    _ benchmark: DiscretionBenchmark
  ) {
    let low = fine.minimum ?? 0
    let high = fine.maximum ?? .infinity
    func yuan(_ value: Double) -> String { Money.yuan(value) }
    for tier in item.tiers {
      let from = tier.minimum ?? 0
      if tier.maximum < from {
        report("benchmark.range", benchmark.file, line: tier.line, "档次 \(tier.code) 的上限低于下限", fix: "改正 min、max")
      } else if (tier.minimum ?? low) < low || high < tier.maximum || (low > 0 && tier.minimum == nil) {
        report(
          "benchmark.range", benchmark.file, line: tier.line,
          "档次 \(tier.code)（\(yuan(from))～\(yuan(tier.maximum))）超出法定幅度（\(yuan(low))～\(high.isFinite ? yuan(high) : "不限")），照它处罚就是违法",
          fix: "核对基准原文；原文就是这样的，不能收进来")
      }
      if let persons = tier.responsible {
        let allowed = responsible.map { ($0.minimum ?? 0, $0.maximum ?? .infinity) }
        if allowed == nil || (persons.minimum ?? 0) < allowed!.0 || allowed!.1 < persons.maximum ?? .infinity {
          report("benchmark.range", benchmark.file, line: tier.line, "档次 \(tier.code) 对责任人的罚款超出法定幅度", fix: "核对基准原文")
        }
      }
    }
    for (tier, next) in zip(item.tiers, item.tiers.dropFirst()) {
      if (next.minimum ?? 0) < (tier.minimum ?? 0) || next.maximum < tier.maximum {
        report(
          "benchmark.direction", benchmark.file, line: next.line, "档次 \(next.code) 比前一档 \(tier.code) 轻，次序或者数额错了", fix: "从轻到重排列")
      } else if (next.minimum ?? 0) < tier.maximum {
        report("benchmark.overlap", benchmark.file, line: next.line, "档次 \(tier.code) 和 \(next.code) 重叠，同一个数额落在两档", fix: "核对基准原文")
      } else if item.isComplete, (next.minimum ?? 0) > tier.maximum {
        report(
          "benchmark.gap", benchmark.file, line: next.line, "档次 \(tier.code) 和 \(next.code) 之间有空档",
          fix: "补上缺的一档，或者写 complete=\"no\"")
      }
    }
    guard item.isComplete, let first = item.tiers.first, let last = item.tiers.last else { return }
    if (first.minimum ?? 0) > low || last.maximum < high {
      report(
        "benchmark.gap", benchmark.file, line: item.line,
        "各档合起来没有盖满法定幅度（\(yuan(low))～\(high.isFinite ? yuan(high) : "不限")）", fix: "补上缺的一档，或者写 complete=\"no\"")
    }
  }
}

// MARK: - Procedure

extension RulebookCheck {
  mutating func checkProcedure(_ book: ProcedureBook) {
    let file = "procedure/steps.xml"
    let rules = Set(book.rules.map(\.id))
    let events = Set(book.events.map(\.id))
    let stages = Set(book.stages.map(\.id))
    for rule in book.rules {
      if !stages.contains(rule.stage) {
        report("procedure.stage", "procedure/rules.xml", line: rule.line, "\(rule.id) 的阶段 \(rule.stage) 没有列在前面", fix: "改正 stage")
      }
      for citation in rule.citations {
        guard let address = citation.address else { continue }
        checkAddress(address, "procedure/rules.xml", rule.line)
        // The words beside an address must be how it is cited.
        if let version = rulebook.index[address.work]?.current {
          let cited = Citation.text(version, address.place)
          if !Self.sameCitation(cited, citation.text) {
            report(
              "procedure.citation", "procedure/rules.xml", line: rule.line, "\(rule.id) 写的是“\(citation.text)”，地址指的是“\(cited)”",
              fix: "让文字和地址一致")
          }
        }
      }
    }
    for step in book.steps {
      for id in step.rules where !rules.contains(id) {
        report("procedure.rule", file, line: step.line, "步骤 \(step.id) 引的规则 \(id) 不在 rules.xml 里", fix: "改正 rules")
      }
      if let event = step.event, !events.contains(event) {
        report("procedure.event", file, line: step.line, "步骤 \(step.id) 的节点 \(event.rawValue) 没有列在前面", fix: "改正 event")
      }
    }
    for deadline in book.deadlines {
      if !rules.contains(deadline.rule) {
        report(
          "procedure.rule", file, line: deadline.line, "期限 \(deadline.id) 引的规则 \(deadline.rule) 不在 rules.xml 里", fix: "改正 rule")
      }
      for event in [deadline.from, deadline.to, deadline.onlyIf, deadline.unless].compactMap({ $0 }) where !events.contains(event)
      {
        report("procedure.event", file, line: deadline.line, "期限 \(deadline.id) 的节点 \(event.rawValue) 没有列在前面", fix: "改正 from、to")
      }
    }
    for (number, deadline) in book.deadlines.enumerated() {
      if let after = deadline.after, !book.deadlines[..<number].contains(where: { $0.id == after }) {
        report("procedure.after", file, line: deadline.line, "期限 \(deadline.id) 接在 \(after) 后面，前面却没有这个期限", fix: "改正 after，或者调整次序")
      }
    }
    checkCalendar(book.calendar)
  }

  /// 第一款 may be left out or written, 中华人民共和国 too.
  private static func sameCitation(_ left: String, _ right: String) -> Bool {
    func bare(_ text: String) -> String {
      text.filter { !"《》（）()".contains($0) }.replacingAll("中华人民共和国", with: "").replacingAll("第一款", with: "")
    }
    return bare(left) == bare(right)
  }

  private mutating func checkCalendar(_ calendar: WorkingCalendar) {
    for year in calendar.years.values.sorted(by: { $0.year < $1.year }) {
      func wrong(_ message: String) {
        report("calendar.invalid", year.file, message, fix: "对照国务院办公厅当年的通知改正")
      }
      for holiday in year.holidays {
        if holiday.last < holiday.first { wrong("\(holiday.name)的最后一天早于第一天") }
        if holiday.first.year != year.year || holiday.last.year != year.year { wrong("\(holiday.name)不在 \(year.year) 年") }
      }
      for (holiday, next) in zip(year.holidays, year.holidays.dropFirst()) where next.first <= holiday.last {
        wrong("\(holiday.name)和\(next.name)的日子重叠，或者没有按先后写")
      }
      for day in year.makeupDays.sorted() {
        if day.weekday < 5 { wrong("补班日 \(day) 不是周末") }
        if year.holidays.contains(where: { $0.first <= day && day <= $0.last }) { wrong("补班日 \(day) 同时是放假日") }
      }
    }
  }
}

extension String {
  /// Foundation is not imported here.
  func replacingAll(_ target: String, with replacement: String) -> String {
    var result = ""
    var rest = Substring(self)
    while let range = rest.firstRange(of: target) {
      result += rest[..<range.lowerBound] + replacement
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
