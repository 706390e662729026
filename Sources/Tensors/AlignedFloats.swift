/// Floats that start on a cache line: weights as kernels want them.
///
/// A reference without value semantics: it is written by the one who makes it (packing) and only
/// read afterwards, by all threads.
public final class AlignedFloats: Sendable {
  public let count: Int
  private let memory: Memory

  @safe
  private struct Memory: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
  }

  /// Makes room for `count` floats, all zero.
  public init(count: Int) {
    precondition(count >= 0, "\(count) floats")
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
    let base = unsafe bytes.bindMemory(to: Float.self, capacity: max(1, count))
    unsafe base.initialize(repeating: 0, count: max(1, count))
    memory = unsafe Memory(base: base)
  }

  public convenience init(_ values: [Float]) {
    self.init(count: values.count)
    for (index, value) in values.enumerated() { unsafe memory.base[index] = value }
  }

  /// Replaces all of them.
  public func copy(_ values: [Float]) {
    precondition(values.count == count, "\(values.count) floats copied to \(count)")
    for (index, value) in values.enumerated() { unsafe memory.base[index] = value }
  }

  deinit { unsafe memory.base.deallocate() }

  /// The memory itself, for packing and kernels; valid while this object lives.
  public var pointer: UnsafeMutablePointer<Float> { unsafe memory.base }

  public subscript(index: Int) -> Float {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "float outside the buffer")
    return unsafe memory.base[index]
  }
}
