import Attribution
import Networks
import Tensors

/// A network with a bit of everything that is linear in pieces: leaky and parametric ReLU, magnitudes,
/// clipping, hard sigmoid, maxima with constants and of two values, overlapping max pooling before a
/// ReLU and behind one, largest and smallest elements, values used several times, an input that goes
/// around everything.
enum BentNetwork {
  static func model() throws -> NetworkModel {
    var builder = NetworkBuilder()
    let input = try builder.graph.addInput("image", TestNetwork.inputShape)
    let a = try builder.pointwise(
      .leakyReLU(slope: 0.2), try builder.convolution(input, 4, kernel: 3))
    let b = try builder.pointwise(.absolute, try builder.convolution(input, 4, kernel: 3))
    let larger = try add(.arithmetic(Arithmetic(.maximum)), &builder, [a, b])
    let smaller = try add(.arithmetic(Arithmetic(.minimum)), &builder, [larger, a])
    let axis = WindowAxis(kernel: 3, stride: 2, before: 1, after: 1)
    let window = PoolingWindow(vertical: axis, horizontal: axis)
    let pooled = try builder.pointwise(
      .relu,
      try add(
        .maxPooling(MaxPooling(window)), &builder, [try builder.convolution(smaller, 6, kernel: 3)])
    )
    let slopes = builder.graph.addParameter(
      Parameter("slopes", [6, 1, 1], [0.1, -0.3, 0.5, 0, 0.2, 1.5]))
    let bent = try add(
      .parametricReLU(ParametricReLU()), &builder, [try builder.convolution(pooled, 6, kernel: 3)],
      [slopes])
    let floors = builder.graph.addParameter(
      Parameter("floors", [6, 1, 1], [-0.2, 0, 0.1, 0.3, -1, 0.2]))
    let held = try add(
      .arithmeticConstant(ArithmeticConstant(.maximum, constant: .right)), &builder, [bent],
      [floors])
    let sum = try add(.arithmetic(Arithmetic(.add)), &builder, [held, pooled])
    let second = try add(
      .maxPooling(MaxPooling(.square(2))), &builder, [try builder.pointwise(.relu, sum)])
    let clipped = try builder.pointwise(
      .clippedReLU(low: 0, high: 2), try builder.dense(second, 12))
    let gates = try builder.pointwise(
      .hardSigmoid(alpha: 0.2, beta: 0.5), try builder.dense(clipped, 12))
    let parts = [
      gates, clipped,
      try add(.reduction(Reduction(.maximum, axes: [1, 2])), &builder, [bent]),
      try add(.reduction(Reduction(.minimum, axes: [0, 2])), &builder, [bent]),
      try add(.reduction(Reduction(.l1, axes: [1])), &builder, [second]),
      try add(.globalPooling(GlobalPooling(.max)), &builder, [smaller]),
      input,
    ]
    let flat = try parts.map { part in
      try add(.reshape(Reshape(to: [builder.graph[part].shape.count])), &builder, [part])
    }
    let all = try add(.concatenation(Concatenation(axis: 0)), &builder, flat)
    let logits = try builder.dense(all, 4)
    builder.graph.markOutput(logits)
    return NetworkModel(builder.graph, space: .unit(channels: 1))
  }

  private static func add(
    _ operation: Networks.Operation, _ builder: inout NetworkBuilder, _ inputs: [Graph.ValueID],
    _ parameters: [Graph.ParameterID] = []
  ) throws -> Graph.ValueID {
    try builder.graph.add(
      operation, name: "bent\(builder.graph.nodes.count)", inputs: inputs, parameters: parameters)
  }
}
