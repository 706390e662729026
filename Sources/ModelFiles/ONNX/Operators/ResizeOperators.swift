import Networks
import Tensors

/// Enlarging and shrinking feature maps.
enum ResizeOperators {
  static let table: [String: Operator] = [
    "Resize": .layer(resize),
    "Upsample": .layer(resize),
  ]

  private static func resize(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    guard 2...4 ~= x.rank else { throw .wrongRank(input: 0, found: x.rank, expected: 2...4) }
    let request = try Request(context, rank: x.rank)
    var target = x.shape.axes
    var scales = Array(repeating: 1.0, count: x.shape.rank)
    for axis in 0..<x.rank where axis != x.batchAxis {
      let own = try x.axis(axis)
      let length = x.shape[own]
      if let size = request.sizes[axis] {
        target[own] = size
        scales[own] = Double(size) / Double(length)
      } else if let scale = request.scales[axis] {
        let size = (Double(length) * scale).rounded(.down)
        guard size >= 1, size < 0x1p30 else {
          throw .wrongAttribute(name: "scales", value: "\(scale)")
        }
        target[own] = Int(size)
        scales[own] = scale
      }
    }
    if let batch = x.batchAxis, let scale = request.scales[batch], scale != 1 {
      throw .mixesBatch
    }
    guard let shape = Shape(checking: target), shape.count <= ReadingLimits.elements,
      zip(target, x.shape.axes).allSatisfy({ $0 == $1 || $0 <= ReadingLimits.resizedLength })
    else { throw .tooLarge(axes: target) }
    let kept = max(0, x.shape.rank - 2)
    guard target[..<kept].elementsEqual(x.shape.axes[..<kept]) else {
      throw .unsupportedSetting(name: "axes", value: "other than the last two")
    }
    let isRatio = (kept..<target.count).allSatisfy {
      scales[$0] * Double(x.shape[$0]) == Double(target[$0])
    }
    let operation = Resize(
      from: Array(x.shape.axes[kept...]), to: Array(target[kept...]),
      scales: request.usesSizes || isRatio ? nil : Array(scales[kept...]),
      interpolation: try interpolation(context), coordinates: try coordinates(context))
    return try builder.add(.resize(operation), [x], for: context, batchAxis: x.batchAxis)
  }

  /// What is asked of each axis of the ONNX shape.
  private struct Request {
    var sizes: [Int?]
    var scales: [Double?]
    var usesSizes = false

    init(_ context: NodeContext, rank: Int) throws(NodeProblem) {
      sizes = Array(repeating: nil, count: rank)
      scales = sizes.map { _ in nil }
      if context.flag("antialias") { throw .unsupportedSetting(name: "antialias", value: "1") }
      let policy = context.text("keep_aspect_ratio_policy", default: "stretch")
      guard policy == "stretch" else {
        throw .unsupportedSetting(name: "keep_aspect_ratio_policy", value: policy)
      }
      var axes = Array(0..<rank)
      if let chosen = context.integers("axes") {
        axes = []
        for axis in chosen { axes.append(try ConstantIndexing.axis(axis, rank: rank)) }
      }
      let isOld = context.operatorSet < 11 || context.node.operation == "Upsample"
      if !isOld, context.optional(3) != nil {
        let lengths = try context.constant(3).integers()
        if !lengths.isEmpty {
          guard lengths.count == axes.count else {
            throw .shapesDoNotMatch([lengths.count], [axes.count])
          }
          for (axis, length) in zip(axes, lengths) { sizes[axis] = length.known }
          usesSizes = true
          return
        }
      }
      let factors: [Float]
      if let attribute = context.floats("scales"), context.has("scales") {
        factors = attribute
      } else {
        factors = try context.constant(isOld ? 1 : 2).floats()
      }
      guard factors.count == axes.count, factors.allSatisfy({ $0 > 0 && $0.isFinite }) else {
        throw .wrongAttribute(name: "scales", value: "\(factors)")
      }
      for (axis, factor) in zip(axes, factors) { scales[axis] = Double(factor) }
    }
  }

  private static func interpolation(
    _ context: NodeContext
  ) throws(NodeProblem) -> Resize.Interpolation {
    let mode = context.text("mode", default: "nearest")
    switch mode {
    case "linear", "bilinear": return .linear
    case "nearest": break
    default: throw .unsupportedSetting(name: "mode", value: mode)
    }
    if context.operatorSet < 11 { return .nearest(.floor) }
    let rounding = context.text("nearest_mode", default: "round_prefer_floor")
    switch rounding {
    case "round_prefer_floor": return .nearest(.roundPreferFloor)
    case "round_prefer_ceil": return .nearest(.roundPreferCeil)
    case "floor": return .nearest(.floor)
    case "ceil": return .nearest(.ceil)
    default: throw .unsupportedSetting(name: "nearest_mode", value: rounding)
    }
  }

  private static func coordinates(
    _ context: NodeContext
  ) throws(NodeProblem) -> Resize.Coordinates {
    if context.operatorSet < 11 { return .asymmetric }
    let mode = context.text("coordinate_transformation_mode", default: "half_pixel")
    switch mode {
    case "half_pixel": return .halfPixel
    case "pytorch_half_pixel": return .pytorchHalfPixel
    case "align_corners": return .alignCorners
    case "asymmetric": return .asymmetric
    default:
      throw .unsupportedSetting(name: "coordinate_transformation_mode", value: mode)
    }
  }
}
