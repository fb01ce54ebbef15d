/// Any JSON, for comparing two answers place by place.
indirect enum JSONValue: Codable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// The places where two values differ, with both sides.
  static func differences(_ left: JSONValue?, _ right: JSONValue?, at path: String = "") -> [(
    path: String, left: String, right: String
  )] {
    if left == right { return [] }
    switch (left, right) {
    case (.object(let left)?, .object(let right)?):
      return Set(left.keys).union(right.keys).sorted().flatMap { key in
        differences(left[key], right[key], at: path.isEmpty ? key : "\(path).\(key)")
      }
    case (.array(let left)?, .array(let right)?):
      return (0..<max(left.count, right.count)).flatMap { index in
        differences(
          index < left.count ? left[index] : nil, index < right.count ? right[index] : nil, at: "\(path)[\(index)]")
      }
    default: return [(path, left.map(\.short) ?? "（没有）", right.map(\.short) ?? "（没有）")]
    }
  }

  private var short: String {
    switch self {
    case .null: return "null"
    case .bool(let value): return String(value)
    case .number(let value): return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    case .string(let value): return value
    case .array(let values): return "（\(values.count) 个）" + (values.first.map { " " + $0.short } ?? "")
    case .object(let value):
      for key in ["citation", "item", "name", "text", "reason"] {
        if case .string(let text)? = value[key] { return text }
      }
      return "{\(value.keys.sorted().joined(separator: ", "))}"
    }
  }
}
