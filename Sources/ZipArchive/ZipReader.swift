internal import CLibZip

/// How much an archive may hold. Everything is held against the archive's own directory before anything is inflated.
public struct ZipLimits: Sendable {
  public var entries: Int
  /// Bytes of one entry, inflated.
  public var entryBytes: Int
  /// Bytes of all entries, inflated.
  public var totalBytes: Int
  /// Inflated size over packed size, of an entry of more than 8 MB: a smaller one does no harm, and an empty table of many
  /// rows packs as tightly as a bomb.
  public var ratio: Int

  public init(entries: Int = 4096, entryBytes: Int = 64 << 20, totalBytes: Int = 256 << 20, ratio: Int = 200) {
    self.entries = entries
    self.entryBytes = entryBytes
    self.totalBytes = totalBytes
    self.ratio = ratio
  }
}

/// Reads a zip archive held in memory, with libzip. Knows no law.
///
///     let archive = try ZipReader(bytes, file: "report.docx")
///     for entry in archive.entries { print(entry.name, entry.size) }
///     let part = try archive.contents(of: "word/document.xml")
///
/// Untrusted input is the normal case: what the archive says of itself is checked against the limits when it is opened,
/// and an entry that holds more than it says is not read to its end.
public struct ZipReader {
  public struct Entry: Hashable, Sendable {
    /// As in the archive, with `/` between folders.
    public let name: String
    /// Bytes, inflated.
    public let size: Int
    let index: UInt64
  }

  public let entries: [Entry]
  public let file: String
  private let handle: Handle
  private let places: [String: Int]

  /// - Parameter file: how messages call the archive.
  public init(_ bytes: [UInt8], file: String, limits: ZipLimits = ZipLimits()) throws(ZipError) {
    guard !bytes.isEmpty else { throw ZipError(.empty, file: file, message: "文件是空的（0 字节）；请重新取得这个文件") }
    let handle = try Handle(bytes, file: file)
    entries = try handle.entries(file: file, limits: limits)
    places = try Self.places(entries, file: file)
    self.handle = handle
    self.file = file
  }

  public func contains(_ name: String) -> Bool { places[name.lowercased()] != nil }

  /// The bytes of an entry, its name compared without regard to case as office programs do; nil when there is none.
  public func contents(of name: String) throws(ZipError) -> [UInt8]? {
    guard let place = places[name.lowercased()] else { return nil }
    return try handle.contents(of: entries[place], file: file)
  }

  /// Names must stay inside and be met once: two entries of one name are read differently by different programs.
  private static func places(_ entries: [Entry], file: String) throws(ZipError) -> [String: Int] {
    var places: [String: Int] = [:]
    for (place, entry) in entries.enumerated() {
      let name = entry.name
      let isBad =
        name.isEmpty || name.hasPrefix("/") || name.unicodeScalars.contains { $0 == "\\" || $0.value < 0x20 }
        || name.split(separator: "/", omittingEmptySubsequences: false).contains { $0 == ".." || $0 == "." }
      if isBad { throw ZipError(.badName, file: file, entry: name, message: "压缩包里的文件名不合规矩，没有读取；请确认文件的来历") }
      if places.updateValue(place, forKey: name.lowercased()) != nil {
        throw ZipError(.badName, file: file, entry: name, message: "压缩包里有两个同名文件，不知道哪个是真的，没有读取；请确认文件的来历")
      }
    }
    return places
  }
}

/// libzip's handle, and the bytes it reads from.
private final class Handle {
  private let archive: OpaquePointer
  private let memory: UnsafeMutableRawBufferPointer

  init(_ bytes: [UInt8], file: String) throws(ZipError) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    memory.copyBytes(from: bytes)
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(memory.baseAddress, UInt64(memory.count), 0, &error) else {
      memory.deallocate()
      throw ZipError(.damaged, file: file, message: "内存不够，没有读取")
    }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) else {
      zip_source_free(source)
      memory.deallocate()
      if zip_error_code_zip(&error) == ZIP_ER_NOZIP {
        throw ZipError(.notZip, file: file, message: "不是压缩包，或者没有传完（结尾缺了）；请重新取得这个文件")
      }
      throw ZipError(.damaged, file: file, message: "压缩包损坏，或者没有传完；请重新取得这个文件，或者用原来的软件打开后另存")
    }
    self.archive = archive
    self.memory = memory
  }

  deinit {
    zip_discard(archive)
    memory.deallocate()
  }

  func entries(file: String, limits: ZipLimits) throws(ZipError) -> [ZipReader.Entry] {
    let count = Int(zip_get_num_entries(archive, 0))
    guard count <= limits.entries else {
      throw ZipError(.tooLarge, file: file, message: "压缩包里有 \(count) 个文件，超过上限 \(limits.entries) 个，没有读取；请确认文件的来历")
    }
    var entries: [ZipReader.Entry] = []
    var total: UInt64 = 0
    for index in 0..<UInt64(count) {
      var info = zip_stat_t()
      guard zip_stat_index(archive, index, 0, &info) == 0, let pointer = info.name else {
        throw ZipError(.damaged, file: file, message: "压缩包的目录损坏；请重新取得这个文件")
      }
      let name = String(cString: pointer)
      if info.encryption_method != UInt16(ZIP_EM_NONE) {
        throw ZipError(.encrypted, file: file, entry: name, message: "压缩包有密码，没有读取；请去掉密码后再试")
      }
      guard info.comp_method == UInt16(ZIP_CM_STORE) || info.comp_method == UInt16(ZIP_CM_DEFLATE) else {
        throw ZipError(.unsupported, file: file, entry: name, message: "用了少见的压缩方法，没有读取；请用原来的软件打开后另存")
      }
      guard info.size <= UInt64(limits.entryBytes) else {
        throw ZipError(
          .tooLarge, file: file, entry: name, message: "解开有 \(info.size) 字节，超过上限 \(limits.entryBytes) 字节，没有读取；请拆成几份")
      }
      if info.size > 8 << 20, info.size / max(1, info.comp_size) > UInt64(limits.ratio) {
        throw ZipError(
          .tooLarge, file: file, entry: name,
          message: "\(info.comp_size) 字节要解开成 \(info.size) 字节，像是压缩炸弹，没有读取；请确认文件的来历")
      }
      total += info.size
      guard total <= UInt64(limits.totalBytes) else {
        throw ZipError(.tooLarge, file: file, message: "全部解开超过上限 \(limits.totalBytes) 字节，没有读取；请拆成几份，或者去掉大图片")
      }
      entries.append(ZipReader.Entry(name: name, size: Int(info.size), index: index))
    }
    return entries
  }

  func contents(of entry: ZipReader.Entry, file: String) throws(ZipError) -> [UInt8] {
    let damaged = ZipError(.damaged, file: file, entry: entry.name, message: "内容和校验码对不上，文件损坏了；请重新取得这个文件")
    guard let stream = zip_fopen_index(archive, entry.index, 0) else { throw damaged }
    defer { zip_fclose(stream) }
    // One byte more than it says: to see whether it says the truth.
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: entry.size + 1) { buffer, count in
      while count <= entry.size {
        let read = zip_fread(stream, buffer.baseAddress! + count, UInt64(entry.size + 1 - count))
        if read < 0 { return }
        if read == 0 {
          isWhole = count == entry.size
          return
        }
        count += Int(read)
      }
    }
    guard isWhole else { throw damaged }
    return bytes
  }
}
