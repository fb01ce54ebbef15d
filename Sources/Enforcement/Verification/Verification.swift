/// What an official text says to each statement of the digest: is the address there, do the figures stand at it, under that
/// condition and for that party, are the kinds of penalty named there, and does the gist speak of what stands there.
///
///     let verification = Verification(of: version, against: text, terms: rulebook.terms)
///     verification.claims.filter { $0.verdict == .contradicted }
///
/// A claim is `confirmed` only when the words themselves show it. What they neither show nor exclude is `unclear`, and stays
/// for a person: a gist in other words than the statute's, a clause that names nobody.
public struct Verification: Sendable {
  public enum Verdict: String, Codable, CaseIterable, Sendable { case confirmed, unclear, contradicted }

  /// One statement of the digest, held beside the text.
  public struct Claim: Hashable, Sendable {
    public enum Kind: String, Codable, CaseIterable, Sendable {
      case address, paragraphs, gist, fine, kind, party, detention, missing
    }

    public var kind: Kind
    public var place: ProvisionAddress.Place
    /// The sanction it belongs to, by its number in the version; nil for a provision's.
    public var sanction: Int?
    public var verdict: Verdict
    /// What the digest says.
    public var digest: String
    /// What the text has in its stead; nil when it is confirmed.
    public var found: String?
    /// The line in the digest's file; 0 where it is not known.
    public var line: Int
  }

  public private(set) var claims: [Claim] = []
  private let version: Regulation.Version
  private let text: Source
  private let terms: Terms

  /// An official text made ready to be held beside several versions.
  public struct Source: Sendable {
    let articles: [OfficialText.Piece]
    let likeness: Likeness
    private let pieces: [String: OfficialText.Piece]

    public init(_ text: OfficialText) {
      articles = text.articles
      var pieces: [String: OfficialText.Piece] = [:]
      func walk(_ piece: OfficialText.Piece) {
        if pieces[piece.eId] == nil { pieces[piece.eId] = piece }
        piece.children.forEach(walk)
      }
      articles.forEach(walk)
      self.pieces = pieces
      likeness = Likeness(articles)
    }

    func piece(at eId: String) -> OfficialText.Piece? { pieces[eId] }
  }

  public init(of version: Regulation.Version, against text: OfficialText, terms: Terms) {
    self.init(of: version, against: Source(text), terms: terms)
  }

  public init(of version: Regulation.Version, against text: Source, terms: Terms) {
    self.terms = terms
    self.version = version
    self.text = text
    for provision in version.provisions { check(provision) }
    for (number, sanction) in version.sanctions.enumerated() { check(sanction, number) }
    for provision in version.provisions { checkCompleteness(of: provision) }
  }

  private mutating func add(
    _ kind: Claim.Kind, _ place: ProvisionAddress.Place, _ verdict: Verdict, _ digest: String, _ found: String? = nil,
    sanction: Int? = nil, line: Int = 0
  ) {
    claims.append(
      Claim(kind: kind, place: place, sanction: sanction, verdict: verdict, digest: digest, found: found, line: line))
  }

  // MARK: Provisions

  private mutating func check(_ provision: Provision) {
    if let place = provision.place {
      if let piece = text.piece(at: place.eId) {
        add(.address, place, .confirmed, Citation.text(place, in: version))
        if let count = provision.paragraphCount {
          let counted = piece.children.count { $0.kind == .paragraph }
          add(
            .paragraphs, place, counted == count ? .confirmed : .contradicted, "\(count)款",
            counted == count ? nil : "正文这一条有\(counted)款")
        }
        if let gist = provision.summary, !gist.isEmpty { check(gist: gist, place) }
      } else {
        add(.address, place, .contradicted, Citation.text(place, in: version), missing(place))
      }
    }
    for child in provision.children { check(child) }
  }

