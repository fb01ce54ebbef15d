public import Enforcement
internal import XMLStream

extension RulebookFolder {
  /// The text of `rulebook.xml` for the files as they are now.
  ///
  /// - Parameter version: nil keeps the version that is there.
  public func sealText(version: String? = nil) throws(RulebookError) -> String {
    var diagnostics: [Diagnostic] = []
    let contents = try contents(diagnostics: &diagnostics)
    let newest = contents.versions.filter { $0.precision == .day }.compactMap(\.from).max()
    var writer = XMLWriter()
    writer.element(
      "rulebook",
      [
        ("xmlns", rulesNamespace), ("schema", String(Rulebook.Seal.supportedSchema)),
        ("version", version ?? contents.seal.version), ("newest", newest?.description),
      ]
    ) { writer in
      for (name, digest) in contents.digests.sorted(by: { $0.key < $1.key }) {
        writer.element("chapter", [("name", name), ("digest", digest)])
      }
    }
    return writer.text
  }
}
