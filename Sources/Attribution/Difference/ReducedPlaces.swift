import Networks
import Tensors

extension Operation {
  /// For each element that a reduction or a global pooling makes, the input elements it is made of.
  func reducedPlaces(_ input: Shape) -> [[Int]] {
    switch self {
    case .globalPooling: input.places(reducing: Array(1..<input.rank))
    case .reduction(let layer): input.places(reducing: layer.axes)
    case .arithmetic, .arithmeticConstant, .averagePooling, .batchNormalization, .concatenation,
      .convolution, .dense, .depthToSpace, .dropout, .expand, .gather, .groupNormalization,
      .identity, .layerNormalization, .localResponseNormalization, .lpNormalization,
      .matrixProduct, .maxPooling, .padding, .parametricReLU, .pointwise, .reshape, .resize,
      .slice, .softmax, .spaceToDepth, .tile, .transpose, .transposedConvolution:
      preconditionFailure("\(name) reduces nothing")
    }
  }
}

extension Shape {
  /// For each element that remains when some axes vanish, the elements that go into it.
  func places(reducing reduced: [Int]) -> [[Int]] {
    let strides = strides
    func offsets(_ chosen: [Int]) -> [Int] {
      chosen.reduce([0]) { sums, axis in
        sums.flatMap { sum in (0..<self[axis]).map { sum + $0 * strides[axis] } }
      }
    }
    let inner = offsets(reduced.sorted())
    return offsets((0..<rank).filter { !reduced.contains($0) }).map { start in
      inner.map { start + $0 }
    }
  }

  /// For each element of `shape`, to which this broadcasts, the element of this that stands there.
  func places(broadcastTo shape: Shape) -> [Int] {
    let missing = shape.rank - rank
    let strides = strides
    return (0..<shape.rank).reduce([0]) { sums, axis in
      let step = axis < missing || self[axis - missing] == 1 ? 0 : strides[axis - missing]
      return sums.flatMap { sum in (0..<shape[axis]).map { sum + $0 * step } }
    }
  }
}
