import Tensors

/// The lines of a value along one axis, each as the places of its elements, in order of memory.
struct AxisLines: Sequence, IteratorProtocol {
  private let length: Int
  private let inner: Int
  private let count: Int
  private var position = (outer: 0, inner: 0)

  init(_ shape: Shape, axis: Int) {
    length = shape[axis]
    inner = shape.axes[(axis + 1)...].reduce(1, *)
    count = shape.count
  }

  mutating func next() -> StrideTo<Int>? {
    let block = position.outer * length * inner
    guard block < count else { return nil }
    let first = block + position.inner
    position.inner += 1
    if position.inner == inner { position = (position.outer + 1, 0) }
    return stride(from: first, to: block + length * inner, by: inner)
  }
}
