import Enforcement
import EnforcementXML

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The checkout these tests lie in.
enum Checkout {
  static let root: String = {
    var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    parts.removeLast(3)
    return parts.joined(separator: "/")
  }()
  static let regulations = root + "/Regulations"
  /// Official texts, which are never part of the project; tests that need them say when they are not there.
  static let laws: String? = {
    let path = root + "/../shared/laws"
    return access(path, R_OK) == 0 ? path : nil
  }()

  static let rulebook = try! Rulebook(contentsOf: RulebookFolder(regulations))
  static let contents: Rulebook.Contents = {
    var diagnostics: [Diagnostic] = []
    return try! RulebookFolder(regulations).contents(diagnostics: &diagnostics)
  }()

  static func text(_ path: String) -> String { String(decoding: try! RulebookFolder.read(path), as: UTF8.self) }

  static func files(in folder: String, suffix: String) -> [String] {
    var result: [String] = []
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      let path = folder + "/" + name
      var info = stat()
      guard stat(path, &info) == 0 else { continue }
      if (info.st_mode & S_IFMT) == S_IFDIR {
        result += files(in: path, suffix: suffix)
      } else if name.hasSuffix(suffix) {
        result.append(path)
      }
    }
    return result.sorted()
  }

  /// A copy of the rulebook to break, gone afterwards.
  static func withCopy<Result>(_ body: (String) throws -> Result) rethrows -> Result {
    var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/zhunsheng-XXXXXX".utf8CString)
    let folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)!) }
    for path in files(in: regulations, suffix: "") where path.hasSuffix(".xml") || path.hasSuffix(".rng") {
      write(try! RulebookFolder.read(path), to: folder + path.dropFirst(regulations.count))
    }
    defer { remove(folder) }
    return try body(folder)
  }

  static func write(_ bytes: [UInt8], to path: String) {
    var parent = ""
    for part in path.split(separator: "/").dropLast() {
      parent += "/" + part
      mkdir(parent, 0o755)
    }
    let file = fopen(path, "w")!
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  static func remove(_ path: String) {
    var info = stat()
    guard lstat(path, &info) == 0 else { return }
    if (info.st_mode & S_IFMT) == S_IFDIR, let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(directory)
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

extension String {
  func replacingFirst(_ target: String, with replacement: String) -> String? {
    guard let range = range(of: target) else { return nil }
    return self[..<range.lowerBound] + replacement + self[range.upperBound...]
  }

  private func range(of target: String) -> Range<String.Index>? {
    let bytes = Array(utf8)
    let wanted = Array(target.utf8)
    guard !wanted.isEmpty, wanted.count <= bytes.count else { return nil }
    for start in 0...(bytes.count - wanted.count) where bytes[start] == wanted[0] {
      if bytes[start..<start + wanted.count].elementsEqual(wanted) {
        let lower = utf8.index(utf8.startIndex, offsetBy: start)
        return lower..<utf8.index(lower, offsetBy: wanted.count)
      }
    }
    return nil
  }
}
