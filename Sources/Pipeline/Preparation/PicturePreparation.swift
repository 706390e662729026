public import Attribution
public import Imaging
public import ModelFiles
public import Tensors

/// Makes pictures into a model's inputs, and says what black and white become.
public struct PicturePreparation: Sendable {
  public let layout: PictureLayout
  public let settings: InputPreparation
  private let scale: [Float]
  private let offset: [Float]

  /// - Throws: ``PreparationError`` if the model does not eat pictures, or the settings do not fit its
  ///   channels.
  public init(_ shape: Shape, _ settings: InputPreparation) throws(PreparationError) {
    guard let layout = PictureLayout(shape) else { throw .notAPicture(shape) }
    self.layout = layout
    self.settings = settings
    if settings.fit == .digit, layout.width != layout.height {
      throw .digitsAreSquare(width: layout.width, height: layout.height)
    }
    let mean = try Self.perChannel(settings.mean, 0, layout.channels)
    let deviation = try Self.perChannel(settings.standardDeviation, 1, layout.channels)
    guard deviation.allSatisfy({ $0 > 0 }) else { throw .deviationNotPositive }
    let (black, white) = (settings.range.black, settings.range.white)
    scale = deviation.map { (white - black) / $0 }
    offset = zip(mean, deviation).map { (black - $0) / $1 }
  }

  /// What black and white are in the model's input.
  public var space: InputSpace {
    InputSpace(black: offset, white: zip(offset, scale).map(+))
  }

  /// One number for each channel.
  private static func perChannel(
    _ numbers: [Float], _ fallback: Float, _ channels: Int
  ) throws(PreparationError) -> [Float] {
    switch numbers.count {
    case 0: return Array(repeating: fallback, count: channels)
    case 1: return Array(repeating: numbers[0], count: channels)
    case channels: return numbers
    default: throw .wrongChannelCount(found: numbers.count, expected: channels)
    }
  }

  /// How files may be decoded for ``prepare(_:)-(DecodedImage)``: large JPEGs smaller, down to twice
  /// the model's input. But ink is looked for in all pixels: digits are decoded whole.
  public var decoding: ImageDecoder.Options {
    switch settings.fit {
    case .letterbox, .stretch, .crop:
      ImageDecoder.Options(
        leastSize: ImageDecoder.Options.LeastSize(
          width: 2 * layout.width, height: 2 * layout.height))
    case .digit: ImageDecoder.Options()
    }
  }

  /// The picture as the model gets it.
  public func prepare(_ picture: Image) -> PreparedPicture {
    prepare(picture, fullSize: (picture.width, picture.height))
  }

  /// The same for a picture that may have been decoded smaller; its placement is on the whole one.
  public func prepare(_ decoded: DecodedImage) -> PreparedPicture {
    prepare(decoded.image, fullSize: (decoded.fullWidth, decoded.fullHeight))
  }

  private func prepare(
    _ picture: Image, fullSize: (width: Int, height: Int)
  ) -> PreparedPicture {
    let fitted = FittedPicture(
      picture, settings.fit.pictureFit, width: layout.width, height: layout.height,
      channels: layout.channels, polarity: settings.inversion.polarity, fullSize: fullSize)
    let source = BrightnessOrder(
      pixelStride: fitted.channelCount, channelStride: fitted.channelCount == 1 ? 0 : 1)
    return PreparedPicture(
      values: arranged(fitted.brightness, at: 0, source), placement: fitted.placement,
      isInverted: fitted.isInverted || invertsBrightness, layout: layout)
  }

  /// The shape of the planes that ``arrange(planes:)`` takes: `[C, H, W]`.
  public var planesShape: Shape { [layout.channels, layout.height, layout.width] }

  /// Turns samples that were fitted already, planes of brightness from 0 to 1 one behind the other,
  /// into what the model gets.
  public func arrange(planes samples: inout [Float]) {
    let pixels = layout.width * layout.height
    let count = pixels * layout.channels
    let source = BrightnessOrder(pixelStride: 1, channelStride: pixels)
    for start in stride(from: 0, to: samples.count, by: count) {
      let values = arranged(samples, at: start, source)
      for i in values.indices { samples[start + i] = values[i] }
    }
  }

  /// Where the numbers of a picture stand.
  private struct BrightnessOrder {
    let pixelStride: Int
    let channelStride: Int
  }

  /// Digits have their polarity found or told when they are fitted.
  private var invertsBrightness: Bool { settings.fit != .digit && settings.inversion == .always }

  /// Brightness from 0 to 1 in the model's order and units.
  private func arranged(
    _ brightness: [Float], at start: Int, _ source: BrightnessOrder
  ) -> [Float] {
    let pixels = layout.height * layout.width
    var values = Array(repeating: Float(0), count: pixels * layout.channels)
    for channel in 0..<layout.channels {
      let color = settings.colorOrder == .rgb ? channel : layout.channels - 1 - channel
      let first = start + color * source.channelStride
      for pixel in 0..<pixels {
        let value = brightness[first + pixel * source.pixelStride]
        values[layout.place(channel: channel, pixel: pixel)] =
          (invertsBrightness ? 1 - value : value) * scale[channel] + offset[channel]
      }
    }
    return values
  }
}

extension Inversion {
  /// What it means for ink.
  fileprivate var polarity: InkPolarity? {
    switch self {
    case .automatic: nil
    case .always: .darkOnLight
    case .never: .lightOnDark
    }
  }
}

extension Fit {
  /// The fit that does what the model's file says.
  public var pictureFit: PictureFit {
    switch self {
    case .letterbox: .letterbox
    case .stretch: .stretch
    case .crop: .crop
    case .digit: .digit
    }
  }
}

/// Why pictures cannot be made into a model's inputs.
public enum PreparationError: Error, Equatable {
  case notAPicture(Shape)
  case wrongChannelCount(found: Int, expected: Int)
  case deviationNotPositive
  case digitsAreSquare(width: Int, height: Int)
}
