/// Writes out the alternatives of a form: `{未,没}{佩,}戴` gives 未佩戴, 未戴, 没佩戴, 没戴. Braces do not nest.
enum TermExpansion {
  /// The folded terms of a form; nil when a brace is not closed or not opened.
  static func expand(_ form: String, _ folding: Folding) -> [[UInt16]]? {
    var results: [[UInt16]] = [[]]
    var alternatives: [[UInt16]]?
    for scalar in form.unicodeScalars {
      switch scalar {
      case "{":
        guard alternatives == nil else { return nil }
        alternatives = [[]]
      case "}":
        guard let open = alternatives else { return nil }
        results = results.flatMap { head in open.map { head + $0 } }
        alternatives = nil
      case "," where alternatives != nil:
        alternatives!.append([])
      default:
        guard let folded = folding.fold(scalar) else { continue }
        if alternatives != nil {
          alternatives![alternatives!.count - 1].append(folded)
        } else {
          for index in results.indices { results[index].append(folded) }
        }
      }
    }
    return alternatives == nil ? results.filter { !$0.isEmpty } : nil
  }
}
