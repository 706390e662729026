/// How training samples are changed at random, each anew in every epoch; zero leaves a change out.
///
/// What is moved into the picture from beyond its border continues the border's pixels.
public struct Augmentation: Sendable, Hashable {
  /// The largest shift, as a share of the side, in either direction of both axes.
  public var shift: Float = 0

  /// The largest turn, in degrees, either way.
  public var rotation: Float = 0

  /// The largest change of size: a factor from `1 / (1 + scale)` to `1 + scale`, for each axis half
  /// in common and half of its own.
  public var scale: Float = 0

  /// The largest shear: how far a row moves sideways for each row it lies from the middle.
  public var shear: Float = 0

  /// The standard deviation of a smooth random displacement, in pixels.
  public var elastic: Float = 0

  /// The largest change of brightness; black to white is one.
  public var brightness: Float = 0

  /// The largest change of contrast: a factor from `1 / (1 + contrast)` to `1 + contrast` about the
  /// picture's mean.
  public var contrast: Float = 0

  /// The largest standard deviation of noise on each pixel.
  public var noise: Float = 0

  /// The largest standard deviation of a Gaussian blur, in pixels.
  public var blur: Float = 0

  /// The probability that a rectangle of 2 to 20 % of the picture is filled with one random grey
  /// (Zhong et al., "Random erasing data augmentation", 2017, arXiv:1708.04896).
  public var erasing: Float = 0

  /// The probability that black and white are exchanged.
  public var inversion: Float = 0

  public init() {}

  /// Whether nothing is changed.
  public var isNone: Bool { self == Augmentation() }

  /// Whether pixels are moved.
  var isGeometric: Bool {
    shift != 0 || rotation != 0 || scale != 0 || shear != 0 || elastic != 0
  }
}

/// One of the changes, by the name that people write.
public enum AugmentationKind: String, Sendable, CaseIterable {
  case shift
  case rotate
  case scale
  case shear
  case elastic
  case brightness
  case contrast
  case noise
  case blur
  case erase
  case invert

  /// The strength that is meant if none is given.
  public var usualStrength: Float {
    switch self {
    case .shift: 0.07
    case .rotate: 10
    case .scale: 0.1
    case .shear: 0.1
    case .elastic: 0.7
    case .brightness: 0.2
    case .contrast: 0.3
    case .noise: 0.05
    case .blur: 0.7
    case .erase: 0.25
    case .invert: 0.5
    }
  }

  /// The strengths that make sense.
  public var range: ClosedRange<Float> {
    switch self {
    case .shift, .brightness, .noise, .erase, .invert: 0...1
    case .rotate: 0...180
    case .scale, .shear, .contrast: 0...4
    case .elastic, .blur: 0...16
    }
  }
}

extension Augmentation {
  /// The strength of a change by its name.
  public subscript(kind: AugmentationKind) -> Float {
    get {
      switch kind {
      case .shift: shift
      case .rotate: rotation
      case .scale: scale
      case .shear: shear
      case .elastic: elastic
      case .brightness: brightness
      case .contrast: contrast
      case .noise: noise
      case .blur: blur
      case .erase: erasing
      case .invert: inversion
      }
    }
    set {
      switch kind {
      case .shift: shift = newValue
      case .rotate: rotation = newValue
      case .scale: scale = newValue
      case .shear: shear = newValue
      case .elastic: elastic = newValue
      case .brightness: brightness = newValue
      case .contrast: contrast = newValue
      case .noise: noise = newValue
      case .blur: blur = newValue
      case .erase: erasing = newValue
      case .invert: inversion = newValue
      }
    }
  }

  /// What handwriting stands: small moves and a pen's wobble.
  public static var handwriting: Augmentation {
    var augmentation = Augmentation()
    augmentation.shift = 0.07
    augmentation.rotation = 10
    augmentation.scale = 0.12
    augmentation.shear = 0.15
    augmentation.elastic = 0.7
    return augmentation
  }
}
