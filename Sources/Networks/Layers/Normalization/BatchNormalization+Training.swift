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
///
/// A ReLU that follows is done here, forward and backward: whether it lets a gradient through is seen
/// from `x`, and nobody has to keep or read its output for that.
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
      let (sum, squares) = NormalizationKernel.moments(
        of: elements, about: center, activeLanes: active, variant: pass.purpose.kernels)
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
      let range = channel(c, of: shape)
      kernel(c, moments, weights, pass.purpose)
        .run(pass.inputs[0][range], bounds: pass.bounds, into: pass.output[range])
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
      let (sum, product) = kernel(c, moments, weights, pass.purpose).gradientSums(
        input: pass.inputs[0][range], dOutput: pass.dOutput[range],
        isRectified: pass.isRectified, activeLanes: active)
      totals[2 * c] = sum
      totals[2 * c + 1] = product * moments.reciprocal
    }
  }

  public func backward(
    _ pass: BackwardPass, weights: LayerWeights, forwardTotals: [Double], ownTotals: [Double],
    totals: [Double], samples: Int
  ) {
    let shape = pass.inputShapes[0]
    for c in 0..<shape[0] {
      let moments = moments(c, forwardTotals, samples, shape)
      let range = channel(c, of: shape)
      pass.dParameters[Role.scale]?[c] = Float(ownTotals[2 * c + 1])
      pass.dParameters[Role.bias]?[c] = Float(ownTotals[2 * c])
      // The running statistics have no part in a training pass.
      pass.dParameters[Role.mean]?[c] = 0
      pass.dParameters[Role.variance]?[c] = 0

      let count = Double(samples * range.count)
      guard let dInput = pass.dInputs[0] else { continue }
      kernel(c, moments, weights, pass.purpose).runBackward(
        input: pass.inputs[0][range], dOutput: pass.dOutput[range],
        isRectified: pass.isRectified, dMean: Float(totals[2 * c] / count),
        dSlope: Float(totals[2 * c + 1] / count), into: dInput[range])
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

  /// What one channel is normalised with.
  private func kernel(
    _ c: Int, _ moments: Moments, _ weights: LayerWeights, _ purpose: PlanPurpose
  ) -> NormalizationKernel {
    let lines = weights.packed[0]
    let channels = lines.count / Line.count
    return NormalizationKernel(
      mean: Float(moments.mean), reciprocal: Float(moments.reciprocal),
      scale: lines[Line.scale * channels + c], bias: lines[Line.bias * channels + c],
      variant: purpose.kernels)
  }

  private typealias Moments = (mean: Double, variance: Double, reciprocal: Double)

  private func moments(
    _ c: Int, _ totals: [Double], _ samples: Int, _ shape: Shape
  ) -> Moments {
    let count = Double(samples * (shape.count / shape[0]))
    let mean = totals[2 * c] / count
    let variance = max(0, totals[2 * c + 1] / count - mean * mean)
    return (mean, variance, 1 / (variance + Double(epsilon)).squareRoot())
  }
}
