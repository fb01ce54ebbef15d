internal import Enforcement

/// The numbers of a text's articles as ranges: 1-673 1052-1242.
public struct ArticleNumbers: Hashable, Sendable, CustomStringConvertible {
  private let ranges: [ClosedRange<Int>]

  public init(_ numbers: some Sequence<Int> = []) {
    var ranges: [ClosedRange<Int>] = []
    for number in Set(numbers).sorted() {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    self.ranges = ranges
  }

  /// Reads what `description` wrote; nil for anything else.
  public init?(_ text: String) {
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: " ") {
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let low = ends.first, let high = ends.last, low <= high, ends.count <= 2 else { return nil }
      ranges.append(low...high)
    }
    self.ranges = ranges
  }

  public var description: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
  }

  public var isEmpty: Bool { ranges.isEmpty }
  public var count: Int { ranges.reduce(0) { $0 + $1.count } }
  public var first: Int { ranges.first?.lowerBound ?? 0 }

  /// All of `other` is in here.
  public func contains(_ other: ArticleNumbers) -> Bool {
    other.ranges.allSatisfy { range in ranges.contains { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
    }
  }

  public func union(_ other: ArticleNumbers) -> ArticleNumbers {
    ArticleNumbers(ranges.flatMap { $0 } + other.ranges.flatMap { $0 })
  }
}
