/// Why we cannot go on. Problems *in* the data are `diagnostics`; there may be many, from many files, all at once.
public struct RulebookError: Error, Sendable {
  /// Open-ended on purpose: a new code does not break a caller.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String { case notFound, unreadable, invalidData, newerSchema }
    private var value: Value
    /// There is no rulebook where we looked.
    public static let notFound = Code(value: .notFound)
    /// It is there, and may not be read.
    public static let unreadable = Code(value: .unreadable)
    /// Files were read and are wrong.
    public static let invalidData = Code(value: .invalidData)
    /// The rulebook was written for a newer program.
    public static let newerSchema = Code(value: .newerSchema)
    public var description: String { value.rawValue }
  }

  public var code: Code
  /// Where: what; why it matters; what to do.
  public var message: String
  public var diagnostics: [Diagnostic]

  public init(_ code: Code, _ message: String, diagnostics: [Diagnostic] = []) {
    self.code = code
    self.message = message
    self.diagnostics = diagnostics
  }
}

extension RulebookError: CustomStringConvertible {
  public var description: String { message }
}
