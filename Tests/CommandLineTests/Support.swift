import Foundation
import Testing

/// The built program, run as a user would.
struct Run {
  var output: String
  var error: String
  var status: Int32

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  /// Beside the tests: the same build made both.
  static let program = Bundle.main.executableURL!.deletingLastPathComponent().appendingPathComponent("zhunsheng")
  static let regulations = root.appendingPathComponent("Regulations").path

  @discardableResult
  static func zhunsheng(
    _ arguments: [String], input: Data? = nil, environment: [String: String] = [:], program: URL = program, rules: Bool = true
  ) throws -> Run {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    var variables = ["PATH": "/usr/bin:/bin", "COLUMNS": "80", "LANG": "C.UTF-8"]
    if rules { variables["ZHUNSHENG_REGULATIONS"] = regulations }
    process.environment = variables.merging(environment) { _, new in new }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("zhunsheng-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ data: Data = Data()) throws -> FileHandle {
      let url = folder.appendingPathComponent(name)
      try data.write(to: url)
      return try FileHandle(forUpdating: url)
    }
    process.standardInput = try file("in", input ?? Data())
    process.standardOutput = try file("out")
    process.standardError = try file("err")
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }
    return Run(output: try text("out"), error: try text("err"), status: process.terminationStatus)
  }
}

/// Goldens are named after their test; `make golden` records them anew.
enum Golden {
  static func check(_ text: String, _ name: String) throws {
    let url = Run.root.appendingPathComponent("Tests/Goldens/\(name).txt")
    // What changes with every edit of a rule is not what these are about.
    let masked = text.replacingOccurrences(of: "[0-9a-f]{64}", with: "DIGEST", options: .regularExpression)
      .replacingOccurrences(of: "摘要 [0-9a-f]{12}", with: "摘要 DIGEST", options: .regularExpression)
      .replacingOccurrences(of: Run.root.path, with: "ROOT")
    if ProcessInfo.processInfo.environment["ZHUNSHENG_RECORD_GOLDENS"] != nil {
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try masked.write(to: url, atomically: true, encoding: .utf8)
      return
    }
    let expected = try String(contentsOf: url, encoding: .utf8)
    if masked != expected {
      let actual = FileManager.default.temporaryDirectory.appendingPathComponent("\(name).actual.txt")
      try masked.write(to: actual, atomically: true, encoding: .utf8)
      Issue.record("differs from its golden; diff \(url.path) \(actual.path)")
    }
  }
}

/// As much of JSON Schema 2020-12 as our published schemas use.
struct JSONSchema {
  let root: [String: Any]

  init(_ name: String) throws {
    let data = try Data(contentsOf: Run.root.appendingPathComponent("docs/reference/schema/\(name).json"))
    root = try JSONSerialization.jsonObject(with: data) as! [String: Any]
  }

  func errors(_ text: String) throws -> [String] {
    validate(try JSONSerialization.jsonObject(with: Data(text.utf8)), root, "$")
  }

  private func type(_ value: Any) -> Set<String> {
    switch value {
    case is NSNull: return ["null"]
    case let number as NSNumber:
      if String(cString: number.objCType) == "c" { return ["boolean"] }
      return number.doubleValue == number.doubleValue.rounded() ? ["number", "integer"] : ["number"]
    case is String: return ["string"]
    case is [Any]: return ["array"]
    default: return ["object"]
    }
  }

  private func validate(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    var found: [String] = []
    if let reference = schema["$ref"] as? String {
      let name = String(reference.split(separator: "/").last!)
      found += validate(value, (root["$defs"] as! [String: Any])[name] as! [String: Any], path)
    }
    for key in ["anyOf", "oneOf"] {
      if let options = schema[key] as? [[String: Any]], !options.contains(where: { validate(value, $0, path).isEmpty }) {
        found.append("\(path): none of \(key)")
      }
    }
    for part in schema["allOf"] as? [[String: Any]] ?? [] { found += validate(value, part, path) }
    let allowed = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] }
    if let allowed, type(value).isDisjoint(with: allowed) { found.append("\(path): not \(allowed)") }
    if let values = schema["enum"] as? [Any], !values.contains(where: { "\($0)" == "\(value)" }) {
      found.append("\(path): not in enum")
    }
    if let constant = schema["const"], "\(constant)" != "\(value)" { found.append("\(path): not \(constant)") }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      found.append("\(path): does not match \(pattern)")
    }
    if let number = value as? NSNumber {
      if let limit = schema["minimum"] as? NSNumber, number.doubleValue < limit.doubleValue {
        found.append("\(path): below \(limit)")
      }
      if let limit = schema["maximum"] as? NSNumber, number.doubleValue > limit.doubleValue {
        found.append("\(path): above \(limit)")
      }
    }
    if let object = value as? [String: Any] {
      for name in schema["required"] as? [String] ?? [] where object[name] == nil { found.append("\(path): lacks \(name)") }
      for (name, part) in schema["properties"] as? [String: [String: Any]] ?? [:] {
        if let member = object[name] { found += validate(member, part, "\(path).\(name)") }
      }
    }
    if let array = value as? [Any], let part = schema["items"] as? [String: Any] {
      for (index, element) in array.enumerated() { found += validate(element, part, "\(path)[\(index)]") }
    }
    return found
  }
}
