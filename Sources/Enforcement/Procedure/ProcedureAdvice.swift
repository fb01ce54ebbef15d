/// How a case is imposed in law.
public enum Procedure: String, Codable, CaseIterable, Sendable {
  case summary, ordinary

  public var label: String { self == .summary ? "简易程序" : "普通程序" }
}

/// Summary or ordinary procedure, hearing, legal review and collective discussion, for one penalty.
public struct ProcedureAdvice: Sendable {
  /// Yes, no, or from which fine on.
  public enum Need: Hashable, Sendable {
    case yes(String)
    case no(String)
    /// It depends on what is imposed.
    case depends(String)

    public var reason: String {
      switch self {
      case .yes(let reason), .no(let reason), .depends(let reason): reason
      }
    }
    public var code: String {
      switch self {
      case .yes: "yes"
      case .no: "no"
      case .depends: "depends"
      }
    }
    public var label: String {
      switch self {
      case .yes: "是"
      case .no: "否"
      case .depends: "看情形"
      }
    }
  }

  public struct Entry: Sendable {
    public var name: String
    public var need: Need
    public var citation: String?
    /// How sure the rule or the figure is.
    public var confidence: Confidence
  }

  /// Whether the penalty may be imposed on the spot.
  public var summary: Entry
  /// Whether a hearing must be offered.
  public var hearing: Entry
  public var legalReview: Entry
  public var collectiveDiscussion: Entry

  public var entries: [Entry] { [summary, hearing, legalReview, collectiveDiscussion] }
}

struct ProcedureAdviser {
  let rulebook: Rulebook
  let date: CalendarDate

  /// Kinds for which a hearing must be offered whatever the sum (行政处罚法 第六十三条第一款第三、四项).
  static let hearingKinds: Set<SanctionKind> = [
    .downgrade, .revokeQualification, .revokePermit, .suspendBusiness, .close, .banFromTrade,
  ]
  private static let summary = "/akn/cn/act/law/1996-03-17/administrative-penalty#art_51__para_1"
  private static let hearing = "/akn/cn/act/law/1996-03-17/administrative-penalty#art_63__para_1"
  private static let review = "/akn/cn/act/law/1996-03-17/administrative-penalty#art_58__para_1"
  private static let discussion = "/akn/cn/act/law/1996-03-17/administrative-penalty#art_57__para_2"

  func advice(
    for applicable: LegalPosition.Applicable, subject: Threshold.Subject,
    range: (minimum: Double?, maximum: Double?)?, intended: Double?, gains: Double? = nil
  ) -> ProcedureAdvice {
    let kinds = Set(applicable.sanction.kinds.filter { !$0.isMeasure }.map(\.kind))
    let grave = kinds.intersection(Self.hearingKinds)
    // What is meant to be imposed counts only where it can be: outside the range it says nothing.
    let meant = intended.flatMap { sum in
      (range?.minimum ?? 0) <= sum && sum <= (range?.maximum ?? .infinity) ? sum : nil
    }
    let low = meant ?? range?.minimum ?? 0
    let high = meant ?? range?.maximum ?? .infinity
    return ProcedureAdvice(
      summary: summary(kinds, low, high, applicable, subject), hearing: hearing(grave, low, high, gains, applicable, subject),
      legalReview: ProcedureAdvice.Entry(
        name: "法制审核",
        need: .depends("经过听证程序的、涉及重大公共利益的、疑难复杂涉及多个法律关系的，决定前须经法制审核；没审或者审核不过的不得决定"),
        citation: cite(Self.review), confidence: .verified),
      collectiveDiscussion: ProcedureAdvice.Entry(
        name: "集体讨论", need: .depends("情节复杂或者重大违法行为给予处罚的，由负责人集体讨论决定"), citation: cite(Self.discussion),
        confidence: .verified))
  }

