public import Enforcement
public import EnforcementXML

#if canImport(Darwin)
  internal import Darwin
  internal import Foundation
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The data that ships with the package: `Regulations/`.
public enum RegulationLibrary {
  /// Where a rulebook may lie, in the order in which they are tried.
  ///
  /// 1. what the caller names (`--regulations`)
  /// 2. the environment variable `ZHUNSHENG_REGULATIONS`
  /// 3. `zhunsheng_RegulationLibrary.resources` beside the executable, links resolved
  /// 4. `../share/zhunsheng/Regulations` from the executable
  /// 5. on Apple platforms, the resource bundle
  ///
  /// A place that is named (1, 2) is the only one: a mistyped folder must not be answered from another.
  public static func places(named: String? = nil) -> [String] {
    if let named { return [named] }
    if let variable = getenv("ZHUNSHENG_REGULATIONS") {
      let path = String(cString: variable)
      if !path.isEmpty { return [path] }
    }
    var places: [String] = []
    if let folder = executableFolder() {
      places.append(folder + "/zhunsheng_RegulationLibrary.resources")
      places.append(folder + "/../share/zhunsheng/Regulations")
    }
    #if canImport(Darwin)
      if let bundle = Bundle.module.resourcePath { places.append(bundle) }
    #endif
    return places
  }

  /// The folder of the rulebook in force.
  ///
  /// - Throws: `RulebookError.notFound` with all the places that were looked in.
  public static func folder(named: String? = nil) throws(RulebookError) -> RulebookFolder {
    let places = places(named: named)
    for place in places where RulebookFolder.exists(place + "/rulebook.xml") { return RulebookFolder(place) }
    // It is there but may not be read: say so, rather than that there is none.
    for place in places where RulebookFolder.exists(place) {
      _ = try RulebookFolder(place).seal()
    }
    throw RulebookError(
      .notFound,
      "找不到规则库（rulebook.xml）。找过：\n" + places.map { "  " + $0 }.joined(separator: "\n")
        + "\n请用 --regulations 目录 或者环境变量 ZHUNSHENG_REGULATIONS 指明")
  }

  /// The folder of the running program, symbolic links resolved. Nil where the platform does not tell.
  public static func executableFolder() -> String? {
    #if canImport(Darwin)
      guard let path = Bundle.main.executablePath, let resolved = realpath(path, nil) else { return nil }
    #else
      guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
    #endif
    defer { free(resolved) }
    let path = String(cString: resolved)
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}

extension Rulebook {
  /// The rulebook that ships with the package, wherever it was installed.
  ///
  /// - Parameter named: a folder to use instead.
  /// - Throws: `RulebookError`.
  public static func bundled(named: String? = nil) throws(RulebookError) -> Rulebook {
    try Rulebook(contentsOf: RegulationLibrary.folder(named: named))
  }
}
