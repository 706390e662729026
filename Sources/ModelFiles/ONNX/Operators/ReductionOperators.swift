import Networks
import Tensors

/// Operators that make one element of many: means, sums, maxima, softmax.
enum ReductionOperators {
  static let table: [String: Operator] = [
    "ReduceMean": reduction(.mean),
    "ReduceSum": reduction(.sum, fold: ConstantArithmetic.reduction(0, ConstantArithmetic.sum)),
    "ReduceProd": reduction(
      .product, fold: ConstantArithmetic.reduction(1, ConstantArithmetic.product)),
    "ReduceMax": reduction(
      .maximum,
      fold: ConstantArithmetic.reduction(.min, ConstantArithmetic.known { max($0, $1) })),
    "ReduceMin": reduction(
      .minimum,
      fold: ConstantArithmetic.reduction(.max, ConstantArithmetic.known { min($0, $1) })),
    "ReduceL1": reduction(.l1),
    "ReduceL2": reduction(.l2),
    "ReduceLogSumExp": reduction(.logSumExp),
    "ReduceSumSquare": reduction(.sumOfSquares),
    "Softmax": softmax(.softmax),
    "LogSoftmax": softmax(.logSoftmax),
  ]

  /// Axes are an attribute in older operator sets and an input in newer ones; none means all.
  private static func reduction(
    _ kind: ReductionKind, fold: Operator.Fold? = nil
  ) -> Operator {
    Operator(fold: fold) { (context, builder) throws(NodeProblem) in
      let x = try context.activation(0)
      var axes = try context.integers("axes", orInput: 1) ?? []
      if axes.isEmpty {
        if context.flag("noop_with_empty_axes") { return [.activation(x)] }
        axes = Array(0..<x.rank)
      }
      var reduced: [Int] = []
      for axis in axes {
        let axis = try ConstantIndexing.axis(axis, rank: x.rank)
        if !reduced.contains(axis) { reduced.append(axis) }
      }
      // The one sample of a file made for one is its own mean.
      guard !reduced.contains(where: { $0 == x.batchAxis }) || builder.fixedBatch == 1 else {
        throw .mixesBatch
      }
      var own: [Int] = []
      for axis in reduced where axis != x.batchAxis { own.append(try x.axis(axis)) }
      let keepsAxes = context.flag("keepdims", default: true)
      var batchAxis = x.batchAxis
      if let place = batchAxis, !keepsAxes {
        batchAxis = reduced.contains(place) ? nil : place - reduced.count { $0 < place }
      }
      let operation: Operation
      if own.isEmpty {
        // Of one number alone; a file would read a reduction over no axes as one over all.
        guard let function = kind.ofOneNumber else {
          return [.activation(Activation(value: x.value, shape: x.shape, batchAxis: batchAxis))]
        }
        operation = .pointwise(Pointwise(function))
      } else {
        operation = .reduction(Reduction(kind, axes: own.sorted(), keepsAxes: keepsAxes))
      }
      return [
        .activation(try builder.add(operation, [x], for: context, batchAxis: batchAxis))
      ]
    }
  }

  /// Before operator set 13 everything from the axis on is one axis.
  private static func softmax(_ kind: Softmax.Kind) -> Operator {
    .layer { (context, builder) throws(NodeProblem) in
      let x = try context.activation(0)
      let isFlat = context.operatorSet < 13
      let axis = try x.axis(context.integer("axis", default: isFlat ? 1 : -1))
      let tail = x.shape.axes[axis...].reduce(1, *)
      if !isFlat || tail == x.shape[axis] {
        return try builder.add(
          .softmax(Softmax(kind, axis: axis)), [x], for: context, batchAxis: x.batchAxis)
      }
      if let batch = x.batchAxis, batch > axis { throw .mixesBatch }
      let flat = try builder.reshape(
        x, to: Array(x.shape.axes[..<axis]) + [tail], batchAxis: x.batchAxis, for: context,
        helper: "flat")
      let shares = try builder.add(
        .softmax(Softmax(kind, axis: axis)), [flat], for: context, helper: "shares",
        batchAxis: x.batchAxis)
      return try builder.reshape(
        shares, to: x.shape.axes, batchAxis: x.batchAxis, for: context)
    }
  }
}

extension ReductionKind {
  /// What it makes of a single number; nothing where it leaves it as it is.
  fileprivate var ofOneNumber: PointwiseKind? {
    switch self {
    case .l1, .l2: .absolute
    case .sumOfSquares: .square
    case .logSumExp, .maximum, .mean, .minimum, .product, .sum: nil
    }
  }
}
