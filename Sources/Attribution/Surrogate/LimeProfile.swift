/// Everything about ``Lime`` that tools do differently.
public struct LimeProfile: Sendable, Hashable {
  public var fill: Fill
  public var sampling: MaskSampling

  /// Whether the first sample is the whole image.
  public var startsWhole: Bool

  /// Whether segments that look the same on and off are left out of the fit.
  public var leavesOutUnchanged = false
  public var kernel: LimeKernel
  public var penalty: Penalty
  public var selection: FeatureSelection

  /// Ours: all masks or pairs of them, a kernel so wide that a mask and its complement count about
  /// alike, and hardly any penalty, since masks are many and segments few.
  public static let whylight = LimeProfile(
    fill: .black, sampling: .whole, startsWhole: false, leavesOutUnchanged: true,
    kernel: LimeKernel(.masks, width: 1),
    penalty: .ridge(0.01), selection: .all)

  /// The `lime` package's image explainer, whose weight is the root of ours at the same width:
  /// `√exp(−d²/σ²) = exp(−d²/2σ²)`.
  public static let lime = LimeProfile(
    fill: .segmentMeans, sampling: .bernoulli, startsWhole: true,
    kernel: LimeKernel(.masks, width: 0.25), penalty: .ridge(1), selection: .all)

  /// Captum's `Lime` with its default model and kernel.
  public static let captum = LimeProfile(
    fill: .black, sampling: .bernoulli, startsWhole: false, kernel: LimeKernel(.pixels, width: 1),
    penalty: .lasso(0.01), selection: .all)
}

extension LimeProfile {
  init(_ settings: MethodSettings) {
    self =
      switch settings.word("profile") {
      case "lime": .lime
      case "captum": .captum
      default: .whylight
      }
    fill = FillSettings.fill(settings, default: fill)
    if settings.has("masks") {
      sampling = MaskSampling(rawValue: settings.word("masks")) ?? sampling
    }
    let distance = settings.has("distance") ? settings.word("distance") : ""
    kernel = LimeKernel(
      LimeKernel.Distance(rawValue: distance) ?? kernel.distance,
      width: settings.has("width") ? settings.number("width") : kernel.width)
    penalty = Self.penalty(settings, default: penalty)
    let features = settings.integer("features")
    if features > 0 {
      let selects = settings.word("selection")
      let isForward = selects == "forward" || selects == "auto" && features <= 6
      selection = isForward ? .forward(features) : .largest(features)
    }
  }

  private static func penalty(_ settings: MethodSettings, default penalty: Penalty) -> Penalty {
    let word = settings.has("regression") ? settings.word("regression") : penalty.word
    // A given kind has the strength that its tool gives it; a given strength stands.
    let usual = word == penalty.word ? penalty.strength : word == "lasso" ? 0.01 : 1
    let alpha = settings.has("alpha") ? settings.number("alpha") : usual
    return switch word {
    case "ridge": .ridge(alpha)
    case "lasso": .lasso(alpha)
    default: .none
    }
  }

  /// What the profile decided, for the record.
  ///
  /// - Parameter sampling: how masks were chosen in the end.
  func settings(_ sampling: MaskSampling) -> [AttributionRecord.Setting] {
    [
      AttributionRecord.Setting("fill", .word(fill.word)),
      AttributionRecord.Setting("masks", .word(sampling.rawValue)),
      AttributionRecord.Setting("distance", .word(kernel.distance.rawValue)),
      AttributionRecord.Setting("width", .number(kernel.width)),
      AttributionRecord.Setting("regression", .word(penalty.word)),
      AttributionRecord.Setting("alpha", .number(penalty.strength)),
    ]
  }
}

extension Penalty {
  fileprivate var word: String {
    switch self {
    case .none: "none"
    case .ridge: "ridge"
    case .lasso: "lasso"
    }
  }

  fileprivate var strength: Double {
    switch self {
    case .none: 0
    case .ridge(let alpha), .lasso(let alpha): alpha
    }
  }
}
