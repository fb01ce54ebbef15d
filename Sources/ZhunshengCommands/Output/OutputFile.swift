internal import Enforcement

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Files a command writes: whole or not at all.
enum OutputFile {
  /// Writes beside the file and moves it into place, so that nobody ever sees half of it.
  ///
  /// - Throws: `RulebookError.unreadable` with the reason; what was there before is untouched.
  static func write(_ text: String, to path: String) throws(RulebookError) {
    let draft = "\(path).\(getpid()).tmp"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { system(descriptor, $0.baseAddress!, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        let error = failure(path)
        close(descriptor)
        unlink(draft)
        throw error
      }
      bytes = bytes.dropFirst(written)
    }
    guard fsync(descriptor) == 0 || errno == EINVAL, close(descriptor) == 0, rename(draft, path) == 0 else {
      let error = failure(path)
      unlink(draft)
      throw error
    }
  }

  private static func system(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes, count)
    #else
      Darwin.write(descriptor, bytes, count)
    #endif
  }

  private static func failure(_ path: String) -> RulebookError {
    let reason =
      switch errno {
      case EACCES, EPERM: "没有写入权限"
      case EROFS: "所在的文件系统只能读"
      case ENOENT, ENOTDIR: "所在的文件夹不存在"
      case ENOSPC: "磁盘满了"
      case EISDIR: "这是一个文件夹"
      default: String(cString: strerror(errno))
      }
    return RulebookError(.unreadable, "\(path)：没有写成：\(reason)；请换一个位置再试")
  }
}
