import Tensors

/// Numbers of the normal distribution: what a map that knows nothing of the model looks like.
///
/// A method or a metric that does no better than this says nothing. Depends on the seed and the
/// image.
public struct RandomControl: ScoreMethod {
  public init() {}

  public var preferredBatch: Int { laneCount }

  public func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution] {
    subjects.map { subject in
      var random = CounterRandom(
        seed: context.seed, UInt32(truncatingIfNeeded: subject.key),
        UInt32(truncatingIfNeeded: subject.key >> 32))
      return Attribution(
        shape: model.inputShape, values: subject.values.map { _ in random.normal() },
        record: AttributionRecord(
          method: context.name, settings: context.settings, seed: context.seed,
          target: subject.target, forwardEvaluations: 0))
    }
  }
}

extension RandomControl {
  static let description = MethodDescription(
    name: "random", family: .control, summary: "noise that knows nothing of the model",
    reference: "Adebayo et al. 2018, arXiv 1810.03292", completeness: .none, settings: [],
    cost: "none"
  ) { _ in .scores(RandomControl()) }
}
