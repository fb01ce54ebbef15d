extension Rulebook {
  /// Something in the rulebook whose words answer a query.
  public struct SearchHit: Hashable, Sendable {
    public enum Kind: String, Codable, Sendable { case violation, provision, regulation }

    public var kind: Kind
    /// `D01`, or the address of the provision or work.
    public var id: String
    public var title: String
    /// The words around the hit.
    public var snippet: String
    /// 0…1; comparable within one answer only.
    public var score: Double
  }

  /// Violations, provisions and regulations whose names, gists or keywords hold the query, best first.
  ///
  /// Every word of the query (split at white space) must be found. Nothing found is an empty list.
  ///
  /// - Parameter limit: at most so many of each kind.
  public func search(_ query: String, limit: Int = 10) -> [SearchHit] {
    let words = query.split(whereSeparator: \.isWhitespace).map { matcher.folding.fold($0) }.filter { !$0.isEmpty }
    guard !words.isEmpty else { return [] }
    func score(_ fields: [(text: String, weight: Double)]) -> (score: Double, snippet: String)? {
      var total = 0.0
      var snippet = ""
      let folded = fields.map { (matcher.folding.fold($0.text), $0) }
      for word in words {
        var best = 0.0
        for (text, field) in folded where text.contains(word) {
          let value = field.weight * (text == word ? 1 : 0.6 + 0.4 * Double(word.count) / Double(max(1, text.count)))
          if value > best {
            best = value
            if snippet.isEmpty || value > total { snippet = field.text }
          }
        }
        if best == 0 { return nil }
        total += best
      }
      return (total / Double(words.count), snippet)
    }
    var hits: [SearchHit] = []
    var found: [SearchHit] = []
    for violation in violations {
      let fields =
        [
          (violation.name, 1.0), (violation.id.rawValue, 1.0), (violation.gist, 0.7), (violation.seen, 0.4),
          (violation.check, 0.3),
        ]
        + violation.keywords.map { ($0, 0.9) }
      if let (score, snippet) = score(fields) {
        found.append(
          SearchHit(kind: .violation, id: violation.id.rawValue, title: violation.name, snippet: snippet, score: score))
      }
    }
    hits += Self.best(found, limit)
    found = []
    for regulation in regulations {
      let version = regulation.current
      if let (score, _) = score([(version.title, 1.0)] + version.shortTitles.map { ($0, 0.9) }) {
        found.append(
          SearchHit(
            kind: .regulation, id: regulation.iri, title: version.title, snippet: version.shortTitles.first ?? "", score: score))
      }
    }
    hits += Self.best(found, limit)
    found = []
    for regulation in regulations {
      let version = regulation.current
      func walk(_ provisions: [Provision], _ heading: String?) {
        for provision in provisions {
          if let place = provision.place, let gist = provision.summary,
            let (score, snippet) = score([(gist, 0.8), (provision.heading ?? "", 0.8)])
          {
            found.append(
              SearchHit(
                kind: .provision, id: "\(regulation.iri)#\(place.eId)", title: Citation.text(version, place),
                snippet: snippet, score: score))
          }
          walk(provision.children, provision.heading ?? heading)
        }
      }
      walk(version.provisions, nil)
    }
    return hits + Self.best(found, limit)
  }

  private static func best(_ hits: [SearchHit], _ limit: Int) -> [SearchHit] {
    Array(hits.sorted { ($1.score, $0.id) < ($0.score, $1.id) }.prefix(limit))
  }
}

extension [UInt16] {
  fileprivate func contains(_ word: [UInt16]) -> Bool {
    guard word.count <= count else { return false }
    for start in 0...(count - word.count) where self[start] == word[0] && self[start..<start + word.count].elementsEqual(word) {
      return true
    }
    return false
  }
}
