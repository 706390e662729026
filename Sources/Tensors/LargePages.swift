#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Pages of two megabytes, where the system has them for whoever asks.
enum LargePages {
  static let size = 2 << 20

  /// Asks for them in memory that nobody has touched yet. What fills no large page stays as it is; a
  /// system without them, or one that gives none, changes nothing.
  static func ask(for memory: UnsafeMutableRawBufferPointer) {
    #if os(Linux)
      guard let start = memory.baseAddress else { return }
      _ = unsafe madvise(start, memory.count, MADV_HUGEPAGE)
    #endif
  }
}
