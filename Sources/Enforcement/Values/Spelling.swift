/// "Did you mean": the nearest of some known words.
public enum Spelling {
  /// Nil when nothing is near: more than a third of the letters (at least two) would have to change.
  public static func nearest(to word: String, in known: some Sequence<String>) -> String? {
    let target = Array(word.lowercased())
    var best: (word: String, distance: Int)?
    for candidate in known {
      let distance = distance(target, Array(candidate.lowercased()))
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(2, target.count / 3), best.distance < max(1, target.count) else { return nil }
    return best.word
  }

  /// Insertions, deletions, changes, and neighbours swapped.
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var before = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for row in 1...left.count {
      var current = [row] + [Int](repeating: 0, count: right.count)
      for column in 1...right.count {
        let change = left[row - 1] == right[column - 1] ? 0 : 1
        current[column] = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + change)
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          current[column] = min(current[column], before[column - 2] + 1)
        }
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}
