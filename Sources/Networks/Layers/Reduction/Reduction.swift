public import Tensors

/// Makes one element of all those along some axes: mean, sum, maximum, norm.
public struct Reduction: Layer, Hashable {
  public let kind: ReductionKind

  /// Which axes of a sample vanish, counted from zero.
  public let axes: [Int]

  /// Whether reduced axes stay, with length one.
  public let keepsAxes: Bool

  public init(_ kind: ReductionKind, axes: [Int], keepsAxes: Bool = false) {
    self.kind = kind
    self.axes = axes
    self.keepsAxes = keepsAxes
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    let input = inputs[0]
    guard input.rank <= RowWalk.maximumRank else {
      throw .wrongRank(input: 0, found: input, expected: 0...RowWalk.maximumRank)
    }
    for (index, axis) in axes.enumerated() {
      guard (0..<input.rank).contains(axis) else {
        throw .axisOutOfRange(axis: axis, rank: input.rank)
      }
      guard !axes[..<index].contains(axis) else {
        throw .impossible(setting: "axes", value: axis)
      }
    }
    if keepsAxes { return Shape(input.axes.indices.map { axes.contains($0) ? 1 : input[$0] }) }
    return Shape(input.axes.indices.filter { !axes.contains($0) }.map { input[$0] })
  }

  public var picksAmongEquals: Bool { kind == .maximum || kind == .minimum }

  /// What log-sum-exp shifts by going forward; two numbers for each result that maxima and products
  /// tally going backward.
  public func scratchCount(inputs: [Shape]) -> Int {
    guard kind.function.needsShift || kind.function.tallies else { return 0 }
    return 2 * axes.reduce(inputs[0].count) { $0 / inputs[0][$1] }
  }

  public var backwardReads: BackwardReads { kind.function.reads }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    kind.function.forward(pass, over: axes)
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    kind.function.backward(pass, over: axes)
  }
}
