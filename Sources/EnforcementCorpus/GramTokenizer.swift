internal import GRDB

/// `Grams` as SQLite's FTS5 calls it.
final class GramTokenizer: FTS5CustomTokenizer {
  static let name = "zhunsheng_grams"

  init(db: Database, arguments: [String]) throws {}

  func tokenize(
    context: UnsafeMutableRawPointer?, tokenization: FTS5Tokenization, pText: UnsafePointer<CChar>?, nText: CInt,
    tokenCallback: @escaping FTS5TokenCallback
  ) -> CInt {
    guard let pText, nText > 0 else { return 0 }
    return pText.withMemoryRebound(to: UInt8.self, capacity: Int(nText)) { start in
      Grams.tokens(
        in: UnsafeBufferPointer(start: start, count: Int(nText)), isQuery: tokenization.contains(.query)
      ) { token, range, isColocated in
        token.withMemoryRebound(to: CChar.self) {
          tokenCallback(
            context, isColocated ? FTS5TokenFlags.colocated.rawValue : 0, $0.baseAddress, CInt($0.count), CInt(range.lowerBound),
            CInt(range.upperBound))
        }
      }
    }
  }
}
