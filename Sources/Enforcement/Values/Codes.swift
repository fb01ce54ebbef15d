// The closed code lists of `Regulations/terms.xml` that the engine itself decides by. Labels and definitions are data
// and live there; `check` proves that the two agree, so a code can neither be missing here nor invented there.

/// Who a sanction hits (当事人). A sanction's party is a list: 生产经营单位 is given beside the concrete role.
public enum Party: String, Codable, CaseIterable, Sendable {
  case owner, contractor, supervisor, designer
  case propertyManager = "property-manager"
  case lessorSupplier = "lessor-supplier"
  case unit, user, individual, principal
  case projectManager = "project-manager"
  case responsiblePerson = "responsible-person"
  case safetyManager = "safety-manager"
  case worker
  case registeredPractitioner = "registered-practitioner"
}

/// When a sanction applies (适用时点).
public enum Condition: String, Codable, CaseIterable, Sendable {
  case atOnce = "at-once"
  case overdue, refusal, serious, consequence, accident, lenient, aggravated
}

/// How the kinds of one sanction combine; measures do not count (种类之间的关系).
public enum Relation: String, Codable, CaseIterable, Sendable {
  case single, and
  case mayAnd = "may-and"
  case or
}

/// Kinds of penalty and measure (处罚与措施种类).
public enum SanctionKind: String, Codable, CaseIterable, Sendable {
  case warning, criticism
  case orderCorrect = "order-correct"
  case stopWork = "stop-work"
  case suspendBusiness = "suspend-business"
  case confiscateGains = "confiscate-gains"
  case confiscateGoods = "confiscate-goods"
  case fine, downgrade
  case revokeQualification = "revoke-qualification"
  case revokePermit = "revoke-permit"
  case suspendPermit = "suspend-permit"
  case detention
  case recordOnly = "record-only"
  case referCriminal = "refer-criminal"
  case referPolice = "refer-police"
  case banFromTrade = "ban-from-trade"
  case stopUse = "stop-use"
  case outlaw, enforce, close, sanction
}

/// What a fine is counted in (罚款基数).
public enum FineBasis: String, Codable, CaseIterable, Sendable { case yuan, percent, multiple }

/// What a percentage or multiple is taken of.
public enum FineOf: String, Codable, CaseIterable, Sendable {
  case contractPrice = "contract-price"
  case unitFine = "unit-fine"
  case illegalGains = "illegal-gains"
  case income
  case buildingCost = "building-cost"
}

/// What one fine is for.
public enum FinePer: String, Codable, CaseIterable, Sendable { case act, day, person }

/// Why a fine has no figure of its own.
public enum AmountSource: String, Codable, CaseIterable, Sendable {
  case originalPenalty = "original-penalty"
  case unspecified
  case noMatchingItem = "no-matching-item"
  case textMissing = "text-missing"
}

/// Who may impose it (机关). `streetByList` alone never means that a subdistrict office may: its published list decides.
public enum Authority: String, Codable, CaseIterable, Sendable {
  case streetByList = "street-by-list"
  case districtHousing = "district-housing"
  case cityHousing = "city-housing"
  case emergency, fire, police, gas
  case urbanManagement = "urban-management"
  case market
  case permitIssuer = "permit-issuer"
  case specialEquipment = "special-equipment"
  case water, government
}