  private func missing(_ place: ProvisionAddress.Place) -> String {
    var parent = place.parent
    while let place = parent {
      if text.piece(at: place.eId) != nil { return "正文有\(Citation.text(place, in: version))，没有更细的这一处" }
      parent = place.parent
    }
    return "正文没有这一条，最后一条是\(text.articles.last?.number ?? "（没有条）")"
  }

  /// The gist speaks of its article before all others, and its figures stand there.
  private mutating func check(gist: String, _ place: ProvisionAddress.Place) {
    let standing = text.likeness.standing(of: gist, at: place, in: text)
    let numbers = Set(Figures.numbers(gist)).subtracting(Figures.numbers(words(at: place, wide: true)))
    if !numbers.isEmpty {
      add(.gist, place, .unclear, gist, "要旨里的\(numbers.sorted().map { Money.number($0) }.joined(separator: "、"))在这一条里没有")
    } else {
      switch standing {
      case .first: add(.gist, place, .confirmed, gist)
      case .behind(let other): add(.gist, place, .unclear, gist, "用词更像\(other)")
      case .unlike: add(.gist, place, .unclear, gist, "用词同正文相差远，比不出来")
      }
    }
  }

  /// The words at a place: a point's with its paragraph's before it; `wide`: of the whole article.
  func words(at place: ProvisionAddress.Place, wide: Bool = false) -> String {
    var place = place
    if wide { (place.paragraph, place.point, place.indent) = (nil, nil, nil) }
    guard let piece = text.piece(at: place.eId) else { return "" }
    guard let parent = place.parent, place.paragraph != nil, place.point != nil, let above = text.piece(at: parent.eId) else {
      return piece.lines.joined(separator: "\n")
    }
    return ([above.number + above.text] + piece.lines).joined(separator: "\n")
  }

  /// Each fine that a recorded article sets is recorded too: of a paragraph at it or at one of its points, and of each point
  /// that is recorded at that point or above it.
  private mutating func checkCompleteness(of article: Provision) {
    guard let place = article.place, let piece = text.piece(at: place.eId) else { return }
    for paragraph in piece.children where paragraph.kind == .paragraph {
      guard let at = ProvisionAddress.Place(paragraph.eId) else { continue }
      let points = article.children.filter { $0.place == at }.flatMap(\.children).compactMap(\.place)
      let above: Set = [place, at]
      var missing: Set<String> = []
      for target in [at] + points {
        let recorded = version.sanctions.filter { sanction in
          sanction.place.map { above.contains($0) || (target == at ? at.contains($0) : $0 == target) } ?? false
        }
        let fines = recorded.flatMap { [$0.fine, $0.responsibleFine].compactMap { $0 } }
        for statement in PenaltyReading(words(at: target)).statements {
          guard case .fine = statement.content, !fines.contains(where: { statement.isSame(as: $0) }) else { continue }
          let label = statement.label(terms)
          if missing.insert(label).inserted { add(.missing, target, .unclear, "没有录", "正文这一处还有：\(label)") }
        }
      }
    }
  }

  // MARK: Sanctions

  private mutating func check(_ sanction: Sanction, _ number: Int) {
    guard let place = sanction.place else { return }
    guard text.piece(at: place.eId) != nil else {
      return add(
        .address, place, .contradicted, Citation.text(place, in: version), missing(place), sanction: number, line: sanction.line)
    }
    let here = reading(at: place)
    if let fine = sanction.fine, sanction.amountSource == nil {
      // Whom the fine itself is for, where the sanction says it.
      let to = sanction.kinds.first { $0.kind == .fine }?.to ?? []
      let parties = to.isEmpty ? sanction.party.filter { !($0 == .responsiblePerson && sanction.responsibleFine != nil) } : to
      check(fine, for: parties, sanction, number, place, here)
    }
    if let fine = sanction.responsibleFine { check(fine, for: [.responsiblePerson], sanction, number, place, here) }
    if let detention = sanction.detention {
      let stated = here.statements.filter { statement in
        if case .detention(let minimum, let maximum) = statement.content {
          return minimum == detention.minimum && maximum == detention.maximum
        }
        return false
      }
      let fits = stated.contains { here.fits(sanction.condition, $0) }
      add(
        .detention, place, fits ? .confirmed : .contradicted, "拘留\(detention.minimum)日至\(detention.maximum)日",
        fits ? nil : stated.isEmpty ? "正文这一处没有这样的拘留" : "正文把它放在另一种情形下", sanction: number, line: sanction.line)
    }
    for entry in sanction.kinds where entry.kind != .recordOnly { check(entry, sanction, number, place, here) }
    checkWords(of: sanction, number, place)
  }

