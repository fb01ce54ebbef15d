/// Reads citations as people write them, never by looking for a piece of a title in a text:
///
///     《中华人民共和国安全生产法》第九十九条第（五）项      安法99条5项
///     《建设工程安全生产管理条例》第六十四条第二、四项        第一百三十四条之一
///     安全生产法第四十三条、第一百零一条第（三）项
///
/// A title counts only when an article follows it directly (a year or an order number in brackets may stand between),
/// or between 《》 when it is exactly that. Articles named later in the same sentence belong to the last title.
public struct CitationGrammar: Sendable {
  /// A citation found in a text.
  public struct Reference: Hashable, Sendable {
    /// Offsets in Unicode scalars of the text as given.
    public var range: Range<Int>
    /// As written: a 款 that was left out is nil.
    public var written: ProvisionAddress.Place
    /// The address meant, the 款 filled in.
    public var address: ProvisionAddress
  }

  private let index: RegulationIndex
  private let folding = Folding(variants: ["〈": "《", "〉": "》"])
  private let titles: FormIndex
  /// For each title the works that have it; two instruments may share a full title.
  private let works: [[Int]]

  public init(index: RegulationIndex) {
    self.index = index
    var titles = FormIndex()
    var works: [[Int]] = []
    var numbers: [String: Int] = [:]
    for (number, regulation) in index.regulations.enumerated() {
      for version in regulation.versions {
        var names = [version.title] + version.shortTitles
        if version.title.hasPrefix("中华人民共和国") { names.append(String(version.title.dropFirst(7))) }
        for name in names {
          if let known = numbers[name] {
            if !works[known].contains(number) { works[known].append(number) }
          } else if titles.add(name, folding, Int32(works.count)).isEmpty {
            numbers[name] = works.count
            works.append([number])
          }
        }
      }
    }
    self.titles = titles
    self.works = works
  }

  /// All citations in a text, in order. A title without an article, and an article of an instrument that is not in the
  /// rulebook, give nothing.
  ///
  /// - Parameter date: decides between instruments of the same title; nil takes the youngest.
  public func references(in text: String, on date: CalendarDate? = nil) -> [Reference] {
    var scanner = Scanner(text, folding)
    var result: [Reference] = []
    let occurrences = titles.occurrences(in: scanner.text).outermost()
    var next = 0
    var position = 0
    var work: Int?
    var version: String?
    while position < scanner.text.count {
      if next < occurrences.count, position >= Int(occurrences[next].start) {
        let occurrence = occurrences[next]
        next += 1
        guard Int(occurrence.start) >= position || position <= Int(occurrence.start) else { continue }
        scanner.position = Int(occurrence.end)
        guard scanner.closesTitle(begunAt: Int(occurrence.start)) else { continue }
        let year = scanner.skipParenthesis()
        let remark = scanner.lastParenthesis
        scanner.skip(["的", "之", "中"])
        let candidate = choose(works[Int(occurrence.meaning)], on: date, remark: remark)
        let named = year.flatMap { year in
          index.regulations[candidate].versions.last { $0.name.hasPrefix(String(year)) || $0.label.hasPrefix(String(year)) }?.name
        }
        let found = chain(
          &scanner, from: scanner.titleStart(Int(occurrence.start)), work: candidate, version: named, allowBare: true)
        if found.isEmpty {
          // The title stands alone: a later article of the sentence may still belong to it.
          if scanner.isBracketed(Int(occurrence.start)) {
            work = candidate
            version = named
          }
          position = Int(occurrence.end)
          continue
        }
        result += found
        work = candidate
        version = named
        position = scanner.position
        continue
      }
      let scalar = scanner.text[position]
      if Scanner.endsSentence(scalar) {
        work = nil
      } else if scalar == Scanner.openTitle {
        // Another instrument, which is not ours unless the title matches.
        if next >= occurrences.count || Int(occurrences[next].start) > position + 1 { work = nil }
      } else if scalar == Scanner.ordinal, let current = work {
        scanner.position = position
        if !scanner.followsForeignNoun(position) {
          let found = chain(&scanner, from: position, work: current, version: version, allowBare: false)
          if !found.isEmpty {
            result += found
            position = scanner.position
            continue
          }
        }
      }
      position += 1
    }
    return result
  }

  /// The one citation a text consists of, as an officer types it after `show`; nil when it is something else.
  public func address(_ text: String, on date: CalendarDate? = nil) -> ProvisionAddress? {
    references(in: text, on: date).first?.address
  }

