internal import Enforcement

/// What was found in the imported texts, for people.
struct TextHits {
  static let nothingImported = "还没有导入官方正文；zhunsheng import 文件夹 导入 .md、.txt 文本，以后在这里一起查。"

  var date: CalendarDate
  var versions: TextIndex.Versions
  var answer = TextIndex.Answer()
  /// Why nothing was searched.
  var note: String?

  init(on date: CalendarDate, versions: TextIndex.Versions) {
    self.date = date
    self.versions = versions
  }

  /// Why there is nothing, or not all; nil when there is nothing to say.
  var reason: String? {
    if let note { return note }
    switch answer.cited {
    case .no, .provision: break
    case .unknownTitle(let title): return "导入的正文里没有《\(title)》。"
    case .unknownPlace(let text, let place):
      return
        "《\(text.title)》（\(text.version)）里没有第\(ChineseNumeral.text(place.article))条\(place.insertion.map { "之\(ChineseNumeral.text($0))" } ?? "")。"
    case .notInForce(let texts):
      let versions = texts.map { "\($0.version)\($0.until.map { "～\($0)" } ?? "")" }.joined(separator: "、")
      return "《\(texts[0].title)》在 \(date) 没有导入有效的版本；导入的有：\(versions)。--all-versions 看旧版本。"
    }
    return answer.isComplete
      ? nil : "这个词太常见：只在效力最高的 \(TextIndex.rankedLimit) 处里排了先后，还有更多。加一个词，或者用 --kind、--place、--work 缩小范围。"
  }

  static func citation(_ hit: TextIndex.Hit) -> String {
    "《\(hit.text.title)》" + hit.number
  }

  static func write(_ found: TextHits, _ query: String, _ layout: inout TextLayout) {
    layout.line(Style.bold("官方正文（原文）"))
    let answer = found.answer
    if found.note == nil {
      let scope =
        switch found.versions {
        case .all: "所有版本，被取代的也在内"
        case .inForce(let date): "\(date) 施行的版本"
        case .current(let date): "\(date) 没有被取代、废止的版本（旧版本用 --all-versions 或者 --on 日期）"
        }
      let count =
        answer.hits.isEmpty ? "没有“\(query)”" : "\(answer.isComplete ? "" : "至少 ")\(answer.total) 处，列出 \(answer.hits.count) 处"
      layout.paragraph(Style.dim("\(scope)：\(count)"))
    }
    if let reason = found.reason { layout.paragraph(reason) }
    for hit in answer.hits {
      layout.paragraph(
        Style.bold(citation(hit)) + (hit.heading.isEmpty ? "" : "　\(Style.dim(hit.heading))"), lead: "  - ")
      for line in marked(hit.snippet).split(separator: "\n") { layout.paragraph(String(line), lead: "    ") }
      layout.paragraph(Style.dim(origin(hit.text, found.date)), lead: "    ")
    }
  }

  /// 【】 around what was found, or bold where the terminal shows it.
  private static func marked(_ snippet: TextIndex.Snippet) -> String {
    let scalars = Array(snippet.text.unicodeScalars)
    var result = ""
    var position = 0
    func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
    for mark in snippet.marks {
      result += text(position..<mark.lowerBound)
      result += Terminal.usesColor ? Style.bold(text(mark)) : "【\(text(mark))】"
      position = mark.upperBound
    }
    return result + text(position..<scalars.count)
  }

  private static func origin(_ text: TextIndex.Text, _ date: CalendarDate) -> String {
    var state = text.from.map { "\($0) 起施行" } ?? "施行日不详"
    if let from = text.from, date < from { state += "（尚未施行）" }
    if let until = text.until { state += date < until ? "，\(until) 起被取代" : "，\(until) 起已被取代或者废止" }
    return "\(state)｜来源 \(text.source)，\(text.imported) 导入"
  }
}
