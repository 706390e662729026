import Tensors

/// What an input is compared with: the image in which there is nothing to see.
///
/// Given in pixel terms, so that black is black whatever normalisation the model's input went
/// through.
public enum Baseline: Sendable, Hashable {
  case black
  case white

  /// Each channel's mean over the image.
  case mean

  /// The image blurred by a Gaussian of that deviation in pixels.
  case blur(sigma: Double)

  /// Pixels between black and white at random, `count` images of them.
  case uniform(count: Int)

  /// Inputs that the caller gives: an image file, a set of training images.
  case given

  /// The words that stand for these on the command line.
  static let words = ["black", "white", "mean", "blur", "uniform", "given"]
}

extension Baseline {
  /// The baseline inputs for one subject: one, or several whose maps are averaged.
  ///
  /// - Parameter setting: what asked for it, for errors.
  func inputs(
    for subject: Subject, _ shape: Shape, _ context: MethodContext, setting: String = "baseline"
  ) throws(MethodError) -> [[Float]] {
    let space = context.space
    let planes = ChannelPlanes(shape, channels: space.black.count)
    switch self {
    case .black: return [planes.filled(space.black)]
    case .white: return [planes.filled(space.white)]
    case .mean: return [planes.filled(planes.means(of: subject.values))]
    case .blur(let sigma):
      let planes = try ChannelPlanes(image: shape, context, setting: setting)
      return [GaussianBlur(sigma: sigma, border: .nearest).blurred(subject.values, planes)]
    case .uniform(let count):
      return (0..<count).map { image in
        var random = CounterRandom(
          seed: context.seed, UInt32(truncatingIfNeeded: subject.key),
          UInt32(truncatingIfNeeded: subject.key >> 32), UInt32(image) | 0x8000_0000)
        let shades = (0..<shape.count).map { _ in random.uniform() }
        return planes.mixed(space.black, space.white, shades)
      }
    case .given: return try context.requireBaselines(setting: setting)
    }
  }
}

extension Baseline {
  /// Finds out why there can be no baseline input.
  func check(_ question: MethodQuestion) throws(MethodError) {
    switch self {
    case .black, .white, .mean, .uniform: break
    case .blur: _ = try question.planes(setting: "baseline")
    case .given: _ = try question.context.requireBaselines(setting: "baseline")
    }
  }
}

/// Several baselines, whose inputs are all used.
public struct BaselineSet: Sendable, Hashable {
  public let baselines: [Baseline]

  public init(_ baselines: [Baseline]) {
    precondition(!baselines.isEmpty, "no baseline")
    self.baselines = baselines
  }

  func inputs(
    for subject: Subject, _ shape: Shape, _ context: MethodContext
  ) throws(MethodError) -> [[Float]] {
    var all: [[Float]] = []
    for baseline in baselines { all += try baseline.inputs(for: subject, shape, context) }
    return all
  }

  /// Finds out why there can be no baseline inputs.
  func check(_ question: MethodQuestion) throws(MethodError) {
    for baseline in baselines { try baseline.check(question) }
  }
}
