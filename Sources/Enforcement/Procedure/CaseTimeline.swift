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
    /// Past a line drawn for caution: whether it is late must be looked into.
    case doubtful
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
      case .doubtful: "须核实"
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
    /// The day on which it reaches the fine; nil while reconsideration or a suit goes on.
    public var capDay: CalendarDate?
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
    for deadline in deadlines where deadline.bound == .within && deadline.after == nil {
      if let from = days[deadline.from], let to = days[deadline.to], to < from {
        throw RulebookError(
          .invalidData,
          "“\(name(deadline.to))”（\(to)）早于“\(name(deadline.from))”（\(from)），次序不对；请核对日期")
      }
    }
    var entries: [CaseTimeline.Entry] = []
    for deadline in deadlines where deadline.paths.isEmpty || deadline.paths.contains(path) {
      var from = days[deadline.from]
      if let other = deadline.after {
        // What was used in time opens another way; what lapsed is where this one begins.
        let before = entries.first { $0.deadline.id == other }
        from = before.flatMap { $0.done == nil ? $0.day : nil }
      }
      if let from, let entry = entry(deadline, from, days, today) { entries.append(entry) }
    }
    return CaseTimeline(
      path: path, today: today,
      steps: steps.filter { $0.paths.contains(path) }.map { step in
        CaseTimeline.Step(step: step, day: step.event.flatMap { days[$0] })
      }, entries: entries, lateFee: fine.flatMap { lateFee($0, days, entries, today) })
  }

  public func name(_ event: CaseEvent.ID) -> String { self.event(event)?.name ?? event.rawValue }

  private func entry(
    _ deadline: Deadline, _ from: CalendarDate, _ days: [CaseEvent.ID: CalendarDate], _ today: CalendarDate
  ) -> CaseTimeline.Entry? {
    let done = days[deadline.to]
    if let event = deadline.onlyIf, days[event] == nil { return nil }
    // A waiver signed after the decision waives nothing.
    if let event = deadline.unless, let day = days[event], done.map({ day <= $0 }) ?? true { return nil }
    func entry(_ day: CalendarDate?, _ state: CaseTimeline.State, _ reason: String? = nil) -> CaseTimeline.Entry {
      let isLate = state == .violated || state == .overdue
      return CaseTimeline.Entry(
        deadline: deadline, from: from, day: day, done: done, state: isLate && deadline.isCautious ? .doubtful : state,
        reason: reason)
    }
    do throws(WorkingCalendar.Gap) {
      let day = try self.day(of: deadline, from: from)
      switch (deadline.bound, done) {
      case (.within, let done?), (.ahead, let done?): return entry(day, done <= day ? .done : .violated)
      case (.within, nil):
        return entry(day, today <= day ? .pending : deadline.whose == .partyRight ? .lapsed : .overdue)
      case (.notBefore, let done?): return entry(day, day <= done ? .done : .violated)
      case (.notBefore, nil): return entry(day, today < day ? .waiting : .pending)
      case (.ahead, nil): return entry(day, today <= day ? .pending : .overdue)
      }
    } catch {
      // Holidays only make a period longer: what holds without any holds in any case.
      let least = leastDay(of: deadline, from: from)
      switch (deadline.bound, done) {
      case (.within, let done?) where done <= least: return entry(nil, .done, error.description)
      case (.notBefore, let done?) where done < least: return entry(nil, .violated, error.description)
      case (.ahead, let done?) where done > least: return entry(nil, .violated, error.description)
      default: return entry(nil, .unknown, error.description)
      }
    }
  }

  /// The day a period would end on if every day were a working day.
  private func leastDay(of deadline: Deadline, from: CalendarDate) -> CalendarDate {
    let sign = deadline.bound == .ahead ? -1 : 1
    let day =
      switch deadline.unit {
      case .workingDay, .calendarDay: from.adding(days: sign * deadline.value)
      case .month: from.adding(months: sign * deadline.value)
      case .year: from.adding(years: sign * deadline.value)
      }
    return deadline.bound == .notBefore ? day.adding(days: 1) : day
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
    // Reconsideration and suit stop it (行政处罚法 第七十三条第三款), from the day they are asked for.
    let pauses = [("reconsidered", "reconsideration-decided"), ("sued", "judged")].compactMap { first, last in
      days[CaseEvent.ID(rawValue: first)].map { ($0, days[CaseEvent.ID(rawValue: last)]) }
    }
    var count = 0
    var capDay: CalendarDate?
    var day = last
    // 33 days of 3 % are 99 %; the 34th reaches the fine.
    while day < end || capDay == nil {
      day = day.adding(days: 1)
      let isPaused = pauses.contains { first, last in first <= day && last.map { day <= $0 } ?? true }
      if isPaused {
        // Without an end in sight the cap has no day.
        if day >= end, pauses.contains(where: { $0.1 == nil }) { break }
        continue
      }
      if day <= end { count += 1 }
      if capDay == nil, count + (day > end ? day.daysSince1970 - end.daysSince1970 : 0) >= 34 { capDay = day }
    }
    guard count > 0 else { return nil }
    return CaseTimeline.LateFee(
      fine: fine, firstDay: last.adding(days: 1), days: count,
      amount: min(fine, (fine * 0.03 * Double(count) * 100).rounded() / 100), capDay: capDay)
  }
}
