import Enforcement
import EnforcementXML
import Testing

/// An official text in Markdown: article label → 款 with their 项.
struct OfficialText {
  struct Paragraph {
    var text: String
    var points: [Int: String] = [:]
    var all: String { text + points.keys.sorted().map { points[$0]! }.joined() }
  }

  var articles: [String: [Paragraph]] = [:]

  init(_ markdown: String) {
    var current: String?
    for raw in markdown.split(separator: "\n") {
      var line = raw.filter { $0 != "*" }[...]
      while let first = line.first, first.isWhitespace || first == "　" { line = line.dropFirst() }
      while let last = line.last, last.isWhitespace || last == "　" { line = line.dropLast() }
      if line.isEmpty { continue }
      if line.hasPrefix("#") {
        current = nil
        continue
      }
      if line.hasPrefix("<!--") || line.hasPrefix(">") || line.hasPrefix("---") { continue }
      if let (label, rest) = Self.article(line) {
        if articles[label] != nil {
          current = nil
          continue
        }
        articles[label] = [Paragraph(text: rest)]
        current = label
        continue
      }
      guard let label = current else { continue }
      if let number = Self.point(line) {
        articles[label]![articles[label]!.count - 1].points[number] = String(line)
      } else {
        articles[label]!.append(Paragraph(text: String(line)))
      }
    }
  }

  private static func article(_ line: Substring) -> (String, String)? {
    guard line.hasPrefix("第"), let end = line.firstIndex(of: "条") else { return nil }
    let digits = line[line.index(after: line.startIndex)..<end]
    guard let value = ChineseNumeral.value(digits.unicodeScalars), value > 0 else { return nil }
    var rest = line[line.index(after: end)...]
    var label = "第\(ChineseNumeral.text(value))条"
    if rest.hasPrefix("之"), let next = rest.dropFirst().first {
      label += "之" + String(next)
      rest = rest.dropFirst(2)
    }
    guard let space = rest.first, space.isWhitespace || space == "　" else { return nil }
    return (label, String(rest.drop { $0.isWhitespace || $0 == "　" }))
  }

  private static func point(_ line: Substring) -> Int? {
    guard let open = line.first, "（(".contains(open), let close = line.firstIndex(where: { "）)".contains($0) }) else {
      return nil
    }
    return ChineseNumeral.value(line[line.index(after: line.startIndex)..<close].unicodeScalars)
  }

  /// The words at a place and of the whole article; nil when there is no such place.
  func locate(_ place: ProvisionAddress.Place) -> (at: String, article: String)? {
    let label = "第\(ChineseNumeral.text(place.article))条" + (place.insertion.map { "之\(ChineseNumeral.text($0))" } ?? "")
    guard let paragraphs = articles[label] else { return nil }
    let whole = paragraphs.map(\.all).joined()
    guard let number = place.paragraph else { return (whole, whole) }
    guard number <= paragraphs.count else { return nil }
    let paragraph = paragraphs[number - 1]
    guard let point = place.point else { return (paragraph.all, whole) }
    return paragraph.points[point].map { (paragraph.text + $0, whole) }
  }
}

/// The written forms of a range, as statutes write them.
enum Phrases {
  static func yuan(_ value: Double) -> [String] {
    let number = Int(value)
    var forms = ["\(number)元"]
    if number < 10_000 { forms.append(ChineseNumeral.text(number) + "元") }
    if number % 10_000 == 0 { forms += ["\(number / 10_000)万元", ChineseNumeral.text(number / 10_000) + "万元"] }
    if number % 1000 == 0, number < 10_000 { forms += ["\(number / 1000)千元", ChineseNumeral.text(number / 1000) + "千元"] }
    if number % 100 == 0, number < 10_000 { forms += ["\(number / 100)百元", ChineseNumeral.text(number / 100) + "百元"] }
    return forms
  }

  static func percent(_ value: Double) -> [String] {
    ["\(Money.yuan(value).dropLast())%", "百分之" + (value == 100 ? "一百" : ChineseNumeral.text(Int(value)))]
  }

