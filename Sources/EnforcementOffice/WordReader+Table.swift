internal import Enforcement

extension WordReader {
  mutating func table(_ element: WordElement, to result: inout [WordBlock]) {
    for child in element.children { rows(child, to: &result) }
  }

  /// A row, or what may stand around rows.
  private mutating func rows(_ element: WordElement, to result: inout [WordBlock]) {
    switch element.name {
    case .tr: row(element, to: &result)
    case .sdt: for child in element.first(.sdtContent)?.children.map({ $0 }) ?? [] { rows(child, to: &result) }
    case .customXml, .ins, .moveTo: for child in element.children { rows(child, to: &result) }
    default: break
    }
  }

  private mutating func row(_ element: WordElement, to result: inout [WordBlock]) {
    let properties = element.first(.trPr)
    if properties?.first(.del) != nil {
      notices.isTracked = true
      return
    }
    var cells = Array(repeating: "", count: Self.span(properties?.number(.gridBefore) ?? 0))
    var contents: [[WordBlock]] = []
    for child in element.children { self.cells(child, to: &cells, &contents) }
    // A frame drawn as a table of one cell: what is in it stands for itself.
    if contents.count == 1, cells.filter({ !$0.isEmpty }).count <= 1, contents[0].count > 1 {
      result += contents[0]
      return
    }
    let text = Self.trimmed(cells.joined(separator: " "))
    guard !text.isEmpty else { return }
    result.append(WordBlock(text: text, role: .row(cells)))
  }

  /// A cell, or what may stand around cells.
  private mutating func cells(_ element: WordElement, to cells: inout [String], _ contents: inout [[WordBlock]]) {
    switch element.name {
    case .tc: cell(element, to: &cells, &contents)
    case .sdt:
      for child in element.first(.sdtContent)?.children.map({ $0 }) ?? [] { self.cells(child, to: &cells, &contents) }
    case .customXml, .ins, .moveTo: for child in element.children { self.cells(child, to: &cells, &contents) }
    default: break
    }
  }

  private mutating func cell(_ element: WordElement, to cells: inout [String], _ contents: inout [[WordBlock]]) {
    let properties = element.first(.tcPr)
    if properties?.first(.cellDel) != nil { return }
    // Without a value both say that the cell above or before goes on; its text stands there.
    let isMergedAway = [WordName.vMerge, .hMerge].contains { name in
      properties?.first(name).map { ($0[.val] ?? "continue") == "continue" } ?? false
    }
    if isMergedAway {
      cells.append("")
    } else {
      let blocks = blocks(in: element)
      contents.append(blocks)
      cells.append(blocks.map(\.text).joined(separator: "\n"))
    }
    cells += Array(repeating: "", count: Self.span((properties?.number(.gridSpan) ?? 1) - 1, after: cells.count))
  }

  /// Columns to leave empty: Word has 63 at most.
  private static func span(_ count: Int, after cells: Int = 0) -> Int { max(0, min(count, 63 - cells)) }
}
