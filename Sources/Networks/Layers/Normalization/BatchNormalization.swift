public import Tensors

/// Batch normalisation over each channel of `[C, …]`.
///
/// ```
/// y = (x − μ) / √(σ² + ε) · scale + bias
/// ```
///
/// Parameters: scale, bias, running mean, running variance, each `[C]`. Outside training μ and σ²
/// are the running ones and the layer is a line per channel:
///
/// ```
/// y  = a · x + (bias − a · μ)            with r = 1 / √(σ² + ε), a = scale · r
/// dx = a · dy
/// dScale = Σ dy · (x − μ) · r            dBias = Σ dy
/// dμ = −a · Σ dy                         dσ² = −½ · a · r² · Σ dy · (x − μ)
/// ```
///
/// In training they are the batch's own; see the extension that makes this a ``BatchCoupledLayer``.
///
/// Reference: Ioffe, Szegedy, "Batch normalization: accelerating deep network training by reducing
/// internal covariate shift", 2015, arXiv:1502.03167.
public struct BatchNormalization: BoundingLayer, Hashable {
  public let epsilon: Float

  /// The share of the batch's statistics in the new running ones, as in PyTorch (ONNX and Keras
  /// state the complement).
  public let momentum: Float

  public init(epsilon: Float = 1e-5, momentum: Float = 0.1) {
    self.epsilon = epsilon
    self.momentum = momentum
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 4...4)
    guard inputs[0].rank >= 1 else {
      throw .wrongRank(input: 0, found: inputs[0], expected: 1...8)
    }
    for (index, parameter) in parameters.enumerated() where parameter != [inputs[0][0]] {
      throw .wrongParameterShape(parameter: index, found: parameter, expected: [inputs[0][0]])
    }
    guard epsilon >= 0 else { throw .impossible(setting: "epsilon", value: -1) }
    return inputs[0]
  }

  public var backwardReads: BackwardReads { .inputs }

  public func backwardReads(for purpose: PlanPurpose) -> BackwardReads {
    purpose.parameterGradients || purpose.isTraining ? .inputs : []
  }

  public var worksInPlace: Bool { true }

  public func takesRectifierGradient(purpose: PlanPurpose) -> Bool { purpose.isTraining }

  /// A number for each channel, line after line, calculated in `Double`.
  public func weightBlocks(inputs: [Shape], purpose: PlanPurpose) -> [WeightBlock] {
    let channels = inputs[0][0]
    return [
      WeightBlock(content: .normalization, count: Line.count * channels) { parameters, memory in
        let lines = unsafe UnsafeMutableBufferPointer(start: memory.pointer, count: memory.count)
        for c in 0..<channels {
          let scale = parameters[Role.scale].values[c]
          let bias = parameters[Role.bias].values[c]
          let mean = parameters[Role.mean].values[c]
          let variance = Double(parameters[Role.variance].values[c])
          let reciprocal = 1 / (variance + Double(epsilon)).squareRoot()
          let slope = Double(scale) * reciprocal
          unsafe lines[Line.reciprocal * channels + c] = Float(reciprocal)
          unsafe lines[Line.slope * channels + c] = Float(slope)
          unsafe lines[Line.offset * channels + c] = Float(Double(bias) - slope * Double(mean))
          unsafe lines[Line.scale * channels + c] = scale
          unsafe lines[Line.bias * channels + c] = bias
          unsafe lines[Line.mean * channels + c] = mean
        }
      }
    ]
  }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let channels = pass.inputShapes[0][0]
    for c in 0..<channels {
      let slope = weights.packed[0][Line.slope * channels + c]
      let offset = weights.packed[0][Line.offset * channels + c]
      let range = channel(c, of: pass.inputShapes[0])
      if let bounds = pass.bounds {
        pass.output[range].map(pass.inputs[0][range]) {
          ($0 * slope + offset).held(from: bounds.low, to: bounds.high)
        }
      } else {
        pass.output[range].map(pass.inputs[0][range]) { $0 * slope + offset }
      }
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    let channels = pass.inputShapes[0][0]
    for c in 0..<channels {
      let range = channel(c, of: pass.inputShapes[0])
      let dOutput = pass.dOutput[range]
      let reciprocal = weights.packed[0][Line.reciprocal * channels + c]
      let slope = weights.packed[0][Line.slope * channels + c]
      if pass.dParameters.contains(where: { $0 != nil }) {
        let active = pass.group.activeLanes
        let mean = Vector(repeating: weights.packed[0][Line.mean * channels + c])
        let sum = dOutput.sampleSum(active: active)
        let product = dOutput.sampleSumOfProducts(
          with: pass.inputs[0][range], minus: mean, active: active)
        let r = Double(reciprocal)
        let a = Double(slope)
        pass.dParameters[Role.scale]?[c] = Float(product * r)
        pass.dParameters[Role.bias]?[c] = Float(sum)
        pass.dParameters[Role.mean]?[c] = Float(-a * sum)
        pass.dParameters[Role.variance]?[c] = Float(-0.5 * a * r * r * product)
      }
      // Last, because it may take the memory of dOutput.
      pass.dInputs[0]?[range].map(dOutput) { $0 * slope }
    }
  }

  /// The parameters' places.
  enum Role {
    static let scale = 0
    static let bias = 1
    static let mean = 2
    static let variance = 3
  }

  /// What is packed of each channel: `r`, `a` and `bias − a · μ`, and parameters as they are.
  enum Line {
    static let reciprocal = 0
    static let slope = 1
    static let offset = 2
    static let scale = 3
    static let bias = 4
    static let mean = 5
    static let count = 6
  }

  func channel(_ c: Int, of shape: Shape) -> Range<Int> {
    let plane = shape.count / shape[0]
    return c * plane..<(c + 1) * plane
  }
}
