extension Regulation {
  /// What an Akoma Ntoso file says about itself beyond the law it holds: kept so that writing a file gives the same tree.
  public struct Record: Hashable, Sendable {
    /// The FRBR work IRI.
    public var work: String
    /// The day the work was adopted (通过), as far as known.
    public var adopted: String
    /// 主席令第88号
    public var number: String?
    public var issuer: String
    public var country: String
    /// The day the digest was made.
    public var digested: String
    public var events: [Event]
    public var interval: Interval?

    public init(
      work: String, adopted: String, number: String? = nil, issuer: String, country: String = "cn", digested: String,
      events: [Event] = [], interval: Interval? = nil
    ) {
      self.work = work
      self.adopted = adopted
      self.number = number
      self.issuer = issuer
      self.country = country
      self.digested = digested
      self.events = events
      self.interval = interval
    }
  }

  /// An event of the life cycle (制定、修改、废止).
  public struct Event: Hashable, Sendable {
    public var id: String
    public var date: String
    public var type: String

    public init(id: String, date: String, type: String) {
      self.id = id
      self.date = date
      self.type = type
    }
  }

  /// The time in force, between two events of the life cycle.
  public struct Interval: Hashable, Sendable {
    public var start: String
    public var end: String?

    public init(start: String, end: String? = nil) {
      self.start = start
      self.end = end
    }
  }
}