  /// What stands at the place; what the paragraph before says when it is called 前款; what a provision says that the words
  /// refer to (依照本法第…条的规定处罚); and paragraphs of the article that speak of the place (有本条第一款第三项行为).
  private func reading(at place: ProvisionAddress.Place) -> Reading {
    let words = words(at: place)
    // A point that only names an act takes the penalty of its paragraph, under the condition it names itself.
    var own = place.point == nil ? "" : text.piece(at: place.eId)?.lines.joined() ?? ""
    if !PenaltyReading(own).statements.isEmpty { own = "" }
    var conditions = PenaltyReading.conditions(in: own)
    if words.contains("前款"), let paragraph = place.paragraph, paragraph > 1 {
      // What happened is the same; how it was answered there is not.
      let before = self.words(
        at: ProvisionAddress.Place(article: place.article, insertion: place.insertion, paragraph: paragraph - 1))
      conditions.formUnion(PenaltyReading.conditions(in: before).intersection([.consequence, .accident]))
    }
    var referred = ""
    for target in References.targets(in: words, at: place) { referred += self.words(at: target) + "\n" }
    var beside = ""
    if let point = place.point,
      let article = text.piece(at: ProvisionAddress.Place(article: place.article, insertion: place.insertion).eId)
    {
      let name = "第\(ChineseNumeral.text(point))项"
      for paragraph in article.children where paragraph.kind == .paragraph && paragraph.eId != place.parent?.eId {
        let lines = paragraph.lines.joined()
        if lines.contains("第一款"), lines.contains(name) { beside += lines + "\n" }
      }
    }
    return Reading(words, own: conditions, referred: referred, beside: beside)
  }

  private mutating func check(
    _ fine: Sanction.Fine, for parties: [Party], _ sanction: Sanction, _ number: Int, _ place: ProvisionAddress.Place,
    _ here: Reading
  ) {
    let digest = Money.range(fine, terms: terms)
    let stated = here.fines.filter { $0.isSame(as: fine) }
    guard !stated.isEmpty else {
      let others = Set(here.fines.map { $0.label(terms) }).sorted().joined(separator: "；")
      return add(
        .fine, place, .contradicted, digest, others.isEmpty ? "正文这一处没有罚款数额" : "正文这一处是：\(others)", sanction: number,
        line: sanction.line)
    }
    let fitting = stated.filter { here.fits(sanction.condition, $0) }
    guard let first = fitting.first else {
      return add(
        .fine, place, .contradicted, "\(digest)（\(sanction.condition.label)）", "正文把这个数额放在“\(stated[0].condition.label)”下",
        sanction: number, line: sanction.line)
    }
    add(.fine, place, .confirmed, digest, sanction: number, line: sanction.line)
    let side = PenaltyReading.Subject(parties)
    let sides = Set(fitting.map(\.subject))
    // Neither says whom: nothing to confirm, nothing against it.
    let verdict: Verdict =
      sides.contains(side)
      ? (side == .any ? .unclear : .confirmed) : sides.contains(.any) || side == .any ? .unclear : .contradicted
    add(
      .party, place, verdict, "\(digest)罚\(side.label)",
      verdict == .confirmed ? nil : first.subject == .any ? "正文这一句没有写明罚单位还是个人" : "正文这个数额罚的是\(first.subject.label)",
      sanction: number,
      line: sanction.line)
  }

