#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Memory for elements, aligned to a cache line and zero when made; whoever holds the arena may
/// hand out views of it.
///
/// The system's fresh pages are zero already and cost time when they are touched first, so nothing
/// touches them here: the thread that computes in them does. Large arenas ask for large pages, of
/// which five hundred times fewer are fetched.
public final class LaneArena: Sendable {
  public let count: Int
  private let base: MutableLanesView
  private let block: Block

  /// What has to be freed.
  @safe
  private struct Block: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
  }

  /// - Parameter expected: how many elements are going to be used for now, if not all; the others get
  ///   no large pages before they are expected too (``expect(_:)``).
  public init(count: Int, expected: Int? = nil) {
    precondition(count >= 0, "an arena of \(count) elements")
    self.count = count
    let stride = MemoryLayout<Vector>.stride
    let bytes = LargePages.rounded(max(1, count) * stride)
    let alignment = bytes >= LargePages.size ? LargePages.size : stride
    guard let start = unsafe calloc(bytes + alignment, 1) else {
      fatalError("no memory for \(count) elements")
    }
    unsafe block = Block(start: start)
    let aligned = unsafe start.alignedUp(toMultipleOf: alignment)
    let vectors = unsafe aligned.bindMemory(to: Vector.self, capacity: max(1, count))
    unsafe base = MutableLanesView(pointer: vectors, count: count)
    expect(expected ?? count)
  }

  /// Asks for large pages where so many elements lie. A page that would hardly be used stays small.
  public func expect(_ elements: Int) {
    let stride = MemoryLayout<Vector>.stride
    guard LargePages.rounded(max(1, count) * stride) >= LargePages.size else { return }
    let start = unsafe UnsafeMutableRawPointer(base.pointer)
    let bytes = LargePages.rounded(min(elements, count) * stride)
    unsafe LargePages.ask(for: UnsafeMutableRawBufferPointer(start: start, count: bytes))
  }

  deinit { unsafe free(block.start) }

  /// The elements of `range`, valid while the arena lives. That no two threads write the same ones
  /// is the affair of the one who asks.
  public func view(_ range: Range<Int>) -> MutableLanesView { base[range] }

  public var all: MutableLanesView { base }
}
