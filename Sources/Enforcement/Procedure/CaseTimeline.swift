/// The time line of a case: its steps in order, and each period with its day, computed from the days that are known.
public struct CaseTimeline: Sendable {
  public enum State: String, Codable, CaseIterable, Sendable {
    case done
    /// Done, and too late or too early.
    case violated
    /// Not done, and the last day is past.
    case overdue
    /// A right of the party was not used in time.
    case lapsed
    /// Not done, and there is still time.
    case pending
    /// It may be done from that day on; for periods the other side must be given.
    case waiting
    /// The year's holidays are not known.
    case unknown

    public var label: String {
      switch self {
      case .done: "已办"
      case .violated: "违反期限"
      case .overdue: "已逾期"
      case .lapsed: "已届满"
      case .pending: "未到期"
      case .waiting: "须等到"
      case .unknown: "算不出"
      }
    }
  }

  public struct Entry: Sendable {
    public var deadline: Deadline
    public var from: CalendarDate
    /// The last day (within), the first day (not before), the latest day (ahead); nil where it cannot be computed.
    public var day: CalendarDate?
    public var done: CalendarDate?
    public var state: State
    public var reason: String?
  }

  public struct Step: Sendable {
    public var step: ProcedureStep
    public var day: CalendarDate?
  }

  /// 3 % of the fine for each day after the last day of payment, never more than the fine (加处罚款).
  public struct LateFee: Sendable {
    public var fine: Double
    public var firstDay: CalendarDate
    public var days: Int
    public var amount: Double
    /// The day on which it reaches the fine.
    public var capDay: CalendarDate
  }

  public var path: ProcedureStep.Path
  public var today: CalendarDate
  public var steps: [Step]
  public var entries: [Entry]
  public var lateFee: LateFee?
}

extension ProcedureBook {
  /// Computes a case's time line.
  ///
  /// - Parameters:
  ///   - events: what happened when.
  ///   - fine: the fine decided, in yuan, for the late fee.
  ///   - today: what is past, and what is still to come.
  /// - Throws: `RulebookError.invalidData` for an event that is not known or comes before the one it must follow.
  public func timeline(
    _ path: ProcedureStep.Path, events given: [(event: CaseEvent.ID, day: CalendarDate)], fine: Double? = nil,
    today: CalendarDate
  ) throws(RulebookError) -> CaseTimeline {
    var days: [CaseEvent.ID: CalendarDate] = [:]
    for (id, day) in given {
      guard events.contains(where: { $0.id == id }) else {
        let near = Spelling.nearest(to: id.rawValue, in: events.map(\.id.rawValue)).map { "；是不是 \($0)？" } ?? ""
        throw RulebookError(
          .invalidData, "没有 \(id.rawValue) 这个节点\(near)可用的有：\(events.map(\.id.rawValue).joined(separator: " "))")
      }
      if let before = days[id], before != day {
        throw RulebookError(.invalidData, "节点 \(id.rawValue) 写了两个日期（\(before)、\(day)）；请只留一个")
      }
      days[id] = day
    }
    for deadline in deadlines where deadline.bound != .ahead {
      if let from = days[deadline.from], let to = days[deadline.to], to < from {
        throw RulebookError(
          .invalidData,
          "“\(name(deadline.to))”（\(to)）早于“\(name(deadline.from))”（\(from)），次序不对；请核对日期")
      }
    }
    let entries = deadlines.compactMap { entry($0, days, path, today) }
    return CaseTimeline(
      path: path, today: today,
      steps: steps.filter { $0.paths.contains(path) }.map { step in
        CaseTimeline.Step(step: step, day: step.event.flatMap { days[$0] })
      }, entries: entries, lateFee: fine.flatMap { lateFee($0, days, entries, today) })
  }

  public func name(_ event: CaseEvent.ID) -> String { self.event(event)?.name ?? event.rawValue }

  private func entry(
    _ deadline: Deadline, _ days: [CaseEvent.ID: CalendarDate], _ path: ProcedureStep.Path, _ today: CalendarDate
  ) -> CaseTimeline.Entry? {
    guard let from = days[deadline.from] else { return nil }
    if let event = deadline.onlyIf, days[event] == nil { return nil }
    if let event = deadline.unless, days[event] != nil { return nil }
    let done = days[deadline.to]
    do throws(WorkingCalendar.Gap) {
      let day = try self.day(of: deadline, from: from)
      let state: CaseTimeline.State =
        switch (deadline.bound, done) {
        case (.within, let done?): done <= day ? .done : .violated
        case (.within, nil): today <= day ? .pending : deadline.whose == .partyRight ? .lapsed : .overdue
        case (.notBefore, let done?): day <= done ? .done : .violated
        case (.notBefore, nil): today < day ? .waiting : .pending
        case (.ahead, let done?): done <= day ? .done : .violated
        case (.ahead, nil): today <= day ? .pending : .overdue
        }
      return CaseTimeline.Entry(deadline: deadline, from: from, day: day, done: done, state: state, reason: nil)
    } catch {
      return CaseTimeline.Entry(
        deadline: deadline, from: from, day: nil, done: done, state: .unknown, reason: error.description)
    }
  }

  /// The day a period ends on; the day it begins on does not count.
  public func day(of deadline: Deadline, from: CalendarDate) throws(WorkingCalendar.Gap) -> CalendarDate {
    let sign = deadline.bound == .ahead ? -1 : 1
    var day: CalendarDate
    switch deadline.unit {
    case .workingDay: day = try calendar.adding(workingDays: sign * deadline.value, to: from)
    case .calendarDay: day = from.adding(days: sign * deadline.value)
    case .month: day = from.adding(months: sign * deadline.value)
    case .year: day = from.adding(years: sign * deadline.value)
    }
    if deadline.rolls, deadline.unit != .workingDay { day = try calendar.rolledForward(day) }
    // "Not before" means the period must have run out: the first free day is the one after.
    return deadline.bound == .notBefore ? day.adding(days: 1) : day
  }

  private func lateFee(
    _ fine: Double, _ days: [CaseEvent.ID: CalendarDate], _ entries: [CaseTimeline.Entry], _ today: CalendarDate
  ) -> CaseTimeline.LateFee? {
    guard let payment = entries.first(where: { $0.deadline.id == "payment" }), let last = payment.day else { return nil }
    let end = days["paid"] ?? today
    guard last < end else { return nil }
    let first = last.adding(days: 1)
    let count = end.daysSince1970 - last.daysSince1970
    // 33 days of 3 % are 99 %; the 34th reaches the fine.
    return CaseTimeline.LateFee(
      fine: fine, firstDay: first, days: count, amount: min(fine, (fine * 0.03 * Double(count) * 100).rounded() / 100),
      capDay: last.adding(days: 34))
  }
}
