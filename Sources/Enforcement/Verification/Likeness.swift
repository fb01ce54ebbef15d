/// How much words have in common with each article of a text: pairs of characters, the rarer the more they weigh.
struct Likeness: Sendable {
  enum Standing: Hashable {
    /// No other place is more like it.
    case first
    /// The number of a place that is.
    case behind(String)
    case unlike
  }

  private struct Place {
    var eId: String
    var number: String
    var pairs: Set<UInt32>
  }

  private let articles: [Place]
  private let weight: [UInt32: Double]

  init(_ articles: [OfficialText.Piece]) {
    let articles = articles.map { Place(eId: $0.eId, number: $0.number, pairs: Self.pairs($0.lines.joined())) }
    self.articles = articles
    var count: [UInt32: Int] = [:]
    for article in articles { for pair in article.pairs { count[pair, default: 0] += 1 } }
    let total = Double(articles.count + 1)
    weight = count.mapValues { Double.log(total / Double($0)) }
  }

  private static func pairs(_ words: String) -> Set<UInt32> {
    var result: Set<UInt32> = []
    var before: UInt32?
    for scalar in words.unicodeScalars {
      guard scalar.value >= 0x4E00, scalar.value <= 0x9FFF else {
        before = nil
        continue
      }
      if let before { result.insert(before << 16 | scalar.value) }
      before = scalar.value
    }
    return result
  }

  /// The part of the words' weight that a place has too.
  private func share(_ pairs: Set<UInt32>, _ other: Set<UInt32>) -> Double {
    var all = 0.0
    var common = 0.0
    for pair in pairs {
      guard let weight = weight[pair] else { continue }
      all += weight
      if other.contains(pair) { common += weight }
    }
    return all > 0 ? common / all : 0
  }

  func standing(of words: String, at place: ProvisionAddress.Place, in text: Verification.Source) -> Standing {
    let pairs = Self.pairs(words)
    let article = ProvisionAddress.Place(article: place.article, insertion: place.insertion)
    guard let own = articles.first(where: { $0.eId == article.eId }) else { return .unlike }
    let here = share(pairs, own.pairs)
    guard here >= 0.25 else { return .unlike }
    if let better = articles.first(where: { $0.eId != own.eId && share(pairs, $0.pairs) >= here }) {
      return .behind(better.number)
    }
    return within(place, pairs, text)
  }

  /// Among the 款 of the article, and the 项 of the 款.
  private func within(_ place: ProvisionAddress.Place, _ pairs: Set<UInt32>, _ text: Verification.Source) -> Standing {
    var levels: [ProvisionAddress.Place] = []
    var level: ProvisionAddress.Place? = place
    while let one = level, one.paragraph != nil {
      levels.append(one)
      level = one.parent
    }
    for one in levels {
      guard let parent = one.parent, let siblings = text.piece(at: parent.eId)?.children.filter({ !$0.eId.isEmpty }),
        let own = siblings.first(where: { $0.eId == one.eId })
      else { continue }
      let here = share(pairs, Self.pairs(own.lines.joined()))
      for sibling in siblings where sibling.eId != one.eId && sibling.kind == own.kind {
        if share(pairs, Self.pairs(sibling.lines.joined())) >= here {
          return .behind(ProvisionAddress.Place(sibling.eId).map { Citation.text($0, in: nil) } ?? sibling.number)
        }
      }
    }
    return .first
  }
}

extension Double {
  /// The natural logarithm of a number of at least 1, without a mathematics library: halvings, then a series.
  fileprivate static func log(_ value: Double) -> Double {
    let exponent = value.exponent
    let rest = (value.significand - 1) / (value.significand + 1)
    let square = rest * rest
    var term = rest
    var sum = 0.0
    for divisor in stride(from: 1.0, through: 21, by: 2) {
      sum += term / divisor
      term *= square
    }
    return 2 * sum + Double(exponent) * 0.693_147_180_559_945_3
  }
}
