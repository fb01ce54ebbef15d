internal import Enforcement
internal import FoundationEssentials

/// The one JSON encoder: sorted keys, slashes as they are, so that the same answer is the same bytes.
enum JSON {
  static func text(_ value: some Encodable, pretty: Bool) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func tree(_ value: some Encodable) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
  }

  /// - Parameters:
  ///   - what: what should have been given, for the message.
  ///   - problem: a reason to refuse what was read; nil when it is fine.
  static func value<Value: Decodable>(
    _ type: Value.Type, from text: String, place: String, what: String, problem: (Value) -> String? = { _ in nil }
  ) throws -> Value {
    let value: Value
    do {
      value = try JSONDecoder().decode(type, from: Array(text.utf8).asData)
    } catch let error as DecodingError {
      throw RulebookError(.invalidData, "\(place)：不是\(what)：\(explain(error))")
    }
    if let problem = problem(value) { throw RulebookError(.invalidData, "\(place)：不能使用：\(problem)") }
    return value
  }

  private static func explain(_ error: DecodingError) -> String {
    func path(_ keys: [any CodingKey]) -> String {
      keys.isEmpty ? "最外层" : keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(path(context.codingPath)) 缺少 \(key.stringValue)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context): return "\(path(context.codingPath)) 的类型不对"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "不是合格的 JSON" : "\(path(context.codingPath)) 的值不对（\(context.debugDescription)）"
    @unknown default: return "读不懂"
    }
  }
}

extension [UInt8] {
  fileprivate var asData: Data { Data(self) }
}
