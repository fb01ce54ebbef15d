internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct ProcedureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "procedure", abstract: "案件的步骤和期限：已办的、到期日、逾期的；日期可以进日历（--format ics）")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ics }

  @Option(name: .long, help: ArgumentHelp("程序：summary 简易、ordinary 普通、hearing 普通并听证", valueName: "代码"))
  var path: String?
  @Option(
    name: .long, help: ArgumentHelp("已发生的节点和日期，可以写多个：opened=2026-11-02（代码：--events）", valueName: "节点=日期"))
  var event: [String] = []
  @Option(name: .long, help: ArgumentHelp("案件文件（JSON：path、events、fine），与上面的写法可以并用", valueName: "文件"))
  var `case`: String?
  @Option(name: .long, help: ArgumentHelp("已决定的罚款，用来算加处罚款", valueName: "元"))
  var fine: Double?
  @Option(name: .long, help: ArgumentHelp("按哪一天看（默认今天，深圳时间）", valueName: "日期"))
  var today: String?
  @Flag(name: .long, help: "列出节点代码")
  var events = false
  @Option(name: .long, help: "输出：text、json、ics")
  var format: Format = .text
  @OptionGroup var rules: RulesOptions

  /// What a case file may say; all of it may be left out.
  struct CaseFile: Decodable {
    var path: String?
    var events: [String: String]?
    var fine: Double?
  }

  func run() throws {
    let book = try rules.loadProcedure()
    if events {
      Terminal.write(book.events.map { "\($0.id.rawValue)　\($0.name)" }.joined(separator: "\n"))
      return
    }
    var given: [(event: CaseEvent.ID, day: CalendarDate)] = []
    var path = path
    var fine = fine
    if let name = `case` {
      let file = try JSON.value(
        CaseFile.self, from: try InputText.read(name, isPath: true), place: name, what: "案件文件（path、events、fine）")
      path = path ?? file.path
      fine = fine ?? file.fine
      for (event, day) in (file.events ?? [:]).sorted(by: { $0.key < $1.key }) {
        given.append((CaseEvent.ID(rawValue: event), try Self.date(day, "\(name)：\(event)")))
      }
    }
    for text in event {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw RulebookError(.invalidData, "--event \(text)：请写成 opened=2026-11-02 的样子") }
      given.append((CaseEvent.ID(rawValue: parts[0]), try Self.date(parts[1], "--event \(parts[0])")))
    }
    guard let way = ProcedureStep.Path(rawValue: path ?? "ordinary") else {
      throw RulebookError(.invalidData, "--path \(path ?? "")：只能是 summary、ordinary、hearing")
    }
    if let fine, !(fine > 0 && fine.isFinite) { throw RulebookError(.invalidData, "--fine：罚款要写成大于零的元数") }
    let day = try today.map { try Self.date($0, "--today") } ?? Clock.todayInShenzhen()
    let timeline = try book.timeline(way, events: given, fine: fine, today: day)
    switch format {
    case .text: Terminal.write(ProcedureText(book: book).text(timeline))
    case .json: Terminal.write(try JSON.text(TimelineReport(timeline, book), pretty: true))
    case .ics: Terminal.write(ICalendar.text(timeline, book))
    }
  }

  private static func date(_ text: String, _ place: String) throws -> CalendarDate {
    guard let date = CalendarDate(text) else {
      throw RulebookError(.invalidData, "\(place) 的日期“\(text)”不对；请写成 2026-11-20 的样子")
    }
    return date
  }
}
