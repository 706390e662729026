import Tensors

/// Numbers of one sample with their shape, in `Double`: what oracles calculate with.
///
/// Slow and obvious on purpose: an element is found by its index along every axis.
struct PlainArray: Sendable {
  let shape: [Int]
  var values: [Double]

  init(_ shape: [Int], _ values: [Double]) {
    precondition(values.count == shape.reduce(1, *), "\(values.count) values for \(shape)")
    self.shape = shape
    self.values = values
  }

  /// The array whose element at each index is what `element` says.
  init(_ shape: [Int], _ element: ([Int]) -> Double) {
    self.init(shape, PlainArray.indices(of: shape).map(element))
  }

  subscript(index: Int...) -> Double {
    get { self[index] }
    set { self[index] = newValue }
  }

  subscript(index: [Int]) -> Double {
    get { values[position(index)] }
    set { values[position(index)] = newValue }
  }

  /// All indices of the array, last axis fastest.
  var indices: [[Int]] { PlainArray.indices(of: shape) }

  func map(_ function: (Double) -> Double) -> PlainArray { PlainArray(shape, values.map(function)) }

  static func indices(of shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { prefixes, length in
      prefixes.flatMap { prefix in (0..<length).map { prefix + [$0] } }
    }
  }

  private func position(_ index: [Int]) -> Int {
    precondition(index.count == shape.count, "index \(index) into \(shape)")
    var position = 0
    for (axis, length) in shape.enumerated() {
      precondition((0..<length).contains(index[axis]), "index \(index) into \(shape)")
      position = position * length + index[axis]
    }
    return position
  }
}
