internal import Enforcement

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Where text goes, and what the place can show. Nothing else writes.
enum Terminal {
  // CR LF is one character in Swift.
  static func write(_ text: String) { put(text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n", to: 1) }

  static func error(_ text: String) { put(text.hasSuffix("\n") ? text : text + "\n", to: 2) }

  /// Writes everything; a reader that has gone away (`| head`) ends the program quietly.
  private static func put(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { sendOut(descriptor, $0.baseAddress!, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        exit(errno == EPIPE ? 0 : 2)
      }
      bytes = bytes.dropFirst(written)
    }
  }

  private static func sendOut(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes, count)
    #else
      Darwin.write(descriptor, bytes, count)
    #endif
  }

  static let isInteractive = isatty(1) == 1
  static let usesColor = isInteractive && getenv("NO_COLOR") == nil && getenv("TERM").map { String(cString: $0) } != "dumb"

  /// In columns; what `COLUMNS` says, what the terminal says, or 80.
  static let width: Int = {
    if let variable = getenv("COLUMNS"), let columns = Int(String(cString: variable)), columns >= 20 { return min(columns, 200) }
    var size = winsize()
    if ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 { return min(Int(size.ws_col), 200) }
    return 80
  }()
}

enum Clock {
  /// Today in Asia/Shanghai (UTC+8, no summer time since 1992), wherever the machine stands.
  static func todayInShenzhen() -> CalendarDate {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let seconds = Int(now.tv_sec) + 8 * 3600
    return CalendarDate(daysSince1970: seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
  }
}
