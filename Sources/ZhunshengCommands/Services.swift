public import Enforcement
internal import RegulationLibrary

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What a program links beyond the rules: readers of Word files, the index of official texts. A command that needs one which
/// is not there hands the whole command line over to the program that has it.
public struct Services: Sendable {
  public typealias WordReader = @Sendable (_ bytes: [UInt8], _ file: String) throws(RulebookError) -> TextDocument
  public typealias Opener = @Sendable (_ folder: String) throws(RulebookError) -> any SearchableTexts
  public typealias Updater =
    @Sendable (
      _ folder: String, _ sources: [TextIndex.Source], _ step: (_ done: Int, _ total: Int) -> Void,
      _ read: (TextIndex.Source) throws(RulebookError) -> OfficialText
    ) throws(RulebookError) -> TextIndex.Update

  private let word: WordReader?
  private let opener: Opener?
  private let updater: Updater?

  public init(readWord: @escaping WordReader, openTexts: @escaping Opener, updateTexts: @escaping Updater) {
    word = readWord
    opener = openTexts
    updater = updateTexts
  }

  private init() { (word, opener, updater) = (nil, nil, nil) }

  /// Nothing beyond the rules.
  public static let none = Services()

  /// Set once, before the command line is read; nothing else runs then.
  nonisolated(unsafe) static var current = Services.none

  static func readWord(_ bytes: [UInt8], _ file: String) throws(RulebookError) -> TextDocument {
    guard let word = current.word else { throw handOver() }
    return try word(bytes, file)
  }

  static func openTexts(_ folder: String) throws(RulebookError) -> any SearchableTexts {
    guard let opener = current.opener else { throw handOver() }
    return try opener(folder)
  }

  static func updateTexts(
    _ folder: String, _ sources: [TextIndex.Source], step: (Int, Int) -> Void,
    read: (TextIndex.Source) throws(RulebookError) -> OfficialText
  ) throws(RulebookError) -> TextIndex.Update {
    guard let updater = current.updater else { throw handOver() }
    return try updater(folder, sources, step, read)
  }

  /// To be called before any work is done for a file that a reader of Word files will be needed for, going by its name.
  static func needWord(_ file: String) throws(RulebookError) {
    if current.word == nil, InputText.isWord([], file) { throw handOver() }
  }

  /// To be called before any work is done by what will need the index in the end.
  static func needTexts() throws(RulebookError) { if current.opener == nil { throw handOver() } }

  /// Goes on as the program that has everything; comes back only when that cannot be started.
  private static func handOver() -> RulebookError {
    let folder = RegulationLibrary.executableFolder() ?? "."
    let path = folder + "/zhunsheng-texts"
    var arguments: [UnsafeMutablePointer<CChar>?] = ([path] + CommandLine.arguments.dropFirst()).map { strdup($0) }
    arguments.append(nil)
    execv(path, &arguments)
    return RulebookError(
      .notFound, "\(path)：没有找到（\(String(cString: strerror(errno)))）；查官方正文、读 Word 文件要用它，它应当和 zhunsheng 放在一起，请重新安装")
  }
}
