public import Enforcement
internal import XMLStream

/// Writes a version of a regulation as Akoma Ntoso 3.0: what `RegulationReader` reads, and the same tree again.
public enum RegulationXML {
  /// - Parameter component: `!digest` for our own words, `!main` for an official text.
  public static func text(_ version: Regulation.Version, component: String = "!digest") -> String {
    var writer = XMLWriter()
    writer.element("akomaNtoso", [("xmlns", akomaNtosoNamespace), ("xmlns:z", rulesNamespace)]) { writer in
      writer.element("act", [("name", version.kind.rawValue), ("contains", "singleVersion")]) { writer in
        writer.element("meta") { meta(version, component, &$0) }
        writer.element("preface") { writer in
          writer.element("p") { $0.element("docTitle", text: version.title) }
        }
        writer.element("body", [("eId", version.record.isAddressedAsWhole ? "body" : nil)]) { writer in
          if version.provisions.isEmpty {
            writer.element("hcontainer", [("name", "notEncoded")]) { writer in
              writer.element("content") { $0.element("p", text: version.record.remark ?? "本版本的条文要旨尚未录入。") }
            }
          }
          for provision in version.provisions { write(provision, &writer) }
        }
      }
    }
    return writer.text
  }

  private static func meta(_ version: Regulation.Version, _ component: String, _ writer: inout XMLWriter) {
    let record = version.record
    let expression = "\(record.work)/zho@\(version.name)"
    func frbr(
      _ name: String, _ iri: String, this: String, _ date: String, _ dateName: String, _ writer: inout XMLWriter,
      more: (inout XMLWriter) -> Void
    ) {
      writer.element(name) { writer in
        writer.element("FRBRthis", [("value", this)])
        writer.element("FRBRuri", [("value", iri)])
        writer.element("FRBRdate", [("date", date), ("name", dateName)])
        writer.element("FRBRauthor", [("href", name == "FRBRManifestation" ? "#zhunsheng" : "#issuer")])
        more(&writer)
      }
    }
    writer.element("identification", [("source", "#zhunsheng")]) { writer in
      frbr("FRBRWork", record.work, this: "\(record.work)/\(component)", record.adopted, "adoption", &writer) { writer in
        writer.element("FRBRcountry", [("value", record.country)])
        writer.element("FRBRsubtype", [("value", version.kind.rawValue)])
        if let number = record.number { writer.element("FRBRnumber", [("value", number)]) }
        writer.element("FRBRname", [("value", version.title)])
      }
      frbr("FRBRExpression", expression, this: "\(expression)/\(component)", record.effect, "effect", &writer) { writer in
        writer.element("FRBRlanguage", [("language", "zho")])
      }
      let manifestation = "\(expression)/\(component).xml"
      frbr("FRBRManifestation", manifestation, this: manifestation, record.digested, "digest", &writer) { writer in
        writer.element("FRBRformat", [("value", "application/akn+xml")])
      }
    }
    writer.element("lifecycle", [("source", "#zhunsheng")]) { writer in
      for event in record.events {
        writer.element(
          "eventRef", [("eId", event.id), ("date", event.date), ("type", event.type), ("source", "#zhunsheng")])
      }
    }
    if let interval = record.interval {
      writer.element("temporalData", [("source", "#zhunsheng")]) { writer in
        writer.element("temporalGroup", [("eId", "period_1")]) { writer in
          writer.element(
            "timeInterval",
            [("start", "#" + interval.start), ("end", interval.end.map { "#" + $0 }), ("refersTo", "#in-force")])
        }
      }
    }
    writer.element("references", [("source", "#zhunsheng")]) { writer in
      writer.element(
        "TLCOrganization", [("eId", "zhunsheng"), ("href", "/akn/ontology/organization/zhunsheng"), ("showAs", "准绳")])
      writer.element(
        "TLCOrganization", [("eId", "issuer"), ("href", record.issuerIRI), ("showAs", record.issuer)])
      writer.element(
        "TLCConcept", [("eId", "in-force"), ("href", "/akn/ontology/concept/in-force"), ("showAs", "施行中")])
    }
    writer.element("proprietary", [("source", "#zhunsheng")]) { proprietary(version, &$0) }
  }

