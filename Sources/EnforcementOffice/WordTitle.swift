internal import Enforcement

/// Finds the title of a document where no style says it: the centred lines at its beginning.
enum WordTitle {
  /// The blocks with one title at most, its lines put together.
  static func settled(_ blocks: [WordBlock]) -> [WordBlock] {
    guard let range = styled(blocks) ?? centred(blocks) else { return blocks }
    var result = blocks
    // A second title is the heading of what follows it.
    for index in result.indices where result[index].role == .title { result[index].role = .heading(1) }
    var title = result[range.lowerBound]
    title.role = .title
    title.text = result[range].map(\.text).reduce("") { joined($0, $1) }
    result.replaceSubrange(range, with: [title])
    return result
  }

  private static func styled(_ blocks: [WordBlock]) -> Range<Int>? {
    guard let first = blocks.firstIndex(where: { $0.role == .title }) else { return nil }
    var end = first + 1
    while end < blocks.count, blocks[end].role == .title, isTitleLike(blocks[end].text) { end += 1 }
    return first..<end
  }

  private static func centred(_ blocks: [WordBlock]) -> Range<Int>? {
    // 深×字〔2026〕3号 belongs to the letterhead; the title is below.
    let number = blocks.prefix(8).firstIndex { isDocumentNumber($0.text) }
    let start =
      number.flatMap { number in
        blocks[..<number].allSatisfy(isLetterhead) && number + 1 < blocks.count && blocks[number + 1].isCentred
          ? number + 1 : nil
      } ?? 0
    guard start < blocks.count, isCandidate(blocks[start]) else { return nil }
    var end = start + 1
    while end < blocks.count, isCandidate(blocks[end]), !blocks[end].isAfterGap, blocks[end].size == blocks[start].size {
      end += 1
    }
    return start..<end
  }

  /// Text or a row: some letterheads are tables.
  private static func isLetterhead(_ block: WordBlock) -> Bool {
    switch block.role {
    case .text, .row: true
    case .title, .heading: false
    }
  }

  private static func isCandidate(_ block: WordBlock) -> Bool {
    block.role == .text && block.isCentred && isTitleLike(block.text)
  }

  /// Not what stands under a title: its history in brackets, a date, 目录, a chapter.
  private static func isTitleLike(_ text: String) -> Bool {
    guard text.count <= 80, let first = text.first, !"（(〔[【".contains(first), !text.contains("。") else { return false }
    if StatuteLine(text[...]) != .text || isDocumentNumber(text) { return false }
    let bare = text.filter { !$0.isWhitespace }
    if ["目录", "目次", "前言"].contains(bare) { return false }
    return !(CalendarDate(firstIn: bare) != nil && bare.count <= 12)
  }

  private static func isDocumentNumber(_ text: String) -> Bool {
    text.count <= 40 && text.hasSuffix("号") && text.contains { "〔［[".contains($0) }
  }

  /// Words of the Latin alphabet keep a space between them.
  private static func joined(_ first: String, _ second: String) -> String {
    let needsSpace =
      first.last.map { $0.isASCII && $0.isLetter } ?? false && second.first.map { $0.isASCII && $0.isLetter } ?? false
    return first + (needsSpace ? " " : "") + second
  }
}
