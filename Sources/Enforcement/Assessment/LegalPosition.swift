/// What the law says of one violation on one day: the duties breached, the sanctions in force, and what must be asked.
///
/// Worked out for every stretch of time when a rulebook is loaded; looking it up resolves nothing.
public struct LegalPosition: Sendable {
  /// A duty that is breached, as it stood on the day.
  public struct Breached: Sendable {
    public var citation: String
    /// The address of the provision in the version in force.
    public var iri: String
    public var gist: String
    public var confidence: Confidence
    public var note: String?
  }

  /// A sanction in force on the day. Never changes; one is shared by all the days and answers it stands in.
  public final class Applicable: Sendable {
    public let citation: String
    public let iri: String
    /// The address the item names it by, the same in every version: what tells one law's sanction from its successor's.
    public let source: ProvisionAddress?
    /// With the parties this item narrows it to.
    public let sanction: Sanction
    /// The sanction's own facts and the item's.
    public let requires: [Fact.ID]
    /// In Chinese, why there is no figure; nil when there is one, or no fine at all.
    public let fineNote: String?
    /// Where the provision sets no figure and sends to another: that one's, under the same condition, as it stood then.
    public let borrowed: Borrowed?
    public let note: String?

    public var fine: Sanction.Fine? { sanction.fine }
    public var confidence: Confidence { sanction.confidence }

    /// A figure another provision lends (转引定额); a decision must name both.
    public struct Borrowed: Hashable, Sendable {
      public var citation: String
      public var fine: Sanction.Fine
    }

    init(
      citation: String, iri: String, source: ProvisionAddress? = nil, sanction: Sanction, requires: [Fact.ID],
      fineNote: String?, borrowed: Borrowed? = nil, note: String?
    ) {
      self.citation = citation
      self.iri = iri
      self.source = source
      self.borrowed = borrowed
      self.sanction = sanction
      self.requires = requires
      self.fineNote = fineNote
      self.note = note
    }
  }

  /// A provision that cannot be given for that day, said instead of guessed.
  public struct NotEncoded: Hashable, Sendable {
    public var citation: String
    public var reason: String
  }

  public var breached: [Breached]
  public var sanctions: [Applicable]
  public var missingFacts: [Fact]
  public var notEncoded: [NotEncoded]
}

/// The positions of one violation over time: the stretch that begins on a day, until the next begins.
struct Timeline: Sendable {
  var starts: [CalendarDate]
  /// One more than `starts`: the first is for the time before.
  var positions: [LegalPosition]

  func position(on date: CalendarDate) -> LegalPosition {
    var index = starts.count
    while index > 0, date < starts[index - 1] { index -= 1 }
    return positions[index]
  }
}
