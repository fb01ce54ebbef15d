/// Two versions of a text, provision by provision (版本对照): what stayed, what was changed, moved, added and taken away.
///
/// Articles are matched by their words, never by their numbers: a law that gains an article in its middle has every later one
/// renumbered, and none of them changed.
public struct TextComparison: Sendable {
  public struct Change: Sendable {
    public enum Kind: String, Codable, CaseIterable, Sendable {
      /// The same words at the same number.
      case same
      /// The same words, another number.
      case renumbered
      case changed, added, removed
    }

    public var kind: Kind
    /// eIds; nil for what is added, or taken away.
    public var old: String?
    public var new: String?
    public var oldNumber: String
    public var newNumber: String
    public var runs: [Run]
  }

  /// Words in order, as they stayed, came or went.
  public struct Run: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Sendable { case same, added, removed }
    public var kind: Kind
    public var text: String
  }

  /// In the order of the new text, with what was taken away where it stood.
  public let changes: [Change]
  private let old: [String: OfficialText.Piece]
  private let new: [String: OfficialText.Piece]
  private let partner: [String: String]

  public init(_ old: OfficialText, _ new: OfficialText) {
    let (left, right) = (old.articles, new.articles)
    let pairs = Alignment.match(left.map(Self.words), right.map(Self.words), moved: true)
    var changes: [Change] = []
    var partner: [String: String] = [:]
    for (from, to) in pairs {
      let (before, after) = (from.map { left[$0] }, to.map { right[$0] })
      if let before, let after { partner[before.eId] = after.eId }
      changes.append(Self.change(before, after))
    }
    self.changes = changes
    self.partner = partner
    self.old = Dictionary(left.map { ($0.eId, $0) }, uniquingKeysWith: { first, _ in first })
    self.new = Dictionary(right.map { ($0.eId, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The words of a piece without its own number.
  private static func words(_ piece: OfficialText.Piece) -> String {
    var piece = piece
    piece.number = ""
    return piece.lines.joined(separator: "\n")
  }

  private static func change(_ before: OfficialText.Piece?, _ after: OfficialText.Piece?) -> Change {
    let (from, to) = (before.map(words) ?? "", after.map(words) ?? "")
    let kind: Change.Kind
    var runs: [Run] = []
    switch (before, after) {
    case (nil, _): (kind, runs) = (.added, [Run(kind: .added, text: to)])
    case (_, nil): (kind, runs) = (.removed, [Run(kind: .removed, text: from)])
    case (let before?, let after?):
      if from == to {
        kind = before.number == after.number ? .same : .renumbered
      } else {
        (kind, runs) = (.changed, Alignment.runs(from, to))
      }
    }
    return Change(
      kind: kind, old: before?.eId, new: after?.eId, oldNumber: before?.number ?? "", newNumber: after?.number ?? "", runs: runs)
  }

  /// What became of a place in the old text: a 款 is followed into its article, an 项 into its 款.
  ///
  /// Nil when the old text has no such place.
  public func fate(of place: ProvisionAddress.Place) -> Change? {
    let article = ProvisionAddress.Place(article: place.article, insertion: place.insertion)
    guard let before = old[article.eId] else { return nil }
    guard let to = partner[before.eId], let after = new[to] else { return Self.change(Self.find(place.eId, in: before), nil) }
    guard place.paragraph != nil else { return Self.change(before, after) }
    var (left, right): (OfficialText.Piece, OfficialText.Piece?) = (before, after)
    // What stands before the points of a paragraph is part of what each of them says: the penalty for all.
    var (leftIntro, rightIntro) = ("", "")
    for level in [place.parent?.parent?.parent, place.parent?.parent, place.parent, place] {
      guard let level, level.paragraph != nil else { continue }
      guard let next = left.children.first(where: { $0.eId == level.eId }) else { return nil }
      if let above = right {
        if level.point != nil { (leftIntro, rightIntro) = (leftIntro + left.text, rightIntro + above.text) }
        let kind = next.kind
        let (from, to) = (left.children.filter { $0.kind == kind }, above.children.filter { $0.kind == kind })
        let pairs = Alignment.match(from.map(Self.words), to.map(Self.words), moved: true)
        let index = from.firstIndex { $0.eId == next.eId }!
        right = pairs.first { $0.0 == index }?.1.map { to[$0] }
      }
      left = next
    }
    var change = Self.change(left, right)
    if let right, leftIntro != rightIntro {
      change.kind = .changed
      change.runs = Alignment.runs(leftIntro + "\n" + Self.words(left), rightIntro + "\n" + Self.words(right))
    }
    // A paragraph has no number of its own: what it is cited as decides.
    if change.kind == .same, let new = change.new, new != change.old { change.kind = .renumbered }
    return change
  }

  private static func find(_ eId: String, in piece: OfficialText.Piece) -> OfficialText.Piece? {
    if piece.eId == eId { return piece }
    for child in piece.children { if let found = find(eId, in: child) { return found } }
    return nil
  }
}
