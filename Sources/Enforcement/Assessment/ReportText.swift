/// What a line of a report is, by its form.
enum ReportText {
  static func trimmed(_ text: some StringProtocol) -> String {
    var text = Substring(text)
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }

  /// The paragraphs of a cell one behind the other.
  static func oneLine(_ cell: String) -> String {
    guard cell.contains("\n") else { return cell }
    return cell.split(separator: "\n").map { trimmed($0) }.filter { !$0.isEmpty }.reduce("") { result, line in
      result + (result.isEmpty || result.last.map { "。；，、：;,:".contains($0) } == true ? "" : "；") + line
    }
  }

  /// Without Markdown's marks of emphasis.
  static func plain(_ text: String) -> String {
    guard text.contains(where: { "*_`".contains($0) }) else { return text }
    return text.filter { !"*_`".contains($0) }
  }

  /// The text after `- `, `1. `, `（一）`, `一、`, `①`; nil when the line is no list item.
  static func listItem(_ line: String) -> String? {
    if let first = line.first, "-*+•·●○□■".contains(first), line.dropFirst().first?.isWhitespace == true {
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

  // MARK: Headings

  private static let headingEnds = [
    "情况", "问题", "隐患", "要求", "意见", "建议", "措施", "依据", "内容", "结论", "告知", "陈述", "申辩", "说明", "附件", "概况", "信息", "记录",
    "记录表", "检查表", "清单", "事项", "身份", "备注", "过程", "计划", "安排", "权利", "处理", "报告", "通知书", "决定书", "办事处", "反映", "台账",
  ]

  /// A short line that ends like a title, not like a statement.
  static func isHeading(_ text: String) -> Bool {
    let bare = text.last.map { "：:".contains($0) } ?? false ? String(text.dropLast()) : text
    guard bare.count <= 40, !bare.isEmpty, !bare.contains(where: { "，。；！？,;!?：:".contains($0) }) else { return false }
    // 深光云检记〔2026〕31号
    if bare.contains("〔"), bare.hasSuffix("号") { return true }
    guard headingEnds.contains(where: bare.hasSuffix) else { return false }
    // 现场存在安全隐患 says something; 存在的隐患 does not.
    return bare.count <= 6 || !tells(bare) || bare.hasSuffix("记录") || bare.hasSuffix("情况") || bare.hasSuffix("要求")
  }

  private static let findingWords = ["问题", "隐患", "违法", "违规", "发现", "检查情况", "巡查情况", "现场情况", "事实"]
  private static let asideWords = [
    "要求", "措施", "建议", "处理", "处置", "意见", "依据", "告知", "身份", "陈述", "申辩", "权利", "附件", "备注", "下一步", "计划", "安排", "检查内容",
    "整改", "说明", "法律", "签", "结论",
  ]

  /// Whether what stands under a heading is orders, advice, law or rights rather than what was seen.
  static func isAside(_ heading: String) -> Bool {
    if findingWords.contains(where: heading.contains) { return false }
    // 符合要求的情况 is about what was seen.
    if heading.contains("符合") { return false }
    return asideWords.contains(where: heading.contains)
  }

  // MARK: Labels

  private static let labelNames = [
    "时间", "日期", "地点", "地址", "人员", "单位", "天气", "编号", "名称", "电话", "负责人", "签名", "签字", "签收", "工程", "项目", "类型", "附件", "抄送",
    "报告人", "检查人", "陪同", "当事人", "面积", "造价", "投资", "页", "规模", "工期", "进度", "代码", "住所", "代表人", "证号", "网格", "社区", "街道", "责任人",
    "照片", "记录人", "填表", "审核", "登记", "许可证", "合同", "联系", "业主", "承包", "见证", "经办",
  ]

  /// Whether a short text is the name of a field: 检查时间, 施工单位.
  static func isLabelName(_ text: String) -> Bool {
    !text.isEmpty && text.count <= 14 && labelNames.contains(where: text.contains) && !tells(text)
  }

  /// Whether a text says that something is not as it should be: then it is no mere value.
  static func tells(_ text: String) -> Bool {
    text.count >= 5 && ["未", "没", "缺少", "缺乏", "不符", "不合", "违规", "违章", "擅自", "不到位", "不规范", "存在"].contains(where: text.contains)
  }

  /// 检查时间：2026年11月20日 — the name of a field and a value that is no statement.
  static func label(_ line: String) -> (name: String, value: String)? {
    guard let colon = line.firstIndex(where: { $0 == "：" || $0 == ":" }) else { return nil }
    let name = trimmed(line[..<colon])
    let value = trimmed(line[line.index(after: colon)...])
    // （签名）, （盖章） belong to the name.
    let bare = name.firstIndex { "（(".contains($0) }.map { String(name[..<$0]) } ?? name
    guard isLabelName(bare) || isLabelName(name), !tells(withoutParentheses(value)) else { return nil }
    return (bare.isEmpty ? name : bare, value)
  }

  private static func withoutParentheses(_ text: String) -> String {
    var depth = 0
    return text.filter { character in
      if "（(".contains(character) { depth += 1 }
      defer { if "）)".contains(character) { depth = max(0, depth - 1) } }
      return depth == 0
    }
  }

  private static let leads = ["问题", "隐患", "情况", "发现", "违法事实", "描述", "结果", "检查"]

  /// 存在问题：… without the words before the colon.
  static func withoutLead(_ text: String) -> String {
    guard let colon = text.firstIndex(where: { $0 == "：" || $0 == ":" }) else { return text }
    let lead = text[..<colon]
    guard lead.count <= 8, leads.contains(where: lead.contains) else { return text }
    let rest = trimmed(text[text.index(after: colon)...])
    return rest.isEmpty ? text : rest
  }

  /// Whose name follows; nil for a label that names no party.
  static func party(_ label: String) -> (party: Party?, Void)? {
    for (word, role) in [
      ("建设单位", Party.owner), ("业主", .owner), ("发包", .owner), ("施工单位", .contractor), ("承包", .contractor),
      ("承揽", .contractor), ("监理单位", .supervisor), ("物业", .propertyManager), ("使用人", .user), ("设计单位", .designer),
    ] where label.contains(word) { return (role, ()) }
    return ["被检查单位", "被巡查单位", "受检单位", "当事人"].contains(where: label.contains) && !label.contains("负责人") ? (nil, ()) : nil
  }

  static func sentences(_ text: String) -> [String] {
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

/// A table of a report: which column holds what.
struct ReportTable {
  enum Column { case number, finding, location, item, result, other, unknown }

  private var columns: [Column]

  /// - Parameter head: the cells of its first row.
  init(head: [String]) { columns = head.map(Self.column) }

  var isRecognised: Bool {
    columns.contains(.finding) || (columns.contains(.item) && columns.contains(.result))
  }

  /// Whether a row that no rule sets off is the head of a table: 其他问题 beside a sentence is a field of a form.
  var isHead: Bool { isRecognised && columns.count { $0 == .unknown } * 2 < columns.count }

  /// The cells of a line of a Markdown table, or of one whose cells tabs divide; nil for any other.
  static func cells(_ line: String) -> [String]? {
    let bar: Character = line.hasPrefix("｜") ? "｜" : "|"
    if line.hasPrefix("|") || line.hasPrefix("｜") {
      var cells = line.split(separator: bar, omittingEmptySubsequences: false).map { clean($0) }
      cells.removeFirst()
      if cells.last?.isEmpty == true { cells.removeLast() }
      return cells
    }
    guard line.contains("\t") else { return nil }
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map { clean($0) }
    return cells.count >= 3 ? cells : nil
  }

  private static func clean(_ text: some StringProtocol) -> String {
    ReportText.trimmed(ReportText.plain(String(text)).replacingAll("<br>", with: "；").replacingAll("<br/>", with: "；"))
  }

  private static func column(_ head: String) -> Column {
    func has(_ words: String...) -> Bool { words.contains(where: head.contains) }
    if head.count > 14 || ReportText.tells(head) { return .unknown }
    if has("序号", "编号") || head == "号" { return .number }
    if has("整改", "要求", "措施", "责任", "期限", "时限", "照片", "备注", "依据", "条款", "签", "日期", "时间", "等级", "级别", "人员", "单位") {
      return .other
    }
    if has("部位", "位置", "地点", "区域", "楼层", "点位") { return .location }
    if has("问题", "隐患", "违法", "描述", "事实", "发现", "情况", "现状") { return .finding }
    if has("结果", "结论", "是否", "判定", "评定", "符合") { return .result }
    if has("项目", "内容", "类别", "检查项") { return .item }
    return head.isEmpty ? .other : .unknown
  }

  private static let inOrder: Set<String> = [
    "", "无", "符合", "合格", "正常", "√", "✓", "是", "/", "-", "—", "良好", "不涉及", "不适用", "未发现", "无异常",
  ]

  /// What a row tells; nil when it is judged to be in order, or empty.
  func finding(_ cells: [String]) -> (text: String, location: String?)? {
    func all(_ column: Column) -> [String] {
      cells.indices.filter { $0 < columns.count && columns[$0] == column }.map { cells[$0] }
    }
    guard isRecognised else {
      let text = cells.enumerated().filter { index, cell in
        !cell.isEmpty && !(index == 0 && cell.allSatisfy { $0.isNumber })
      }.map(\.element).joined(separator: "，")
      return text.isEmpty ? nil : (text, nil)
    }
    let location = all(.location).first { !$0.isEmpty }
    let told = all(.finding).filter { !Self.inOrder.contains($0) }
    let results = all(.result)
    if told.isEmpty {
      // 临边防护 | 不符合
      guard let item = all(.item).first(where: { !$0.isEmpty }),
        let result = results.first(where: { !Self.inOrder.contains($0) })
      else { return nil }
      let said = ["×", "✗", "否", "x", "X"].contains(result) ? "不符合要求" : result
      return ("\(item)\(said)", location)
    }
    return (told.joined(separator: "，"), location)
  }
}

extension CalendarDate {
  /// The first day named in a text: 2026年11月20日, 2026-11-20, 2026.11.5, 2026/11/20, 二〇二六年十一月二十日.
  public init?(firstIn text: String) {
    let scalars = Array(text.unicodeScalars)
    var index = 0
    func number(_ from: Int) -> (value: Int, end: Int)? {
      var end = from
      while end < scalars.count, ("0"..."9").contains(scalars[end]) { end += 1 }
      if end > from { return Int(String(String.UnicodeScalarView(scalars[from..<end]))).map { ($0, end) } }
      while end < scalars.count, ChineseNumeral.isNumeral(scalars[end]) || scalars[end] == "〇" || scalars[end] == "○" { end += 1 }
      guard end > from else { return nil }
      let digits = scalars[from..<end].map { $0 == "○" ? Unicode.Scalar("〇") : $0 }
      // 二〇二六: digit by digit.
      if digits.count >= 3, digits.allSatisfy({ $0 == "〇" || ChineseNumeral.digit($0) != nil }) {
        let value = digits.reduce(0) { $0 * 10 + ($1 == "〇" ? 0 : ChineseNumeral.digit($1) ?? 0) }
        return (value, end)
      }
      return ChineseNumeral.value(digits).map { ($0, end) }
    }
    while index < scalars.count {
      guard let year = number(index) else {
        index += 1
        continue
      }
      let separators: (Set<Unicode.Scalar>, Set<Unicode.Scalar>) = (["年", "-", ".", "/", "－"], ["月", "-", ".", "/", "－"])
      if (1949...2199).contains(year.value), year.end < scalars.count, separators.0.contains(scalars[year.end]),
        let month = number(year.end + 1), month.end < scalars.count, separators.1.contains(scalars[month.end]),
        let day = number(month.end + 1), let date = CalendarDate(year: year.value, month: month.value, day: day.value)
      {
        self = date
        return
      }
      index = year.end
    }
    return nil
  }
}
