import Testing
import ZipArchive

@Suite struct ZipTests {
  func archive(_ entries: [(String, [UInt8])]) throws -> [UInt8] {
    var writer = ZipWriter()
    for (name, bytes) in entries { writer.add(name, bytes) }
    return try writer.finish()
  }

  func code(_ bytes: [UInt8], limits: ZipLimits = ZipLimits(), reading name: String? = nil) -> ZipError.Code? {
    do {
      let archive = try ZipReader(bytes, file: "t.zip", limits: limits)
      if let name { _ = try archive.contents(of: name) }
      return nil
    } catch { return error.code }
  }

  @Test func whatIsWrittenIsReadBackInItsOrder() throws {
    let text = Array(String(repeating: "脚手架", count: 1000).utf8)
    let reader = try ZipReader(try archive([("z/甲.xml", text), ("a.xml", []), ("b.bin", [0, 255, 7])]), file: "t.zip")
    #expect(reader.entries.map(\.name) == ["z/甲.xml", "a.xml", "b.bin"])
    #expect(reader.entries.map(\.size) == [text.count, 0, 3])
    #expect(try reader.contents(of: "z/甲.xml") == text)
    #expect(try reader.contents(of: "A.XML") == [])
    #expect(try reader.contents(of: "b.bin") == [0, 255, 7])
    #expect(try reader.contents(of: "c.bin") == nil)
  }

  @Test func theSameEntriesGiveTheSameBytes() throws {
    let entries = [("一.xml", Array("内容".utf8)), ("b.xml", [UInt8](repeating: 7, count: 5000))]
    let bytes = try archive(entries)
    #expect(try archive(entries) == bytes)
    // 1980-01-01 00:00 in the first local header: no time of the day of writing.
    #expect(Array(bytes[10..<14]) == [0, 0, 33, 0])
  }

  @Test func noBytesAndOtherBytesAreNoArchive() {
    #expect(code([]) == .empty)
    #expect(code(Array("这不是压缩包".utf8)) == .notZip)
  }

  @Test func aTruncatedArchiveIsRefusedAtEveryLength() throws {
    let bytes = try archive([("a.xml", Array("一二三四五".utf8)), ("b.xml", Array("六七八九十".utf8))])
    for length in 0..<bytes.count { #expect(code(Array(bytes.prefix(length)), reading: "a.xml") != nil, "\(length)") }
  }

  @Test func contentsThatDisagreeWithTheirChecksumAreRefused() throws {
    var bytes = try archive([("a.bin", (0..<200).map { UInt8($0 &* 37 & 0xFF) })])
    bytes[30 + 5 + 20] ^= 0x55
    #expect(code(bytes, reading: "a.bin") == .damaged)
  }

  @Test func tooManyEntriesAreRefused() throws {
    let entries = (0..<50).map { ("\($0).xml", [UInt8(0)]) }
    #expect(code(try archive(entries), limits: ZipLimits(entries: 49)) == .tooLarge)
    #expect(code(try archive(entries), limits: ZipLimits(entries: 50)) == nil)
  }

  @Test func sizesAreLimitedOneByOneAndTogether() throws {
    let bytes = try archive([("a", [UInt8](repeating: 1, count: 600)), ("b", [UInt8](repeating: 2, count: 600))])
    #expect(code(bytes, limits: ZipLimits(entryBytes: 599)) == .tooLarge)
    #expect(code(bytes, limits: ZipLimits(totalBytes: 1199)) == .tooLarge)
    #expect(code(bytes, limits: ZipLimits(entryBytes: 600, totalBytes: 1200)) == nil)
  }

  @Test func whatIsPackedTooTightlyIsRefusedUnread() throws {
    let zeros = [UInt8](repeating: 0, count: 9 << 20)
    #expect(code(try archive([("bomb", zeros)])) == .tooLarge)
    #expect(code(try archive([("bomb", zeros)]), limits: ZipLimits(ratio: 2000)) == nil)
    #expect(code(try archive([("table", [UInt8](repeating: 0, count: 2 << 20))])) == nil)
  }

  /// The size in both headers is made smaller than what comes out.
  @Test func anEntryThatHoldsMoreThanItSaysIsNotReadOn() throws {
    var bytes = try archive([("a.xml", [UInt8](repeating: 65, count: 5000))])
    let size: [UInt8] = [0x88, 0x13, 0, 0]
    for index in bytes.indices.dropLast(3) where Array(bytes[index..<(index + 4)]) == size {
      bytes.replaceSubrange(index..<(index + 4), with: [100, 0, 0, 0])
    }
    #expect(code(bytes, reading: "a.xml") == .damaged)
  }

  @Test func anEncryptedEntryIsRefused() throws {
    var bytes = try archive([("a.xml", Array("内容".utf8))])
    // Bit 0 of the flags, in the local header and in the directory.
    let directory = bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) }!
    bytes[6] |= 1
    bytes[directory + 8] |= 1
    #expect(code(bytes) == .encrypted)
  }

  @Test(arguments: ["../a.xml", "/etc/passwd", "a/../../b", "a\\b.xml", "a/./b"])
  func namesThatLeadElsewhereAreRefused(_ name: String) throws {
    #expect(code(try archive([(name, [1])])) == .badName)
  }

  @Test func twoEntriesOfOneNameAreRefused() throws {
    #expect(code(try archive([("a.xml", [1]), ("A.xml", [2])])) == .badName)
    #expect(throws: ZipError.self) { try archive([("a.xml", [1]), ("a.xml", [2])]) }
  }
}
