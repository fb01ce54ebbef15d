internal import Enforcement
internal import XMLStream

/// Reads one Akoma Ntoso file of the library: one version of a regulation.
struct RegulationReader: DiagnosingReader {
  enum Name: String, XMLName {
    case akomaNtoso, act, meta, identification, lifecycle, temporalData, temporalGroup, timeInterval, references
    case proprietary, eventRef, preface, body, hcontainer, p, docTitle
    case FRBRWork, FRBRExpression, FRBRManifestation, FRBRthis, FRBRuri, FRBRdate, FRBRauthor, FRBRcountry
    case FRBRsubtype, FRBRnumber, FRBRname, FRBRlanguage, FRBRformat
    case TLCOrganization, TLCConcept
    case part, chapter, section, article, paragraph, point, indent, num, heading, intro, content
    // ours
    case version, title, date, note, correspondence, sanction, condition, kind, fine, responsible, detention
    case amountBy = "amount-by"
    // attributes
    case name, contains, source, value, href, eId, type, start, end, refersTo, showAs, language, format
    case label, from, until, encoded, confidence, short, precision, to
    case inVersion = "in"
    case tier, party, when, combine, requires, authority, code, measure, may, by
    case ifFacts = "if"
    case alt, basis, of, min, max, per, ref, paragraphs, prescriptive
  }

  let file: String
  var diagnostics: [Diagnostic] = []

  private var record = Regulation.Record(work: "", adopted: "", issuer: "", digested: "")
  private var kind: Regulation.Kind?
  private var versionName = ""
  private var title = ""
  private var shortTitles: [String] = []
  private var label = ""
  private var from: CalendarDate?
  private var until: CalendarDate?
  private var precision = Regulation.DatePrecision.day
  private var confidence: Confidence?
  private var isEncoded = true
  private var notes: [String] = []
  private var correspondences: [Regulation.Correspondence] = []
  private var sanctions: [Sanction] = []
  private var sanction: Sanction?
  /// 编 … 目 that are open, and the finished ones of the body.
  private var open: [Provision] = []
  private var provisions: [Provision] = []
  private var frbr: Name?
  private var elements = 0

  init(file: String) { self.file = file }

