// What is said of each thing: the polarity of a sentence, decided clause by clause.
//
// The signs — 未, 破损, 已, 应当, 严禁, 未发现, 整改后 — are words of the lexicon like any other, with a role of their own.
// An absence or a defect belongs to one thing, or to a list of things joined by 、和及:
//
//     未佩戴安全帽、安全带      forward: the sign stands first
//     安全帽、安全带均未佩戴    backward: nothing follows in the clause
//     安全带没系，帽子也没戴    each its own
//     电箱没锁，没接地          a clause without a thing of its own speaks of the last one named
//     未发现未戴安全帽的情况    a denied absence is a compliance

extension Reading {
  mutating func decideStates() {
    var first = 0
    while first < words.count {
      var last = first
      while last < words.count, words[last].clause == words[first].clause { last += 1 }
      decide(first..<last)
      first = last
    }
    applySentenceSigns()
  }

  private mutating func decide(_ clause: Range<Int>) {
    var consumed: [Bool] = []
    func isConsumed(_ index: Int) -> Bool { consumed.isEmpty ? false : consumed[index - clause.lowerBound] }
    func consume(_ index: Int) {
      if consumed.isEmpty { consumed = Array(repeating: false, count: clause.count) }
      consumed[index - clause.lowerBound] = true
    }

    // 1. 未发现 + something wrong says that all is well; 未发现 + a good thing says that it is missing.
    for index in clause where words[index].role == .denial {
      let after = (index + 1)..<clause.upperBound
      let wrong = after.contains { [.bad, .absence, .defect].contains(words[$0].role) }
      if wrong {
        for other in after {
          if words[other].role.isStated { words[other].state = .unstated }
          if words[other].role == .absence || words[other].role == .defect { consume(other) }
        }
        consume(index)
      } else if !after.contains(where: { words[$0].role == .good }) {
        // 违规动火未发现: the denial stands last.
        for other in clause.lowerBound..<index where words[other].role == .bad { words[other].state = .unstated }
      }
    }

    // 2. What is forbidden is not what is: 护栏不得拆除, 严禁未戴安全帽.
    for index in clause where words[index].role == .prohibition {
      for other in (index + 1)..<clause.upperBound {
        if words[other].role.isStated { words[other].state = .unstated }
        if words[other].role == .absence || words[other].role == .defect { consume(other) }
      }
    }

    // 3. Signs of absence and defect find what they speak of.
    for index in clause where !isConsumed(index) {
      let role = words[index].role
      guard role == .absence || role == .defect || role == .denial else { continue }
      let next = index + 1
      if role == .absence, next < clause.upperBound, gap(index, next) == 0 {
        switch words[next].role {
        case .defect:
          // 无破损, 未失效: as it should be.
          consume(index)
          consume(next)
          mark(clause.lowerBound..<index, .present)
          continue
        case .presence:
          // 未规范, 没到位: absence stands, the presence is taken back.
          consume(next)
        case .bad, .act:
          // 没有私拉乱接, 没拆.
          bindForward(index, next, clause.upperBound, state: .absent)
          continue
        case .absence:
          // 并非没有, 不是没: twice no is yes, unless it is only a doubled sign (没有未…).
          if words[next].end - words[next].start == 1 || words[index].end - words[index].start > 1 {
            consume(index)
            consume(next)
            continue
          }
        default: break
        }
      }
      attach(index, clause, role: role)
    }

    // 4. What is only asked for is not what is; what is said to be in order is.
    for index in clause where !isConsumed(index) {
      switch words[index].role {
      case .requirement:
        for other in clause where words[other].state == .plain {
          if words[other].role == .good || (words[other].role.isStated && other > index) {
            words[other].state = .unstated
          }
        }
      case .presence:
        for other in clause where words[other].role == .good && words[other].state == .plain {
          words[other].state = .present
        }
      default: break
      }
    }
  }

  /// 如果, 是否 and 整改后 reach to the end of the sentence.
  private mutating func applySentenceSigns() {
    for index in words.indices where words[index].role == .hypothetical || words[index].role == .remedied {
      let sentence = sentence(around: index)
      if words[index].role == .remedied, sentence.contains(where: { words[$0].role == .persistence }) { continue }
      let from = words[index].role == .hypothetical ? words[index].clause : -1
      for other in sentence where other > index || words[other].clause == from {
        if words[other].role.isStated { words[other].state = .unstated }
      }
    }
  }

