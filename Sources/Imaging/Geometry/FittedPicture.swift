/// How a picture of any size becomes one of a given size.
public enum PictureFit: String, Sendable, Hashable, CaseIterable {
  /// All of the picture, as large as fits, black beside it.
  case letterbox

  /// All of it, distorted.
  case stretch

  /// The largest part from its middle.
  case crop

  /// Only the ink, scaled and centred as MNIST's digits are; see ``DigitFit``. The result is square
  /// then, and grey.
  case digit
}

extension PictureFit {
  /// Where all pictures of a size come to lie; nothing for digits, whose ink has to be seen first.
  public func placement(
    sourceWidth: Int, sourceHeight: Int, targetWidth: Int, targetHeight: Int
  ) -> Placement? {
    switch self {
    case .letterbox:
      .letterbox(
        sourceWidth: sourceWidth, sourceHeight: sourceHeight, targetWidth: targetWidth,
        targetHeight: targetHeight)
    case .stretch:
      .stretch(
        sourceWidth: sourceWidth, sourceHeight: sourceHeight, targetWidth: targetWidth,
        targetHeight: targetHeight)
    case .crop:
      .centreCrop(
        sourceWidth: sourceWidth, sourceHeight: sourceHeight, targetWidth: targetWidth,
        targetHeight: targetHeight)
    case .digit: nil
    }
  }
}

/// A picture brought to a size, and the way back: the same for a sample to learn from and for a
/// picture to be explained.
public struct FittedPicture: Sendable {
  /// Brightness from 0 to 1, pixel by pixel, `channelCount` numbers each.
  public let brightness: [Float]
  public let channelCount: Int

  /// Where on the picture it comes from.
  public let placement: Placement

  /// Whether dark ink was made light.
  public let isInverted: Bool

  /// - Parameters:
  ///   - channels: 1 for grey, 3 for colour; digits are grey.
  ///   - polarity: whether a digit's ink is the light or the dark part; nothing stands for finding
  ///     out. Other pictures have none.
  ///   - fullSize: the picture's, where it comes as a smaller version; digits do not.
  public init(
    _ picture: Image, _ fit: PictureFit, width: Int, height: Int, channels: Int,
    polarity: InkPolarity? = nil, fullSize: (width: Int, height: Int)? = nil
  ) {
    let from = fullSize ?? (picture.width, picture.height)
    guard
      let fixed = fit.placement(
        sourceWidth: from.width, sourceHeight: from.height, targetWidth: width,
        targetHeight: height)
    else {
      precondition(width == height, "digits are square, not \(width)x\(height)")
      let digit = DigitFit(picture, polarity: polarity, size: width)
      (brightness, channelCount) = (digit.ink.values, 1)
      (placement, isInverted) = (digit.placement, digit.isInverted)
      return
    }
    placement = fixed
    let image = placement.apply(
      to: picture.converted(to: channels == 1 ? .grey : .rgb, over: .white).withEightBits(),
      method: .bilinear, background: .black)
    guard case .eight(let levels) = image.samples else {
      preconditionFailure("eight bits became \(image.samples.bitDepth)")
    }
    (brightness, channelCount) = (levels.map { Float($0) / 255 }, channels)
    isInverted = false
  }
}

extension FittedPicture {
  /// The brightness of one channel of a pixel; a grey picture is the same in all.
  @inlinable
  public subscript(pixel pixel: Int, channel channel: Int) -> Float {
    brightness[pixel * channelCount + (channelCount == 1 ? 0 : channel)]
  }
}
