import Networks
import Tensors

/// How a signal that is not quite the gradient passes a ReLU on its way back.
///
/// ```
/// gradient        dx = dy  where x > 0
/// deconvolution   dx = dy  where dy > 0
/// guided          dx = dy  where both
/// ```
///
/// All rectifiers that are zero below a threshold count: ReLU, its clipped and thresholded forms, and
/// by their sign leaky, parametric and exponential units, for which "active" means a positive
/// input. (Other tools catch modules of one class and miss the rest without a word.)
///
/// References: Zeiler & Fergus 2014, arXiv 1311.2901; Springenberg et al. 2015, arXiv 1412.6806.
struct RectifierRule: BackwardRule {
  private let kind: Kind

  enum Kind: Sendable {
    case guided
    case deconvolution
  }

  init(_ kind: Kind) { self.kind = kind }

  func reads(of operation: Operation) -> BackwardReads { [] }

  func backward(_ call: RuleCall) -> Bool {
    guard call.operation.rectifies, let dInput = call.pass.dInputs[0] else { return false }
    switch kind {
    case .deconvolution:
      dInput.map(call.pass.dOutput) { $0.replacing(with: 0, where: $0 .<= 0) }
    case .guided:
      // The layer's own slope first, then only what is positive.
      call.operation.layer.backward(call.pass, weights: call.weights)
      dInput.map(dInput.readOnly) { $0.replacing(with: 0, where: $0 .<= 0) }
    }
    return true
  }
}

extension Operation {
  /// Whether it is a rectifier.
  var rectifies: Bool {
    switch self {
    case .pointwise(let layer): layer.kind.rectifies
    case .parametricReLU: true
    case .identity, .reshape, .convolution, .dense, .maxPooling, .averagePooling, .globalPooling,
      .batchNormalization, .layerNormalization, .groupNormalization, .lpNormalization,
      .localResponseNormalization, .matrixProduct, .softmax, .resize, .dropout, .arithmetic,
      .arithmeticConstant, .reduction, .concatenation, .transpose, .slice, .gather, .padding,
      .tile, .expand, .depthToSpace, .spaceToDepth, .transposedConvolution:
      false
    }
  }
}

extension PointwiseKind {
  fileprivate var rectifies: Bool {
    switch self {
    case .relu, .clippedReLU, .thresholdedReLU, .leakyReLU, .elu, .celu, .selu: true
    case .absolute, .ceiling, .cosine, .erf, .exponential, .floor, .gelu, .hardSigmoid, .hardSwish,
      .logarithm, .mish, .negation, .power, .reciprocal, .round, .sigmoid, .sign, .silu, .sine,
      .softplus, .softsign, .square, .squareRoot, .tanh:
      false
    }
  }
}
