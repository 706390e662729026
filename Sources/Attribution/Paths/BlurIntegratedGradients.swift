import Tensors

/// Integrated gradients along a path that blurs the image more and more.
///
/// ```
/// a = −Σₖ (σₖ₊₁ − σₖ) ∂f/∂x (L(σₖ)) · (L(σₖ + δ) − L(σₖ)) / δ       L(σ) the image blurred by σ
/// ```
///
/// The sum approaches `f(x) − f(L(σₙ))` as steps become short; with the defaults, which are those of
/// the authors' program, it can be far from it, because the image changes most in the first steps.
/// Outside the image there is black. (The authors' program has zeros there, which is the same only
/// where inputs are not normalised.)
///
/// Reference: Xu, Venugopalan & Sundararajan 2020, arXiv 2004.03383.
public struct BlurIntegratedGradients: GradientMethod {
  public let steps: Int

  /// The deviation at the path's blurred end, in pixels.
  public let maximumSigma: Double

  /// By how much the deviation is changed to see how the image changes with it.
  public let difference: Double
  public let spacing: Spacing

  /// How deviations lie between zero and the largest.
  public enum Spacing: String, Sendable, Hashable, CaseIterable {
    case linear
    case squareRoot = "square-root"
  }

  public init(
    steps: Int = 100, maximumSigma: Double = 50, difference: Double = 0.01,
    spacing: Spacing = .linear
  ) {
    self.steps = steps
    self.maximumSigma = maximumSigma
    self.difference = difference
    self.spacing = spacing
  }

  public var preferredBatch: Int { laneCount }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try question.planes(setting: "model")
  }

  public func attribute(
    _ subjects: [Subject], on model: any DifferentiableScorer, context: MethodContext
  ) throws -> [Attribution] {
    let planes = try ChannelPlanes(image: model.inputShape, context, setting: "model")
    let bytes = 2 * model.inputShape.count * MemoryLayout<Vector>.stride
    return subjects.inBlocks(bytesEach: bytes) { attribute(block: $0, planes, on: model, context) }
  }

  private func attribute(
    block subjects: [Subject], _ planes: ChannelPlanes, on model: any DifferentiableScorer,
    _ context: MethodContext
  ) -> [Attribution] {
    let shape = model.inputShape
    let paths = subjects.map {
      BlurPath($0.values.map(Double.init), planes, .constant(context.space.black))
    }
    let sigmas = (0...steps).map(sigma)
    let sums = subjects.map { _ in SlotSums(shape) }
    let changes = Lanes(shape)
    defer { withExtendedLifetime(changes) {} }
    SampledGradients(targets: subjects.map(\.target), samples: steps).run(on: model) {
      [steps] number, first, inputs in
      for lane in 0..<laneCount {
        inputs.setSample(lane, to: paths[number].image(sigmas[min(first + lane, steps - 1)]))
      }
    } collect: { block in
      for lane in 0..<laneCount {
        let step = min(block.first + lane, steps - 1)
        changes.mutableView.setSample(
          lane,
          to: paths[block.item].change(
            sigmas[step], by: difference, times: sigmas[step] - sigmas[step + 1]))
      }
      sums[block.item].add(changes.view, times: block.gradient)
    }

    let lines = paths.enumerated().map { number, path in
      BaselineLine(
        subject: number, from: path.image(maximumSigma), to: subjects[number].values)
    }
    let expected = lines.expectations(subjects, on: model)
    return subjects.indices.map { number in
      Attribution(
        shape: shape, values: sums[number].totals(),
        record: AttributionRecord(
          method: context.name, settings: context.settings, seed: context.seed,
          target: subjects[number].target, expected: expected.values[number],
          forwardEvaluations: steps + expected.evaluations[number], backwardEvaluations: steps))
    }
  }

  private func sigma(_ step: Int) -> Double {
    let share = Double(step) / Double(steps)
    switch spacing {
    case .linear: return share * maximumSigma
    case .squareRoot: return share.squareRoot() * maximumSigma
    }
  }
}

/// An image and its blurred forms.
private struct BlurPath: Sendable {
  private let values: [Double]
  private let planes: ChannelPlanes
  private let border: GaussianBlur.Border

  init(_ values: [Double], _ planes: ChannelPlanes, _ border: GaussianBlur.Border) {
    self.values = values
    self.planes = planes
    self.border = border
  }

  func image(_ sigma: Double) -> [Float] { blurred(sigma).map { Float($0) } }

  /// `factor · (L(σ + difference) − L(σ)) / difference`
  func change(_ sigma: Double, by difference: Double, times factor: Double) -> [Float] {
    zip(blurred(sigma + difference), blurred(sigma)).map {
      Float(factor * ($0 - $1) / difference)
    }
  }

  private func blurred(_ sigma: Double) -> [Double] {
    GaussianBlur(sigma: sigma, border: border).blurred(values, planes)
  }
}

extension BlurIntegratedGradients {
  static let description = MethodDescription(
    name: "blur-ig", family: .path,
    summary: "integrated gradients on a path that blurs the image, which needs no other baseline",
    reference: "Xu, Venugopalan & Sundararajan 2020, arXiv 2004.03383",
    completeness: .differenceFromBaseline,
    settings: [
      SettingDescription(
        "steps", .integer(1...1_000_000), default: .integer(100), "points on the path"),
      SettingDescription(
        "max-sigma", .number(0.1...10_000), default: .number(50),
        "deviation of the strongest blur, in pixels"),
      SettingDescription(
        "difference", .number(1e-6...10), default: .number(0.01),
        "change of the deviation by which the path's direction is found"),
      SettingDescription(
        "spacing", .choice(Spacing.allCases.map(\.rawValue)), default: .word("linear"),
        "how deviations lie between none and the strongest"),
    ], cost: "steps forward, steps backward",
    reading:
      "A pixel's value is its share of what the score gains while the image goes from its most "
      + "blurred form to its sharp one: positive values raised the score, negative ones lowered it, "
      + "and together they add up to the gain, but for what is shown as missing.",
    caution:
      "It depends on blurring as the way to take things away: the inside of even areas, which "
      + "blurring hardly changes, gets next to nothing, whatever it means to a person."
  ) { settings in
    guard let spacing = Spacing(rawValue: settings.word("spacing")) else {
      preconditionFailure("the catalogue let a word pass: \(settings.word("spacing"))")
    }
    return .gradients(
      BlurIntegratedGradients(
        steps: settings.integer("steps"), maximumSigma: settings.number("max-sigma"),
        difference: settings.number("difference"), spacing: spacing))
  }
}
