internal import Enforcement
internal import XMLStream

/// Reads `catalogue.xml`: the categories, in order.
struct CatalogueReader: DiagnosingReader {
  enum Name: String, XMLName { case catalogue, basis, category, code, name, title }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var catalogue = Catalogue()

  init(file: String) { self.file = file }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .catalogue: catalogue.title = required(.title, element)
    case .basis: catalogue.basis = text
    case .category:
      catalogue.categories.append(
        Catalogue.Category(code: required(.code, element), name: required(.name, element)))
    default: break
    }
  }
}

/// Reads `terms.xml`: the closed code lists and the facts.
struct TermsReader: DiagnosingReader {
  enum Name: String, XMLName {
    case terms, list, term, fact, name, code, label, group, cls, excludes, rank, yes, no, sum, from, below
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private var lists: [String: [Terms.Term]] = [:]
  private var current: [Terms.Term] = []
  private var facts: [Fact] = []

  init(file: String) { self.file = file }

  var terms: Terms { Terms(lists: lists, facts: facts) }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .term:
      current.append(
        Terms.Term(
          code: required(.code, element), label: required(.label, element), definition: text,
          classification: element[.cls]))
    case .list:
      lists[required(.name, element)] = current
      current = []
    case .fact:
      facts.append(
        Fact(
          id: Fact.ID(rawValue: required(.code, element)), group: required(.group, element),
          label: required(.label, element), question: text,
          excludes: element[.excludes].map { Fact.ID(rawValue: $0) }, rank: number(.rank, element).map { Int($0) },
          heardYes: element[.yes] ?? "", heardNo: element[.no] ?? "",
          sum: code(FineOf.self, .sum, element), from: number(.from, element), below: number(.below, element)))
    default: break
    }
  }
}

/// Reads `lexicon.xml`: the words the engine knows.
struct LexiconReader: DiagnosingReader {
  enum Name: String, XMLName { case lexicon, variants, concept, quantity, id, role, units, min, max, note }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var lexicon = Lexicon()

  init(file: String) { self.file = file }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .variants:
      for pair in text.split(whereSeparator: \.isWhitespace) {
        let scalars = Array(pair.unicodeScalars)
        guard scalars.count == 2 else {
          report("lexicon.variant", element, "异体字“\(pair)”不是两个字一对", fix: "写成“護护”：先写法，后标准字")
          continue
        }
        lexicon.variants[scalars[0]] = scalars[1]
      }
    case .concept:
      lexicon.concepts.append(
        Concept(
          id: required(.id, element), role: code(Concept.Role.self, .role, element) ?? .scene,
          forms: text, line: element.line))
    case .quantity:
      lexicon.quantities.append(
        QuantityConcept(
          id: required(.id, element), units: words(.units, element), minimum: number(.min, element),
          maximum: number(.max, element)))
    default: break
    }
  }
}

/// Reads `rulebook.xml`: the version and the sealed digest.
struct SealReader: DiagnosingReader {
  enum Name: String, XMLName { case rulebook, chapter, schema, version, digest, name, newest }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var seal = Rulebook.Seal()

  init(file: String) { self.file = file }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .rulebook:
      seal.schema = Int(number(.schema, element) ?? 0)
      seal.version = required(.version, element)
      seal.newest = date(.newest, element)
    case .chapter:
      seal.chapters[required(.name, element)] = required(.digest, element)
    default: break
    }
  }
}

/// Reads `wording.xml`: how sentences about each violation are usually worded.
struct WordingReader: DiagnosingReader {
  enum Name: String, XMLName {
    case wording, output, clue, threshold, table, name, bias, basis, likelihood, finding, weight, sentences
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  private(set) var wording = Wording()

  init(file: String) { self.file = file }

  mutating func end(_ element: XMLElement<Name>, text: String) {
    checkAttributes(element)
    switch element.name {
    case .wording: wording.clueBias = signed(.bias, element)
    case .output: wording.outputs.append(Wording.Output(name: required(.name, element), bias: signed(.bias, element)))
    case .clue:
      if let clue = code(Wording.Clue.self, .name, element) { wording.clueWeights[clue] = signed(.weight, element) }
    case .threshold:
      let threshold = Wording.Threshold(likelihood: signed(.likelihood, element), finding: signed(.finding, element))
      switch code(Match.Basis.self, .basis, element) {
      case .pattern: wording.withPattern = threshold
      case .wording: wording.withoutPattern = threshold
      case nil: break
      }
    case .table:
      wording.table = text
      wording.line = element.line + 1
    default: break
    }
  }

  /// A number that may be negative.
  private mutating func signed(_ name: Name, _ element: XMLElement<Name>) -> Double {
    if let value = Double(required(name, element)), value.isFinite { return value }
    report("number.invalid", element, "\(name.rawValue) 不是数", fix: "运行 make train 重新生成")
    return 0
  }
}
