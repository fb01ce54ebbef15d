/// Finds written forms in a text in one pass. `{未,没}{佩,}戴` is 未 or 没, then 佩 or nothing, then 戴; braces do not nest.
///
/// A form is kept as it stands and is never written out: the few thousand forms of the rulebook stand for ten times as
/// many wordings, and a wide one must not cost what it stands for. It is looked up by the first three characters it can
/// begin with, then walked letter by letter.
struct FormIndex: Sendable {
  struct Occurrence: Hashable, Sendable {
    /// What the form stands for.
    var meaning: Int32
    var start: Int32
    var end: Int32
  }

  /// The letters of all forms. Folded text has no surrogates: these stand for braces, commas and the end of a form.
  private var letters: [UInt16] = []
  private static let open: UInt16 = 0xD800
  private static let comma: UInt16 = 0xD801
  private static let close: UInt16 = 0xD802
  private static let end: UInt16 = 0xD803

  private struct Form: Sendable {
    var start: Int32
    var meaning: Int32
  }

  private struct Entry: Sendable {
    var form: Int32
    /// The next form that can begin so, or -1.
    var next: Int32
  }

  private var forms: [Form] = []
  private var entries: [Entry] = []
  /// An open-addressed table from up to three characters to their first entry.
  private var keys: [UInt64]
  private var first: [Int32]
  private var used = 0
  /// Whether any form begins with a character; most characters of a text begin none.
  private var begins = [UInt64](repeating: 0, count: 1 << 10)

  // MARK: - Building

  /// - Parameter beginnings: about how many different beginnings the forms will have; more only cost time.
  init(beginnings: Int = 500) {
    var size = 64
    while size < beginnings * 2 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    first = Array(repeating: 0, count: size)
  }

  /// Adds forms, separated by white space, of something.
  ///
  /// - Returns: those that were not added because a brace is not closed or not opened.
  mutating func add(_ text: String, _ folding: Folding, _ meaning: Int32) -> [String] {
    var refused: [String] = []
    var written = text.unicodeScalars.startIndex
    var start = letters.count
    var isInBraces = false
    var isBalanced = true
    for place in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[place]
      if scalar.value <= 0x20 {
        finish(text.unicodeScalars[written..<place])
        written = text.unicodeScalars.index(after: place)
        continue
      }
      switch scalar {
      case "{":
        isBalanced = isBalanced && !isInBraces
        isInBraces = true
        letters.append(Self.open)
      case "}":
        isBalanced = isBalanced && isInBraces
        isInBraces = false
        letters.append(Self.close)
      case "," where isInBraces: letters.append(Self.comma)
      default: if let folded = folding.fold(scalar) { letters.append(folded) }
      }
    }
    finish(text.unicodeScalars[written...])
    return refused

