/// Why an archive could not be read or written.
public struct ZipError: Error, Hashable, Sendable {
  /// Open-ended: a new code does not break a caller.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String { case empty, notZip, damaged, encrypted, tooLarge, badName, unsupported, unwritable }
    private var value: Value
    /// No bytes at all.
    public static let empty = Code(value: .empty)
    /// Not a zip archive, or one whose end is missing.
    public static let notZip = Code(value: .notZip)
    /// A zip archive whose parts contradict each other, or whose contents do not agree with their checksum.
    public static let damaged = Code(value: .damaged)
    /// An entry needs a password.
    public static let encrypted = Code(value: .encrypted)
    /// Beyond a limit: too many entries, too much in one or in all, or packed too tightly to be honest.
    public static let tooLarge = Code(value: .tooLarge)
    /// A name that leads out of the archive, comes twice or is no text.
    public static let badName = Code(value: .badName)
    /// Compressed by a method that is not used in office files.
    public static let unsupported = Code(value: .unsupported)
    /// The archive could not be put together.
    public static let unwritable = Code(value: .unwritable)
    public var description: String { value.rawValue }
  }

  public var code: Code
  /// The archive.
  public var file: String
  /// The entry; empty when the archive as a whole is meant.
  public var entry: String
  /// What is wrong and what to do, in Chinese.
  public var message: String

  public init(_ code: Code, file: String, entry: String = "", message: String) {
    self.code = code
    self.file = file
    self.entry = entry
    self.message = message
  }
}

extension ZipError: CustomStringConvertible {
  public var description: String { "\(file)\(entry.isEmpty ? "" : "（\(entry)）")：\(message)" }
}