  private func gap(_ left: Int, _ right: Int) -> Int { Int(words[right].start - words[left].end) }

  private mutating func mark(_ range: Range<Int>, _ state: State) {
    for index in range where words[index].role == .good && words[index].state == .plain { words[index].state = state }
  }

  /// Finds what a sign of absence or defect speaks of.
  private mutating func attach(_ sign: Int, _ clause: Range<Int>, role: Concept.Role) {
    // Forward: the next good thing, unless another sign comes first.
    var forward: Int?
    for index in (sign + 1)..<max(sign + 1, clause.upperBound) {
      if words[index].role == .absence || words[index].role == .defect { break }
      if words[index].role == .good || (words[index].role == .thing && role == .defect) {
        forward = index
        break
      }
      if words[index].role == .bad { break }
    }
    var backward: Int?
    for index in stride(from: sign - 1, through: clause.lowerBound, by: -1) {
      if words[index].role == .good || (words[index].role == .thing && role == .defect) {
        if words[index].state == .plain { backward = index }
        break
      }
    }
    let reach = role == .defect ? 4 : 8
    if let target = forward, gap(sign, target) <= reach, !(backward.map { gap($0, sign) <= 2 && gap(sign, target) > 3 } ?? false)
    {
      if role == .defect, let backward, gap(backward, sign) <= gap(sign, target) {
        bindBackward(sign, backward, clause.lowerBound)
      } else {
        bindForward(sign, target, clause.upperBound, state: .absent)
      }
    } else if let target = backward {
      bindBackward(sign, target, clause.lowerBound)
    } else if forward == nil {
      // Nothing of its own in this clause: the last thing named in the sentence before it.
      let hasOther = clause.contains { words[$0].role == .bad }
      guard !hasOther, Int(words[sign].start) - Int(clauses[Int(words[sign].clause)].start) <= 4 else { return }
      for index in stride(from: clause.lowerBound - 1, through: 0, by: -1) {
        guard words[index].sentence == words[sign].sentence else { break }
        if words[index].role == .good || (words[index].role == .thing && role == .defect) {
          if words[index].state == .plain { bindBackward(sign, index, 0) }
          break
        }
      }
    }
  }

  private mutating func bind(_ sign: Int, _ target: Int, state: State) {
    words[target].state = state
    words[target].cause = Int32(sign)
  }

  /// The target, and what is joined to it by 、和及 after it.
  private mutating func bindForward(_ sign: Int, _ target: Int, _ end: Int, state: State) {
    bind(sign, target, state: state)
    var last = target
    for index in (target + 1)..<max(target + 1, end) {
      guard words[index].role.isStated else {
        if words[index].role == .scene { continue }
        break
      }
      guard isJoined(last, index) else { break }
      bind(sign, index, state: state)
      last = index
    }
  }

  /// The target, and what is joined to it by 、和及 before it.
  private mutating func bindBackward(_ sign: Int, _ target: Int, _ start: Int) {
    bind(sign, target, state: .absent)
    var first = target
    for index in stride(from: target - 1, through: start, by: -1) {
      guard words[index].role == .good else {
        if words[index].role == .scene { continue }
        break
      }
      guard words[index].state == .plain, isJoined(index, first) else { break }
      bind(sign, index, state: .absent)
      first = index
    }
  }

  /// Whether only a joint and at most a short verb stand between two things: 安全帽、安全带; 安全帽和系安全带.
  private func isJoined(_ left: Int, _ right: Int) -> Bool {
    // One form may stand for two concepts, and forms may overlap: the same thing.
    guard words[left].end < words[right].start else { return words[left].clause == words[right].clause }
    let between = text[Int(words[left].end)..<Int(words[right].start)]
    guard let joint = between.first, between.count <= 6 else { return false }
    return Self.joints.contains(joint)
  }

  /// 、 和 及 与 跟 或 以(及) 并 也 还 同 /
  private static let joints: Set<UInt16> = Set("、和及与跟或以并也还同/".unicodeScalars.map { UInt16($0.value) })
}

extension Concept.Role {
  /// Whether a sentence says something of it: that it is so, is not so, or ought to be.
  var isStated: Bool {
    switch self {
    case .good, .bad, .thing, .act: true
    default: false
    }
  }
}
