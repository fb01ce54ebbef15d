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
    /// The issuer in the ontology of the identification.
    public var issuerIRI: String
    public var country: String
    /// The day the version takes effect, as the identification gives it.
    public var effect: String
    /// The day the digest was made.
    public var digested: String
    public var events: [Event]
    public var interval: Interval?
    /// No article is known; the body as a whole can be addressed.
    public var isAddressedAsWhole: Bool
    /// What the body says where no provision is recorded.
    public var remark: String?

    public init(
      work: String, adopted: String, number: String? = nil, issuer: String, issuerIRI: String = "",
      country: String = "cn", effect: String = "", digested: String, events: [Event] = [], interval: Interval? = nil,
      isAddressedAsWhole: Bool = false, remark: String? = nil
    ) {
      self.work = work
      self.adopted = adopted
      self.number = number
      self.issuer = issuer
      self.issuerIRI = issuerIRI
      self.country = country
      self.effect = effect
      self.digested = digested
      self.events = events
      self.interval = interval
      self.isAddressedAsWhole = isAddressedAsWhole
      self.remark = remark
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
