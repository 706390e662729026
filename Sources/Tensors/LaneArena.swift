#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Memory for elements, aligned to a cache line and zeroed when made; whoever holds the arena may
/// hand out views of it.
public final class LaneArena: Sendable {
  public let count: Int
  private let base: MutableLanesView

  public init(count: Int) {
    precondition(count >= 0, "an arena of \(count) elements")
    self.count = count
    let bytes = max(1, count) * MemoryLayout<Vector>.stride
    let isLarge = bytes >= Self.largePage
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: isLarge ? Self.largePage : 64)
    if isLarge { unsafe Self.useLargePages(memory, bytes) }
    let vectors = unsafe memory.bindMemory(to: Vector.self, capacity: max(1, count))
    unsafe vectors.initialize(repeating: .zero, count: max(1, count))
    unsafe base = MutableLanesView(pointer: vectors, count: count)
  }

  deinit { unsafe base.pointer.deallocate() }

  private static let largePage = 2 << 20

  /// Asks the system for pages of 2 MB before the memory is touched. A 1x1 convolution walks down
  /// hundreds of channels, each on a page of its own, and would wait for the page table.
  private static func useLargePages(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    #if os(Linux)
      // Advice: where it is not taken, the arena is slower but right.
      _ = unsafe madvise(memory, bytes, MADV_HUGEPAGE)
    #endif
  }

  /// The elements of `range`, valid while the arena lives. That no two threads write the same ones
  /// is the affair of the one who asks.
  public func view(_ range: Range<Int>) -> MutableLanesView { base[range] }

  public var all: MutableLanesView { base }
}
