import Synchronization

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
/// touches them here: the thread that computes in them does, unless somebody asks for more
/// (``expect(_:fetching:)``). Blocks that the process had before are cleared as a whole. Large arenas
/// ask for large pages, of which five hundred times fewer are fetched.
public final class LaneArena: Sendable {
  public let count: Int
  private let base: MutableLanesView
  private let block: Block

  /// How many elements somebody was going to use so far.
  private let expected = Atomic(0)

  /// What has to be freed.
  @safe
  private struct Block: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
  }

  /// - Parameter expected: how many elements are going to be used for now, if not all; for the others
  ///   no large pages are asked before they are expected too (``expect(_:fetching:)``).
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

  /// Says that the first so many elements are going to be used: as far as that is new, large pages are
  /// asked for where they lie. For a page that would hardly be used none is asked.
  ///
  /// - Parameter workers: threads that fetch this memory from the system at once, if there are any.
  ///   Who computes alone would wait for page after page while the others idle.
  public func expect(_ elements: Int, fetching workers: Workers? = nil) {
    let (known, wanted) = (expected.load(ordering: .relaxed), min(elements, count))
    guard wanted > known else { return }
    expected.store(wanted, ordering: .relaxed)
    if LargePages.rounded(count * MemoryLayout<Vector>.stride) >= LargePages.size {
      let start = unsafe UnsafeMutableRawPointer(base.pointer)
      let bytes = LargePages.rounded(wanted * MemoryLayout<Vector>.stride)
      unsafe LargePages.ask(for: UnsafeMutableRawBufferPointer(start: start, count: bytes))
    }
    if let workers { fetch(known..<wanted, workers) }
  }

  /// Touches elements that nobody has used yet, so that they are zero before and after. Each piece is
  /// a large page; where the system gave none, it has many small ones.
  private func fetch(_ elements: Range<Int>, _ workers: Workers) {
    let piece = LargePages.size / MemoryLayout<Vector>.stride
    let smallestPage = 4096 / MemoryLayout<Vector>.stride
    let pieces = elements.lowerBound / piece...(elements.upperBound - 1) / piece
    workers.forEach(pieces.count) { _, number in
      let start = (pieces.lowerBound + number) * piece
      let own = elements.clamped(to: start..<start + piece)
      for element in stride(from: own.lowerBound, to: own.upperBound, by: smallestPage) {
        base[element] = .zero
      }
    }
  }

  deinit { unsafe free(block.start) }

  /// The elements of `range`, valid while the arena lives. That no two threads write the same ones
  /// is the affair of the one who asks.
  public func view(_ range: Range<Int>) -> MutableLanesView { base[range] }

  public var all: MutableLanesView { base }
}