  private func summary(
    _ kinds: Set<SanctionKind>, _ low: Double, _ high: Double, _ applicable: LegalPosition.Applicable,
    _ subject: Threshold.Subject
  ) -> ProcedureAdvice.Entry {
    let citation = cite(Self.summary)
    func entry(_ need: ProcedureAdvice.Need, _ confidence: Confidence = .verified) -> ProcedureAdvice.Entry {
      ProcedureAdvice.Entry(name: "可以当场处罚（简易程序）", need: need, citation: citation, confidence: confidence)
    }
    let other = kinds.subtracting([.warning, .fine])
    if !other.isEmpty {
      let names = other.map { rulebook.terms.label($0) }.sorted().joined(separator: "、")
      return entry(.no("要给予的处罚里有\(names)，不能当场作出"))
    }
    guard kinds.contains(.fine) else { return entry(.depends("只给警告、事实确凿并有法定依据的，可以当场作出")) }
    guard
      let threshold = rulebook.practice.threshold(
        .summaryFine, for: subject, of: applicable.sanction.authorities, on: date)
    else { return entry(.no("当日没有已录入的简易程序数额，按普通程序办"), .memory) }
    let sum = Money.yuan(threshold.value)
    if low > threshold.value { return entry(.no("法定幅度或者拟罚数额高于\(sum)（\(subject.label)）"), threshold.confidence) }
    if high <= threshold.value { return entry(.depends("不超过\(sum)（\(subject.label)），事实确凿并有法定依据的，可以当场作出"), threshold.confidence) }
    return entry(.depends("拟罚\(sum)以下（\(subject.label)）、事实确凿并有法定依据的，可以当场作出；超过的按普通程序"), threshold.confidence)
  }

  private func hearing(
    _ grave: Set<SanctionKind>, _ low: Double, _ high: Double, _ gains: Double?, _ applicable: LegalPosition.Applicable,
    _ subject: Threshold.Subject
  ) -> ProcedureAdvice.Entry {
    let name = "告知听证权利"
    // Laid down beside the fine, without a choice or a condition: it will be imposed.
    let certain = applicable.sanction.kinds.filter { kind in
      grave.contains(kind.kind) && !kind.may && kind.alternative == nil && kind.conditions.isEmpty && kind.by.isEmpty
        && applicable.sanction.relation != .or
    }.map(\.kind)
    let authorities = applicable.sanction.authorities
    let threshold = rulebook.practice.threshold(.hearingFine, for: subject, of: authorities, on: date)
    let citations = [cite(Self.hearing), threshold.flatMap { cited($0) }].compactMap { $0 }.joined(separator: "；")
    func entry(_ need: ProcedureAdvice.Need, _ confidence: Confidence) -> ProcedureAdvice.Entry {
      ProcedureAdvice.Entry(name: name, need: need, citation: citations, confidence: confidence)
    }
    let names = grave.map { rulebook.terms.label($0) }.sorted().joined(separator: "、")
    let always = grave.isEmpty ? "" : "决定\(names)的，不论罚款多少都要告知听证"
    if !certain.isEmpty {
      return entry(.yes("要一并\(certain.map { rulebook.terms.label($0) }.joined(separator: "、"))，不论罚款多少都要告知听证"), .verified)
    }
    guard let threshold else {
      return entry(.depends([always, "当日没有已录入的听证数额，须查省、市规定"].filter { !$0.isEmpty }.joined(separator: "；")), .memory)
    }
    let sum = "\(Money.yuan(threshold.value))（\(subject.label)）"
    let confidence = min(.verified, threshold.confidence)
    if let gains, gains >= threshold.value,
      applicable.sanction.kinds.contains(where: { $0.kind == .confiscateGains })
    {
      return entry(.yes("没收违法所得达到听证数额\(sum)"), confidence)
    }
    if low >= threshold.value { return entry(.yes("罚款达到听证数额\(sum)"), confidence) }
    if high < threshold.value {
      return grave.isEmpty
        ? entry(.no("罚款达不到听证数额\(sum)"), confidence) : entry(.depends(always + "；罚款本身达不到听证数额\(sum)"), confidence)
    }
    return entry(
      .depends(["拟罚达到\(sum)的须告知听证", always].filter { !$0.isEmpty }.joined(separator: "；")), confidence)
  }

  private func cite(_ address: String) -> String? {
    ProvisionAddress(address).flatMap { rulebook.citation(of: $0, on: date) }
  }

  private func cited(_ threshold: Threshold) -> String? {
    threshold.basis.flatMap { rulebook.citation(of: $0, on: date) } ?? threshold.basisText
  }
}

extension Rulebook {
  /// How a provision is cited on a day; nil when it was not in force, or is not recorded for it.
  public func citation(of address: ProvisionAddress, on date: CalendarDate) -> String? {
    guard case .provision(let version, let provision) = index.resolve(address, on: date) else { return nil }
    return Citation.text(version, provision?.place)
  }
}
