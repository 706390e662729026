import Networks
import Tensors

/// Lays the batch axes of two operands over each other, as NumPy's broadcasting lays their shapes.
extension GraphBuilder {
  /// Two values ready for an elementwise layer, and where the result's batch axis is.
  mutating func aligned(
    _ a: Activation, _ b: Activation, for context: NodeContext
  ) throws(NodeProblem) -> (Activation, Activation, batchAxis: Int?) {
    let rank = max(a.rank, b.rank)
    let placeA = a.batchAxis.map { $0 + rank - a.rank }
    let placeB = b.batchAxis.map { $0 + rank - b.rank }
    switch (placeA, placeB) {
    case (nil, nil): return (a, b, nil)
    case (let place?, nil):
      return (a, try dropping(place, of: b, rank: rank, for: context), place)
    case (nil, let place?):
      return (try dropping(place, of: a, rank: rank, for: context), b, place)
    case (let first?, let second?):
      guard first == second else { throw .mixesBatch }
      return (a, b, first)
    }
  }

  /// A value with axes of length one before its own, until there are `rank`: broadcasting adds them
  /// anyway, and the network says so when it is written.
  mutating func widened(
    _ activation: Activation, rank: Int, batchAxis: Int?, for context: NodeContext
  ) throws(NodeProblem) -> Activation {
    let missing = rank - activation.shape.rank
    guard missing > 0 else { return activation }
    return try reshape(
      activation, to: Array(repeating: 1, count: missing) + activation.shape.axes,
      batchAxis: batchAxis, for: context, helper: "widened")
  }

  /// A value without batch axis, without the axis of length one that meets another's batch axis.
  private mutating func dropping(
    _ place: Int, of activation: Activation, rank: Int, for context: NodeContext
  ) throws(NodeProblem) -> Activation {
    let own = place - (rank - activation.rank)
    guard own >= 0 else { return activation }
    guard activation.shape[own] == 1 else { throw .mixesBatch }
    var axes = activation.shape.axes
    axes.remove(at: own)
    return try reshape(
      activation, to: axes, batchAxis: nil, for: context, helper: "broadcast")
  }

  /// A constant as a value, where a layer takes nothing else (coordinates or tokens that are put
  /// beside a picture): zero times another value, made without multiplying, plus the constant.
  mutating func activation(
    of constant: Constant, beside other: Activation, for context: NodeContext, helper: String
  ) throws(NodeProblem) -> Activation {
    let (axes, batchAxis) = try alignedAxes(of: constant, beside: other)
    return try activation(
      of: constant, axes: axes, batchAxis: batchAxis, beside: other, for: context, helper: helper)
  }

  /// A constant as a value of the given axes.
  mutating func activation(
    of constant: Constant, axes: [Int], batchAxis: Int?, beside other: Activation,
    for context: NodeContext, helper: String
  ) throws(NodeProblem) -> Activation {
    let sum = try add(
      .reduction(Reduction(.sum, axes: Array(other.shape.axes.indices))), [other], for: context,
      helper: helper + " sum", batchAxis: batchAxis)
    let number = try reshape(
      sum, to: axes.map { _ in 1 }, batchAxis: batchAxis, for: context, helper: helper + " number")
    let zero = try add(
      .pointwise(Pointwise(.clippedReLU(low: 0, high: 0))), [number], for: context,
      helper: helper + " zero", batchAxis: batchAxis)
    let parameter = try parameter(
      constant, role: helper, for: context, axes: axes, isTrainable: constant.name != nil)
    return try add(
      .arithmeticConstant(ArithmeticConstant(.add, constant: .right)), [zero],
      parameters: [parameter], for: context, helper: helper, batchAxis: batchAxis)
  }

  /// A constant's axes beside a value: without the one that meets the batch axis.
  func alignedAxes(
    of constant: Constant, beside activation: Activation
  ) throws(NodeProblem) -> (axes: [Int], batchAxis: Int?) {
    let rank = max(constant.axes.count, activation.rank)
    guard let batchAxis = activation.batchAxis else { return (constant.axes, nil) }
    let place = batchAxis + rank - activation.rank
    let own = place - (rank - constant.axes.count)
    guard own >= 0 else { return (constant.axes, place) }
    guard constant.axes[own] == 1 else { throw .mixesBatch }
    var axes = constant.axes
    axes.remove(at: own)
    return (axes, place)
  }
}
