/// What was asked, of which rules, and what was answered: enough to answer again on any day (`zhunsheng/record/1`).
///
/// It holds the words of the findings; whoever keeps it keeps them as carefully as the case itself.
public struct DecisionRecord: Codable, Hashable, Sendable {
  public var schema = "zhunsheng/record/1"
  public var rulebook: AssessmentReport.RulebookStamp
  /// SHA-256 of every rule file, by path: what tells which of them has changed.
  public var files: [String: String]
  public var overlays: [Overlay.Stamp]
  public var input: Input
  public var result: AssessmentReport

  public struct Input: Codable, Hashable, Sendable {
    public var findings: [InputFinding]
    public var on: CalendarDate
    public var party: Party?
    public var facts: [String: KnownFacts.Answer]
    public var context: AssessmentReport.ContextEntry?
  }

  public struct InputFinding: Codable, Hashable, Sendable {
    public var text: String
    public var line: Int?
    public var on: CalendarDate?
    public var party: Party?
  }

  enum CodingKeys: String, CodingKey { case schema, rulebook, files, overlays, input, result }
}

extension DecisionRecord {
  /// Records an answer with all its reasons.
  public init(
    _ findings: [Finding], by rulebook: Rulebook, files: [String: String], on date: CalendarDate, party: Party?,
    facts: KnownFacts, context: CaseContext
  ) {
    self.rulebook = rulebook.stamp
    self.files = files
    overlays = rulebook.overlays
    let isDefault = context == CaseContext()
    input = Input(
      findings: findings.map { finding in
        InputFinding(
          text: finding.text, line: finding.place?.line, on: finding.on == date ? nil : finding.on,
          party: finding.party == party ? nil : finding.party)
      },
      on: date, party: party, facts: facts.answered,
      context: isDefault
        ? nil
        : AssessmentReport.ContextEntry(
          dates: context.dates, amounts: context.amounts, circumstances: context.circumstances,
          intendedFine: context.intendedFine))
    result = AssessmentReport(
      findings.map { finding in
        var finding = finding
        finding.ended = context.dates.ended
        finding.facts = facts.hearing(rulebook.facts(heardIn: finding.text), terms: rulebook.terms)
        return rulebook.assess(finding)
      }, by: rulebook, on: date, party: party, context: context, explained: true)
  }

  /// The same questions asked of a rulebook now.
  ///
  /// - Throws: `RulebookError.invalidData` where the rulebook no longer knows a fact or a circumstance it was given.
  public func replayed(by rulebook: Rulebook, files: [String: String]) throws(RulebookError) -> DecisionRecord {
    let facts = try KnownFacts(
      input.facts.sorted { $0.key < $1.key }.map { (Fact.ID(rawValue: $0.key), $0.value) }, terms: rulebook.terms,
      violations: rulebook.violations)
    var context = CaseContext()
    if let given = input.context {
      context = CaseContext(
        dates: given.dates, amounts: given.amounts, circumstances: given.circumstances, intendedFine: given.intendedFine)
    }
    try context.validate(for: Finding("", on: input.on), in: rulebook)
    let findings = input.findings.map { finding in
      Finding(
        finding.text, on: finding.on ?? input.on, party: finding.party ?? input.party, facts: facts,
        place: finding.line.map { Finding.Place(line: $0) })
    }
    return DecisionRecord(
      findings, by: rulebook, files: files, on: input.on, party: input.party, facts: facts, context: context)
  }

  /// The rule files that are not what they were, those an answer most likely rests on first.
  public func changedFiles(since old: DecisionRecord) -> [(file: String, what: String)] {
    let items = Set((result.findings + old.result.findings).flatMap { $0.matches.map(\.item) })
    func rank(_ file: String) -> Int {
      if items.contains(where: { file.contains("/\($0)-") }) { return 0 }
      if file.hasPrefix("library/") { return 1 }
      if file.hasPrefix("violations/") { return 3 }
      return 2
    }
    return Set(files.keys).union(old.files.keys).compactMap { file -> (String, String)? in
      switch (old.files[file], files[file]) {
      case (nil, _?): (file, "新增")
      case (_?, nil): (file, "删去")
      case (let before?, let now?) where before != now: (file, "改动")
      default: nil
      }
    }.sorted { (rank($0.0), $0.0) < (rank($1.0), $1.0) }.map { (file: $0.0, what: $0.1) }
  }
}
