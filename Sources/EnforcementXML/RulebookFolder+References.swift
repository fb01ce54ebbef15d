public import Enforcement

extension RulebookFolder {
  /// Where a rule file names a provision of a work by its address.
  public struct Reference: Hashable, Sendable {
    /// Below the folder.
    public var file: String
    public var line: Int
    public var place: ProvisionAddress.Place
  }

  /// Every address of a work in the rule files outside the library: violations, procedure, benchmarks, circumstances, and
  /// whatever kinds of rule files are added.
  ///
  /// - Throws: `RulebookError` when a file cannot be read.
  public func references(to work: String) throws(RulebookError) -> [Reference] {
    var result: [Reference] = []
    for path in try paths().sorted() where path.hasSuffix(".xml") && path != "rulebook.xml" && !path.hasPrefix("library/") {
      let text = String(decoding: try read(path), as: UTF8.self)
      guard text.contains(work) else { continue }
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        var rest = line[...]
        while let start = rest.firstRange(of: "\"" + work) {
          rest = rest[start.upperBound...]
          let address = rest.prefix { $0 != "\"" }
          if let place = ProvisionAddress(work + address)?.place {
            result.append(Reference(file: path, line: number + 1, place: place))
          }
        }
      }
    }
    return result
  }
}
