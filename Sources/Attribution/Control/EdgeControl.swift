import Tensors

/// The strength of edges by Sobel's operator: a map of the image that knows nothing of the model, and
/// that people like to look at.
///
/// ```
/// a = √(gx² + gy²)        gx = [−1 0 1; −2 0 2; −1 0 1] / 8 ∗ x,  gy its transpose
/// ```
///
/// Beyond the border the nearest pixel is repeated.
///
/// Reference: Adebayo et al. 2018, arXiv 1810.03292, who held saliency maps against edge detectors.
public struct EdgeControl: ScoreMethod {
  public init() {}

  public var preferredBatch: Int { laneCount }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try question.planes(setting: "model")
  }

  public func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution] {
    let planes = try ChannelPlanes(image: model.inputShape, context, setting: "model")
    return subjects.map { subject in
      Attribution(
        shape: model.inputShape, values: edges(subject.values, planes),
        record: AttributionRecord(
          method: context.name, settings: context.settings, seed: context.seed,
          target: subject.target, forwardEvaluations: 0))
    }
  }

  private func edges(_ values: [Float], _ planes: ChannelPlanes) -> [Float] {
    var result: [Float] = []
    for channel in 0..<planes.channels {
      func pixel(_ row: Int, _ column: Int) -> Float {
        let row = min(max(row, 0), planes.height - 1)
        let column = min(max(column, 0), planes.width - 1)
        return values[channel * planes.plane + row * planes.width + column]
      }
      for row in 0..<planes.height {
        for column in 0..<planes.width {
          var (across, down) = (Float(0), Float(0))
          for (offset, weight) in zip(-1...1, [Float(1), 2, 1]) {
            across += weight * (pixel(row + offset, column + 1) - pixel(row + offset, column - 1))
            down += weight * (pixel(row + 1, column + offset) - pixel(row - 1, column + offset))
          }
          result.append((across * across + down * down).squareRoot() / 8)
        }
      }
    }
    return result
  }
}

extension EdgeControl {
  static let description = MethodDescription(
    name: "edges", family: .control, summary: "the image's edges, which know nothing of the model",
    reference: "Adebayo et al. 2018, arXiv 1810.03292", completeness: .none, settings: [],
    cost: "none", isSigned: false
  ) { _ in .scores(EdgeControl()) }
}
