/// Elements at the other ends of differences: those of a view, or the same some lanes further, which is a
/// load that starts inside an element and ends in the next.
///
/// The last lanes have no neighbour; what is found there is finite, if the view is, and means nothing.
@safe
public struct EndValues {
  let first: UnsafePointer<Float>
  let last: Int
  let lastElement: Vector

  /// - Parameters:
  ///   - view: at least one element; valid as long as this is used.
  ///   - shift: how many lanes further the other ends are; with none, they are the view's own elements.
  public init(_ view: LanesView, shift: Int = 0) {
    precondition(0 <= shift && shift < laneCount && view.count > 0, "shifted by \(shift) lanes")
    unsafe first = view.floats + shift
    last = view.count - 1
    var element = view[last]
    for lane in 0..<laneCount - shift { element[lane] = view[last][lane + shift] }
    lastElement = element
  }

  /// As many elements as the view has.
  public var count: Int { last + 1 }

  /// The other ends of the sixteen lanes of an element.
  public subscript(index: Int) -> Vector {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) <= UInt(bitPattern: last), "element outside the view")
      // Behind the last element there need not be memory.
      if index == last { return lastElement }
      return unsafe UnsafeRawPointer(first).loadUnaligned(
        fromByteOffset: index * MemoryLayout<Vector>.stride, as: Vector.self)
    }
  }
}
