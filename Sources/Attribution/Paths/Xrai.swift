import Segmentation
import Tensors

/// XRAI: integrated gradients gathered into regions, the regions that hold most of them first.
///
/// Regions are segments at several scales, a little widened, so they overlap. In turn the one whose
/// new pixels have the highest mean attribution is added, and they get that mean. What no region
/// takes has its own mean. So the map adds up to what integrated gradients add up to, which here are
/// averaged over a black and a white baseline and summed over channels (the original takes the
/// largest channel, which adds up to nothing).
///
/// Scales, widening and least sizes are the original's for 224 pixels and shrink with the image.
///
/// Reference: Kapishnikov et al. 2019, arXiv 1906.02825.
public struct Xrai: GradientMethod {
  public let steps: Int

  public init(steps: Int = 100) {
    self.steps = steps
  }

  public var preferredBatch: Int { laneCount }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try question.planes(setting: "model")
  }

  public func attribute(
    _ subjects: [Subject], on model: any DifferentiableScorer, context: MethodContext
  ) throws -> [Attribution] {
    let planes = try ChannelPlanes(image: model.inputShape, context, setting: "model")
    let gradients = IntegratedGradients(
      steps: steps, baselines: BaselineSet([.black, .white]))
    return try zip(subjects, gradients.attribute(subjects, on: model, context: context)).map {
      subject, map in
      var plane = Array(repeating: 0.0, count: planes.plane)
      for (index, value) in map.values.enumerated() {
        plane[index % planes.plane] += Double(value)
      }
      let regions = RegionGathering(
        planes.pixels(subject.values, context.space), attribution: plane)
      let values = regions.gathered().map { Float($0 / Double(planes.channels)) }
      return Attribution(
        shape: map.shape, values: (0..<planes.channels).flatMap { _ in values },
        record: map.record)
    }
  }
}

extension Xrai {
  static let description = MethodDescription(
    name: "xrai", family: .path,
    summary: "integrated gradients gathered into regions, the strongest first",
    reference: "Kapishnikov et al. 2019, arXiv 1906.02825",
    completeness: .differenceFromBaseline,
    settings: [
      SettingDescription(
        "steps", .integer(1...100_000), default: .integer(100),
        "points on the path from each of the two baselines, black and white")
    ],
    cost: "2 · steps forward and backward",
    reading:
      "All pixels of a region have its mean of integrated gradients from a black and a white "
      + "image: regions with positive values raised the score, negative ones lowered it. All "
      + "pixels together add up to the difference between this image's score and the mean of those "
      + "two, but for what is shown as missing.",
    caution: "Which pixels within a region mattered. Regions are cut by colour, without the model."
  ) { settings in
    .gradients(Xrai(steps: settings.integer("steps")))
  }
}
