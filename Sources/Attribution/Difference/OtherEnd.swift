import Networks
import Tensors

/// Where the values at the other end of a difference are found.
enum OtherEnd: Sendable, Hashable {
  /// In the reference workspace, lane by lane: DeepLIFT's baseline.
  case reference

  /// In the same workspace, so many lanes further: neighbours on a path. A difference costs no
  /// forward pass of its own then. The last lanes have no neighbour; what is computed there is
  /// finite and means nothing.
  case lane(shift: Int)
}

/// Elements at the other end: those of a view, or the same some lanes further, which is a load that
/// starts inside an element and ends in the next.
@safe
struct EndValues {
  private let base: UnsafeRawPointer
  private let last: Int
  private let lastElement: Vector

  init(_ view: LanesView, shift: Int = 0) {
    precondition(0 <= shift && shift < laneCount && view.count > 0, "shifted by \(shift) lanes")
    unsafe base = UnsafeRawPointer(view.pointer) + shift * MemoryLayout<Float>.stride
    last = view.count - 1
    var element = view[last]
    for lane in 0..<laneCount - shift { element[lane] = view[last][lane + shift] }
    lastElement = element
  }

  subscript(index: Int) -> Vector {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) <= UInt(bitPattern: last), "element outside the view")
      // Behind the last element there need not be memory.
      if index == last { return lastElement }
      return unsafe base.loadUnaligned(
        fromByteOffset: index * MemoryLayout<Vector>.stride, as: Vector.self)
    }
  }
}
