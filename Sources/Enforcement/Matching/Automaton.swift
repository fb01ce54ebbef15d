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

  /// The trie that an automaton is made of. Alternatives in braces share what they have in common: nothing is written out.
  struct Builder {
    private(set) var keys = [UInt64](repeating: UInt64.max, count: 1 << 12)
    private(set) var next = [Int32](repeating: 0, count: 1 << 12)
    fileprivate var parent: [(state: Int32, scalar: UInt16)] = [(0, 0)]
    fileprivate var depth: [Int32] = [0]
    fileprivate var term: [Int32] = [-1]
    /// For each term what it stands for, and for the few with several the others.
    private var meaning: [Int32] = []
    private var others: [Int32: [Int32]] = [:]

    /// What the terms stand for, one after another: `values[start[t]..<start[t + 1]]`.
    var meanings: (start: [Int32], values: [Int32]) {
      var start: [Int32] = [0]
      var values: [Int32] = []
      start.reserveCapacity(meaning.count + 1)
      values.reserveCapacity(meaning.count + others.count)
      for (number, first) in meaning.enumerated() {
        values.append(first)
        if !others.isEmpty, let more = others[Int32(number)] { values += more }
        start.append(Int32(values.count))
      }
      return (start, values)
    }

    /// Adds all terms of a form, `{未,没}{佩,}戴`, for something.
    ///
    /// - Returns: false when a brace is not closed or not opened; nothing is added then.
    mutating func add(_ form: String, _ folding: Folding, _ meaning: Int32) -> Bool {
      guard let parts = TermExpansion.parts(form, folding) else { return false }
      var states: [Int32] = [0]
      for alternatives in parts {
        var reached: [Int32] = []
        for state in states {
          for alternative in alternatives {
            var state = state
            for scalar in alternative { state = child(state, scalar) }
            reached.append(state)
          }
        }
        states = reached
      }
      for state in states where state != 0 {
        let known = term[Int(state)]
        if known < 0 {
          term[Int(state)] = Int32(self.meaning.count)
          self.meaning.append(meaning)
        } else if self.meaning[Int(known)] != meaning, others[known]?.contains(meaning) != true {
          others[known, default: []].append(meaning)
        }
      }
      return true
    }

    private mutating func child(_ state: Int32, _ scalar: UInt16) -> Int32 {
      let key = Automaton.key(state, scalar)
      var slot = Automaton.hash(key) & (keys.count - 1)
      while keys[slot] != key {
        if keys[slot] == UInt64.max {
          let made = Int32(parent.count)
          keys[slot] = key
          next[slot] = made
          parent.append((state, scalar))
          depth.append(depth[Int(state)] + 1)
          term.append(-1)
          if parent.count * 2 > keys.count { grow() }
          return made
        }
        slot = (slot + 1) & (keys.count - 1)
      }
      return next[slot]
    }

    private mutating func grow() {
      let old = (keys, next)
      keys = Array(repeating: UInt64.max, count: old.0.count * 2)
      next = Array(repeating: 0, count: old.0.count * 2)
      for (index, key) in old.0.enumerated() where key != UInt64.max {
        var slot = Automaton.hash(key) & (keys.count - 1)
        while keys[slot] != UInt64.max { slot = (slot + 1) & (keys.count - 1) }
        keys[slot] = key
        next[slot] = old.1[index]
      }
    }
  }

  init(_ builder: Builder) {
    keys = builder.keys
    next = builder.next
    mask = builder.keys.count - 1
    let count = builder.parent.count
    failure = Array(repeating: 0, count: count)
    output = builder.term
    length = builder.depth
    shorter = Array(repeating: -1, count: count)
    begins = Array(repeating: false, count: 0x1_0000)
    // By depth: a link always points to a state that is less deep.
    var first = [Int](repeating: 0, count: Int(builder.depth.max() ?? 0) + 2)
    for depth in builder.depth { first[Int(depth) + 1] += 1 }
    for depth in 1..<first.count { first[depth] += first[depth - 1] }
    var order = [Int32](repeating: 0, count: count)
    for state in 0..<count {
      let depth = Int(builder.depth[state])
      order[first[depth]] = Int32(state)
      first[depth] += 1
    }
    for state in order.lazy.map({ Int($0) }) where state != 0 {
      let (above, scalar) = builder.parent[state]
      if above == 0 {
        begins[Int(scalar)] = true
      } else {
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

  @inline(__always) fileprivate static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40)
  }

  @inline(__always) fileprivate static func key(_ state: Int32, _ scalar: UInt16) -> UInt64 {
    UInt64(UInt32(bitPattern: state)) << 16 | UInt64(scalar)
  }

  /// The slot that holds the transition, or the free one where it would go.
  @inline(__always) private func slot(_ state: Int32, _ scalar: UInt16) -> Int {
    let key = Self.key(state, scalar)
    var index = Self.hash(key) & mask
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
