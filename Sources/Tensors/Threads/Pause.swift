#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a thread does that waits for another.
enum Pause {
  /// Lets other threads run first.
  static func yield() { sched_yield() }
}
