import Tensors

/// Gradients at random points between the input and random baselines, times the difference: integrated
/// gradients in expectation over the baselines.
///
/// ```
/// a = mean over k of (x̃ₖ − bₖ) · ∂f/∂x (bₖ + αₖ (x̃ₖ − bₖ))      x̃ₖ = x + σ εₖ
/// ```
///
/// Without noise this is expected gradients, with it GradientSHAP. Positions are drawn one in each of
/// as many equal strata as there are samples: `αₖ = (k + uₖ) / n`. Plain uniform draws, which other
/// tools take, have the same expectation and a larger error.
///
/// References: Erion et al. 2021, arXiv 1906.10670; Lundberg & Lee 2017, arXiv 1705.07874.
public struct ExpectedGradients: GradientMethod {
  public let samples: Int
  public let baselines: BaselineSet

  /// The deviation of the noise as a share of the image's range.
  public let noise: Double

  public init(samples: Int, baselines: BaselineSet, noise: Double = 0) {
    self.samples = samples
    self.baselines = baselines
    self.noise = noise
  }

  public var preferredBatch: Int { laneCount }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    try baselines.check(question)
  }

  public func attribute(
    _ subjects: [Subject], on model: any DifferentiableScorer, context: MethodContext
  ) throws -> [Attribution] {
    try attribute(subjects, on: model, context) { subject, baselines in
      PathDraws(subject, baselines: baselines, samples: samples, seed: context.seed)
    }
  }

  /// The same with draws from elsewhere, which is how it is compared with other tools.
  func attribute(
    _ subjects: [Subject], on model: any DifferentiableScorer, _ context: MethodContext,
    draws: (Subject, _ baselines: Int) -> PathDraws
  ) throws -> [Attribution] {
    let bytes = 3 * model.inputShape.count * MemoryLayout<Vector>.stride
    return try subjects.inBlocks(bytesEach: bytes) { block in
      let starts = try block.map { try baselines.inputs(for: $0, model.inputShape, context) }
      let items = zip(block, starts).map { subject, starts in
        RandomPath(
          subject: subject, starts: starts, draws: draws(subject, starts.count),
          deviation: Float(noise) * subject.range, seed: context.seed)
      }
      return attribute(items, on: model, context)
    }
  }

  private func attribute(
    _ items: [RandomPath], on model: any DifferentiableScorer, _ context: MethodContext
  ) -> [Attribution] {
    let shape = model.inputShape
    let sums = items.map { _ in (values: SlotSums(shape), squares: SlotSums(shape)) }
    let contributions = Lanes(shape)
    defer { withExtendedLifetime(contributions) {} }
    SampledGradients(targets: items.map(\.subject.target), samples: samples)
      .run(on: model) { item, first, inputs in
        items[item].fill(inputs, first: first)
      } collect: { block in
        items[block.item].fillDifferences(contributions.mutableView, first: block.first)
        contributions.mutableView.map(contributions.view, block.gradient) { $0 * $1 }
        sums[block.item].values.add(contributions.view)
        sums[block.item].squares.addSquares(contributions.view)
      }

    let lines = items.enumerated().flatMap { number, item in
      item.starts.map { BaselineLine(subject: number, from: $0, to: item.subject.values) }
    }
    let expected = lines.expectations(items.map(\.subject), on: model)
    return items.indices.map { number in
      let moments = SampleMoments(
        sums: sums[number].values.totals(), squares: sums[number].squares.totals(), count: samples)
      return Attribution(
        shape: shape, values: moments.means,
        record: AttributionRecord(
          method: context.name, settings: context.settings, seed: context.seed,
          target: items[number].subject.target, expected: expected.values[number],
          forwardEvaluations: samples + expected.evaluations[number],
          backwardEvaluations: samples, standardErrors: moments.standardErrors))
    }
  }
}

/// For each sample, which baseline it starts from and how far on the way to the input it lies.
struct PathDraws: Sendable {
  let baselines: [Int]
  let positions: [Float]

  init(baselines: [Int], positions: [Float]) {
    precondition(baselines.count == positions.count, "\(baselines) for \(positions)")
    self.baselines = baselines
    self.positions = positions
  }

  init(_ subject: Subject, baselines count: Int, samples: Int, seed: UInt64) {
    var baselines: [Int] = []
    var positions: [Float] = []
    for sample in 0..<samples {
      var random = CounterRandom(
        seed: ~seed, UInt32(truncatingIfNeeded: subject.key),
        UInt32(truncatingIfNeeded: subject.key >> 32), UInt32(sample))
      baselines.append(count == 1 ? 0 : random.below(count))
      positions.append((Float(sample) + random.uniform()) / Float(samples))
    }
    self.init(baselines: baselines, positions: positions)
  }
}

/// The random points of one subject.
struct RandomPath: Sendable {
  let subject: Subject
  let starts: [[Float]]
  let draws: PathDraws

  /// The deviation of the noise on the input.
  let deviation: Float
  let seed: UInt64

  /// Samples `first ..< first + 16`; beyond the last the first is repeated.
  func fill(_ inputs: MutableLanesView, first: Int) {
    fillDifferences(inputs, first: first)
    let (baselines, positions) = block(first)
    for i in 0..<inputs.count {
      inputs[i] = start(i, baselines) + positions * inputs[i]
    }
  }

  /// Noisy input minus baseline.
  func fillDifferences(_ differences: MutableLanesView, first: Int) {
    if deviation > 0 {
      LaneRandom(seed: seed, key: subject.key, first: first).fillNormal(differences)
      for i in 0..<differences.count { differences[i] *= deviation }
    } else {
      differences.fill(.zero)
    }
    let (baselines, _) = block(first)
    for i in 0..<differences.count {
      differences[i] = (subject.values[i] + differences[i]) - start(i, baselines)
    }
  }

  private func block(_ first: Int) -> (baselines: [Int], positions: Vector) {
    var baselines: [Int] = []
    var positions = Vector.zero
    for lane in 0..<laneCount {
      let sample = first + lane < draws.positions.count ? first + lane : first
      baselines.append(draws.baselines[sample])
      positions[lane] = draws.positions[sample]
    }
    return (baselines, positions)
  }

  /// The baselines' element `i`, each lane its own.
  @inline(__always)
  private func start(_ i: Int, _ baselines: [Int]) -> Vector {
    if starts.count == 1 { return Vector(repeating: starts[0][i]) }
    var values = Vector.zero
    for lane in 0..<laneCount { values[lane] = starts[baselines[lane]][i] }
    return values
  }
}
