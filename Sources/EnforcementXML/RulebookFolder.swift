public import Enforcement
internal import XMLStream

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A folder laid out like `Regulations/`: the only place where rule files are found, read and written.
public struct RulebookFolder: Sendable {
  public let path: String

  public init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// A file below the folder, named by its path from there.
  struct Item: Sendable {
    var path: String
    var bytes: [UInt8]
  }

  /// Every file of ours below the folder: `.xml`, and `.rng` of the schemas; sorted by path. Hidden files are left out.
  func paths(under subfolder: String = "") throws(RulebookError) -> [String] {
    var result: [String] = []
    func walk(_ relative: String) throws(RulebookError) {
      let full = relative.isEmpty ? path : path + "/" + relative
      guard let directory = opendir(full) else {
        throw Self.failure(full, errno)
      }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasPrefix(".") { continue }
        let child = relative.isEmpty ? name : relative + "/" + name
        if Self.isDirectory(path + "/" + child, entry) {
          try walk(child)
        } else if name.hasSuffix(".xml") || name.hasSuffix(".rng") {
          result.append(child)
        }
      }
    }
    try walk(subfolder)
    return result.sorted()
  }

  private static func isDirectory(_ path: String, _ entry: UnsafeMutablePointer<dirent>) -> Bool {
    if entry.pointee.d_type == UInt8(DT_DIR) { return true }
    guard entry.pointee.d_type == UInt8(DT_LNK) || entry.pointee.d_type == UInt8(DT_UNKNOWN) else { return false }
    var info = stat()
    return stat(path, &info) == 0 && (info.st_mode & S_IFMT) == S_IFDIR
  }

  func read(_ relative: String) throws(RulebookError) -> [UInt8] { try Self.read(path + "/" + relative) }

  /// The bytes of a file, whatever is in it.
  public static func read(_ path: String, limit: Int = 256 << 20) throws(RulebookError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw failure(path, errno) }
    if (info.st_mode & S_IFMT) == S_IFDIR { throw failure(path, EISDIR) }
    if Int(info.st_size) > limit {
      throw RulebookError(.unreadable, "\(path)：文件有 \(info.st_size) 字节，超过上限 \(limit) 字节，没有读取；请拆开或者确认给对了文件")
    }
    var bytes: [UInt8] = []
    // A pipe says size 0; a regular file says what it has.
    var capacity = max(Int(info.st_size) + 1, 16 << 10)
    while true {
      let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        count = max(0, readSome(descriptor, buffer.baseAddress!, capacity))
      }
      if chunk.isEmpty { break }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      if bytes.count > limit {
        throw RulebookError(.unreadable, "\(path)：内容超过上限 \(limit) 字节，没有读完")
      }
      if chunk.count < capacity, info.st_size > 0, bytes.count >= Int(info.st_size) { break }
      capacity = 64 << 10
    }
    return bytes
  }

  private static func readSome(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer, count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer, count)
    #else
      Darwin.read(descriptor, buffer, count)
    #endif
  }

  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func failure(_ path: String, _ number: Int32) -> RulebookError {
    switch number {
    case ENOENT, ENOTDIR: RulebookError(.notFound, "\(path)：没有这个文件或者文件夹；请检查路径")
    case EACCES, EPERM: RulebookError(.unreadable, "\(path)：没有读取权限；请检查文件夹和文件的权限")
    case EISDIR: RulebookError(.unreadable, "\(path)：这是文件夹，不是文件")
    default: RulebookError(.unreadable, "\(path)：读取失败（\(String(cString: strerror(number)))）")
    }
  }
}
