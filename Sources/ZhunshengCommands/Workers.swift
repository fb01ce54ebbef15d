internal import Enforcement
internal import EnforcementXML
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Two pieces of work at the same time.
enum Workers {
  static func run<First: Sendable, Second>(
    _ first: @escaping @Sendable () -> First, _ second: () -> Second
  ) -> (First, Second) { concurrently(first, second) }
}

/// How far long work has come, on a terminal only: count, rate, what is being done.
final class Progress: Sendable {
  private let total: Int
  private let done = Atomic<Int>(0)
  private let started: Double
  private let isShown: Bool

  init(total: Int) {
    self.total = total
    started = Self.now()
    isShown = isatty(2) == 1 && total > 20
  }

  func step(_ name: String) {
    let count = done.wrappingAdd(1, ordering: .relaxed).newValue
    guard isShown, count % 16 == 0 || count == total else { return }
    let rate = Double(count) / max(0.001, Self.now() - started)
    let file = name.split(separator: "/").last.map(String.init) ?? name
    Terminal.error("\u{1B}[2K\r\(count)/\(total)　每秒 \(Int(rate)) 个　\(String(file.prefix(30)))\u{1B}[A")
  }

  func finish() { if isShown { Terminal.error("\u{1B}[2K\r\u{1B}[A") } }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Files below a path, and where the user's data lie.
enum FileList {
  static func files(_ path: String, _ isWanted: (String) -> Bool) throws -> [String] {
    var info = stat()
    guard stat(path, &info) == 0 else { throw RulebookError(.notFound, "\(path)：没有这个文件或者文件夹；请检查路径") }
    guard (info.st_mode & S_IFMT) == S_IFDIR else { return [path] }
    var result: [String] = []
    func walk(_ folder: String) throws {
      guard let directory = opendir(folder) else { throw RulebookError(.unreadable, "\(folder)：没有读取权限；请检查文件夹的权限") }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasPrefix(".") { continue }
        let child = folder + "/" + name
        var info = stat()
        guard stat(child, &info) == 0 else { continue }
        if (info.st_mode & S_IFMT) == S_IFDIR { try walk(child) } else if isWanted(name) { result.append(child) }
      }
    }
    try walk(path)
    return result.sorted()
  }

  /// `ZHUNSHENG_TEXTS`, the XDG data folder, or its usual place.
  static func defaultTexts() -> String? {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    if let path = variable("ZHUNSHENG_TEXTS") { return path }
    if let data = variable("XDG_DATA_HOME") { return data + "/zhunsheng/texts" }
    #if canImport(Darwin)
      return variable("HOME").map { $0 + "/Library/Application Support/zhunsheng/texts" }
    #else
      return variable("HOME").map { $0 + "/.local/share/zhunsheng/texts" }
    #endif
  }
}
