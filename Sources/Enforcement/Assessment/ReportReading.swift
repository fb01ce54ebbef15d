/// The findings in a patrol report (plain text or Markdown), each with its line, and what was left out.
///
/// A list item or a table row is one finding. Running prose is one finding a sentence. Headings, labels with a value
/// (检查时间：…), rules and empty lines are left out and counted, never dropped unsaid.
public struct ReportReading: Sendable {
  public struct LeftOut: Hashable, Sendable {
    public enum Reason: String, Sendable {
      case heading, label, tableHead, rule

      public var label: String {
        switch self {
        case .heading: "标题"
        case .label: "栏目"
        case .tableHead: "表头"
        case .rule: "分隔线"
        }
      }
    }

    public var line: Int
    public var text: String
    public var reason: Reason
  }

  public var findings: [Finding]
  public var leftOut: [LeftOut]

  public init(findings: [Finding], leftOut: [LeftOut]) {
    self.findings = findings
    self.leftOut = leftOut
  }

  /// - Parameters:
  ///   - on: the day of the acts.
  ///   - party: who they are laid to, as far as known.
  public init(_ text: String, on date: CalendarDate, party: Party? = nil) {
    findings = []
    leftOut = []
    // CR LF is one character in Swift.
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(Self.trimmed)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var number = 0
    var inFence = false
    while number < lines.count {
      let line = lines[number]
      number += 1
      if line.hasPrefix("```") {
        inFence.toggle()
        continue
      }
      if line.isEmpty || inFence { continue }
      if line.hasPrefix("#") {
        leave(number, line, .heading)
      } else if line.allSatisfy({ "-=*_—|: ".contains($0) }) {
        leave(number, line, .rule)
      } else if line.hasPrefix("|") {
        let isHead = number < lines.count && lines[number].hasPrefix("|") && lines[number].allSatisfy { "-=|: ".contains($0) }
        if isHead {
          leave(number, line, .tableHead)
        } else {
          add(
            line.split(separator: "|").map { Self.trimmed($0) }.filter { !$0.isEmpty }.joined(separator: "，"), number, date, party
          )
        }
      } else if let item = Self.listItem(line) {
        if Self.isLabel(item) { leave(number, item, .label) } else { add(Self.plain(item), number, date, party) }
      } else if Self.isLabel(line) {
        leave(number, line, .label)
      } else {
        for sentence in Self.sentences(Self.plain(line)) { add(sentence, number, date, party) }
      }
    }
  }

  private mutating func add(_ text: String, _ line: Int, _ date: CalendarDate, _ party: Party?) {
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return }
    findings.append(Finding(text, on: date, party: party, place: Finding.Place(line: line)))
  }

  private mutating func leave(_ line: Int, _ text: String, _ reason: LeftOut.Reason) {
    leftOut.append(LeftOut(line: line, text: text, reason: reason))
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var text = Substring(text)
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }

  /// The text after `- `, `1. `, `（一）`, `一、`, `①`; nil when the line is no list item.
  private static func listItem(_ line: String) -> String? {
    if let first = line.first, "-*+•·●○".contains(first), line.dropFirst().first?.isWhitespace == true {
      return trimmed(line.dropFirst(2))
    }
    if let first = line.unicodeScalars.first, (0x2460...0x2473).contains(first.value) { return trimmed(line.dropFirst()) }
    var rest = Substring(line)
    let open = rest.first.map { "（(".contains($0) } ?? false
    if open { rest = rest.dropFirst() }
    let digits = rest.prefix { character in
      character.unicodeScalars.first.map { ChineseNumeral.isNumeral($0) } ?? false
    }
    guard !digits.isEmpty, digits.count <= 3 else { return nil }
    rest = rest.dropFirst(digits.count)
    guard let close = rest.first else { return nil }
    if open ? "）)".contains(close) : "、.．)）".contains(close) {
      let item = rest.dropFirst()
      // 2.5米 is a figure, not an item.
      if close == ".", item.first?.isNumber == true { return nil }
      return trimmed(item.first.map { "、.．".contains($0) } == true ? item.dropFirst() : item)
    }
    return nil
  }

  /// 检查时间：2026年11月20日 — a short label and a value that is no sentence.
  private static func isLabel(_ line: String) -> Bool {
    guard let colon = line.firstIndex(where: { $0 == "：" || $0 == ":" }) else { return false }
    let label = plain(String(line[..<colon]))
    guard label.count <= 12, !label.isEmpty else { return false }
    return labels.contains { label.contains($0) }
  }

  private static let labels = [
    "时间", "日期", "地点", "地址", "人员", "单位", "天气", "编号", "名称", "电话", "负责人", "签名", "签字", "工程", "项目", "类型",
    "附件", "抄送", "报告人", "检查人", "陪同", "当事人", "面积", "造价", "投资", "部位", "页", "规模", "工期", "进度",
  ]

  /// Without Markdown's marks of emphasis.
  private static func plain(_ text: String) -> String {
    guard text.contains(where: { "*_`".contains($0) }) else { return text }
    return text.filter { !"*_`".contains($0) }
  }

  private static func sentences(_ text: String) -> [String] {
    var result: [String] = []
    var current = ""
    for character in text {
      current.append(character)
      if "。！？；!?;".contains(character) {
        result.append(trimmed(current))
        current = ""
      }
    }
    let rest = trimmed(current)
    if !rest.isEmpty { result.append(rest) }
    return result
  }
}