  private static func proprietary(_ version: Regulation.Version, _ writer: inout XMLWriter) {
    writer.element(
      "z:version",
      [
        ("label", version.label), ("from", version.from?.description), ("until", version.until?.description),
        ("encoded", version.isEncoded ? nil : "no"), ("confidence", version.confidence.rawValue),
      ])
    for title in version.shortTitles { writer.element("z:title", [("short", title)]) }
    if version.precision != .day { writer.element("z:date", [("precision", version.precision.rawValue)]) }
    for note in version.notes { writer.element("z:note", text: note) }
    for correspondence in version.correspondences {
      writer.element(
        "z:correspondence",
        [
          ("from", "#" + correspondence.from.eId), ("to", "#" + correspondence.to.eId),
          ("in", correspondence.version), ("confidence", correspondence.confidence.rawValue),
        ])
    }
    for sanction in version.sanctions { write(sanction, &writer) }
  }

  private static func list<Code: RawRepresentable>(_ codes: [Code]) -> String? where Code.RawValue == String {
    codes.isEmpty ? nil : codes.map(\.rawValue).joined(separator: " ")
  }

  private static func write(_ sanction: Sanction, _ writer: inout XMLWriter) {
    writer.element(
      "z:sanction",
      [
        ("tier", sanction.tier), ("href", "#" + (sanction.place?.eId ?? "body")), ("party", list(sanction.party)),
        ("when", sanction.condition.rawValue), ("combine", sanction.relation.rawValue),
        ("requires", list(sanction.requires)), ("authority", list(sanction.authorities)),
        ("confidence", sanction.confidence.rawValue), ("from", sanction.from?.description),
        ("until", sanction.until?.description),
      ]
    ) { writer in
      if !sanction.conditionText.isEmpty { writer.element("z:condition", text: sanction.conditionText) }
      for kind in sanction.kinds {
        writer.element(
          "z:kind",
          [
            ("code", kind.kind.rawValue), ("measure", kind.isMeasure ? "true" : nil), ("may", kind.may ? "true" : nil),
            ("to", list(kind.to)), ("by", list(kind.by)), ("if", list(kind.conditions)), ("alt", kind.alternative),
          ])
      }
      if let fine = sanction.fine { write(fine, "z:fine", &writer) }
      if let fine = sanction.responsibleFine { write(fine, "z:responsible", &writer) }
      switch sanction.amountSource {
      case .provision(let address)?: writer.element("z:amount-by", [("ref", address.description)])
      case .reason(let reason)?: writer.element("z:amount-by", [("code", reason.rawValue)])
      case nil: break
      }
      if let days = sanction.detention {
        writer.element(
          "z:detention", [("min", days.minimum > 0 ? String(days.minimum) : nil), ("max", String(days.maximum))])
      }
      if let note = sanction.note { writer.element("z:note", text: note) }
    }
  }

  private static func write(_ fine: Sanction.Fine, _ name: String, _ writer: inout XMLWriter) {
    func number(_ value: Double) -> String { value == value.rounded() ? String(Int(value)) : String(value) }
    writer.element(
      name,
      [
        ("basis", fine.basis.rawValue), ("of", fine.of?.rawValue), ("min", fine.minimum.map(number)),
        ("max", fine.maximum.map(number)), ("per", fine.per.rawValue),
      ])
  }

  private static func write(_ provision: Provision, _ writer: inout XMLWriter) {
    writer.element(
      provision.kind.rawValue,
      [
        ("eId", provision.eId), ("z:confidence", provision.confidence?.rawValue),
        ("z:paragraphs", provision.paragraphCount.map { String($0) }),
      ]
    ) { writer in
      if let number = provision.number { writer.element("num", text: number) }
      if let heading = provision.heading { writer.element("heading", text: heading) }
      if let gist = provision.gist {
        writer.element(provision.children.isEmpty ? "content" : "intro") { $0.element("p", text: gist) }
      }
      for child in provision.children { write(child, &writer) }
    }
  }
}
