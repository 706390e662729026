import Segmentation
import Tensors

/// What is shown in the place of what is switched off.
public enum Fill: Sendable, Hashable {
  case black
  case white

  /// Each channel's mean over the image.
  case mean

  /// The image blurred by a Gaussian of that deviation in pixels.
  case blur(sigma: Double)

  /// Each number between black and white at random, the same for all masks of an image.
  case noise

  /// The input that the caller gives.
  case image

  /// Each segment its own mean, as LIME does it. Without segments, the image's mean.
  case segmentMeans
}

extension Fill {
  /// The input in which everything is switched off.
  func input(
    for subject: Subject, _ shape: Shape, _ context: MethodContext, segments: LabelMap? = nil
  ) throws(MethodError) -> [Float] {
    switch self {
    case .black: return try Baseline.black.inputs(for: subject, shape, context)[0]
    case .white: return try Baseline.white.inputs(for: subject, shape, context)[0]
    case .mean: return try Baseline.mean.inputs(for: subject, shape, context)[0]
    case .blur(let sigma):
      return try Baseline.blur(sigma: sigma)
        .inputs(for: subject, shape, context, setting: "fill")[0]
    case .noise: return try Baseline.uniform(count: 1).inputs(for: subject, shape, context)[0]
    case .image: return try context.requireBaselines(setting: "fill")[0]
    case .segmentMeans:
      guard let segments else { return try Fill.mean.input(for: subject, shape, context) }
      return Self.means(subject.values, segments)
    }
  }

  /// Finds out why nothing can be shown in the place of what is off.
  func check(_ question: MethodQuestion) throws(MethodError) {
    switch self {
    case .black, .white, .mean, .noise, .segmentMeans: break
    case .blur: _ = try question.planes(setting: "fill")
    case .image: _ = try question.context.requireBaselines(setting: "fill")
    }
  }

  private static func means(_ values: [Float], _ segments: LabelMap) -> [Float] {
    let plane = segments.labels.count
    return stride(from: 0, to: values.count, by: plane).flatMap { start in
      let means = segments.means(of: values[start..<start + plane])
      return segments.labels.map { means[Int($0)] }
    }
  }
}

/// How a fill is written in a method specification: `fill=blur:sigma=3`.
enum FillSettings {
  static func descriptions(
    default word: String?, hasSegments: Bool, comment: String = ""
  ) -> [SettingDescription] {
    let words =
      ["black", "white", "mean", "blur", "noise", "image"] + (hasSegments ? ["segment-means"] : [])
    return [
      SettingDescription(
        "fill", .choice(words), default: word.map { .word($0) },
        "what is shown instead of what is off, as the model sees it" + comment),
      SettingDescription(
        "sigma", .number(0.1...1000), default: .number(5), "deviation of the blurred fill"),
    ]
  }

  static func fill(_ settings: MethodSettings, default fill: Fill = .black) -> Fill {
    guard settings.has("fill") else { return fill }
    return switch settings.word("fill") {
    case "white": .white
    case "mean": .mean
    case "blur": .blur(sigma: settings.number("sigma"))
    case "noise": .noise
    case "image": .image
    case "segment-means": .segmentMeans
    default: .black
    }
  }
}

extension Fill {
  /// The word that stands for it on the command line.
  var word: String {
    switch self {
    case .black: "black"
    case .white: "white"
    case .mean: "mean"
    case .blur: "blur"
    case .noise: "noise"
    case .image: "image"
    case .segmentMeans: "segment-means"
    }
  }
}
