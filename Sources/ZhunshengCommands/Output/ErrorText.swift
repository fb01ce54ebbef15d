internal import Enforcement

/// Errors for a tired person: where, what, and what to do.
enum ErrorText {
  static func text(_ error: RulebookError) -> String {
    var lines = ["错误：" + error.message]
    for diagnostic in error.diagnostics.prefix(20) { lines.append("  " + line(diagnostic)) }
    if error.diagnostics.count > 20 { lines.append("  …… 还有 \(error.diagnostics.count - 20) 处，用 zhunsheng check 看全部") }
    return lines.joined(separator: "\n")
  }

  static func line(_ diagnostic: Diagnostic) -> String {
    var place = diagnostic.file
    if diagnostic.line > 0 { place += ":\(diagnostic.line)" }
    if diagnostic.column > 0 { place += ":\(diagnostic.column)" }
    let fix = diagnostic.fix.map { "；\($0)" } ?? ""
    return "\(place): \(diagnostic.message)\(fix) [\(diagnostic.rule)]"
  }

  /// One Chinese line after a wrong command line, with the nearest right one.
  static func hint(for arguments: [String]) -> String {
    let verbs = ["assess", "show", "list", "search", "check", "report", "seal"]
    guard let verb = arguments.first(where: { !$0.hasPrefix("-") }) else {
      return "提示：这样用：zhunsheng assess \"三层临边没有护栏\"；zhunsheng --help 看全部命令"
    }
    if verbs.contains(verb) { return "提示：命令行写得不对；zhunsheng \(verb) --help 看用法" }
    if let near = Spelling.nearest(to: verb, in: verbs) {
      return "提示：没有 \(verb) 这个命令，是不是 zhunsheng \(near)？"
    }
    return "提示：没有“\(verb)”这个命令；要查一句话，这样用：zhunsheng assess \"\(verb)\""
  }
}
