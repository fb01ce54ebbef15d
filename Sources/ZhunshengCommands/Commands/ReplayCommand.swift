internal import ArgumentParser
internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "把 assess --record 的记录再答一遍：结论一样退出 0；不一样列出差别和改过的规则文件，退出 1")

  @Argument(help: ArgumentHelp("记录文件", valueName: "文件"))
  var record: String
  @Option(name: .long, help: "输出：text、json（json 时输出重答的记录）")
  var format: OutputFormat = .text
  @OptionGroup var rules: RulesOptions

  func run() throws {
    let old = try Records.read(record)
    let rulebook = try rules.load()
    let files = try rules.fileDigests()
    let new = try old.replayed(by: rulebook, files: files)
    if format != .text { Terminal.write(try JSON.text(new, pretty: true)) }
    let isSame = try Records.answer(old) == Records.answer(new)
    if format == .text { Terminal.write(try text(old, new, isSame)) }
    if !isSame { throw ExitCode(1) }
  }

  private func text(_ old: DecisionRecord, _ new: DecisionRecord, _ isSame: Bool) throws -> String {
    var layout = TextLayout()
    let sameRules = old.rulebook.digest == new.rulebook.digest && old.overlays == new.overlays
    if sameRules, isSame {
      layout.paragraph("重答一致，逐字节相同。规则库 \(new.rulebook.version)（摘要 \(new.rulebook.digest.prefix(12))）")
      return layout.text
    }
    if sameRules {
      layout.paragraph("规则没有变，结论却不一样：记录被改动过，或者程序版本不同。")
    } else {
      layout.paragraph(
        "记录时的规则库 \(old.rulebook.version)（摘要 \(old.rulebook.digest.prefix(12))），现在的 \(new.rulebook.version)（摘要 \(new.rulebook.digest.prefix(12))）。"
          + (isSame ? "规则变了，这份记录的结论没有变。" : "结论不一样。"))
      if old.overlays != new.overlays {
        func names(_ overlays: [Overlay.Stamp]) -> String {
          overlays.isEmpty ? "没有" : overlays.map { "\($0.name) \($0.version)（摘要 \($0.digest.prefix(12))）" }.joined(separator: "、")
        }
        layout.paragraph("叠加层：记录时 \(names(old.overlays))，现在 \(names(new.overlays))", lead: "  - ")
      }
    }
    let changed = new.changedFiles(since: old)
    if !changed.isEmpty {
      layout.line("改过的规则文件（与这份结论最有关的在前）")
      for (file, what) in changed.prefix(30) { layout.line("  - \(file)（\(what)）") }
      if changed.count > 30 { layout.line("  （另有 \(changed.count - 30) 个）") }
    }
    let differences = JSONValue.differences(try Records.answer(old), try Records.answer(new)).filter {
      !$0.path.contains(".source") && !$0.path.hasSuffix("score")
    }
    if !differences.isEmpty {
      layout.line("差别（\(differences.count) 处）")
      for difference in differences.prefix(40) {
        layout.paragraph("\(difference.path)：\(difference.left) → \(difference.right)", lead: "  - ")
      }
      if differences.count > 40 { layout.line("  （另有 \(differences.count - 40) 处，见 --format json）") }
    }
    return layout.text
  }
}

/// Records in files.
enum Records {
  static func read(_ path: String) throws -> DecisionRecord {
    let text = try InputText.read(path, isPath: true)
    return try JSON.value(DecisionRecord.self, from: text, place: path, what: "assess --record 写出的记录（zhunsheng/record/1）") {
      $0.schema == "zhunsheng/record/1" ? nil : "格式是 \($0.schema)，本程序只认识 zhunsheng/record/1"
    }
  }

  /// The answer without the stamp of the rules: what must be the same.
  static func answer(_ record: DecisionRecord) throws -> JSONValue {
    guard case .object(var object) = try JSON.tree(record.result) else { return .null }
    object["rulebook"] = nil
    object["overlays"] = nil
    return .object(object)
  }
}
