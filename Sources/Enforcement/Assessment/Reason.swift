/// A reason with the reasons it rests on: from the words of a finding to the clause and its figure.
public struct Reason: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Words of the finding.
    case words
    /// How they were read.
    case reading
    /// A pattern of the item's file.
    case pattern
    /// Likeness to labelled sentences.
    case wording
    /// The item that follows.
    case item
    /// An element and what is known of it.
    case element
    /// A duty that is breached.
    case duty
    /// A sanction in force.
    case sanction
    /// Which law in time, which provision, how much, by which procedure, by whom.
    case choice, time, discretion, procedure, competence, circumstance
  }

  public var kind: Kind
  public var text: String
  /// The clause, as cited.
  public var citation: String?
  /// The rule file, and the line in it, that says so.
  public var source: String?
  public var because: [Reason]?

  public init(
    _ kind: Kind, _ text: String, citation: String? = nil, source: String? = nil, because: [Reason] = []
  ) {
    self.kind = kind
    self.text = text
    self.citation = citation
    self.source = source
    self.because = because.isEmpty ? nil : because
  }
}

extension Rulebook {
  /// Why a match was made, and what follows from it.
  public func reasons(for match: Match, of finding: Finding, _ opinion: Opinion) -> Reason {
    let violation = match.violation
    var because = readingReasons(match, finding)
    for (element, answer) in match.elements {
      because.append(
        Reason(.element, "\(element.question)\(answer.label)" + (element.isNecessary ? "（缺它不成立）" : ""), source: violation.file))
    }
    for (breached, duty) in dutySources(match, opinion.law.position, violation) {
      because.append(
        Reason(.duty, breached.gist, citation: breached.citation, source: "\(violation.file):\(duty)"))
    }
    because += lawReasons(match, opinion)
    return Reason(
      .item, "\(violation.id.rawValue) \(violation.name)：\(match.status.label)", source: violation.file, because: because)
  }

  private func readingReasons(_ match: Match, _ finding: Finding) -> [Reason] {
    guard let item = violations.firstIndex(where: { $0.id == match.violation.id }) else { return [] }
    let explanation = matcher.explain(finding.text, item: item)
    let scalars = Array(finding.text.unicodeScalars)
    func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
    var reasons: [Reason] = []
    for fired in explanation.patterns {
      let words = fired.words.map { word in
        Reason(.words, "“\(text(word.range))”", because: [Reason(.reading, "\(word.concept)：\(word.state.label)")])
      }
      reasons.append(
        Reason(
          .pattern, "模式成立（\(fired.status.label)）", source: "\(match.violation.file):\(fired.line)", because: words))
    }
    if explanation.isDoubted { reasons.append(Reason(.reading, "原话只是听说或者还没查清，所以只列为待查实")) }
    if let wording = explanation.wording {
      func two(_ value: Double) -> String {
        let hundred = Int((abs(value) * 100).rounded())
        return (value < 0 ? "-" : "") + "\(hundred / 100)." + (hundred % 100 < 10 ? "0" : "") + "\(hundred % 100)"
      }
      reasons.append(
        Reason(
          .wording,
          "措辞模型：该项得分 \(two(wording.score))，像不像一处发现 \(two(wording.finding))，离判定线 \(two(wording.distance))（\(wording.isDecided ? "过线" : "没过线")）",
          source: "wording.xml", because: explanation.phrases.map { Reason(.words, "“\(text($0))”") }))
    }
    return reasons
  }

  private func dutySources(
    _ match: Match, _ position: LegalPosition, _ violation: Violation
  ) -> [(LegalPosition.Breached, Int)] {
    position.breached.map { breached in
      let line = violation.duties.first { breached.iri.hasPrefix($0.address.work) && matches($0.address, breached.iri) }?.line
      return (breached, line ?? violation.duties.first { breached.iri.hasPrefix($0.address.work) }?.line ?? 0)
    }
  }

  private func matches(_ address: ProvisionAddress, _ iri: String) -> Bool {
    guard let place = address.place else { return !iri.contains("#") }
    return iri.hasSuffix("#" + place.eId)
  }

  private func lawReasons(_ match: Match, _ opinion: Opinion) -> [Reason] {
    var reasons: [Reason] = []
    if opinion.law.verdict != .unchanged {
      reasons.append(
        Reason(
          .time, opinion.law.verdict.label, citation: opinion.law.citation,
          because: opinion.law.changes.map {
            Reason(.time, $0.reason, citation: $0.act?.citation ?? $0.decision?.citation)
          }))
    }
    for penalty in opinion.penalties {
      let choice = penalty.choice
      let whom = "\(terms.label(choice.party))｜\(terms.label(choice.condition))"
      var because: [Reason] = []
      if let chosen = choice.chosen {
        because.append(
          Reason(
            .sanction,
            chosen.fine(for: choice.party).map { fine in
              "罚款 \(Money.range(fine, terms: terms))" + (chosen.borrowed.map { "（转引\($0.citation)）" } ?? "")
            } ?? "", citation: chosen.citation, source: source(of: chosen)))
        for fact in chosen.requires {
          because.append(Reason(.element, "\(terms.facts[fact]?.label ?? fact.rawValue)：\(match.facts[fact].label)"))
        }
      }
      because += choice.passed.map { Reason(.choice, "没选：\($0.reason)", citation: $0.sanction.citation) }
      if let discretion = penalty.discretion {
        for known in discretion.known {
          because.append(
            Reason(
              .discretion, "\(known.benchmark.title)（\(known.benchmark.number)）按\(known.item.measure)分档",
              source: "\(known.benchmark.file):\(known.item.line)"))
        }
        if let nothing = discretion.nothingKnown { because.append(Reason(.discretion, nothing)) }
      }
      for entry in penalty.procedure?.entries ?? [] {
        because.append(Reason(.procedure, "\(entry.name)：\(entry.need.label)，\(entry.need.reason)", citation: entry.citation))
      }
      if let competence = penalty.competence {
        because.append(
          Reason(
            .competence, "\(competence.mode.label)：\(competence.reason)", citation: competence.citation,
            source: competence.layer))
      }
      reasons.append(Reason(.choice, "\(whom)：\(choice.reason)", citation: choice.basis, because: because))
    }
    for effect in opinion.circumstances where effect.applies {
      reasons.append(
        Reason(.circumstance, "\(effect.rule.label)：\(effect.rule.effect.label)", citation: effect.citation))
    }
    return reasons
  }

  /// The library file and line of a sanction.
  private func source(of applicable: LegalPosition.Applicable) -> String? {
    guard let work = applicable.source?.work ?? ProvisionAddress(applicable.iri)?.work else { return nil }
    for version in index[work]?.versions ?? [] where applicable.iri.hasPrefix("\(work)/zho@\(version.name)") {
      return "\(version.file):\(applicable.sanction.line)"
    }
    return nil
  }
}

extension Reading.State {
  /// What the sentence says of a thing, as an officer reads it.
  public var label: String {
    switch self {
    case .plain: "提到"
    case .present: "有，或者合乎要求"
    case .absent: "没有，或者不合要求"
    case .unstated: "没有当作事实说"
    }
  }
}
