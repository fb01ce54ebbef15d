/// Matches two lists of texts by their words, and two texts by their characters.
enum Alignment {
  /// Pairs in order: (old, new), (old, nil) and (nil, new).
  ///
  /// The order is kept where it can be: the matching with the greatest likeness that never crosses (dynamic programming).
  /// What is left over on both sides and is much alike was moved.
  static func match(_ old: [String], _ new: [String], moved: Bool) -> [(Int?, Int?)] {
    let likeness = likeness(old, new)
    let (rows, columns) = (old.count, new.count)
    // best[i][j]: the most likeness that old[i...] and new[j...] can have.
    var best = [Float](repeating: 0, count: (rows + 1) * (columns + 1))
    func at(_ row: Int, _ column: Int) -> Int { row * (columns + 1) + column }
    for row in stride(from: rows - 1, through: 0, by: -1) {
      for column in stride(from: columns - 1, through: 0, by: -1) {
        var value = max(best[at(row + 1, column)], best[at(row, column + 1)])
        let gain = likeness[row * columns + column]
        if gain >= threshold { value = max(value, gain + best[at(row + 1, column + 1)]) }
        best[at(row, column)] = value
      }
    }
    var partner = [Int?](repeating: nil, count: rows)
    var isTaken = [Bool](repeating: false, count: columns)
    var (row, column) = (0, 0)
    while row < rows, column < columns {
      let gain = likeness[row * columns + column]
      if gain >= threshold, best[at(row, column)] == gain + best[at(row + 1, column + 1)] {
        partner[row] = column
        isTaken[column] = true
        (row, column) = (row + 1, column + 1)
      } else if best[at(row, column)] == best[at(row + 1, column)] {
        row += 1
      } else {
        column += 1
      }
    }
    if moved {
      for row in 0..<rows where partner[row] == nil {
        let free = (0..<columns).filter { !isTaken[$0] }
        if let column = free.max(by: { likeness[row * columns + $0] < likeness[row * columns + $1] }),
          likeness[row * columns + column] >= movedThreshold
        {
          partner[row] = column
          isTaken[column] = true
        }
      }
    }
    return inOrder(partner, columns)
  }

  private static let threshold: Float = 0.35
  private static let movedThreshold: Float = 0.6

  /// In the order of the new list; what went stands behind the last of the old ones before it that stayed.
  private static func inOrder(_ partner: [Int?], _ columns: Int) -> [(Int?, Int?)] {
    var source = [Int?](repeating: nil, count: columns)
    var gone: [Int: [Int]] = [:]
    var anchor = -1
    for (row, column) in partner.enumerated() {
      if let column {
        source[column] = row
        anchor = column
      } else {
        gone[anchor, default: []].append(row)
      }
    }
    var result: [(Int?, Int?)] = (gone[-1] ?? []).map { ($0, nil) }
    for column in 0..<columns {
      result.append((source[column], column))
      result += (gone[column] ?? []).map { ($0, nil) }
    }
    return result
  }

  /// For each pair of texts the share of their weight they have in common (Dice), pairs of characters weighed by how rare
  /// they are; found through an index, so that unlike texts cost nothing.
  private static func likeness(_ old: [String], _ new: [String]) -> [Float] {
    let (left, right) = (old.map(pairs), new.map(pairs))
    var count: [UInt64: Int32] = [:]
    for set in left + right { for pair in set { count[pair, default: 0] += 1 } }
    let total = Float(left.count + right.count)
    func weight(_ pair: UInt64) -> Float { 1 / (1 + 8 * Float(count[pair] ?? 0) / total) }
    var places: [UInt64: [Int32]] = [:]
    for (index, set) in right.enumerated() { for pair in set { places[pair, default: []].append(Int32(index)) } }
    let weights = right.map { $0.reduce(Float(0)) { $0 + weight($1) } }
    var result = [Float](repeating: 0, count: old.count * new.count)
    for (row, set) in left.enumerated() {
      var own: Float = 0
      for pair in set {
        let value = weight(pair)
        own += value
        for column in places[pair] ?? [] { result[row * new.count + Int(column)] += value }
      }
      for column in new.indices where result[row * new.count + column] > 0 {
        result[row * new.count + column] = 2 * result[row * new.count + column] / max(own + weights[column], 1e-6)
      }
    }
    // Equal texts are alike even when they are too short for a pair.
    for row in old.indices { for column in new.indices where old[row] == new[column] { result[row * new.count + column] = 1 } }
    return result
  }

  private static func pairs(_ text: String) -> Set<UInt64> {
    var result: Set<UInt64> = []
    var before: UInt32 = 0
    for scalar in text.unicodeScalars where !TextDocument.isBlank(scalar) {
      if before != 0 { result.insert(UInt64(before) << 32 | UInt64(scalar.value)) }
      before = scalar.value
    }
    return result
  }

  /// What stayed, came and went between two texts; a single character that stayed between two changes goes with them, so that
  /// the result can be read.
  static func runs(_ old: String, _ new: String) -> [TextComparison.Run] {
    let (left, right) = (Array(old), Array(new))
    var removed = Set<Int>()
    var added = Set<Int>()
    for change in right.difference(from: left) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var runs: [TextComparison.Run] = []
    func append(_ kind: TextComparison.Run.Kind, _ character: Character) {
      if runs.last?.kind == kind {
        runs[runs.count - 1].text.append(character)
      } else {
        runs.append(.init(kind: kind, text: String(character)))
      }
    }
    var (from, to) = (0, 0)
    while from < left.count || to < right.count {
      if from < left.count, removed.contains(from) {
        append(.removed, left[from])
        from += 1
      } else if to < right.count, added.contains(to) {
        append(.added, right[to])
        to += 1
      } else {
        append(.same, left[from])
        from += 1
        to += 1
      }
    }
    return joined(runs)
  }

  private static func joined(_ runs: [TextComparison.Run]) -> [TextComparison.Run] {
    var result: [TextComparison.Run] = []
    var went = ""
    var came = ""
    func flush() {
      if !went.isEmpty { result.append(.init(kind: .removed, text: went)) }
      if !came.isEmpty { result.append(.init(kind: .added, text: came)) }
      (went, came) = ("", "")
    }
    for (index, run) in runs.enumerated() {
      switch run.kind {
      case .removed: went += run.text
      case .added: came += run.text
      case .same:
        let isBetween = index > 0 && index < runs.count - 1
        if isBetween, run.text.count < 2, !(went + came).isEmpty, !run.text.contains("\n") {
          went += run.text
          came += run.text
        } else {
          flush()
          result.append(run)
        }
      }
    }
    flush()
    return result
  }
}
