/// What must be read in a sentence for an item to be decided. All conditions must hold; the first is where it begins.
public struct Pattern: Hashable, Sendable {
  public struct Requirement: Hashable, Sendable {
    public enum Test: String, CaseIterable, Sendable {
      /// A good thing is said to be absent or defective.
      case lacks
      /// The concept is stated as a fact.
      case has
      /// The concept is mentioned, whatever is said of it.
      case mentions
      /// The concept is not mentioned.
      case without
    }

    /// How far from the first condition's place to look.
    public enum Scope: String, CaseIterable, Sendable {
      /// Between commas.
      case clause
      /// Between full stops or semicolons.
      case sentence
      /// The whole finding.
      case finding
    }

    public var test: Test
    /// Any of these concepts will do.
    public var concepts: [String]
    public var scope: Scope
    public var line: Int

    public init(test: Test, concepts: [String], scope: Scope = .sentence, line: Int = 0) {
      self.test = test
      self.concepts = concepts
      self.scope = scope
      self.line = line
    }
  }

  public var requirements: [Requirement]
  /// `matched`, or `needsFacts` when the words show the thing but a deciding fact is still open.
  public var status: Match.Status
  /// 0…1
  public var weight: Double
  public var line: Int

  public init(requirements: [Requirement], status: Match.Status = .matched, weight: Double = 0.9, line: Int = 0) {
    self.requirements = requirements
    self.status = status
    self.weight = weight
    self.line = line
  }
}
