public import Enforcement
internal import XMLStream

extension RulebookFolder {
  /// Proves the files and what they hold: schema, names, reachability, and all of `RulebookCheck`.
  ///
  /// - Throws: only when the folder cannot be read at all.
  public func check(overlays: [OverlayFolder] = []) throws(RulebookError) -> [Diagnostic] {
    var diagnostics = try checkFiles()
    var reading: [Diagnostic] = []
    var contents = try contents(diagnostics: &reading)
    for overlay in overlays {
      diagnostics += try checkSchemas(of: overlay)
      reading += contents.apply(try overlay.overlay(diagnostics: &reading))
    }
    let procedure = try procedure()
    diagnostics += reading + procedure.diagnostics
    diagnostics += checkNames(contents)
    diagnostics += RulebookCheck.diagnostics(of: contents, procedure: procedure.book)
    for (chapter, digest) in contents.digests.merging(["procedure": procedure.digest], uniquingKeysWith: { $1 }).sorted(by: {
      $0.key < $1.key
    })
    where contents.seal.chapters[chapter] != digest {
      diagnostics.append(
        Diagnostic(
          rule: "seal.stale", severity: .warning, file: "rulebook.xml", message: "\(chapter) 一章的文件改动之后没有重新封存，--version 里的摘要不对",
          fix: "运行 make seal"))
    }
    return Array(Set(diagnostics)).sorted()
  }

  /// Which schema a file answers to; nil for a file nobody reads.
  static func schema(for path: String) -> String? {
    switch path {
    case "terms.xml": "terms.rng"
    case "catalogue.xml": "catalogue.rng"
    case "lexicon.xml": "lexicon.rng"
    case "rulebook.xml": "rulebook.rng"
    case "wording.xml": "wording.rng"
    case _ where path.hasPrefix("library/"): "library.rng"
    case _ where path.hasPrefix("violations/"): "violation.rng"
    case "concurrence.xml": "concurrence.rng"
    case "circumstances.xml": "circumstances.rng"
    case "procedure/thresholds.xml": "thresholds.rng"
    case "procedure/rules.xml": "procedure.rng"
    case "procedure/steps.xml": "steps.rng"
    case _ where path.hasPrefix("benchmarks/"): "benchmark.rng"
    case _ where path.hasPrefix("calendar/"): "calendar.rng"
    default: nil
    }
  }

  private func checkFiles() throws(RulebookError) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var schemas: [String: RelaxNG] = [:]
    for path in try paths() where !path.hasPrefix("schema/") {
      guard let name = Self.schema(for: path) else {
        diagnostics.append(
          Diagnostic(
            rule: "file.unreachable", file: path, message: "没有命令会读这个文件", fix: "移到它该在的文件夹，或者删去"))
        continue
      }
      do throws(XMLError) {
        if schemas[name] == nil {
          guard Self.exists(self.path + "/schema/" + name) else {
            diagnostics.append(
              Diagnostic(rule: "schema.missing", file: "schema/" + name, message: "缺少模式文件，\(path) 没有核对", fix: "从安装包里补回"))
            continue
          }
          schemas[name] = try RelaxNG(bytes("schema/" + name), file: "schema/" + name)
        }
        for error in try schemas[name]!.validate(bytes(path), file: path) {
          diagnostics.append(
            Diagnostic(
              rule: "schema.invalid", file: path, line: error.line, message: "不合模式 \(name)：\(error.message)",
              fix: "对照 schema/\(name) 里的说明改正"))
        }
      } catch {
        diagnostics.append(
          Diagnostic(
            rule: "xml.\(error.code)", file: error.file, line: error.line, column: error.column, message: error.message))
      }
    }
    return diagnostics
  }

  /// The files of an overlay, held against the schemas of this folder.
  private func checkSchemas(of overlay: OverlayFolder) throws(RulebookError) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for path in try RulebookFolder(overlay.path).paths() where path.hasSuffix(".xml") {
      let schema =
        path.hasPrefix("benchmarks/") ? "benchmark.rng" : path == "procedure/thresholds.xml" ? "thresholds.rng" : "overlay.rng"
      do throws(XMLError) {
        let file = overlay.path + "/" + path
        let grammar = try RelaxNG(bytes("schema/" + schema), file: "schema/" + schema)
        let bytes: [UInt8]
        do { bytes = try Self.read(file) } catch { throw XMLError(.malformed, file: file, message: error.message) }
        for error in try grammar.validate(bytes, file: file) {
          diagnostics.append(
            Diagnostic(
              rule: "schema.invalid", file: file, line: error.line, message: "不合模式 \(schema)：\(error.message)",
              fix: "对照 schema/\(schema) 里的说明改正"))
        }
      } catch {
        diagnostics.append(
          Diagnostic(rule: "xml.\(error.code)", file: error.file, line: error.line, column: error.column, message: error.message))
      }
    }
    return diagnostics
  }

  private func bytes(_ path: String) throws(XMLError) -> [UInt8] {
    do { return try read(path) } catch { throw XMLError(.malformed, file: path, message: error.message) }
  }

  /// Id and path always agree: a person finds the file from the address, and the address from the file.
  private func checkNames(_ contents: Rulebook.Contents) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    func report(_ file: String, _ message: String, _ fix: String) {
      diagnostics.append(Diagnostic(rule: "path.mismatch", file: file, message: message, fix: fix))
    }
    for violation in contents.violations {
      let id = violation.id.rawValue
      let parts = violation.file.split(separator: "/")
      if parts.count != 3 || parts[1] != violation.category || !parts[2].hasPrefix(id + "-") {
        report(violation.file, "编号是 \(id)，文件却在 \(violation.file)", "移到 violations/\(violation.category)/\(id)-….xml")
      }
    }
    for version in contents.versions {
      let work = version.record.work.split(separator: "/")
      let parts = version.file.dropLast(4).split(separator: "/")
      // /akn/cn/act/law/2002-06-29/work-safety ↔ library/cn/law/work-safety/2021-09-01.xml
      guard work.count == 6, parts.count == 5 else {
        report(version.file, "作品地址 \(version.record.work) 或者文件位置不合规矩", "文件放在 library/地域/文种/作品/日期.xml")
        continue
      }
      if parts[1] != work[1] || parts[2] != work[3] || parts[3] != work[5] {
        report(version.file, "作品地址是 \(version.record.work)，文件位置对不上", "移到 library/\(work[1])/\(work[3])/\(work[5])/")
      }
      let name = String(parts[4])
      let agrees =
        switch version.precision {
        case .day: name == version.name && version.from?.description == version.name
        case .month: version.name.hasPrefix(name)
        case .year: name == "undated" || version.name.hasPrefix(name)
        case .unknown: name == "undated"
        }
      if !agrees {
        report(version.file, "版本日期是 \(version.name)（施行日 \(version.from?.description ?? "无")），文件名却是 \(name).xml", "让文件名、版本名和施行日一致")
      }
      if version.kind.rawValue != parts[2] {
        report(version.file, "文种是 \(version.kind.rawValue)，文件却在 \(parts[2]) 下面", "改正 FRBRsubtype 或者移动文件")
      }
    }
    return diagnostics
  }
}
