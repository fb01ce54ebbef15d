/// A finding as the engine reads it: folded, cut into clauses, with every known word and what is said of it.
public struct Reading: Sendable {
  /// What the sentence says of a thing.
  public enum State: String, Sendable {
    /// Mentioned, nothing more.
    case plain
    /// Said to be there, or in order.
    case present
    /// Said to be missing, defective or not done.
    case absent
    /// Asked for, forbidden, supposed, denied or over: not said to be so.
    case unstated
  }

  /// A known word at its place.
  public struct Word: Sendable {
    var concept: Int32
    public internal(set) var role: Concept.Role
    /// In the folded text.
    var start: Int32
    var end: Int32
    var clause: Int32
    var sentence: Int32
    public internal(set) var state: State = .plain
    /// The word that made the state what it is, by index.
    var cause: Int32 = -1

    /// Whether it says by itself that something is wrong.
    var complains: Bool {
      switch role {
      case .good, .thing: state == .absent
      case .bad: state == .plain
      default: false
      }
    }
  }

  struct Clause: Sendable {
    var start: Int32
    var end: Int32
    var sentence: Int32
  }

  /// The folded text.
  var text: [UInt16] = []
  /// For each folded scalar its offset, in Unicode scalars, in the finding as given.
  var origin: [Int32] = []
  public internal(set) var words: [Word] = []
  /// The words of the items' own files, every one: each item adds its own to a copy.
  var ownWords: [Word] = []
  var clauses: [Clause] = []
  /// Sentences that tell what still has to be found out.
  var doubted: [Int32] = []

  /// Whether anything is said to be wrong at all; a sentence without that is never even a candidate.
  public var complains: Bool {
    words.contains(where: \.complains)
  }

  /// Offsets in Unicode scalars of the finding as given.
  func range(_ start: Int32, _ end: Int32) -> Range<Int> {
    Int(origin[Int(start)])..<Int(origin[Int(end) - 1]) + 1
  }
}

extension Reading {
  /// Cuts the text into sentences and clauses: at punctuation, and before 但 and 却.
  mutating func cut(atTurns turns: some Sequence<Int32>) {
    var start = 0
    var sentence: Int32 = 0
    var turns = turns.makeIterator()
    var turn = turns.next()
    func close(_ end: Int) { clauses.append(Clause(start: Int32(start), end: Int32(end), sentence: sentence)) }
    for position in text.indices {
      if turn.map({ Int($0) == position }) ?? false {
        turn = turns.next()
        if position > start {
          close(position)
          start = position
        }
      }
      switch Self.breakKind(text, position) {
      case .none: continue
      case .clause: close(position)
      case .sentence:
        close(position)
        sentence += 1
      }
      start = position + 1
    }
    close(text.count)
  }

  /// The clause a position lies in.
  func clause(at position: Int32) -> Int {
    var low = 0
    var high = clauses.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if clauses[middle].start <= position { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The words of the sentence that a word stands in.
  func sentence(around index: Int) -> Range<Int> {
    let sentence = words[index].sentence
    var first = index
    while first > 0, words[first - 1].sentence == sentence { first -= 1 }
    var last = index + 1
    while last < words.count, words[last].sentence == sentence { last += 1 }
    return first..<last
  }

  /// Adds words that are sorted by place. A word inside a longer one is hidden by it, and one that begins with the 有 of
  /// 没有 is none: 有漏电 in 没有漏电.
  mutating func add(_ added: some Sequence<Word>) {
    var merged = words
    for word in added {
      let isCut =
        text[Int(word.start)] == 0x6709
        && words.contains { sign in
          (sign.role == .absence || sign.role == .denial) && sign.start < word.start && word.start < sign.end
        }
      if !isCut { merged.append(word) }
    }
    merged.sort { ($0.start, -$0.end) < ($1.start, -$1.end) }
    words.removeAll(keepingCapacity: true)
    var reach: Int32 = 0
    var reachStart: Int32 = -1
    for word in merged {
      // Starts no earlier than a word that ends later: inside it, unless it is the same stretch.
      if word.end < reach || (word.end == reach && word.start > reachStart) { continue }
      if word.end > reach {
        reach = word.end
        reachStart = word.start
      }
      words.append(word)
    }
  }

  /// What ends a sentence or a clause. A point or comma between digits ends nothing.
  enum Break { case none, clause, sentence }

  static func breakKind(_ text: [UInt16], _ index: Int) -> Break {
    switch text[index] {
    case 0x3002, 0x0021, 0x003F, 0x003B, 0x000A: return .sentence  // 。！？；and line end
    case 0x002C, 0x003A, 0x0028, 0x0029, 0x3010, 0x3011, 0x2026, 0x2014: return isInNumber(text, index) ? .none : .clause
    case 0x002E: return isInNumber(text, index) ? .none : .sentence
    default: return .none
    }
  }

  private static func isInNumber(_ text: [UInt16], _ index: Int) -> Bool {
    guard index > 0, index + 1 < text.count else { return false }
    return isDigit(text[index - 1]) && isDigit(text[index + 1])
  }

  static func isDigit(_ scalar: UInt16) -> Bool { (0x30...0x39).contains(scalar) }
}
