import Tensors

/// The gradient of the score at the input: where a small change changes the score most.
///
/// ```
/// a = ∂f/∂x
/// ```
///
/// Signed, where the usual "saliency map" takes the magnitude: the sign is information, and whoever
/// does not want it can drop it when drawing.
///
/// Reference: Simonyan, Vedaldi & Zisserman 2013, arXiv 1312.6034.
public struct Gradient: GradientMethod {
  public init() {}

  public var preferredBatch: Int { laneCount }

  public func attribute(
    _ subjects: [Subject], on model: any DifferentiableScorer, context: MethodContext
  ) throws -> [Attribution] {
    var maps: [Attribution] = []
    model.differentiate(groups: model.groupCount(subjects.count)) { group, inputs in
      subjects.fill(inputs, group: group)
    } seed: { group, logits, dLogits in
      subjects.seed(logits, dLogits, group: group)
    } read: { group, _, gradient in
      for (lane, subject) in subjects.inGroup(group).enumerated() {
        maps.append(
          Attribution(
            shape: model.inputShape, values: gradient.sample(lane),
            record: AttributionRecord(
              method: context.name, settings: context.settings, seed: context.seed,
              target: subject.target, forwardEvaluations: 1, backwardEvaluations: 1)))
      }
    }
    return maps
  }
}

extension Gradient {
  static let description = MethodDescription(
    name: "gradient", family: .gradient,
    summary: "where a small change of the input changes the score most, signed",
    reference: "Simonyan, Vedaldi & Zisserman 2013, arXiv 1312.6034",
    completeness: .none, settings: [], cost: "1 forward, 1 backward"
  ) { _ in .gradients(Gradient()) }
}
