public import Enforcement
internal import XMLStream

extension RulebookFolder {
  /// SHA-256 of every rule file that answers rest on, by path.
  public func fileDigests() throws(RulebookError) -> [String: String] {
    var digests: [String: String] = [:]
    for path in try paths() where path.hasSuffix(".xml") && path != "rulebook.xml" {
      var hash = SHA256()
      hash.update(try read(path))
      digests[path] = hash.finalizedHex()
    }
    return digests
  }

  /// The text of `rulebook.xml` for the files as they are now.
  ///
  /// - Parameter version: nil keeps the version that is there.
  public func sealText(version: String? = nil) throws(RulebookError) -> String {
    var diagnostics: [Diagnostic] = []
    let contents = try contents(diagnostics: &diagnostics)
    let newest = contents.versions.filter { $0.precision == .day }.compactMap(\.from).max()
    var digests = contents.digests
    digests["procedure"] = try procedure().digest
    var writer = XMLWriter()
    writer.element(
      "rulebook",
      [
        ("xmlns", rulesNamespace), ("schema", String(Rulebook.Seal.supportedSchema)),
        ("version", version ?? contents.seal.version), ("newest", newest?.description),
      ]
    ) { writer in
      for (name, digest) in digests.sorted(by: { $0.key < $1.key }) {
        writer.element("chapter", [("name", name), ("digest", digest)])
      }
    }
    return writer.text
  }

  /// A file of the library in the one way we write it; the tree is the same.
  public func canonicalText(of path: String) throws(RulebookError) -> String {
    var diagnostics: [Diagnostic] = []
    let parser = DocumentParser<RegulationReader>(namespaces: [akomaNtosoNamespace, rulesNamespace])
    var reader = parse(try read(path), path, RegulationReader(file: path), &diagnostics, with: parser)
    let version = reader?.finish()
    diagnostics += reader?.diagnostics ?? []
    guard let version, diagnostics.isEmpty else {
      throw RulebookError(.invalidData, "\(path)：不能读取", diagnostics: diagnostics)
    }
    return RegulationXML.text(version)
  }
}
