/// Memory for elements, aligned to a cache line and zeroed when made; whoever holds the arena may
/// hand out views of it.
public final class LaneArena: Sendable {
  public let count: Int
  private let base: MutableLanesView

  public init(count: Int) {
    precondition(count >= 0, "an arena of \(count) elements")
    self.count = count
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Vector>.stride, alignment: 64)
    let vectors = unsafe memory.bindMemory(to: Vector.self, capacity: max(1, count))
    unsafe vectors.initialize(repeating: .zero, count: max(1, count))
    unsafe base = MutableLanesView(pointer: vectors, count: count)
  }

  deinit { unsafe base.pointer.deallocate() }

  /// The elements of `range`, valid while the arena lives. That no two threads write the same ones
  /// is the affair of the one who asks.
  public func view(_ range: Range<Int>) -> MutableLanesView { base[range] }

  public var all: MutableLanesView { base }
}
