/// Where a provision stands: a work (作品), optionally one version of it, optionally a place inside.
///
///     /akn/cn/act/law/2002-06-29/work-safety#art_99__para_1__point_5
///     /akn/cn/act/law/2002-06-29/work-safety@2021-09-01#art_99__para_1__point_5
///
/// Without a version the address means the provision as it stands in the current version; older versions are reached
/// through their correspondences (`Regulation.Version.correspondences`). Without a place it means the work as a whole,
/// which is how a provision whose article is not known is addressed.
public struct ProvisionAddress: Hashable, Sendable {
  /// The FRBR work IRI.
  public var work: String
  /// The name of the version: the day it takes effect, as it is written in its file name.
  public var version: String?
  /// The `eId` of the place: `art_99__para_1__point_5`.
  public var place: Place?

  public init(work: String, version: String? = nil, place: Place? = nil) {
    self.work = work
    self.version = version
    self.place = place
  }

  /// Reads an address in either of the two forms above; an expression IRI (`…/zho@2021-09-01`, with or without
  /// `/!digest`) is taken too. Anything else is nil.
  public init?(_ text: some StringProtocol) {
    // Bytes: characters would be compared by their canonical equivalence, hundreds of times for each load.
    var rest = Substring(text).utf8
    guard rest.starts(with: "/akn/".utf8) else { return nil }
    func drop(_ suffix: StaticString) {
      let count = suffix.utf8CodeUnitCount
      let expected = UnsafeBufferPointer(start: suffix.utf8Start, count: count)
      if rest.suffix(count).elementsEqual(expected) { rest = rest.dropLast(count) }
    }
    var place: Place?
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard let parsed = Place(Substring(rest[rest.index(after: hash)...])) else { return nil }
      place = parsed
      rest = rest[..<hash]
    }
    drop("/!digest")
    drop("/!main")
    var version: String?
    if let at = rest.firstIndex(of: UInt8(ascii: "@")) {
      version = String(Substring(rest[rest.index(after: at)...]))
      rest = rest[..<at]
      drop("/zho")
    }
    guard rest.last != UInt8(ascii: "/"), rest.count > 5, version?.isEmpty != true else { return nil }
    self.init(work: String(Substring(rest)), version: version, place: place)
  }
}

extension ProvisionAddress: CustomStringConvertible {
  public var description: String {
    work + (version.map { "@" + $0 } ?? "") + (place.map { "#" + $0.eId } ?? "")
  }
}

extension ProvisionAddress {
  /// A place inside a regulation: 条, 款, 项, 目. Comparable in the order of the text.
  public struct Place: Hashable, Sendable {
    /// 条; 第一百三十四条之一 is article 134, insertion 1.
    public var article: Int
    public var insertion: Int?
    /// 款
    public var paragraph: Int?
    /// 项
    public var point: Int?
    /// 目
    public var indent: Int?

    public init(article: Int, insertion: Int? = nil, paragraph: Int? = nil, point: Int? = nil, indent: Int? = nil) {
      self.article = article
      self.insertion = insertion
      self.paragraph = paragraph
      self.point = point
      self.indent = indent
    }

    /// Reads `art_134-1__para_1__point_5__indent_2`. Levels may be left out from the end only.
    public init?(_ eId: some StringProtocol) {
      var bytes = Array(eId.utf8)[...]
      func take(_ prefix: StaticString) -> Bool {
        let expected = UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
        guard bytes.starts(with: expected) else { return false }
        bytes = bytes.dropFirst(expected.count)
        return true
      }
      func number() -> Int? {
        var value = 0
        var digits = 0
        while let byte = bytes.first, (0x30...0x39).contains(byte), digits < 6 {
          value = value * 10 + Int(byte - 0x30)
          bytes = bytes.dropFirst()
          digits += 1
        }
        return value > 0 ? value : nil
      }
      guard take("art_"), let article = number() else { return nil }
      self.article = article
      if take("-") {
        guard let insertion = number() else { return nil }
        self.insertion = insertion
      }
      if take("__para_") {
        guard let paragraph = number() else { return nil }
        self.paragraph = paragraph
        if take("__point_") {
          guard let point = number() else { return nil }
          self.point = point
          if take("__indent_") {
            guard let indent = number() else { return nil }
            self.indent = indent
          }
        }
      }
      guard bytes.isEmpty else { return nil }
    }

    public var eId: String {
      var text = "art_\(article)"
      if let insertion { text += "-\(insertion)" }
      if let paragraph { text += "__para_\(paragraph)" }
      if let point { text += "__point_\(point)" }
      if let indent { text += "__indent_\(indent)" }
      return text
    }

    /// The place one level up; nil for an article.
    public var parent: Place? {
      var copy = self
      if indent != nil {
        copy.indent = nil
      } else if point != nil {
        copy.point = nil
      } else if paragraph != nil {
        copy.paragraph = nil
      } else {
        return nil
      }
      return copy
    }

    public func contains(_ other: Place) -> Bool {
      article == other.article && insertion == other.insertion && (paragraph == nil || paragraph == other.paragraph)
        && (point == nil || point == other.point) && (indent == nil || indent == other.indent)
    }
  }
}

extension ProvisionAddress.Place: Comparable {
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.key.lexicographicallyPrecedes(rhs.key) }

  private var key: [Int] { [article, insertion ?? 0, paragraph ?? 0, point ?? 0, indent ?? 0] }
}
