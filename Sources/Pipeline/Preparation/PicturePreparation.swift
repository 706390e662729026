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

  /// The picture as the model gets it.
  public func prepare(_ picture: Image) -> PreparedPicture {
    if settings.fit == .digit { return preparedDigit(picture) }
    let placement = placement(picture)
    let layout: Image.Layout = self.layout.channels == 1 ? .grey : .rgb
    let fitted = placement.apply(
      to: picture.converted(to: layout, over: .white).withEightBits(), method: .bilinear,
      background: .black)
    guard case .eight(let levels) = fitted.samples else { preconditionFailure("not eight bits") }
    let isInverted = settings.inversion == .always
    let brightness = levels.map { isInverted ? 1 - Float($0) / 255 : Float($0) / 255 }
    return PreparedPicture(
      values: arranged(brightness, channels: self.layout.channels), placement: placement,
      isInverted: isInverted, layout: self.layout)
  }

  private func preparedDigit(_ picture: Image) -> PreparedPicture {
    let polarity: InkPolarity? =
      switch settings.inversion {
      case .automatic: nil
      case .always: .darkOnLight
      case .never: .lightOnDark
      }
    let fit = DigitFit(picture, polarity: polarity, size: layout.width)
    return PreparedPicture(
      values: arranged(fit.ink.values, channels: 1), placement: fit.placement,
      isInverted: fit.isInverted, layout: layout)
  }

  private func placement(_ picture: Image) -> Placement {
    switch settings.fit {
    case .stretch, .digit:
      .stretch(
        sourceWidth: picture.width, sourceHeight: picture.height, targetWidth: layout.width,
        targetHeight: layout.height)
    case .letterbox:
      .letterbox(
        sourceWidth: picture.width, sourceHeight: picture.height, targetWidth: layout.width,
        targetHeight: layout.height)
    case .crop:
      .centreCrop(
        sourceWidth: picture.width, sourceHeight: picture.height, targetWidth: layout.width,
        targetHeight: layout.height)
    }
  }

  /// Brightness from 0 to 1, pixel by pixel with `channels` numbers each, in the model's order and
  /// units.
  private func arranged(_ brightness: [Float], channels: Int) -> [Float] {
    let pixels = layout.height * layout.width
    var values = Array(repeating: Float(0), count: pixels * layout.channels)
    for channel in 0..<layout.channels {
      let source = channels == 1 ? 0 : settings.colorOrder == .rgb ? channel : 2 - channel
      for pixel in 0..<pixels {
        values[layout.place(channel: channel, pixel: pixel)] =
          brightness[pixel * channels + source] * scale[channel] + offset[channel]
      }
    }
    return values
  }
}

/// Why pictures cannot be made into a model's inputs.
public enum PreparationError: Error, Equatable {
  case notAPicture(Shape)
  case wrongChannelCount(found: Int, expected: Int)
  case deviationNotPositive
  case digitsAreSquare(width: Int, height: Int)
}
