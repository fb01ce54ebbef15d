internal import CLibZip

/// Puts a zip archive together in memory. The same entries in the same order give the same bytes on any day: no entry
/// bears a time of its own.
///
///     var writer = ZipWriter()
///     writer.add("word/document.xml", bytes)
///     let archive = try writer.finish()
public struct ZipWriter: Sendable {
  private var entries: [(name: String, bytes: [UInt8])] = []

  public init() {}

  /// Adds an entry behind those already there.
  ///
  /// - Parameter name: with `/` between folders. A name that is there already makes `finish` throw.
  public mutating func add(_ name: String, _ bytes: [UInt8]) { entries.append((name, bytes)) }

  /// The archive; its directory lists the entries in the order they were added.
  public func finish() throws(ZipError) -> [UInt8] {
    let archive = try OpenArchive()
    for entry in entries { try archive.add(entry.name, entry.bytes) }
    return try archive.finish()
  }
}

/// An archive being written, the memory it is written to and the bytes its entries come from: libzip reads them when it
/// closes the archive.
private final class OpenArchive {
  /// 1980-01-01, the first day a zip archive can name, as it names it.
  private static let noDate: UInt16 = 33

  private let target: OpaquePointer
  private var archive: OpaquePointer?
  private var memory: [UnsafeMutableRawBufferPointer] = []

  init() throws(ZipError) {
    guard let target = zip_source_buffer_create(nil, 0, 0, nil) else { throw Self.failure() }
    // Kept beyond the archive, which would take it along when it closes.
    zip_source_keep(target)
    self.target = target
    archive = zip_open_from_source(target, ZIP_TRUNCATE, nil)
    if archive == nil {
      zip_source_free(target)
      throw Self.failure()
    }
  }

  deinit {
    if let archive { zip_discard(archive) }
    zip_source_free(target)
    for buffer in memory { buffer.deallocate() }
  }

  private static func failure(_ entry: String = "") -> ZipError {
    ZipError(.unwritable, file: "压缩包", entry: entry, message: "写不出来：文件名重复、过长，或者内存不够")
  }

  func add(_ name: String, _ bytes: [UInt8]) throws(ZipError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    buffer.copyBytes(from: bytes)
    memory.append(buffer)
    guard let source = zip_source_buffer_create(buffer.baseAddress, UInt64(bytes.count), 0, nil) else {
      throw Self.failure(name)
    }
    let index = zip_file_add(archive!, name, source, UInt32(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      zip_source_free(source)
      throw Self.failure(name)
    }
    guard zip_file_set_dostime(archive!, UInt64(index), 0, Self.noDate, 0) == 0,
      zip_set_file_compression(archive!, UInt64(index), Int32(ZIP_CM_DEFLATE), 0) == 0
    else { throw Self.failure(name) }
  }

  func finish() throws(ZipError) -> [UInt8] {
    guard zip_close(archive!) == 0 else { throw Self.failure() }
    archive = nil
    var info = zip_stat_t()
    guard zip_source_stat(target, &info) == 0, zip_source_open(target) == 0 else { throw Self.failure() }
    defer { zip_source_close(target) }
    let size = Int(info.size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, Int(zip_source_read(target, buffer.baseAddress!, UInt64(size))))
    }
    guard bytes.count == size else { throw Self.failure() }
    return bytes
  }
}
