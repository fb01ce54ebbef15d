/// What an organ may do in a district, as its published lists and mandates say (职权清单、委托).
///
/// This is district data and comes with an overlay. Without a list a subdistrict office has no power to punish: the answer
/// is then a referral (移送), never a guess (行政处罚法 第二十四条).
public struct PowerList: Sendable {
  public enum Mode: String, Codable, CaseIterable, Sendable {
    /// Handed down by a published decision: in its own name (以自己名义).
    case ownName = "own-name"
    /// By mandate: in the name of the organ that gave it (委托).
    case entrusted
    /// Expressly not: refer (移送).
    case none
  }

  public struct Power: Sendable {
    /// Empty: all items.
    public var items: [Violation.ID]
    /// Empty: all provisions.
    public var provisions: [ProvisionAddress]
    public var mode: Mode
    /// The organ in whose name it acts when entrusted, or to which it refers.
    public var principal: String?
    /// The decision, list or mandate, with its number.
    public var document: String
    public var from: CalendarDate
    public var until: CalendarDate?
    /// Not for penalties that need a hearing.
    public var excludesHearing: Bool
    /// Not for compulsory measures (行政强制).
    public var excludesCoercion: Bool
    /// Not for cases in which one of these is so.
    public var unless: [Fact.ID]
    public var note: String?
    public var confidence: Confidence
    public var line: Int

    public init(
      items: [Violation.ID] = [], provisions: [ProvisionAddress] = [], mode: Mode, principal: String? = nil,
      document: String, from: CalendarDate, until: CalendarDate? = nil, excludesHearing: Bool = false,
      excludesCoercion: Bool = false, unless: [Fact.ID] = [], note: String? = nil, confidence: Confidence, line: Int = 0
    ) {
      self.items = items
      self.provisions = provisions
      self.mode = mode
      self.principal = principal
      self.document = document
      self.from = from
      self.until = until
      self.excludesHearing = excludesHearing
      self.excludesCoercion = excludesCoercion
      self.unless = unless
      self.note = note
      self.confidence = confidence
      self.line = line
    }

    func covers(_ item: Violation.ID, _ provision: ProvisionAddress?, on date: CalendarDate) -> Bool {
      (items.isEmpty || items.contains(item)) && from <= date && until.map { date <= $0 } ?? true
        && (provisions.isEmpty || provision.map { address in provisions.contains { $0.holds(address) } } ?? false)
    }
  }

  /// The organ that acts: 深圳市光明区××街道办事处.
  public var organ: String
  public var powers: [Power]
  public var layer: String
  public var file: String

  public init(organ: String, powers: [Power], layer: String = "", file: String = "") {
    self.organ = organ
    self.powers = powers
    self.layer = layer
    self.file = file
  }
}

/// Who may impose a sanction, in whose name, by which document.
public struct Competence: Sendable {
  public enum Mode: String, Codable, CaseIterable, Sendable {
    case ownName = "own-name"
    case entrusted
    /// The acting organ may not: hand the case over.
    case refer
    /// Two lists say different things: shown, not ordered.
    case conflict

    public var label: String {
      switch self {
      case .ownName: "以自己名义处罚"
      case .entrusted: "受委托，以委托机关名义处罚"
      case .refer: "没有处罚权，移送"
      case .conflict: "两份清单不一致，须核实"
      }
    }
  }

  public var mode: Mode
  /// The organ asked about; nil: a subdistrict office without a list.
  public var organ: String?
  /// In whose name the decision is made.
  public var inNameOf: String?
  /// The organs the statute names.
  public var statutory: [Authority]
  public var document: String?
  public var reason: String
  public var citation: String?
  public var layer: String?
  public var confidence: Confidence
}

extension Practice {
  private func limits(
    _ power: PowerList.Power, _ hearing: ProcedureAdvice.Need, _ facts: KnownFacts, _ terms: Terms
  ) -> String {
    var limits = power.note.map { [$0] } ?? []
    for fact in power.unless where facts[fact] == .unknown {
      limits.append("查实“\(terms.facts[fact]?.label ?? fact.rawValue)”的不在内，须移送")
    }
    if power.excludesHearing, case .depends = hearing { limits.append("拟罚到要告知听证的，不在这一委托以内，须移送") }
    if power.excludesCoercion { limits.append("不含查封、扣押等行政强制") }
    return limits.joined(separator: "；")
  }

  func competence(
    for applicable: LegalPosition.Applicable, of item: Violation.ID, hearing: ProcedureAdvice.Need,
    facts: KnownFacts = KnownFacts(), on date: CalendarDate,
    terms: Terms, cite: (String) -> String?
  ) -> Competence {
    let statutory = applicable.sanction.authorities
    let law = "/akn/cn/act/law/1996-03-17/administrative-penalty"
    let others = statutory.filter { $0 != .streetByList }
    let to = others.map { terms.label($0) }.joined(separator: "、")
    func refer(_ reason: String, organ: String?, document: String? = nil, layer: String? = nil) -> Competence {
      Competence(
        mode: .refer, organ: organ, inNameOf: nil, statutory: statutory, document: document ?? "移送函",
        reason: reason, citation: cite("\(law)#art_24__para_1"), layer: layer, confidence: .verified)
    }
    guard statutory.contains(.streetByList) else {
      return refer("这一处罚由\(to)决定，街道不能承接；把线索和证据移送过去", organ: powers.first?.organ)
    }
    guard let list = powers.last else {
      return refer("没有导入本区的职权清单：默认街道没有这一处罚权，只能巡查、制止、报告并移送\(to)", organ: nil)
    }
    let found = powers.flatMap { list in
      list.powers.filter { power in
        power.covers(item, applicable.source, on: date) && !power.unless.contains { facts[$0] == .yes }
      }.map { (list, $0) }
    }
    let modes = Set(found.map(\.1.mode))
    if modes.count > 1 {
      let positions = found.map { "“\($0.1.document)”（\($0.0.layer)）" }.joined(separator: "、")
      return Competence(
        mode: .conflict, organ: list.organ, inNameOf: nil, statutory: statutory, document: nil,
        reason: "\(positions)对这一项的说法不同，核实以前不得处罚", citation: cite("\(law)#art_24__para_1"), layer: nil, confidence: .memory)
    }
    guard let (list, power) = found.last else {
      return refer("清单里没有这一项，移送\(to)", organ: list.organ, layer: list.layer)
    }
    switch power.mode {
    case .none:
      return refer(
        "清单写明不由街道处罚" + (power.note.map { "（\($0)）" } ?? "") + "，移送\(power.principal ?? to)", organ: list.organ,
        layer: list.layer)
    case .ownName, .entrusted:
      if power.excludesHearing, case .yes = hearing {
        return refer(
          "“\(power.document)”不包括要告知听证的处罚；移送\(power.principal ?? to)", organ: list.organ, layer: list.layer)
      }
      let isOwn = power.mode == .ownName
      return Competence(
        mode: isOwn ? .ownName : .entrusted, organ: list.organ, inNameOf: isOwn ? list.organ : power.principal,
        statutory: statutory, document: power.document,
        reason: limits(power, hearing, facts, terms),
        citation: cite("\(law)#art_\(isOwn ? "24__para_1" : "20__para_1")"), layer: list.layer, confidence: power.confidence)
    }
  }
}
