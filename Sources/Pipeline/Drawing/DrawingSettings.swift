public import Imaging
public import Rendering

/// How maps become pictures.
public struct DrawingSettings: Sendable, Hashable {
  /// Nothing takes a diverging map for what has signs and a sequential one for what has none.
  public var colorMap: ColorMap?

  /// What happens to values that sampling cannot tell from zero.
  public var uncertain: UncertainParts

  /// How much of the picture the strongest colour covers.
  public var opacity: Double

  /// The percentile of a map's magnitudes that gets the full colour, 0…100.
  public var clip: Double

  /// What the full colour stands for.
  public var scale: MapScale

  /// The share of the pixels that ``MapProduct/top`` keeps and the outer line of
  /// ``MapProduct/contour`` encloses, as far as they are above zero.
  public var topShare: Double

  /// How many times a picture is enlarged, up to 50 megapixels; nothing enlarges tiny ones so that a
  /// person sees them. Panels have a size of their own.
  public var zoom: Int?

  /// How a map is brought to the picture's resolution.
  public var upsampling: ResamplingMethod

  public init(
    colorMap: ColorMap? = nil, uncertain: UncertainParts = .draw, opacity: Double = 0.85,
    clip: Double = 99,
    scale: MapScale = .image, topShare: Double = 0.2, zoom: Int? = nil,
    upsampling: ResamplingMethod = .bilinear
  ) {
    self.colorMap = colorMap
    self.uncertain = uncertain
    self.opacity = opacity
    self.clip = clip
    self.scale = scale
    self.topShare = topShare
    self.zoom = zoom
    self.upsampling = upsampling
  }
}

/// What happens to values whose 95 % interval holds zero, where a method gives intervals.
public enum UncertainParts: String, Sendable, Hashable, CaseIterable {
  /// They are drawn like others.
  case draw

  /// They are drawn as zero, without colour.
  case grey
}

/// Whose magnitude gets the full colour.
public enum MapScale: Sendable, Hashable {
  /// Each map's own.
  case image

  /// The largest of all maps of a run, for each of its methods.
  case run

  /// This one.
  case value(Double)
}

extension MapScale: CustomStringConvertible {
  public var description: String {
    switch self {
    case .image: "image"
    case .run: "run"
    case .value(let value): "\(value)"
    }
  }
}

extension DrawingSettings {
  /// How many times a picture of this size is enlarged.
  func zoom(width: Int, height: Int) -> Int {
    guard let zoom else { return Self.usualZoom(width: width, height: height) }
    let most = (Double(Self.mostZoomedPixels) / Double(width * height)).squareRoot()
    return max(1, min(zoom, Int(most)))
  }

  /// Larger than this no picture is made by enlarging it.
  private static let mostZoomedPixels = 50_000_000

  /// By whole numbers, up to some 256 pixels.
  static func usualZoom(width: Int, height: Int) -> Int { max(1, 256 / max(width, height)) }
}