  static func of(_ fine: Sanction.Fine) -> [String] {
    func one(_ value: Double) -> [String] {
      switch fine.basis {
      case .yuan: yuan(value)
      case .percent: percent(value)
      case .multiple: ["\(Int(value))倍", (value == 2 ? "二" : ChineseNumeral.text(Int(value))) + "倍"]
      }
    }
    switch (fine.minimum, fine.maximum) {
    case (nil, let high?): return one(high).map { $0 + "以下" }
    case (let low?, let high?) where low == high: return one(low).flatMap { ["年收入\($0)", "\($0)的罚款", "等值"] }
    case (let low?, let high?):
      return one(low).flatMap { low in one(high).flatMap { ["\(low)以上\($0)以下", "\(low)至\($0)"] } }
    default: return []
    }
  }
}

@Suite struct OfficialTextTests {
  static let sources: [(work: String, version: String, file: String)] =
    Checkout.text(Checkout.root + "/Tests/RegulationLibraryTests/Fixtures/official-texts.tsv").split(separator: "\n")
    .filter { !$0.hasPrefix("#") }
    .map { line in
      let parts = line.split(separator: "\t").map(String.init)
      return (parts[0], parts[1], parts[2])
    }

  static func squeezed(_ text: String) -> String {
    String(text.filter { !$0.isWhitespace && $0 != "　" }.map { $0 == "％" ? "%" : $0 })
  }

  /// Whether the phrase stands as a whole figure, not as the tail of a longer one (五万元 in 十五万元).
  static func states(_ text: String, _ phrase: String) -> Bool {
    let characters = Array(text)
    let wanted = Array(phrase)
    guard characters.count >= wanted.count else { return false }
    for start in 0...(characters.count - wanted.count) where characters[start] == wanted[0] {
      guard characters[start..<start + wanted.count].elementsEqual(wanted) else { continue }
      if start > 0, "0123456789零一二三四五六七八九十百千万上.".contains(characters[start - 1]) { continue }
      return true
    }
    return false
  }

  @Test(
    .enabled(if: Checkout.laws != nil, "no official texts beside the checkout: verified citations are not compared with them"),
    arguments: sources.map { "\($0.work) \($0.version) \($0.file)" })
  func whatIsVerifiedStandsInTheText(_ source: String) throws {
    let parts = source.split(separator: " ", maxSplits: 2).map(String.init)
    let text = OfficialText(Checkout.text(Checkout.laws! + "/" + parts[2]))
    let regulation = try #require(Checkout.rulebook.regulations.first { $0.iri.hasSuffix("/" + parts[0]) })
    let version = try #require(regulation.version(named: parts[1]))
    var citations = 0
    func walk(_ provisions: [Provision]) {
      for provision in provisions {
        if let place = provision.place, provision.confidence == .verified {
          citations += 1
          #expect(text.locate(place) != nil, "\(Citation.text(version, place)) is not there")
        }
        if let place = provision.place, provision.kind == .article, let count = provision.paragraphCount {
          let label = ProvisionAddress.Place(article: place.article, insertion: place.insertion, paragraph: count)
          let beyond = ProvisionAddress.Place(article: place.article, insertion: place.insertion, paragraph: count + 1)
          #expect(text.locate(label) != nil && text.locate(beyond) == nil, "\(Citation.text(version, place)) has not \(count) 款")
        }
        walk(provision.children)
      }
    }
    walk(version.provisions)
    for sanction in version.sanctions where sanction.confidence == .verified {
      guard let place = sanction.place, let found = text.locate(place) else { continue }
      for fine in [sanction.fine, sanction.responsibleFine].compactMap({ $0 }) {
        if case .provision? = sanction.amountSource, fine == sanction.fine { continue }
        if case .reason? = sanction.amountSource { continue }
        let phrases = Phrases.of(fine).map(Self.squeezed)
        let stands = phrases.contains {
          Self.states(Self.squeezed(found.at), $0) || Self.states(Self.squeezed(found.article), $0)
        }
        #expect(stands, "\(Citation.text(version, place)) \(sanction.tier): \(phrases.prefix(2))")
      }
    }
    #expect(citations > 0 || version.provisions.isEmpty || !version.isEncoded)
  }

  @Test func hundredsOfCitationsAreVerified() {
    var verified = 0
    for version in Checkout.contents.versions {
      func walk(_ provisions: [Provision]) {
        for provision in provisions {
          if provision.confidence == .verified { verified += 1 }
          walk(provision.children)
        }
      }
      walk(version.provisions)
    }
    #expect(verified > 300)
    #expect(Checkout.contents.versions.flatMap(\.sanctions).count { $0.confidence == .verified } > 200)
  }
}
