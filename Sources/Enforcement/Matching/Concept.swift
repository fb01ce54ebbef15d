/// A thing the rules speak of, with the ways people write it (`lexicon.xml`, or an item's own file).
///
/// A form may contain alternatives in braces: `安全{帽,头盔}`, `{未,没}{佩,}戴`.
public struct Concept: Hashable, Sendable {
  /// What the concept is to the reader of a sentence.
  public enum Role: String, Codable, CaseIterable, Sendable {
    /// Should be there: 护栏, 操作证. Wrong when it is absent or defective.
    case good
    /// Wrong in itself: 私拉乱接. Right when it is absent.
    case bad
    /// A piece of equipment: 脚手架, 电箱. Wrong when it is defective; that it is absent says nothing.
    case thing
    /// Something done, neither right nor wrong in itself: 拆, 堆放, 焊接.
    case act
    /// A circumstance: 高处, 楼道.
    case scene
    /// 未, 没有, 缺: makes a good thing absent and a bad thing fine.
    case absence
    /// 破损, 失效, 不到位: makes a good thing as if it were absent.
    case defect
    /// 已, 均, 符合: says that it is as it should be.
    case presence
    /// 应当, 要求: says what ought to be, not what is.
    case requirement
    /// 严禁, 不得: forbids; what follows is not what happened.
    case prohibition
    /// 未发现, 不存在: what follows, if wrong, is not there.
    case denial
    /// 整改后, 已整改到位: what is told is over.
    case remedied
    /// 仍, 依旧: it is not over, whatever was said before.
    case persistence
    /// 如果, 是否, 检查内容: not a statement at all.
    case hypothetical
    /// 但, 却: a new statement begins.
    case turn
    /// 听说, 不清楚, 待鉴定: what the sentence tells still has to be found out. Decided items become `needsFacts`.
    case doubt
    /// 经查, 属实: it has been found out, whoever told it first.
    case confirmation
    /// A fixed expression that only hides the words in it: 未来, 没事.
    case opaque
  }

  public var id: String
  public var role: Role
  /// As in the file: separated by white space.
  public var forms: String
  public var line: Int

  public init(id: String, role: Role, forms: String, line: Int = 0) {
    self.id = id
    self.role = role
    self.forms = forms
    self.line = line
  }
}

/// A quantity that stands for a concept: from 2 米 on, `height-2m`.
public struct QuantityConcept: Hashable, Sendable {
  public var id: String
  public var units: [String]
  public var minimum: Double?
  public var maximum: Double?

  public init(id: String, units: [String], minimum: Double? = nil, maximum: Double? = nil) {
    self.id = id
    self.units = units
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// The words the engine knows (`lexicon.xml`).
public struct Lexicon: Sendable {
  public var concepts: [Concept]
  public var quantities: [QuantityConcept]
  /// Characters that are written for another one: 護→护, 带 for 戴 is *not* here, it is a form of its own.
  public var variants: [Unicode.Scalar: Unicode.Scalar]

  public init(
    concepts: [Concept] = [], quantities: [QuantityConcept] = [], variants: [Unicode.Scalar: Unicode.Scalar] = [:]
  ) {
    self.concepts = concepts
    self.quantities = quantities
    self.variants = variants
  }
}
