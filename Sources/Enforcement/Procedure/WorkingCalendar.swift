/// Which days are working days (工作日): Monday to Friday, less the holidays of the yearly notice, plus its make-up days.
///
/// A year whose notice is not recorded is a gap that is said, never bridged by the rule for weekends.
public struct WorkingCalendar: Sendable {
  public struct Year: Sendable {
    public var year: Int
    /// Nil: only announced by law, the notice is not known; such a year cannot be counted in.
    public var notice: String?
    public var holidays: [(name: String, first: CalendarDate, last: CalendarDate)]
    public var makeupDays: Set<CalendarDate>
    public var confidence: Confidence
    public var file: String

    public init(
      year: Int, notice: String?, holidays: [(name: String, first: CalendarDate, last: CalendarDate)],
      makeupDays: Set<CalendarDate>, confidence: Confidence, file: String = ""
    ) {
      self.year = year
      self.notice = notice
      self.holidays = holidays
      self.makeupDays = makeupDays
      self.confidence = confidence
      self.file = file
    }
  }

  public struct Gap: Error, Hashable, Sendable, CustomStringConvertible {
    public var year: Int
    public var description: String { "没有 \(year) 年的节假日安排，含工作日的期限算不出来；等国务院办公厅的通知发布后在 calendar/\(year).xml 里补上" }
  }

  public private(set) var years: [Int: Year]

  public init(_ years: [Year] = []) {
    self.years = Dictionary(years.map { ($0.year, $0) }, uniquingKeysWith: { _, last in last })
  }

  public func isWorkingDay(_ date: CalendarDate) throws(Gap) -> Bool {
    guard let year = years[date.year], year.notice != nil else { throw Gap(year: date.year) }
    if year.makeupDays.contains(date) { return true }
    if date.weekday > 4 { return false }
    return !year.holidays.contains { $0.first <= date && date <= $0.last }
  }

  /// The working day that is the `count`-th after `date`, or before it for a negative count; the day itself does not count.
  public func adding(workingDays count: Int, to date: CalendarDate) throws(Gap) -> CalendarDate {
    var day = date
    var left = abs(count)
    let step = count < 0 ? -1 : 1
    while left > 0 {
      day = day.adding(days: step)
      if try isWorkingDay(day) { left -= 1 }
    }
    return day
  }

  /// The day itself, or the next working day when it is none.
  public func rolledForward(_ date: CalendarDate) throws(Gap) -> CalendarDate {
    var day = date
    while try !isWorkingDay(day) { day = day.adding(days: 1) }
    return day
  }
}
