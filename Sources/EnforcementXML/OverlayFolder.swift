public import Enforcement
internal import XMLStream

/// A folder of district data: `overlay.xml` with its name, and any of `authority.xml`, `benchmarks/`,
/// `procedure/thresholds.xml`, `terms.xml`.
public struct OverlayFolder: Sendable {
  public let path: String
  private var folder: RulebookFolder { RulebookFolder(path) }

  public init(_ path: String) { self.path = RulebookFolder(path).path }

  /// - Throws: when the folder is not there, may not be read, or has no `overlay.xml`.
  public func overlay(diagnostics: inout [Diagnostic]) throws(RulebookError) -> Overlay {
    guard RulebookFolder.exists(path) else { throw RulebookError(.notFound, "\(path)：没有这个叠加层文件夹；请检查 --overlay 的路径") }
    guard RulebookFolder.exists(path + "/overlay.xml") else {
      throw RulebookError(.notFound, "\(path)：没有 overlay.xml，不是叠加层；里面要写明名称和版本（例子见 Examples/overlay-guangming）")
    }
    var hash = SHA256()
    func bytes(_ file: String) throws(RulebookError) -> [UInt8] {
      let bytes = try folder.read(file)
      hash.update("\(file)\n\(bytes.count)\n".utf8)
      hash.update(bytes)
      return bytes
    }
    func parse<Reader: DiagnosingReader>(_ file: String, _ reader: Reader) throws(RulebookError) -> Reader? {
      var problems: [Diagnostic] = []
      let read = folder.parse(try bytes(file), file, reader, &problems)
      problems += read?.diagnostics ?? []
      for index in problems.indices { problems[index].file = path + "/" + problems[index].file }
      diagnostics += problems
      return read
    }
    var overlay = try parse("overlay.xml", OverlayReader(file: "overlay.xml"))?.overlay ?? Overlay()
    for file in try folder.paths() where file.hasSuffix(".xml") && file != "overlay.xml" {
      switch file {
      case "authority.xml": overlay.powers += try parse(file, OverlayReader(file: file))?.overlay.powers ?? []
      case "terms.xml": overlay.labels += try parse(file, OverlayReader(file: file))?.overlay.labels ?? []
      case "procedure/thresholds.xml":
        overlay.thresholds += try parse(file, ThresholdsReader(file: file))?.thresholds ?? []
      case _ where file.hasPrefix("benchmarks/"):
        if let benchmark = try parse(file, BenchmarkReader(file: file))?.benchmark { overlay.benchmarks.append(benchmark) }
      default:
        diagnostics.append(
          Diagnostic(
            rule: "overlay.unknown-file", severity: .error, file: path + "/" + file, message: "叠加层里没有命令会读这个文件",
            fix: "只能有 overlay.xml、authority.xml、terms.xml、benchmarks/…、procedure/thresholds.xml"))
      }
    }
    for index in overlay.benchmarks.indices {
      overlay.benchmarks[index].layer = overlay.name
      overlay.benchmarks[index].file = path + "/" + overlay.benchmarks[index].file
    }
    for index in overlay.thresholds.indices {
      overlay.thresholds[index].layer = overlay.name
      overlay.thresholds[index].file = path + "/" + overlay.thresholds[index].file
    }
    for index in overlay.powers.indices {
      overlay.powers[index].layer = overlay.name
      overlay.powers[index].file = path + "/authority.xml"
    }
    overlay.digest = hash.finalizedHex()
    return overlay
  }
}
