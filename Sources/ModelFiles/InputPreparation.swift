/// What a picture has to go through before the model sees it: what ONNX files do not say.
///
/// ```
/// input = (range(pixel) − mean) / standardDeviation      for each channel
/// ```
public struct InputPreparation: Hashable, Sendable {
  /// What the darkest and the brightest pixel become, before mean and deviation.
  public var range: InputRange

  /// One number for each channel, or one for all, or none.
  public var mean: [Float]
  public var standardDeviation: [Float]
  public var colorOrder: ColorOrder
  public var inversion: Inversion
  public var fit: Fit

  public init(
    range: InputRange = .zeroToOne, mean: [Float] = [], standardDeviation: [Float] = [],
    colorOrder: ColorOrder = .rgb, inversion: Inversion = .automatic, fit: Fit = .letterbox
  ) {
    self.range = range
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.colorOrder = colorOrder
    self.inversion = inversion
    self.fit = fit
  }
}

/// The numbers of black and white.
public enum InputRange: String, Hashable, Sendable, CaseIterable {
  case zeroToOne = "0..1"
  case zeroTo255 = "0..255"
  case minusOneToOne = "-1..1"

  public var black: Float {
    switch self {
    case .zeroToOne, .zeroTo255: 0
    case .minusOneToOne: -1
    }
  }

  public var white: Float {
    switch self {
    case .zeroToOne, .minusOneToOne: 1
    case .zeroTo255: 255
    }
  }
}

/// Which channel comes first.
public enum ColorOrder: String, Hashable, Sendable, CaseIterable {
  case rgb
  case bgr
}

/// Whether black and white are exchanged: models of white ink on black see scans of black on white.
public enum Inversion: String, Hashable, Sendable, CaseIterable {
  case automatic = "auto"
  case always = "yes"
  case never = "no"
}

/// How a picture of any size becomes one of the model's size.
public enum Fit: String, Hashable, Sendable, CaseIterable {
  /// All of it, with bars beside it.
  case letterbox

  /// All of it, distorted.
  case stretch

  /// The largest part from its middle.
  case crop

  /// The ink found, scaled and centred as the digits of MNIST were.
  case digit
}
