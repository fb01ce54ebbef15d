extension Regulation {
  /// How an official text stands to the recorded versions.
  public enum TextMatch: Sendable {
    /// It is this version.
    case version(Version)
    /// It is a state of the law after this version began, which the digest does not record apart.
    case later(than: Version)
  }

  /// The recorded version whose words a text is, by the last day of adoption or amendment it names: the first version that
  /// took effect then or within two years. Nil when the text is older than all that is recorded.
  ///
  /// A text that names no day is taken for the current version.
  public func match(_ text: OfficialText) -> TextMatch? {
    guard let state = text.stateOf else { return .version(current) }
    let next = versions.filter { version in
      version.from.map { state <= $0 && $0.daysSince1970 - state.daysSince1970 <= 730 } ?? false
    }.min { $0.from! < $1.from! }
    if let next { return .version(next) }
    return versions.last { ($0.from ?? $0.until).map { $0 <= state } ?? false }.map { .later(than: $0) }
  }
}

extension OfficialText.HistoryEvent.Kind {
  public var label: String {
    switch self {
    case .adopted: "通过"
    case .promulgated: "公布"
    case .amended: "修正"
    case .revised: "修订"
    case .effective: "施行"
    case .repealed: "废止"
    }
  }
}
