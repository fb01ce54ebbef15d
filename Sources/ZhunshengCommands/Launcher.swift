internal import ArgumentParser
internal import Enforcement

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Runs the command line and turns every outcome into an exit status, in this one place:
/// 0 answered or clean, 1 found something at or above `--fail-level`, 2 could not run.
public enum Launcher {
  public static func run(_ arguments: [String], services: Services) -> Never {
    Services.current = services
    // A reader that goes away (`| head`) is no fault of ours: writing then says EPIPE, which `Terminal` takes quietly.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try Zhunsheng.parseAsRoot(arguments)
      try command.run()
      exit(0)
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch let error as RulebookError {
      Terminal.error(ErrorText.text(error))
      exit(2)
    } catch {
      let status = Zhunsheng.exitCode(for: error)
      let message = Zhunsheng.fullMessage(for: error)
      if status.isSuccess {
        Terminal.write(message)
        exit(0)
      }
      Terminal.error(message)
      Terminal.error(ErrorText.hint(for: arguments))
      exit(2)
    }
  }
}
