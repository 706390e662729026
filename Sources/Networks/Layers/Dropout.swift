public import Tensors

/// Dropout: in training each element is zero with probability `1 − keep`, else divided by `keep`.
///
/// ```
/// y = x · m,   dx = dy · m        m = 1 / keep where uniform < keep, else 0
/// ```
///
/// The mask's numbers are a function of the pass's seed, the node, the sample's number in its batch
/// and the element: the same at any thread count and batch split. Outside training `y = x`.
///
/// Reference: Srivastava et al., "Dropout: a simple way to prevent neural networks from
/// overfitting", 2014.
public struct Dropout: Layer, Hashable {
  /// The probability that an element stays.
  public let keep: Float

  public init(keep: Float) { self.keep = keep }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    guard keep > 0, keep <= 1 else {
      throw .impossible(setting: "keep in percent", value: Int(max(-1, min(keep, 2)) * 100))
    }
    return inputs[0]
  }

  public var backwardReads: BackwardReads { .cache }
  public var worksInPlace: Bool { true }
  public func cacheCount(inputs: [Shape]) -> Int { inputs[0].count }

  /// A mask is needed even where no gradient is wanted; then it stands in working memory.
  public func scratchCount(inputs: [Shape]) -> Int { inputs[0].count }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    guard pass.purpose.isTraining else {
      pass.output.copy(pass.inputs[0])
      return
    }
    let mask = (pass.fillsCache ? pass.cache : pass.scratch)[0..<pass.output.count]
    LaneRandom(
      seed: pass.group.seed, stream: UInt32(truncatingIfNeeded: pass.node),
      first: pass.group.firstSample
    ).fill(mask, with: 1 / keep, probability: keep)
    pass.output.map(pass.inputs[0], mask.readOnly) { $0 * $1 }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    guard let dInput = pass.dInputs[0] else { return }
    guard pass.purpose.isTraining else {
      dInput.copy(pass.dOutput)
      return
    }
    dInput.map(pass.dOutput, pass.cache) { $0 * $1 }
  }
}
