/// One element of the network for sixteen samples: lane `i` belongs to sample `i` of the group.
public typealias Vector = SIMD16<Float>

/// The number of samples that go through the network side by side.
public let laneCount = Vector.scalarCount

/// A borrowed stretch of elements that is only read.
///
/// Views are handed out by whoever owns the memory (``Lanes``, ``LaneArena``) and are valid as long
/// as that owner lives. They exist because a plan makes them once and uses them in every pass: spans
/// cannot be kept. Element access is checked; only kernels see the pointer.
@frozen
@safe
public struct LanesView: @unchecked Sendable {
  public let count: Int
  public let pointer: UnsafePointer<Vector>

  @inlinable
  public init(pointer: UnsafePointer<Vector>, count: Int) {
    unsafe self.pointer = pointer
    self.count = count
  }

  @inlinable
  public subscript(index: Int) -> Vector {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "element outside the view")
      return unsafe pointer[index]
    }
  }

  /// The elements of `range` as a view of their own; checked once, read from zero.
  @inlinable
  public subscript(range: Range<Int>) -> LanesView {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the view")
    return unsafe LanesView(pointer: pointer + range.lowerBound, count: range.count)
  }
}

/// A borrowed stretch of elements that is written; see ``LanesView`` for who may hold one.
@frozen
@safe
public struct MutableLanesView: @unchecked Sendable {
  public let count: Int
  public let pointer: UnsafeMutablePointer<Vector>

  @inlinable
  public init(pointer: UnsafeMutablePointer<Vector>, count: Int) {
    unsafe self.pointer = pointer
    self.count = count
  }

  @inlinable
  public subscript(index: Int) -> Vector {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "element outside the view")
      return unsafe pointer[index]
    }
    @inline(__always) nonmutating set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "element outside the view")
      unsafe pointer[index] = newValue
    }
  }

  @inlinable
  public subscript(range: Range<Int>) -> MutableLanesView {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the view")
    return unsafe MutableLanesView(pointer: pointer + range.lowerBound, count: range.count)
  }

  /// The same elements, to read.
  @inlinable
  public var readOnly: LanesView { unsafe LanesView(pointer: pointer, count: count) }
}
