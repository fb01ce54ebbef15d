/// Reads a form: `{未,没}{佩,}戴` is 未 or 没, then 佩 or nothing, then 戴. Braces do not nest.
enum TermExpansion {
  /// One after another, what may stand there; nil when a brace is not closed or not opened.
  static func parts(_ form: String, _ folding: Folding) -> [[[UInt16]]]? {
    var parts: [[[UInt16]]] = []
    var literal: [UInt16] = []
    var alternatives: [[UInt16]]?
    for scalar in form.unicodeScalars {
      switch scalar {
      case "{":
        guard alternatives == nil else { return nil }
        if !literal.isEmpty { parts.append([literal]) }
        literal = []
        alternatives = [[]]
      case "}":
        guard let open = alternatives else { return nil }
        parts.append(open)
        alternatives = nil
      case "," where alternatives != nil:
        alternatives!.append([])
      default:
        guard let folded = folding.fold(scalar) else { continue }
        if alternatives != nil { alternatives![alternatives!.count - 1].append(folded) } else { literal.append(folded) }
      }
    }
    guard alternatives == nil else { return nil }
    if !literal.isEmpty { parts.append([literal]) }
    return parts
  }
}
