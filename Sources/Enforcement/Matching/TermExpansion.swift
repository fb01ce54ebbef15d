/// Writes out the alternatives of a form: `{未,没}{佩,}戴` gives 未佩戴, 未戴, 没佩戴, 没戴. Braces do not nest.
enum TermExpansion {
  /// Nil when a brace is not closed or not opened.
  static func expand(_ form: String) -> [String]? {
    if !form.utf8.contains(UInt8(ascii: "{")) { return form.utf8.contains(UInt8(ascii: "}")) ? nil : [form] }
    var results = [""]
    var alternatives: [String]?
    for character in form {
      switch (character, alternatives) {
      case ("{", nil): alternatives = [""]
      case ("{", _?): return nil
      case ("}", let open?):
        results = results.flatMap { head in open.map { head + $0 } }
        alternatives = nil
      case ("}", nil): return nil
      case (",", var open?):
        open.append("")
        alternatives = open
      case (_, var open?):
        open[open.count - 1].append(character)
        alternatives = open
      case (_, nil):
        for index in results.indices { results[index].append(character) }
      }
    }
    return alternatives == nil ? results.filter { !$0.isEmpty } : nil
  }
}