    func finish(_ form: Substring.UnicodeScalarView) {
      if !isBalanced || isInBraces {
        letters.removeSubrange(start...)
        refused.append(String(form))
      } else if letters.count > start {
        letters.append(Self.end)
        forms.append(Form(start: Int32(start), meaning: meaning))
        index(Int32(forms.count - 1), from: start, head: 0, length: 0)
      }
      start = letters.count
      isInBraces = false
      isBalanced = true
    }
  }

  /// Enters the form under everything it can begin with.
  private mutating func index(_ form: Int32, from position: Int, head: UInt64, length: Int) {
    var position = position
    var head = head
    var length = length
    while length < 3 {
      switch letters[position] {
      case Self.end:
        if length > 0 { enter(form, head) }
        return
      case Self.open:
        let after = afterBrace(position)
        var choice = position + 1
        while choice < after {
          var extended = head
          var count = length
          while letters[choice] != Self.comma, letters[choice] != Self.close {
            if count < 3 {
              extended |= UInt64(letters[choice]) << UInt64(16 * count)
              count += 1
            }
            choice += 1
          }
          index(form, from: after, head: extended, length: count)
          choice += 1
        }
        return
      default:
        head |= UInt64(letters[position]) << UInt64(16 * length)
        length += 1
        position += 1
      }
    }
    enter(form, head)
  }

  private func afterBrace(_ position: Int) -> Int {
    var position = position
    while letters[position] != Self.close { position += 1 }
    return position + 1
  }

  private mutating func enter(_ form: Int32, _ head: UInt64) {
    if used * 2 >= keys.count { grow() }
    begins[Int(head & 0xFFFF) >> 6] |= 1 << (head & 63)
    let slot = slot(head)
    if keys[slot] == 0 {
      keys[slot] = head
      used += 1
      first[slot] = Int32(entries.count)
      entries.append(Entry(form: form, next: -1))
    } else if entries[Int(first[slot])].form != form {
      entries.append(Entry(form: form, next: first[slot]))
      first[slot] = Int32(entries.count - 1)
    }
  }

  private mutating func grow() {
    let old = (keys, first)
    keys = Array(repeating: 0, count: old.0.count * 2)
    first = Array(repeating: 0, count: old.0.count * 2)
    for (index, key) in old.0.enumerated() where key != 0 {
      let slot = slot(key)
      keys[slot] = key
      first[slot] = old.1[index]
    }
  }

  /// The slot that holds the head, or the free one where it would go.
  @inline(__always) private func slot(_ head: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: (head &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    while keys[slot] != head, keys[slot] != 0 { slot = (slot + 1) & mask }
    return slot
  }

  // MARK: - Finding

  /// Every form at every place, in order of the start. Of one meaning at one place only the longest is given; one that
  /// lies inside another is given too.
  func occurrences(in text: [UInt16]) -> [Occurrence] {
    var found: [Occurrence] = []
    for start in text.indices {
      let character = text[start]
      guard begins[Int(character) >> 6] & (1 << UInt64(character & 63)) != 0 else { continue }
      let group = found.count
      var head: UInt64 = 0
      for length in 0..<min(3, text.count - start) {
        head |= UInt64(text[start + length]) << UInt64(16 * length)
        let slot = slot(head)
        guard keys[slot] != 0 else { continue }
        var entry = first[slot]
        while entry >= 0 {
          let form = forms[Int(entries[Int(entry)].form)]
          entry = entries[Int(entry)].next
          guard let end = walk(Int(form.start), text, start), end > start else { continue }
          if let same = found[group...].firstIndex(where: { $0.meaning == form.meaning }) {
            found[same].end = max(found[same].end, Int32(end))
          } else {
            found.append(Occurrence(meaning: form.meaning, start: Int32(start), end: Int32(end)))
          }
        }
      }
    }
    return found
  }

  /// Where the longest wording of the form ends that stands at a place; nil when none does.
  private func walk(_ form: Int, _ text: [UInt16], _ place: Int) -> Int? {
    var position = form
    var place = place
    while true {
      switch letters[position] {
      case Self.end: return place
      case Self.open:
        let after = afterBrace(position)
        var best: Int?
        var choice = position + 1
        while choice < after {
          var reached = place
          var isEqual = true
          while letters[choice] != Self.comma, letters[choice] != Self.close {
            isEqual = isEqual && reached < text.count && letters[choice] == text[reached]
            reached += 1
            choice += 1
          }
          if isEqual, let end = walk(after, text, reached), end > best ?? -1 { best = end }
          choice += 1
        }
        return best
      case let letter:
        guard place < text.count, text[place] == letter else { return nil }
        place += 1
        position += 1
      }
    }
  }
}

extension Sequence<FormIndex.Occurrence> {
  /// Without those that lie inside a longer one: 安全 in 安全帽. In order of the start, the longest first.
  func outermost() -> [FormIndex.Occurrence] {
    var result: [FormIndex.Occurrence] = []
    for occurrence in sorted(by: { ($0.start, -$0.end) < ($1.start, -$1.end) }) {
      if let last = result.last, occurrence.end <= last.end, (occurrence.start, occurrence.end) != (last.start, last.end) {
        continue
      }
      result.append(occurrence)
    }
    return result
  }
}
