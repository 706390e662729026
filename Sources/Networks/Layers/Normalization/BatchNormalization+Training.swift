public import Tensors

/// Batch normalisation with the batch's own statistics, `n` elements of each channel:
///
/// ```
/// μ = Σ x / n        σ² = Σ (x − μ)² / n        r = 1 / √(σ² + ε)        x̂ = (x − μ) · r
/// dScale = Σ dy · x̂                             dBias = Σ dy
/// dx = scale · r · (dy − dBias / n − x̂ · dScale / n)
/// running μ  ← (1 − momentum) · running μ  + momentum · μ
/// running σ² ← (1 − momentum) · running σ² + momentum · σ² · n / (n − 1)
/// ```
///
/// The groups exchange `Σ x` and `Σ x²` in `Double`. Both are taken about a number near the group's
/// mean and moved to zero afterwards, so that `Float` sums lose nothing where the mean is large
/// against the spread.
extension BatchNormalization: BatchCoupledLayer {
  public func isCoupled(purpose: PlanPurpose) -> Bool { purpose.isTraining }

  public func totalsCount(inputs: [Shape]) -> (forward: Int, backward: Int) {
    (2 * inputs[0][0], 2 * inputs[0][0])
  }

  public func forwardTotals(_ pass: ForwardPass, into totals: inout [Double]) {
    let shape = pass.inputShapes[0]
    let active = pass.group.activeLanes
    for c in 0..<shape[0] {
      let elements = pass.inputs[0][channel(c, of: shape)]
      let count = Double(elements.count * active)
      let center = elements[0].sum(active: active) / Float(active)
      let sum = elements.sampleSum(about: center, active: active)
      let squares = elements.sampleSumOfSquares(about: center, active: active)
      let shift = Double(center)
      totals[2 * c] = sum + count * shift
      totals[2 * c + 1] = squares + 2 * shift * sum + count * shift * shift
    }
  }

  public func forward(
    _ pass: ForwardPass, weights: LayerWeights, totals: [Double], samples: Int
  ) {
    let shape = pass.inputShapes[0]
    for c in 0..<shape[0] {
      let moments = moments(c, totals, samples, shape)
      let (mean, reciprocal) = (Float(moments.mean), Float(moments.reciprocal))
      let scale = weights.parameters[Role.scale].values[c]
      let bias = weights.parameters[Role.bias].values[c]
      let range = channel(c, of: shape)
      pass.output[range].map(pass.inputs[0][range]) { ($0 - mean) * reciprocal * scale + bias }
    }
  }

  public func backwardTotals(
    _ pass: BackwardPass, weights: LayerWeights, forwardTotals: [Double], samples: Int,
    into totals: inout [Double]
  ) {
    let shape = pass.inputShapes[0]
    let active = pass.group.activeLanes
    for c in 0..<shape[0] {
      let moments = moments(c, forwardTotals, samples, shape)
      let range = channel(c, of: shape)
      let (input, dOutput) = (pass.inputs[0][range], pass.dOutput[range])
      let product = dOutput.sampleSumOfProducts(
        with: input, minus: Vector(repeating: Float(moments.mean)), active: active)
      totals[2 * c] = dOutput.sampleSum(active: active)
      totals[2 * c + 1] = product * moments.reciprocal
    }
  }

  public func backward(
    _ pass: BackwardPass, weights: LayerWeights, forwardTotals: [Double], totals: [Double],
    samples: Int
  ) {
    let shape = pass.inputShapes[0]
    let active = pass.group.activeLanes
    for c in 0..<shape[0] {
      let moments = moments(c, forwardTotals, samples, shape)
      let (mean, reciprocal) = (Float(moments.mean), Float(moments.reciprocal))
      let range = channel(c, of: shape)
      let (input, dOutput) = (pass.inputs[0][range], pass.dOutput[range])
      // This group's share of the sums, over its own samples.
      if let dScale = pass.dParameters[Role.scale] {
        let product = dOutput.sampleSumOfProducts(
          with: input, minus: Vector(repeating: mean), active: active)
        dScale[c] = Float(product * moments.reciprocal)
      }
      pass.dParameters[Role.bias]?[c] = Float(dOutput.sampleSum(active: active))
      // The running statistics have no part in a training pass.
      pass.dParameters[Role.mean]?[c] = 0
      pass.dParameters[Role.variance]?[c] = 0

      let count = Double(samples * range.count)
      let dMean = Float(totals[2 * c] / count)
      let dSlope = Float(totals[2 * c + 1] / count)
      let slope = weights.parameters[Role.scale].values[c] * reciprocal
      pass.dInputs[0]?[range].map(dOutput, input) { dy, x in
        let direct = dy - dMean
        let throughVariance = (x - mean) * reciprocal * dSlope
        return (direct - throughVariance) * slope
      }
    }
  }

  public func updated(
    _ parameters: [Parameter], forwardTotals: [Double], samples: Int, inputs: [Shape]
  ) -> [Parameter] {
    var updated = parameters
    let shape = inputs[0]
    let count = Double(samples * (shape.count / shape[0]))
    let share = Double(momentum)
    for c in 0..<shape[0] {
      let moments = moments(c, forwardTotals, samples, shape)
      // Of one element no spread can be estimated; PyTorch refuses such a batch.
      let unbiased = count > 1 ? moments.variance * count / (count - 1) : moments.variance
      let (mean, variance) = (parameters[Role.mean].values[c], parameters[Role.variance].values[c])
      updated[Role.mean].values[c] = Float((1 - share) * Double(mean) + share * moments.mean)
      updated[Role.variance].values[c] = Float((1 - share) * Double(variance) + share * unbiased)
    }
    return updated
  }

  private func moments(
    _ c: Int, _ totals: [Double], _ samples: Int, _ shape: Shape
  ) -> (mean: Double, variance: Double, reciprocal: Double) {
    let count = Double(samples * (shape.count / shape[0]))
    let mean = totals[2 * c] / count
    let variance = max(0, totals[2 * c + 1] / count - mean * mean)
    return (mean, variance, 1 / (variance + Double(epsilon)).squareRoot())
  }
}
