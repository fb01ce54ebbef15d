import Enforcement
import Testing

@Suite struct CalendarDateTests {
  @Test(arguments: ["2026-02-28", "2024-02-29", "1949-10-01", "2000-02-29"])
  func aDayIsReadAndWrittenTheSame(_ text: String) { #expect(CalendarDate(text)?.description == text) }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-2", "20261120", "2026-11-31", "", "1900-02-29", "2026-11-2０",
  ])
  func whatIsNoDayIsNil(_ text: String) { #expect(CalendarDate(text) == nil) }

  @Test func daysAreCountedThroughLeapYears() {
    let start: CalendarDate = "1970-01-01"
    #expect(start.daysSince1970 == 0)
    #expect(CalendarDate(stringLiteral: "2000-03-01").daysSince1970 == 11_017)
    for days in stride(from: -200_000, through: 200_000, by: 997) {
      #expect(CalendarDate(daysSince1970: days).daysSince1970 == days)
    }
    #expect(CalendarDate(stringLiteral: "2024-02-28").adding(days: 2) == "2024-03-01")
  }
}

@Suite struct SHA256Tests {
  /// The vectors of FIPS 180-4.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func vectorsOfTheStandard(_ text: String, _ digest: String) { #expect(SHA256.hex(text.utf8) == digest) }

  @Test func aMillionTimesA() {
    var hash = SHA256()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 999)
    for _ in 0..<1001 { hash.update(piece) }
    hash.update([UInt8](repeating: UInt8(ascii: "a"), count: 1))
    #expect(hash.finalizedHex() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}

@Suite struct ChineseNumeralTests {
  @Test(arguments: [
    (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一"), (110, "一百一十"), (134, "一百三十四"),
    (1000, "一千"), (1001, "一千零一"), (1174, "一千一百七十四"), (1010, "一千零一十"),
  ])
  func articleNumbers(_ number: Int, _ text: String) {
    #expect(ChineseNumeral.text(number) == text)
    #expect(ChineseNumeral.value(text.unicodeScalars) == number)
  }

  @Test func everyNumberComesBack() {
    for number in 1...1500 { #expect(ChineseNumeral.value(ChineseNumeral.text(number).unicodeScalars) == number) }
  }

  @Test(arguments: [("99", 99), ("９９", 99), ("两", 2), ("一三四", 134)])
  func otherWays(_ text: String, _ number: Int) { #expect(ChineseNumeral.value(text.unicodeScalars) == number) }

  @Test(arguments: ["", "第", "九十x"]) func noNumber(_ text: String) { #expect(ChineseNumeral.value(text.unicodeScalars) == nil) }
}

@Suite struct ProvisionAddressTests {
  @Test(arguments: ["art_99", "art_134-1", "art_99__para_1", "art_99__para_1__point_5", "art_1__para_2__point_3__indent_4"])
  func aPlaceIsReadAndWrittenTheSame(_ text: String) { #expect(ProvisionAddress.Place(text)?.eId == text) }

  @Test(arguments: ["", "art_", "art_0", "art_9__point_5", "art_9__para_", "para_1", "art_9-", "art_9__para_1x"])
  func whatIsNoPlaceIsNil(_ text: String) { #expect(ProvisionAddress.Place(text) == nil) }

  @Test func formsOfAnAddress() {
    let work = "/akn/cn/act/law/2002-06-29/work-safety"
    let place = ProvisionAddress.Place(article: 99, paragraph: 1, point: 5)
    #expect(ProvisionAddress("\(work)#art_99__para_1__point_5") == ProvisionAddress(work: work, place: place))
    #expect(
      ProvisionAddress("\(work)@2021-09-01#art_99__para_1__point_5")
        == ProvisionAddress(work: work, version: "2021-09-01", place: place))
    #expect(
      ProvisionAddress("\(work)/zho@2021-09-01/!digest#art_99__para_1__point_5")
        == ProvisionAddress(work: work, version: "2021-09-01", place: place))
    #expect(ProvisionAddress(work) == ProvisionAddress(work: work))
    #expect(ProvisionAddress("安全生产法") == nil)
    #expect(ProvisionAddress("\(work)#nonsense") == nil)
  }

  @Test func placesSortInTheOrderOfTheText() {
    let places = ["art_9", "art_99__para_1", "art_99__para_1__point_5", "art_99__para_2", "art_134-1", "art_135"]
    #expect(places.shuffled().compactMap { ProvisionAddress.Place($0) }.sorted().map(\.eId) == places)
  }
}

@Suite struct SpellingTests {
  @Test func nearWordsAreFound() {
    #expect(Spelling.nearest(to: "asess", in: ["assess", "show"]) == "assess")
    #expect(Spelling.nearest(to: "D11", in: ["D01", "H03"]) == "D01")
    #expect(Spelling.nearest(to: "zzzzzzzz", in: ["assess", "show"]) == nil)
  }
}

@Suite struct MoneyTests {
  let terms = Terms(lists: ["of": [Terms.Term(code: "contract-price", label: "工程合同价款", definition: "")]])

  @Test func rangesReadAsAnOfficerWritesThem() {
    #expect(Money.range(Sanction.Fine(basis: .yuan, maximum: 50_000), terms: terms) == "5万元以下")
    #expect(Money.range(Sanction.Fine(basis: .yuan, minimum: 50_000, maximum: 200_000), terms: terms) == "5万元以上20万元以下")
    #expect(Money.range(Sanction.Fine(basis: .yuan, minimum: 500, maximum: 1000), terms: terms) == "500元以上1000元以下")
    #expect(
      Money.range(Sanction.Fine(basis: .percent, of: .contractPrice, minimum: 1, maximum: 2), terms: terms) == "工程合同价款的1%以上2%以下")
    #expect(Money.range(Sanction.Fine(basis: .multiple, minimum: 2, maximum: 5), terms: terms) == "2倍以上5倍以下")
  }
}