  mutating func start(_ element: XMLElement<Name>) {
    checkAttributes(element)
    elements += 1
    switch element.name {
    case .FRBRWork, .FRBRExpression, .FRBRManifestation:
      frbr = element.name
    case .part, .chapter, .section, .article, .paragraph, .point, .indent:
      open.append(
        Provision(
          kind: Provision.Kind(rawValue: element.name.rawValue)!, eId: required(.eId, element),
          confidence: code(Confidence.self, .confidence, element),
          paragraphCount: element[.paragraphs].flatMap { Int($0) }))
    case .body: record.isAddressedAsWhole = element[.eId] != nil
    case .sanction:
      startSanction(element)
    default:
      break
    }
  }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    switch element.name {
    // identification
    case .FRBRuri where frbr == .FRBRWork: record.work = required(.value, element)
    case .FRBRuri where frbr == .FRBRExpression:
      versionName = required(.value, element).split(separator: "@").last.map(String.init) ?? ""
    case .FRBRdate where frbr == .FRBRWork: record.adopted = required(.date, element)
    case .FRBRdate where frbr == .FRBRExpression: record.effect = required(.date, element)
    case .FRBRdate where frbr == .FRBRManifestation: record.digested = required(.date, element)
    case .FRBRcountry: record.country = required(.value, element)
    case .FRBRsubtype: kind = code(Regulation.Kind.self, .value, element)
    case .FRBRnumber: record.number = element[.value]
    case .FRBRname: title = required(.value, element)
    case .eventRef:
      record.events.append(
        Regulation.Event(
          id: required(.eId, element), date: required(.date, element), type: required(.type, element)))
    case .timeInterval:
      record.interval = Regulation.Interval(
        start: String(required(.start, element).dropFirst()), end: element[.end].map { String($0.dropFirst()) })
    case .TLCOrganization where element[.eId] == "issuer":
      record.issuer = required(.showAs, element)
      record.issuerIRI = required(.href, element)
    // ours
    case .version:
      label = required(.label, element)
      from = date(.from, element)
      until = date(.until, element)
      isEncoded = element[.encoded] != "no"
      confidence = code(Confidence.self, .confidence, element)
      if element[.confidence] == nil { report("confidence.missing", element, "版本没有写置信度 confidence") }
    case .title: shortTitles.append(required(.short, element))
    case .date: precision = code(Regulation.DatePrecision.self, .precision, element) ?? .unknown
    case .note:
      if sanction != nil { sanction?.note = text } else { notes.append(text) }
    case .correspondence: endCorrespondence(element)
    case .condition: sanction?.conditionText = text
    case .kind: endKind(element)
    case .fine:
      let fine = fine(element)
      sanction?.fine = fine
    case .responsible:
      let fine = fine(element)
      sanction?.responsibleFine = fine
    case .amountBy:
      let amount = amount(element)
      sanction?.amountSource = amount
    case .detention:
      let days = Sanction.Detention(
        minimum: Int(number(.min, element) ?? 0), maximum: Int(number(.max, element) ?? 0))
      sanction?.detention = days
    case .sanction:
      if let finished = sanction { sanctions.append(finished) }
      sanction = nil
    // body
    case .num: open.indices.last.map { open[$0].number = text }
    case .heading: open.indices.last.map { open[$0].heading = text }
    case .p where open.isEmpty: if !text.isEmpty { record.remark = text }
    case .p: open[open.count - 1].gist = text
    case .part, .chapter, .section, .article, .paragraph, .point, .indent: endProvision(element)
    default: break
    }
  }

  private mutating func endProvision(_ element: XMLElement<Name>) {
    let finished = open.removeLast()
    if finished.place == nil, ![.part, .chapter, .section].contains(finished.kind) {
      report("address.malformed", element, "eId=\"\(finished.eId)\" 不是条款项的位置")
    }
    if finished.kind != .article, finished.confidence == nil, [.paragraph, .point, .indent].contains(finished.kind) {
      report("confidence.missing", element, "\(finished.eId) 没有写置信度 z:confidence")
    }
    if open.isEmpty { provisions.append(finished) } else { open[open.count - 1].children.append(finished) }
  }

  private mutating func startSanction(_ element: XMLElement<Name>) {
    let condition = code(Condition.self, .when, element)
    let relation = code(Relation.self, .combine, element)
    let confidence = code(Confidence.self, .confidence, element)
    for (name, missing) in [
      (Name.when, element[.when] == nil), (.combine, element[.combine] == nil),
      (.confidence, element[.confidence] == nil),
    ] where missing {
      report(
        name == .confidence ? "confidence.missing" : "xml.missing-attribute", element,
        "<sanction> 缺少属性 \(name.rawValue)")
    }
    let onBody = element[.href] == "#body"
    sanction = Sanction(
      tier: required(.tier, element), place: onBody ? nil : place(.href, element),
      party: codes(Party.self, .party, element), condition: condition ?? .atOnce, relation: relation ?? .single,
      kinds: [], requires: words(.requires, element).map { Fact.ID(rawValue: $0) },
      authorities: codes(Authority.self, .authority, element), from: date(.from, element),
      until: date(.until, element), confidence: confidence ?? .memory, line: element.line)
  }

  private mutating func endKind(_ element: XMLElement<Name>) {
    guard let kind = code(SanctionKind.self, .code, element) else { return }
    let entry = Sanction.KindEntry(
      kind: kind, isMeasure: element[.measure] == "true", may: element[.may] == "true",
      to: codes(Party.self, .to, element), by: codes(Authority.self, .by, element),
      conditions: words(.ifFacts, element).map { Fact.ID(rawValue: $0) }, alternative: element[.alt])
    sanction?.kinds.append(entry)
  }

  private mutating func fine(_ element: XMLElement<Name>) -> Sanction.Fine? {
    guard let basis = code(FineBasis.self, .basis, element) else { return nil }
    return Sanction.Fine(
      basis: basis, of: code(FineOf.self, .of, element), minimum: number(.min, element),
      maximum: number(.max, element), per: code(FinePer.self, .per, element) ?? .act)
  }

  private mutating func amount(_ element: XMLElement<Name>) -> Sanction.Amount? {
    if let address = address(.ref, element) { return .provision(address) }
    return code(AmountSource.self, .code, element).map { .reason($0) }
  }

  private mutating func endCorrespondence(_ element: XMLElement<Name>) {
    guard let from = place(.from, element), let to = place(.to, element) else { return }
    correspondences.append(
      Regulation.Correspondence(
        from: from, to: to, version: required(.inVersion, element),
        confidence: code(Confidence.self, .confidence, element) ?? .memory))
  }

  /// The version; nil when what would identify it is missing, which the diagnostics then say.
  mutating func finish() -> Regulation.Version? {
    for (value, what) in [(record.work, "FRBRWork/FRBRuri"), (versionName, "FRBRExpression/FRBRuri"), (title, "FRBRname")]
    where value.isEmpty {
      diagnostics.append(Diagnostic(rule: "akn.identification", file: file, message: "缺少 \(what)，无法确定这是哪部法规的哪个版本"))
    }
    guard let kind, !record.work.isEmpty, !versionName.isEmpty, !title.isEmpty else {
      if kind == nil {
        diagnostics.append(Diagnostic(rule: "akn.identification", file: file, message: "缺少 FRBRsubtype，无法确定文种"))
      }
      return nil
    }
    return Regulation.Version(
      record: record, name: versionName, title: title, shortTitles: shortTitles, kind: kind, label: label, from: from,
      until: until, precision: precision, confidence: confidence ?? .memory, isEncoded: isEncoded,
      provisions: provisions, sanctions: sanctions, correspondences: correspondences, notes: notes, file: file)
  }
}