  private mutating func check(
    _ entry: Sanction.KindEntry, _ sanction: Sanction, _ number: Int, _ place: ProvisionAddress.Place, _ here: Reading
  ) {
    let condition = entry.conditions.contains("circumstances-serious") ? Condition.serious : sanction.condition
    let stated = here.statements.filter { $0.content == .kind(entry.kind) }
    let fits = stated.contains { here.fits(condition, $0) } || here.beside.contains { $0.content == .kind(entry.kind) }
    let found: String? =
      fits ? nil : !stated.isEmpty ? "正文把它写在“\(stated[0].condition.label)”下" : here.refersAway ? "正文只说依照别的法处罚" : "正文这一处没有写"
    add(
      .kind, place, fits ? .confirmed : stated.isEmpty && !here.refersAway ? .contradicted : .unclear, terms.label(entry.kind),
      found,
      sanction: number, line: sanction.line)
  }

  /// Each party the sanction names is one the article speaks of.
  private mutating func checkWords(of sanction: Sanction, _ number: Int, _ place: ProvisionAddress.Place) {
    let words = words(at: place, wide: true)
    for party in sanction.party {
      let known = party.words.contains { words.contains($0) }
      // 生产经营单位 takes in every unit, and the digest says so by naming it beside.
      let covered = party.isUnit && sanction.party.contains(.unit) && Party.unit.words.contains { words.contains($0) }
      add(
        .party, place, known || covered ? .confirmed : .unclear, terms.label(party), known || covered ? nil : "正文这一条没有提到这类当事人",
        sanction: number, line: sanction.line)
    }
  }
}

extension Verification {
  /// What the words at a place let be done.
  struct Reading {
    let statements: [PenaltyReading.Statement]
    /// The conditions that the point's own words name, for which its paragraph's penalty then stands.
    private let own: Set<Condition>

    /// What other paragraphs of the article say of the place.
    let beside: [PenaltyReading.Statement]
    /// 依照《…法》的规定处罚: the penalty stands in another law.
    let refersAway: Bool

    init(_ words: String, own: Set<Condition>, referred: String, beside: String) {
      statements = PenaltyReading(words).statements + PenaltyReading(referred).statements
      self.own = own
      self.beside = PenaltyReading(beside).statements
      refersAway = (words.contains("依照《") || words.contains("按照《") || words.contains("依照有关法律")) && words.contains("处罚")
    }

    var fines: [PenaltyReading.Statement] {
      statements.filter { if case .fine = $0.content { true } else { false } }
    }

    func fits(_ condition: Condition, _ statement: PenaltyReading.Statement) -> Bool {
      statement.condition == condition || (statement.condition == .atOnce && own.contains(condition))
    }
  }
}

extension PenaltyReading.Subject {
  init(_ parties: [Party]) {
    let units = parties.contains(where: \.isUnit)
    let people = parties.contains(where: \.isPerson)
    self = units == people ? .any : units ? .unit : .person
  }

  var label: String {
    switch self {
    case .unit: "单位"
    case .person: "个人"
    case .any: "单位或者个人"
    }
  }
}

extension PenaltyReading.Statement {
  func isSame(as fine: Sanction.Fine) -> Bool {
    guard case .fine(let basis, let of, let minimum, let maximum) = content else { return false }
    return basis == fine.basis && minimum == fine.minimum && maximum == fine.maximum
      && (of == nil || fine.of == nil || of == fine.of)
  }

  func label(_ terms: Terms) -> String {
    guard case .fine(let basis, let of, let minimum, let maximum) = content else { return "" }
    return "\(condition.label)、\(subject.label)"
      + Money.range(Sanction.Fine(basis: basis, of: of, minimum: minimum, maximum: maximum), terms: terms)
  }
}

