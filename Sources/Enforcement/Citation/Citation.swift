/// How a provision is cited: 《中华人民共和国安全生产法》第九十九条第（五）项.
///
/// 第一款 is written only when the article has more than one 款, or when how many it has is not known and the address
/// itself goes to the paragraph without a point: a missing 款 can cost a case, a superfluous one cannot.
public enum Citation {
  /// The standard citation of a place in a version.
  public static func text(_ version: Regulation.Version, _ place: ProvisionAddress.Place?) -> String {
    "《\(version.title)》" + (place.map { text($0, in: version) } ?? "")
  }

  static func text(_ place: ProvisionAddress.Place, in version: Regulation.Version?) -> String {
    var result = "第\(ChineseNumeral.text(place.article))条"
    if let insertion = place.insertion { result += "之\(ChineseNumeral.text(insertion))" }
    if let paragraph = place.paragraph {
      let article = ProvisionAddress.Place(article: place.article, insertion: place.insertion)
      let count = version?.provision(at: article)?.paragraphCount
      if count != 1 || paragraph > 1 { result += "第\(ChineseNumeral.text(paragraph))款" }
    }
    if let point = place.point { result += "第（\(ChineseNumeral.text(point))）项" }
    if let indent = place.indent { result += "第\(indent)目" }
    return result
  }
}
