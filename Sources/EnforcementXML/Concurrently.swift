#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Does two things at the same time, the first on a thread of its own. One after the other where no thread can be had.
///
/// Loading is synchronous and short; an executor and its runtime would cost more than they save (docs/decisions/0006).
package func concurrently<First: Sendable, Second>(
  _ first: @escaping @Sendable () -> First, _ second: () -> Second
) -> (First, Second) {
  let job = Job(first)
  let box = Unmanaged.passRetained(job)
  #if canImport(Darwin)
    var thread: pthread_t?
    let status = pthread_create(&thread, nil, { pointer in Job.run(pointer) }, box.toOpaque())
  #else
    var thread = pthread_t()
    let status = pthread_create(&thread, nil, { pointer in Job.run(pointer!) }, box.toOpaque())
  #endif
  guard status == 0 else {
    box.release()
    return (first(), second())
  }
  let result = second()
  #if canImport(Darwin)
    pthread_join(thread!, nil)
  #else
    pthread_join(thread, nil)
  #endif
  return (job.result as! First, result)
}

/// Written by the thread, read after it has been joined.
private final class Job: @unchecked Sendable {
  private let work: @Sendable () -> any Sendable
  private(set) var result: (any Sendable)?

  init(_ work: @escaping @Sendable () -> any Sendable) { self.work = work }

  static func run(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    let job = Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue()
    job.result = job.work()
    return nil
  }
}
