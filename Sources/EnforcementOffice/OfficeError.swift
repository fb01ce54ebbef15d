/// Why an office file could not be read.
public struct OfficeError: Error, Hashable, Sendable {
  /// Open-ended: a new code does not break a caller.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String { case empty, notWord, oldFormat, encrypted, damaged, tooLarge, refused }
    private var value: Value
    /// No bytes at all.
    public static let empty = Code(value: .empty)
    /// Something else: a PDF, a page of the web, a spreadsheet, any other archive.
    public static let notWord = Code(value: .notWord)
    /// Word's format before 2007 (.doc), or one of that family.
    public static let oldFormat = Code(value: .oldFormat)
    /// Needs a password.
    public static let encrypted = Code(value: .encrypted)
    /// Cut short, or not as its own parts say.
    public static let damaged = Code(value: .damaged)
    /// Beyond a limit, or packed too tightly to be honest.
    public static let tooLarge = Code(value: .tooLarge)
    /// Holds what no Word file needs and only attacks use.
    public static let refused = Code(value: .refused)
    public var description: String { value.rawValue }
  }

  public var code: Code
  public var file: String
  /// Where: what; what to do — in Chinese.
  public var message: String

  public init(_ code: Code, file: String, _ what: String) {
    self.code = code
    self.file = file
    message = "\(file)：\(what)"
  }
}

extension OfficeError: CustomStringConvertible {
  public var description: String { message }
}
