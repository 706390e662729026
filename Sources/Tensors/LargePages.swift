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

  /// So many bytes, or as many as make the last page whole, if half of it is used anyway.
  static func rounded(_ bytes: Int) -> Int {
    let rest = bytes % size
    return rest < size / 2 ? bytes : bytes - rest + size
  }

  /// Asks for them, which matters where nobody has touched the memory yet. What fills no large page
  /// stays as it is; a system without them, or one that gives none, changes nothing.
  static func ask(for memory: UnsafeMutableRawBufferPointer) {
    #if os(Linux)
      guard let start = memory.baseAddress else { return }
      _ = unsafe madvise(start, memory.count, MADV_HUGEPAGE)
    #endif
  }
}
