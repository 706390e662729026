#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A POSIX thread that runs one closure.
///
/// Not a task of the language's own pool: a worker keeps its core between pieces of work, which a
/// cooperative thread must not.
@safe
struct ThreadHandle: @unchecked Sendable {
  private let thread: pthread_t

  init(_ body: @escaping @Sendable () -> Void) {
    let argument = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
    #if canImport(Darwin)
      var created: pthread_t?
      let status = unsafe pthread_create(&created, nil, { runBody($0) }, argument)
    #else
      var created = pthread_t()
      let status = unsafe pthread_create(&created, nil, { unsafe runBody($0!) }, argument)
    #endif
    precondition(status == 0, "no thread could be started (error \(status))")
    #if canImport(Darwin)
      unsafe thread = created!
    #else
      thread = created
    #endif
  }

  /// Waits until the closure has returned.
  func join() { pthread_join(thread, nil) }
}

private final class Body: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runBody(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
