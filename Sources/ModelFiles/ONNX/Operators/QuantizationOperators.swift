import Networks
import Tensors

/// Quantised models as pairs of QuantizeLinear and DequantizeLinear.
///
/// Weights become floats. Values that flow are computed in float, so their rounding is lost, but not
/// the range of what a quantised value can hold: exporters drop a ReLU where that range begins at
/// zero.
enum QuantizationOperators {
  static let table: [String: Operator] = [
    "QuantizeLinear": .layer(fold: quantized, clip),
    "DequantizeLinear": Operator(fold: dequantized) { (context, _) throws(NodeProblem) in
      [.activation(try context.activation(0))]
    },
  ]

  /// `(x − zero point) · scale`
  private static func dequantized(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    let x = try context.constant(0)
    let steps = try Steps(context, axes: x.axes)
    var values = try x.floats()
    for index in values.indices {
      let channel = steps.channel(index)
      values[index] = (values[index] - steps.zeroPoint(channel)) * steps.scale[channel]
    }
    return [Constant(axes: x.axes, floats: values)]
  }

  /// `round(x / scale) + zero point`, held within the type's range.
  private static func quantized(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    let x = try context.constant(0)
    let steps = try Steps(context, axes: x.axes)
    let range = try range(context)
    var values = try x.floats()
    for index in values.indices {
      let channel = steps.channel(index)
      let whole = (values[index] / steps.scale[channel]).rounded(.toNearestOrEven)
      values[index] = min(
        max(whole + steps.zeroPoint(channel), range.lowerBound), range.upperBound)
    }
    return [Constant(axes: x.axes, floats: values)]
  }

  private static func clip(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    let scale = try context.float(1)
    let zeroPoint = context.optional(2) == nil ? 0 : try context.float(2)
    let range = try range(context)
    builder.note(.quantizedActivationsInFloat)
    let low = (range.lowerBound - zeroPoint) * scale
    let high = (range.upperBound - zeroPoint) * scale
    guard low <= high else { throw .wrongAttribute(name: "scale", value: "\(scale)") }
    return try builder.add(
      .pointwise(Pointwise(.clippedReLU(low: low, high: high))), [x], for: context,
      batchAxis: x.batchAxis)
  }

  /// The numbers that the quantised type holds.
  private static func range(_ context: NodeContext) throws(NodeProblem) -> ClosedRange<Float> {
    var type = ONNX.ElementType.uint8
    if let zeroPoint = try context.optionalConstant(2), case .stored(let tensor) = zeroPoint.storage
    {
      type = tensor.elementType
    } else if let code = context.integer("output_dtype"), code != 0 {
      guard let declared = ONNX.ElementType(rawValue: Int32(clamping: code)) else {
        throw .unsupportedElementType(Int32(clamping: code))
      }
      type = declared
    }
    switch type {
    case .uint8: return 0...255
    case .int8: return -128...127
    case .uint16: return 0...65535
    case .int16: return -32768...32767
    case .float32, .int32, .int64, .bool, .float16, .float64, .uint32, .uint64, .bfloat16:
      throw .unsupportedElementType(type.rawValue)
    }
  }

  /// Scales and zero points, one for all or one for each index of an axis.
  private struct Steps {
    let scale: [Float]
    private let zeroPoints: [Float]
    private let length: Int
    private let inner: Int

    init(_ context: NodeContext, axes: [Int]) throws(NodeProblem) {
      try context.requireInputs(2...3)
      guard context.integer("block_size", default: 0) == 0 else {
        throw .unsupportedSetting(name: "block_size", value: "not 0")
      }
      scale = try context.constant(1).floats()
      zeroPoints = try context.optionalConstant(2)?.floats() ?? []
      if scale.count == 1 {
        length = 1
        inner = 1
      } else {
        let axis = try ConstantIndexing.axis(
          context.integer("axis", default: 1), rank: axes.count)
        length = axes[axis]
        inner = axes[(axis + 1)...].reduce(1, *)
        guard length == scale.count else { throw .shapesDoNotMatch(axes, [scale.count]) }
      }
      guard zeroPoints.isEmpty || zeroPoints.count == scale.count else {
        throw .shapesDoNotMatch([scale.count], [zeroPoints.count])
      }
    }

    func channel(_ index: Int) -> Int { length == 1 ? 0 : index / inner % length }

    func zeroPoint(_ channel: Int) -> Float { zeroPoints.isEmpty ? 0 : zeroPoints[channel] }
  }
}
