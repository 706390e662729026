public import Tensors

/// The product of two values, each sample's own matrices: `[…, M, K] × […, K, N]`.
///
/// ```
/// C = A · B        dA = dC · Bᵀ        dB = Aᵀ · dC
/// ```
///
/// Leading axes count from the right and are broadcast: one of length one meets every matrix of the
/// other side, and its gradient is the sum over them.
public struct MatrixProduct: Layer, Hashable {
  public init() {}

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 2...2, parameters, 0...0)
    for (index, input) in inputs.enumerated() where !(2...8).contains(input.rank) {
      throw .wrongRank(input: index, found: input, expected: 2...8)
    }
    let (a, b) = (inputs[0], inputs[1])
    guard b[b.rank - 2] == a[a.rank - 1] else {
      throw .wrongLength(
        input: 1, axis: b.rank - 2, found: b[b.rank - 2], expected: a[a.rank - 1])
    }
    var axes: [Int] = []
    for place in (2..<max(a.rank, b.rank)).reversed() {
      let (left, right) = (length(a, fromEnd: place), length(b, fromEnd: place))
      guard left == right || left == 1 || right == 1 else { throw .notBroadcastable(a, b) }
      axes.append(max(left, right))
    }
    let shape = Shape(checking: axes + [a[a.rank - 2], b[b.rank - 1]])
    guard let shape else { throw .tooLarge(axes: axes + [a[a.rank - 2], b[b.rank - 1]]) }
    return shape
  }

  public var backwardReads: BackwardReads { .inputs }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let (a, b) = (pass.inputShapes[0], pass.inputShapes[1])
    let (m, k, n) = sizes(a, b)
    pass.output.fill(.zero)
    for batch in 0..<pass.outputShape.count / (m * n) {
      let (atA, atB) = (matrix(batch, a, pass.outputShape), matrix(batch, b, pass.outputShape))
      accumulate(
        pass.output[batch * m * n..<(batch + 1) * m * n], rows: m, columns: n, depth: k,
        Operand(pass.inputs[0][atA * m * k..<(atA + 1) * m * k], outer: k, inner: 1),
        Operand(pass.inputs[1][atB * k * n..<(atB + 1) * k * n], outer: 1, inner: n))
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    let (a, b) = (pass.inputShapes[0], pass.inputShapes[1])
    let (m, k, n) = sizes(a, b)
    for dInput in pass.dInputs { dInput?.fill(.zero) }
    for batch in 0..<pass.outputShape.count / (m * n) {
      let (atA, atB) = (matrix(batch, a, pass.outputShape), matrix(batch, b, pass.outputShape))
      let rangeA = atA * m * k..<(atA + 1) * m * k
      let rangeB = atB * k * n..<(atB + 1) * k * n
      let dOutput = pass.dOutput[batch * m * n..<(batch + 1) * m * n]
      if let dA = pass.dInputs[0] {
        accumulate(
          dA[rangeA], rows: m, columns: k, depth: n,
          Operand(dOutput, outer: n, inner: 1),
          Operand(pass.inputs[1][rangeB], outer: n, inner: 1))
      }
      if let dB = pass.dInputs[1] {
        accumulate(
          dB[rangeB], rows: k, columns: n, depth: m,
          Operand(pass.inputs[0][rangeA], outer: 1, inner: k),
          Operand(dOutput, outer: 1, inner: n))
      }
    }
  }

  /// A matrix with the steps along the product's own axis and along the one summed over.
  private struct Operand {
    let elements: LanesView
    let outer: Int
    let inner: Int

    init(_ elements: LanesView, outer: Int, inner: Int) {
      self.elements = elements
      self.outer = outer
      self.inner = inner
    }
  }

  /// `product[row, column] += Σᵢ a[row, i] · b[i, column]`
  private func accumulate(
    _ product: MutableLanesView, rows: Int, columns: Int, depth: Int, _ a: Operand, _ b: Operand
  ) {
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = Vector.zero
        for i in 0..<depth {
          sum +=
            a.elements[row * a.outer + i * a.inner] * b.elements[column * b.outer + i * b.inner]
        }
        product[row * columns + column] += sum
      }
    }
  }

  private func sizes(_ a: Shape, _ b: Shape) -> (m: Int, k: Int, n: Int) {
    (a[a.rank - 2], a[a.rank - 1], b[b.rank - 1])
  }

  /// Which matrix of an operand meets the output's matrix number `batch`.
  private func matrix(_ batch: Int, _ operand: Shape, _ output: Shape) -> Int {
    var (rest, step, place) = (batch, 1, 0)
    for axis in stride(from: 2, to: output.rank, by: 1) {
      let index = rest % length(output, fromEnd: axis)
      rest /= length(output, fromEnd: axis)
      let own = length(operand, fromEnd: axis)
      if own > 1 { place += index * step }
      step *= own
    }
    return place
  }

  /// The length of an axis counted from the last; one where there is none.
  private func length(_ shape: Shape, fromEnd axis: Int) -> Int {
    axis < shape.rank ? shape[shape.rank - 1 - axis] : 1
  }
}
