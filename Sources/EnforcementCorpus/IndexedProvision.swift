internal import Enforcement

/// A row of the index: a provision with the headings above it.
struct IndexedProvision {
  /// `preface` for what stands before the first provision.
  var eId: String
  /// As written: 第九十九条, 一、; empty where there is none.
  var number: String
  /// 第六章 法律责任 第二节 …; of an attachment its own.
  var heading: String
  /// Without the number; a line for each paragraph and point.
  var words: String

  var bytes: Int { heading.utf8.count + words.utf8.count }

  static let preface = "preface"

  /// The first row of a text is always its front, empty or not: what is found by the title is found there.
  static func rows(of text: OfficialText) -> [Self] {
    let front = text.front.compactMap { block -> String? in if case .contents = block { nil } else { block.text } }
    var rows = [Self(eId: preface, number: "", heading: "", words: front.joined(separator: "\n"))]
    func walk(_ pieces: [OfficialText.Piece], _ path: String) {
      for piece in pieces {
        let own = piece.number + (piece.number.isEmpty || piece.heading.isEmpty ? "" : " ") + piece.heading
        switch piece.kind {
        case .part, .subpart, .chapter, .section:
          let heading = path + (path.isEmpty || own.isEmpty ? "" : " ") + own
          let intro = ([piece.text] + piece.blocks.map(\.text)).filter { !$0.isEmpty }
          if !intro.isEmpty || piece.children.isEmpty {
            rows.append(Self(eId: piece.eId, number: "", heading: heading, words: intro.joined(separator: "\n")))
          }
          walk(piece.children, heading)
        case .article, .unit, .attachment, .block, .paragraph, .point, .indent:
          let lines = [piece.text] + piece.blocks.map(\.text) + piece.children.flatMap(\.lines)
          rows.append(
            Self(
              eId: piece.eId, number: piece.number,
              heading: path + (path.isEmpty || piece.heading.isEmpty ? "" : " ") + piece.heading,
              words: lines.filter { !$0.isEmpty }.joined(separator: "\n")))
        }
      }
    }
    walk(text.body, "")
    return rows
  }
}
