internal import Enforcement
internal import EnforcementXML
internal import RegulationLibrary

enum VersionText {
  static let program = "0.2.0"

  /// Reads one small file: what was sealed. Commands that answer compute the digest from the files themselves.
  static func text(named: String?) throws -> String {
    let seal = try RegulationLibrary.folder(named: named).seal()
    return """
      准绳 zhunsheng \(program)
      规则库 \(seal.version)　摘要 \(seal.digest)
      所知最新法律日期 \(seal.newest?.description ?? "不详")
      """
  }
}