  /// The work a title means, exactly; nil when no instrument is called so.
  public func work(titled text: String, on date: CalendarDate? = nil) -> Regulation? {
    var name = Substring(text)
    if name.hasPrefix("《"), name.hasSuffix("》") { name = name.dropFirst().dropLast() }
    let folded = folding.fold(name)
    guard let found = titles.occurrences(in: folded).outermost().first, found.start == 0, Int(found.end) == folded.count else {
      return nil
    }
    return index.regulations[choose(works[Int(found.meaning)], on: date)]
  }

  /// Between instruments of one title: the order number in brackets decides, then the day, then the younger.
  private func choose(_ candidates: [Int], on date: CalendarDate?, remark: [UInt16] = []) -> Int {
    guard candidates.count > 1 else { return candidates[0] }
    if !remark.isEmpty,
      let named = candidates.first(where: { candidate in
        index.regulations[candidate].current.shortTitles.contains { folding.fold($0) == remark }
      })
    {
      return named
    }
    if let date, let inForce = candidates.last(where: { index.regulations[$0].version(on: date) != nil }) { return inForce }
    return candidates.max {
      (index.regulations[$0].current.from ?? "0001-01-01") < (index.regulations[$1].current.from ?? "0001-01-01")
    }!
  }

  /// Articles, paragraphs and points one after another.
  private func chain(
    _ scanner: inout Scanner, from start: Int, work: Int, version: String?, allowBare: Bool
  ) -> [Reference] {
    var places: [(place: ProvisionAddress.Place, range: Range<Int>)] = []
    var begin = start
    var pendingRange = false
    while true {
      let before = scanner.position
      let separated = places.isEmpty ? false : scanner.skipSeparators()
      pendingRange = separated && scanner.lastSeparatorIsRange
      let groupStart = scanner.position
      guard let group = scanner.group(allowBare: places.isEmpty ? allowBare : true) else {
        scanner.position = before
        break
      }
      guard
        append(
          group, to: &places, from: places.isEmpty ? begin : (separated ? groupStart : begin), end: scanner.position,
          separated: separated, isRange: pendingRange)
      else {
        scanner.position = before
        break
      }
      begin = places.last!.range.lowerBound
    }
    return places.map { entry in
      Reference(
        range: scanner.range(entry.range), written: entry.place,
        address: ProvisionAddress(
          work: index.regulations[work].iri, version: version, place: completed(entry.place, in: index.regulations[work], version)
        ))
    }
  }

  private func append(
    _ group: Scanner.Group, to places: inout [(place: ProvisionAddress.Place, range: Range<Int>)], from start: Int,
    end: Int, separated: Bool, isRange: Bool
  ) -> Bool {
    var made: [ProvisionAddress.Place] = []
    var refines = false
    let last = places.last?.place
    var numbers = group.numbers
    func level(_ place: ProvisionAddress.Place) -> Int {
      place.indent != nil ? 4 : place.point != nil ? 3 : place.paragraph != nil ? 2 : 1
    }
    if isRange, let last, numbers.count == 1 {
      let from = group.unit == 1 ? last.article : group.unit == 2 ? last.paragraph : group.unit == 3 ? last.point : last.indent
      if let from, level(last) == group.unit, numbers[0] > from, numbers[0] - from < 50 {
        numbers = Array((from + 1)...numbers[0])
      }
    }
    switch group.unit {
    case 1:
      for number in numbers { made.append(ProvisionAddress.Place(article: number)) }
      if let insertion = group.insertion { made[made.count - 1].insertion = insertion }
    case 2:
      guard let last else { return false }
      refines = level(last) == 1
      for number in numbers {
        made.append(ProvisionAddress.Place(article: last.article, insertion: last.insertion, paragraph: number))
      }
    case 3:
      guard let last else { return false }
      refines = level(last) < 3
      for number in numbers {
        var place = last
        place.point = number
        place.indent = nil
        made.append(place)
      }
    default:
      guard let last, last.point != nil else { return false }
      refines = level(last) < 4
      for number in numbers {
        var place = last
        place.indent = number
        made.append(place)
      }
    }
    let begin = refines ? places.removeLast().range.lowerBound : start
    for place in made { places.append((place, begin..<end)) }
    return true
  }

  /// Fills in the 款 that was left out: the only one, or the one that has such a point.
  private func completed(
    _ place: ProvisionAddress.Place, in regulation: Regulation, _ version: String?
  ) -> ProvisionAddress.Place {
    guard place.paragraph == nil, place.point != nil else { return place }
    let home = version.flatMap { regulation.version(named: $0) } ?? regulation.current
    let article = home.provision(at: ProvisionAddress.Place(article: place.article, insertion: place.insertion))
    var result = place
    result.paragraph =
      article?.children.first { paragraph in
        paragraph.children.contains { $0.place?.point == place.point }
      }?.place?.paragraph ?? 1
    return result
  }
}
