/// Why a document could not be read.
public struct XMLError: Error, Hashable, Sendable {
  /// Open-ended: a new code does not break a caller.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String { case malformed, documentType, encoding, tooLarge, schema }
    private var value: Value
    /// Not well-formed.
    public static let malformed = Code(value: .malformed)
    /// Has a DOCTYPE, which is refused whatever is in it: entity bombs and external entities live there.
    public static let documentType = Code(value: .documentType)
    /// Not UTF-8.
    public static let encoding = Code(value: .encoding)
    /// Beyond a limit.
    public static let tooLarge = Code(value: .tooLarge)
    /// The schema itself cannot be used.
    public static let schema = Code(value: .schema)
    public var description: String { value.rawValue }
  }

  public var code: Code
  public var file: String
  /// From 1; 0 when the document as a whole is meant.
  public var line: Int
  public var column: Int
  public var message: String

  public init(_ code: Code, file: String, line: Int = 0, column: Int = 0, message: String) {
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }
}

extension XMLError: CustomStringConvertible {
  public var description: String { "\(file):\(line):\(column): \(message)" }
}
