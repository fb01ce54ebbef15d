internal import Enforcement
internal import XMLStream

/// The namespace of our own files, and of our metadata inside Akoma Ntoso.
let rulesNamespace = "urn:zhunsheng:rules:1"
let akomaNtosoNamespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

/// What every reader of ours does with what it cannot use: it notes it with its place and reads on, so that all
/// problems of a file come back at once.
protocol DiagnosingReader: XMLContentReader {
  var file: String { get }
  var diagnostics: [Diagnostic] { get set }
}

extension DiagnosingReader {
  mutating func unknown(_ name: String, line: Int, column: Int) {
    diagnostics.append(
      Diagnostic(
        rule: "xml.unknown-element", file: file, line: line, column: column,
        message: "不认识的元素 <\(name)>，其中的内容不会被用到", fix: "按 Regulations/schema/ 里的模式改正元素名"))
  }

  mutating func report(
    _ rule: String, _ element: XMLElement<Name>, _ message: String, fix: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        rule: rule, file: file, line: element.line, column: element.column, message: message, fix: fix))
  }

  /// Attributes outside the vocabulary are as suspicious as elements.
  mutating func checkAttributes(_ element: XMLElement<Name>) {
    for name in element.unknownAttributes {
      report(
        "xml.unknown-attribute", element, "<\(element.name.rawValue)> 有不认识的属性 \(name)，不会被用到",
        fix: "按 Regulations/schema/ 里的模式改正属性名")
    }
  }

  mutating func required(_ name: Name, _ element: XMLElement<Name>) -> String {
    if let value = element[name] { return value }
    report("xml.missing-attribute", element, "<\(element.name.rawValue)> 缺少属性 \(name.rawValue)")
    return ""
  }

  /// One code of a closed list.
  mutating func code<Code: RawRepresentable & CaseIterable>(
    _ type: Code.Type, _ name: Name, _ element: XMLElement<Name>
  ) -> Code? where Code.RawValue == String {
    guard let text = element[name] else { return nil }
    if let code = Code(rawValue: text) { return code }
    reportCode(text, type, name, element)
    return nil
  }

  /// A list of codes separated by spaces.
  mutating func codes<Code: RawRepresentable & CaseIterable>(
    _ type: Code.Type, _ name: Name, _ element: XMLElement<Name>
  ) -> [Code] where Code.RawValue == String {
    guard let text = element[name] else { return [] }
    var result: [Code] = []
    for word in text.split(separator: " ") {
      if let code = Code(rawValue: String(word)) {
        result.append(code)
      } else {
        reportCode(String(word), type, name, element)
      }
    }
    return result
  }

  private mutating func reportCode<Code: RawRepresentable & CaseIterable>(
    _ text: String, _ type: Code.Type, _ name: Name, _ element: XMLElement<Name>
  ) where Code.RawValue == String {
    let known = type.allCases.map { "\($0.rawValue)" }.joined(separator: " ")
    report(
      "code.unknown", element, "\(name.rawValue)=\"\(text)\" 不在代码表里", fix: "只能是：\(known)")
  }

  func words(_ name: Name, _ element: XMLElement<Name>) -> [String] {
    element[name]?.split(separator: " ").map(String.init) ?? []
  }

  mutating func date(_ name: Name, _ element: XMLElement<Name>) -> CalendarDate? {
    guard let text = element[name] else { return nil }
    if let date = CalendarDate(text) { return date }
    report("date.invalid", element, "\(name.rawValue)=\"\(text)\" 不是日期", fix: "写成 2026-11-20 的样子")
    return nil
  }

  mutating func number(_ name: Name, _ element: XMLElement<Name>) -> Double? {
    guard let text = element[name] else { return nil }
    if let value = Double(text), value.isFinite, value >= 0 { return value }
    report("number.invalid", element, "\(name.rawValue)=\"\(text)\" 不是不小于零的数")
    return nil
  }

  mutating func address(_ name: Name, _ element: XMLElement<Name>) -> ProvisionAddress? {
    guard let text = element[name] else { return nil }
    if let address = ProvisionAddress(text) { return address }
    report(
      "address.malformed", element, "\(name.rawValue)=\"\(text)\" 不是条文地址",
      fix: "写成 /akn/cn/act/law/2002-06-29/work-safety#art_99__para_1__point_5 的样子")
    return nil
  }

  mutating func place(_ name: Name, _ element: XMLElement<Name>) -> ProvisionAddress.Place? {
    guard let text = element[name] else { return nil }
    if let place = ProvisionAddress.Place(text.hasPrefix("#") ? text.dropFirst() : text[...]) { return place }
    report("address.malformed", element, "\(name.rawValue)=\"\(text)\" 不是条款项的位置", fix: "写成 #art_99__para_1__point_5 的样子")
    return nil
  }
}
