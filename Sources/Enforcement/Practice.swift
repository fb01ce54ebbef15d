/// What practice adds to the law: which provision goes first, what circumstances do, the discretion benchmarks, the sums
/// that decide the procedure, and who may act. All of it is dated and cited; districts add theirs as overlays.
public struct Practice: Sendable {
  public var preferences: [Preference]
  public var conducts: [ConductRelation]
  /// Provisions of one law that took the place of another's.
  public var successions: [(from: ProvisionAddress, to: ProvisionAddress, line: Int)] = []
  public var limitations: [SpecialLimitation] = []
  public var circumstances: [Circumstance]
  public var circumstanceRules: [CircumstanceRule]
  public var benchmarks: [DiscretionBenchmark]
  public var thresholds: [Threshold]
  public var powers: [PowerList]

  public init(
    preferences: [Preference] = [], conducts: [ConductRelation] = [], circumstances: [Circumstance] = [],
    circumstanceRules: [CircumstanceRule] = [], benchmarks: [DiscretionBenchmark] = [], thresholds: [Threshold] = [],
    powers: [PowerList] = []
  ) {
    self.preferences = preferences
    self.conducts = conducts
    self.circumstances = circumstances
    self.circumstanceRules = circumstanceRules
    self.benchmarks = benchmarks
    self.thresholds = thresholds
    self.powers = powers
  }

  /// How two items stand to each other; nil when nothing is said of the pair.
  public func relation(of left: Violation.ID, _ right: Violation.ID) -> ConductRelation? {
    conducts.first { $0.items.contains(left) && $0.items.contains(right) }
  }
}

/// District data laid over a rulebook (`--overlay`): lists of powers, benchmarks, thresholds, labels. Later ones go first.
public struct Overlay: Sendable {
  public var name: String
  public var version: String
  public var note: String
  public var digest: String
  public var benchmarks: [DiscretionBenchmark]
  public var thresholds: [Threshold]
  public var powers: [PowerList]
  /// Labels by list and code.
  public var labels: [(list: String, code: String, label: String, line: Int)]

  public init(
    name: String = "", version: String = "", note: String = "", digest: String = "",
    benchmarks: [DiscretionBenchmark] = [], thresholds: [Threshold] = [], powers: [PowerList] = [],
    labels: [(list: String, code: String, label: String, line: Int)] = []
  ) {
    self.name = name
    self.version = version
    self.note = note
    self.digest = digest
    self.benchmarks = benchmarks
    self.thresholds = thresholds
    self.powers = powers
    self.labels = labels
  }

  /// What an answer says it rests on besides the rulebook.
  public struct Stamp: Codable, Hashable, Sendable {
    public var name: String
    public var version: String
    public var digest: String
  }
}

extension Rulebook.Contents {
  /// Lays an overlay over what is there. What it replaces is said as a note; where two overlays disagree, a warning names
  /// both and the later one counts.
  public mutating func apply(_ overlay: Overlay) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    func report(_ rule: String, _ severity: Diagnostic.Severity, _ file: String, _ line: Int, _ message: String) {
      diagnostics.append(Diagnostic(rule: rule, severity: severity, file: file, line: line, message: message))
    }
    for threshold in overlay.thresholds {
      if let index = practice.thresholds.firstIndex(where: {
        $0.kind == threshold.kind && $0.subject == threshold.subject && $0.systems == threshold.systems
          && $0.from == threshold.from
      }) {
        let before = practice.thresholds[index]
        if before.value != threshold.value {
          let isOverlay = before.layer != nil
          report(
            isOverlay ? "overlay.conflict" : "overlay.overrides", isOverlay ? .warning : .note, threshold.file,
            threshold.line,
            "\(threshold.kind.rawValue)（\(threshold.subject.label)）：\(before.layer ?? "规则库")是 \(Money.yuan(before.value))，\(overlay.name)是 \(Money.yuan(threshold.value))，按后者"
          )
        }
        practice.thresholds[index] = threshold
      } else {
        practice.thresholds.append(threshold)
      }
    }
    for benchmark in overlay.benchmarks {
      if let index = practice.benchmarks.firstIndex(where: { $0.id == benchmark.id }) {
        let before = practice.benchmarks[index].layer
        report(
          before == nil ? "overlay.overrides" : "overlay.conflict", before == nil ? .note : .warning, benchmark.file,
          benchmark.line, "裁量基准 \(benchmark.id)：\(before ?? "规则库")里已经有，按\(overlay.name)的")
        practice.benchmarks[index] = benchmark
      } else {
        practice.benchmarks.append(benchmark)
      }
    }
    practice.powers += overlay.powers
    for label in overlay.labels {
      if !terms.relabel(label.code, in: label.list, as: label.label) {
        report(
          "overlay.unknown-term", .error, "terms.xml", label.line,
          "\(overlay.name)：代码表 \(label.list) 里没有 \(label.code)，改名落空")
      }
    }
    overlays.append(Overlay.Stamp(name: overlay.name, version: overlay.version, digest: overlay.digest))
    return diagnostics
  }
}
