/// Finds every term of the lexicon in one pass over a text (Aho–Corasick). Built once when a rulebook is loaded.
///
/// `occurrences` hides a term that lies wholly inside a longer one: 安全帽 in 安全帽带 is not seen. `allOccurrences` hides
/// nothing.
struct Automaton: Sendable {
  struct Occurrence: Hashable, Sendable {
    var term: Int32
    var start: Int32
    var end: Int32
  }

  /// Transitions in an open-addressed table: key `state << 16 | scalar`, value the next state.
  private var keys: [UInt64]
  private var next: [Int32]
  private let mask: Int
  private var failure: [Int32]
  /// The longest term that ends at a state, and its length.
  private var output: [Int32]
  private var length: [Int32]
  /// The next shorter term that ends at a state too: the state to ask, or -1.
  private var shorter: [Int32]
  /// Whether any term begins with a scalar; most characters of a text begin none.
  private var begins: [Bool]

  /// - Parameter terms: folded, none empty; the index is the term's number.
  init(_ terms: [[UInt16]]) {
    let count = terms.reduce(1) { $0 + $1.count }
    var size = 64
    while size < count * 2 { size *= 2 }
    mask = size - 1
    keys = Array(repeating: UInt64.max, count: size)
    next = Array(repeating: 0, count: size)
    failure = [0]
    output = [-1]
    length = [0]
    shorter = [-1]
    begins = Array(repeating: false, count: 0x1_0000)
    failure.reserveCapacity(count)
    output.reserveCapacity(count)
    length.reserveCapacity(count)
    var parent: [(state: Int32, scalar: UInt16)] = [(0, 0)]
    var depth: [Int32] = [0]
    parent.reserveCapacity(count)
    depth.reserveCapacity(count)
    for (number, term) in terms.enumerated() {
      var state: Int32 = 0
      begins[Int(term[0])] = true
      for scalar in term {
        let slot = slot(state, scalar)
        if keys[slot] == UInt64.max {
          keys[slot] = Self.key(state, scalar)
          next[slot] = Int32(failure.count)
          parent.append((state, scalar))
          depth.append(depth[Int(state)] + 1)
          failure.append(0)
          output.append(-1)
          length.append(0)
          shorter.append(-1)
        }
        state = next[slot]
      }
      if output[Int(state)] < 0 {
        output[Int(state)] = Int32(number)
        length[Int(state)] = Int32(term.count)
      }
    }
    // Failure links by depth; a state without a term of its own takes over that of its link.
    var order = Array(failure.indices)
    order.sort { depth[$0] < depth[$1] }
    for state in order where state != 0 {
      let (above, scalar) = parent[state]
      if above != 0 {
        var link = failure[Int(above)]
        while link != 0, keys[slot(link, scalar)] == UInt64.max { link = failure[Int(link)] }
        let slot = slot(link, scalar)
        failure[state] = keys[slot] == UInt64.max ? 0 : next[slot]
      }
      let link = Int(failure[state])
      if output[state] < 0 {
        output[state] = output[link]
        length[state] = length[link]
        shorter[state] = shorter[link]
      } else if output[link] >= 0 {
        shorter[state] = Int32(link)
      }
    }
  }

  @inline(__always) private static func key(_ state: Int32, _ scalar: UInt16) -> UInt64 {
    UInt64(UInt32(bitPattern: state)) << 16 | UInt64(scalar)
  }

  /// The slot that holds the transition, or the free one where it would go.
  @inline(__always) private func slot(_ state: Int32, _ scalar: UInt16) -> Int {
    let key = Self.key(state, scalar)
    var index = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    while keys[index] != key, keys[index] != UInt64.max { index = (index + 1) & mask }
    return index
  }

  /// The occurrences, in order of their end, none inside another. Linear in the length of the text.
  func occurrences(in text: [UInt16]) -> [Occurrence] {
    var found: [Occurrence] = []
    scan(text) { state, end in
      let start = end - length[state]
      // What was found before and lies inside this one is hidden.
      while let last = found.last, last.start >= start { found.removeLast() }
      found.append(Occurrence(term: output[state], start: start, end: end))
    }
    return found
  }

  /// Every occurrence, those inside others included, in order of their end.
  func allOccurrences(in text: [UInt16]) -> [Occurrence] {
    var found: [Occurrence] = []
    scan(text) { state, end in
      var state = state
      while state >= 0 {
        found.append(Occurrence(term: output[state], start: end - length[state], end: end))
        state = Int(shorter[state])
      }
    }
    return found
  }

  @inline(__always)
  private func scan(_ text: [UInt16], _ found: (_ state: Int, _ end: Int32) -> Void) {
    var state: Int32 = 0
    for position in text.indices {
      let scalar = text[position]
      if state == 0, !begins[Int(scalar)] { continue }
      while true {
        let slot = slot(state, scalar)
        if keys[slot] != UInt64.max {
          state = next[slot]
          break
        }
        if state == 0 { break }
        state = failure[Int(state)]
      }
      if output[Int(state)] >= 0 { found(Int(state), Int32(position + 1)) }
    }
  }
}
