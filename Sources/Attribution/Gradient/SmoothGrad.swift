import Tensors

/// Gradients averaged over noisy copies of the input.
///
/// ```
/// average    a = mean of gₖ          gₖ = ∂f/∂x (x + σ εₖ),  εₖ ~ N(0, 1)
/// squares    a = mean of gₖ²
/// variance   a = mean of gₖ² − (mean of gₖ)²
/// ```
///
/// `σ` is `noise` times the image's own range, so that it means the same whatever the normalisation.
/// The draws depend on the seed, the image and the sample's number, not on the batch. The standard
/// error of the average comes with it.
///
/// References: Smilkov et al. 2017, arXiv 1706.03825; Hooker et al. 2019, arXiv 1806.10758
/// (squares); Adebayo et al. 2018, arXiv 1810.03307 (variance).
public struct SmoothGrad: GradientMethod {
  public let kind: Kind
  public let samples: Int
  public let noise: Double

  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case average = "smoothgrad"
    case squares = "smoothgrad-squared"
    case variance = "vargrad"
  }

  public init(_ kind: Kind = .average, samples: Int = 50, noise: Double = 0.15) {
    self.kind = kind
    self.samples = samples
    self.noise = noise
  }

  public var preferredBatch: Int { laneCount }

  public func attribute(
    _ subjects: [Subject], on model: any DifferentiableScorer, context: MethodContext
  ) throws -> [Attribution] {
    let bytes = 2 * model.inputShape.count * MemoryLayout<Vector>.stride
    return subjects.inBlocks(bytesEach: bytes) { attribute(block: $0, on: model, context) }
  }

  private func attribute(
    block subjects: [Subject], on model: any DifferentiableScorer, _ context: MethodContext
  ) -> [Attribution] {
    let shape = model.inputShape
    let sums = subjects.map { _ in (values: SlotSums(shape), squares: SlotSums(shape)) }
    let deviations = subjects.map { Float(noise) * $0.range }
    SampledGradients(targets: subjects.map(\.target), samples: samples)
      .run(on: model) { number, first, inputs in
        let subject = subjects[number]
        LaneRandom(seed: context.seed, key: subject.key, first: first).fillNormal(inputs)
        for i in 0..<inputs.count {
          inputs[i] = subject.values[i] + inputs[i] * deviations[number]
        }
      } collect: { block in
        sums[block.item].values.add(block.gradient)
        sums[block.item].squares.addSquares(block.gradient)
      }
    return zip(subjects, sums).map { subject, sums in
      let moments = SampleMoments(
        sums: sums.values.totals(), squares: sums.squares.totals(), count: samples)
      let values =
        switch kind {
        case .average: moments.means
        case .squares: moments.meanSquares
        case .variance: moments.variances
        }
      return Attribution(
        shape: shape, values: values,
        record: AttributionRecord(
          method: context.name, settings: context.settings, seed: context.seed,
          target: subject.target, forwardEvaluations: samples, backwardEvaluations: samples,
          standardErrors: kind == .average ? moments.standardErrors : nil))
    }
  }
}

extension Subject {
  /// The largest value minus the smallest.
  var range: Float {
    let (low, high) = values.reduce((Float.infinity, -Float.infinity)) {
      (Swift.min($0.0, $1), Swift.max($0.1, $1))
    }
    return Swift.max(0, high - low)
  }
}

/// What sums and sums of squares say about samples.
struct SampleMoments {
  let sums: [Float]
  let squares: [Float]
  let count: Int

  var means: [Float] { sums.map { $0 / Float(count) } }
  var meanSquares: [Float] { squares.map { $0 / Float(count) } }

  /// The population's variance, as in VarGrad's definition.
  var variances: [Float] {
    zip(sums, squares).map { sum, squares in
      let mean = Double(sum) / Double(count)
      return Float(Swift.max(0, Double(squares) / Double(count) - mean * mean))
    }
  }

  /// The standard errors of the means; nothing from a single sample.
  var standardErrors: [Float]? {
    guard count > 1 else { return nil }
    return variances.map { ($0 / Float(count - 1)).squareRoot() }
  }
}
