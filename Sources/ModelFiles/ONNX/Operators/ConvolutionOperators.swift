import Networks
import Tensors

/// Convolutions.
enum ConvolutionOperators {
  static let table: [String: Operator] = [
    "Conv": .layer(convolution),
    "ConvTranspose": .layer(transposed),
  ]

  private static func convolution(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(2...3)
    let x = try builder.batchFirst(try context.activation(0), for: context)
    let weights = try context.constant(1)
    guard 2...3 ~= x.shape.rank else {
      throw .wrongRank(input: 0, found: x.rank, expected: 3...4)
    }
    guard weights.axes.count == x.shape.rank + 1 else {
      throw .wrongRank(
        input: 1, found: weights.axes.count, expected: x.shape.rank + 1...x.shape.rank + 1)
    }
    if let kernel = context.integers("kernel_shape"), kernel != Array(weights.axes[2...]) {
      throw .wrongAttribute(name: "kernel_shape", value: "\(kernel)")
    }
    let window = try WindowSettings(
      context, kernel: Array(weights.axes[2...]), lengths: Array(x.shape.axes.dropFirst()))
    var parameters = [try builder.parameter(weights, role: "weight", for: context)]
    if let bias = try context.optionalConstant(2) {
      parameters.append(
        try builder.parameter(bias, role: "bias", for: context, axes: [bias.count]))
    }
    let axes = window.kernel.indices.map { window.kernelAxis($0) }
    let operation = Convolution(
      outputChannels: weights.axes[0], groups: context.integer("group", default: 1),
      vertical: axes.count == 2 ? axes[0] : KernelAxis(kernel: 1),
      horizontal: axes[axes.count - 1])
    return try builder.add(
      .convolution(operation), [x], parameters: parameters, for: context, batchAxis: 0)
  }

  /// Padding is given in the file or means nothing is cut off; a wanted output length is not solved
  /// for.
  private static func transposed(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(2...3)
    let x = try builder.batchFirst(try context.activation(0), for: context)
    let weights = try context.constant(1)
    guard 2...3 ~= x.shape.rank, weights.axes.count == x.shape.rank + 1 else {
      throw .wrongRank(input: 0, found: x.rank, expected: 3...4)
    }
    for name in ["output_shape", "auto_pad"] where context.has(name) {
      guard name == "auto_pad" else { throw .unsupportedSetting(name: name, value: "given") }
      let padding = context.text(name, default: "NOTSET")
      guard padding == "NOTSET" || padding == "VALID" else {
        throw .unsupportedSetting(name: name, value: padding)
      }
    }
    let window = try WindowSettings(
      context, kernel: Array(weights.axes[2...]), lengths: Array(x.shape.axes.dropFirst()))
    let extra = context.integers("output_padding") ?? window.kernel.map { _ in 0 }
    guard extra.count == window.kernel.count, extra.allSatisfy({ 0...1 << 20 ~= $0 }) else {
      throw .wrongAttribute(name: "output_padding", value: "\(extra)")
    }
    let groups = context.integer("group", default: 1)
    let (channels, overflow) = weights.axes[1].multipliedReportingOverflow(by: groups)
    guard groups > 0, !overflow else { throw .wrongAttribute(name: "group", value: "\(groups)") }
    var parameters = [try builder.parameter(weights, role: "weight", for: context)]
    if let bias = try context.optionalConstant(2) {
      parameters.append(
        try builder.parameter(bias, role: "bias", for: context, axes: [bias.count]))
    }
    let axes = window.kernel.indices.map { index in
      TransposedConvolution.Axis(
        kernel: window.kernel[index], stride: window.strides[index],
        dilation: window.dilations[index], before: window.before[index],
        after: window.after[index], outputPadding: extra[index])
    }
    let operation = TransposedConvolution(
      outputChannels: channels, groups: groups,
      vertical: axes.count == 2 ? axes[0] : TransposedConvolution.Axis(kernel: 1),
      horizontal: axes[axes.count - 1])
    return try builder.add(
      .transposedConvolution(operation), [x], parameters: parameters, for: context, batchAxis: 0)
  }
}
