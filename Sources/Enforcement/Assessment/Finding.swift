/// What was seen on a site (问题): the words, the day, and who is responsible for it, as far as known.
public struct Finding: Hashable, Sendable {
  public var text: String
  /// The day of the act, which decides which law applies.
  public var on: CalendarDate
  /// The last day of an act that went on: its law counts then.
  public var ended: CalendarDate?
  public var party: Party?
  /// What is known of the case beyond the words.
  public var facts: KnownFacts
  /// Where it stands in a report, when it came from one.
  public var place: Place?

  public init(
    _ text: String, on: CalendarDate, ended: CalendarDate? = nil, party: Party? = nil, facts: KnownFacts = KnownFacts(),
    place: Place? = nil
  ) {
    self.text = text
    self.on = on
    self.ended = ended
    self.party = party
    self.facts = facts
    self.place = place
  }

  public struct Place: Hashable, Sendable {
    /// From 1; lines of a text, paragraphs of a Word file.
    public var line: Int
    /// The heading it stands under.
    public var section: String?
    /// The part of the site a table names beside it: 三层东侧.
    public var location: String?

    public init(line: Int, section: String? = nil, location: String? = nil) {
      self.line = line
      self.section = section
      self.location = location
    }
  }
}
