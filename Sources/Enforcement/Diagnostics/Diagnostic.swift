/// Something is wrong with *data*: a rule file, a report. A value, collected and sorted, never thrown.
public struct Diagnostic: Hashable, Codable, Sendable {
  public enum Severity: String, Codable, Comparable, CaseIterable, Sendable {
    case note, warning, error

    public static func < (lhs: Severity, rhs: Severity) -> Bool {
      allCases.firstIndex(of: lhs)! < allCases.firstIndex(of: rhs)!
    }
  }

  /// Stable name of the check: `address.unresolved`.
  public var rule: String
  public var severity: Severity
  /// Path relative to what was read.
  public var file: String
  /// From 1; 0 means the file as a whole.
  public var line: Int
  /// From 1, in bytes as the parser counts; 0 when not known.
  public var column: Int
  /// What is wrong and why it matters.
  public var message: String
  /// What to do about it.
  public var fix: String?

  public init(
    rule: String, severity: Severity = .error, file: String, line: Int = 0, column: Int = 0, message: String,
    fix: String? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.fix = fix
  }
}

extension Diagnostic: Comparable {
  /// By place, so that a person can work through a file from top to bottom.
  public static func < (lhs: Diagnostic, rhs: Diagnostic) -> Bool {
    (lhs.file, lhs.line, lhs.column, lhs.rule, lhs.message) < (rhs.file, rhs.line, rhs.column, rhs.rule, rhs.message)
  }
}