extension Condition {
  /// As it is called in a verdict, where no list of terms is at hand.
  var label: String {
    switch self {
    case .atOnce: "查实即罚"
    case .overdue: "逾期未改正"
    case .refusal: "拒不改正"
    case .serious: "情节严重"
    case .consequence: "造成后果"
    case .accident: "发生事故"
    case .lenient: "情节较轻"
    case .aggravated: "再次、多次"
    }
  }
}

extension Party {
  var isPerson: Bool {
    switch self {
    case .individual, .principal, .projectManager, .responsiblePerson, .safetyManager, .worker, .registeredPractitioner: true
    default: false
    }
  }

  var isUnit: Bool {
    switch self {
    case .owner, .contractor, .supervisor, .designer, .propertyManager, .lessorSupplier, .unit: true
    default: false
    }
  }

  /// What statutes call it.
  var words: [String] {
    switch self {
    case .owner: ["建设单位", "发包", "业主", "建设方"]
    case .contractor: ["施工", "承包", "承揽", "装饰装修企业", "装修企业", "作业单位"]
    case .supervisor: ["监理"]
    case .designer: ["设计", "勘察"]
    case .propertyManager: ["物业"]
    case .lessorSupplier: ["出租", "租赁", "供应", "提供机械"]
    case .unit: ["单位", "企业", "公司", "机构", "经营者"]
    case .user: ["使用人", "业主", "装修人", "用户", "所有权人", "使用者", "单位或者个人", "单位和个人", "个人"]
    case .individual: ["个人", "人员", "负责人", "的，处", "公民", "责任人"]
    case .principal: ["主要负责人", "负责人", "投资人", "法定代表人", "主管人员"]
    case .projectManager: ["项目负责人", "负责人", "主管人员", "安全生产管理人员"]
    case .responsiblePerson: ["直接责任人", "责任人员", "主管人员", "责任人"]
    case .safetyManager: ["安全生产管理人员", "安全管理人员"]
    case .worker: ["作业人员", "从业人员", "施工人员", "人员", "个人", "的，处"]
    case .registeredPractitioner: ["注册", "执业人员"]
    }
  }
}

/// Provisions of the same text that words refer their penalty to.
enum References {
  /// 依照本法第十九条的规定处罚, 依照前款的规定处罚.
  static func targets(in words: String, at place: ProvisionAddress.Place) -> [ProvisionAddress.Place] {
    var result: [ProvisionAddress.Place] = []
    let scalars = Array(words.unicodeScalars)
    for index in scalars.indices where scalars[index...].starts(with: "依照".unicodeScalars) {
      let tail = Array(scalars[(index + 2)...].prefix(24))
      guard
        let end = tail.indices.first(where: { index in ["处罚", "处以罚款"].contains { tail[index...].starts(with: $0.unicodeScalars) }
        })
      else { continue }
      let between = tail[..<end]
      if between.starts(with: "前款".unicodeScalars), let paragraph = place.paragraph, paragraph > 1 {
        result.append(ProvisionAddress.Place(article: place.article, insertion: place.insertion, paragraph: paragraph - 1))
      } else if between.first == "本", let open = between.firstIndex(of: "第"), let close = between[open...].firstIndex(of: "条"),
        let article = ChineseNumeral.value(between[(open + 1)..<close])
      {
        result.append(ProvisionAddress.Place(article: article))
      }
    }
    return result
  }
}

/// Numbers in words, for comparing figures of a gist with the text's.
enum Figures {
  static func numbers(_ words: String) -> [Double] {
    let scalars = Array(words.unicodeScalars)
    var result: [Double] = []
    var index = 0
    while index < scalars.count {
      if let (amount, end) = PenaltyReading.Amount.read(scalars, index, scalars.count) {
        result += [amount.minimum, amount.maximum].compactMap { $0 }
        index = end
      } else {
        index += 1
      }
    }
    return result
  }
}
