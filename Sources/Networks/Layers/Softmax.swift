public import Tensors

/// Softmax along one axis, or its logarithm.
///
/// ```
/// softmax:    y = e^(x − m) / Σ e^(x − m)              dx = y · (dy − Σ dy · y)
/// logSoftmax: y = (x − m) − log Σ e^(x − m)            dx = dy − e^y · Σ dy
/// ```
///
/// `m` is the largest element along the axis, so that nothing overflows.
public struct Softmax: Layer, Hashable {
  public enum Kind: Hashable, Sendable { case softmax, logSoftmax }

  public let kind: Kind
  public let axis: Int

  public init(_ kind: Kind = .softmax, axis: Int) {
    self.kind = kind
    self.axis = axis
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    guard inputs[0].axes.indices.contains(axis) else {
      throw .axisOutOfRange(axis: axis, rank: inputs[0].rank)
    }
    return inputs[0]
  }

  public var backwardReads: BackwardReads { .output }
  public var worksInPlace: Bool { true }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let (input, output) = (pass.inputs[0], pass.output)
    for line in AxisLines(pass.inputShapes[0], axis: axis) {
      var largest = Vector(repeating: -.infinity)
      for i in line { largest = Vector.maximum(largest, input[i]) }
      var sum = Vector.zero
      switch kind {
      case .softmax:
        for i in line {
          let power = (input[i] - largest).exp()
          output[i] = power
          sum += power
        }
        let share = 1 / sum
        for i in line { output[i] *= share }
      case .logSoftmax:
        for i in line { sum += (input[i] - largest).exp() }
        let logarithm = sum.log()
        for i in line { output[i] = (input[i] - largest) - logarithm }
      }
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    guard let dInput = pass.dInputs[0] else { return }
    let (output, dOutput) = (pass.output, pass.dOutput)
    for line in AxisLines(pass.inputShapes[0], axis: axis) {
      var sum = Vector.zero
      switch kind {
      case .softmax:
        for i in line { sum += dOutput[i] * output[i] }
        for i in line { dInput[i] = output[i] * (dOutput[i] - sum) }
      case .logSoftmax:
        for i in line { sum += dOutput[i] }
        for i in line { dInput[i] = dOutput[i] - output[i].exp() * sum }
      }
    }
  }
}
