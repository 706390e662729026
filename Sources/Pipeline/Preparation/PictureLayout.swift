public import Tensors

/// How a model's input holds a picture.
public struct PictureLayout: Sendable, Hashable {
  public let channels: Int
  public let height: Int
  public let width: Int

  /// Whether the channels of a pixel stand beside each other (Keras) instead of a plane for each.
  public let channelsLast: Bool

  /// Reads the layout off the shape of one sample: `[C, H, W]`, `[H, W, C]`, `[H, W]`, or the
  /// pixels of a square grey picture in a row, with one or three channels; nothing if it is none of
  /// these.
  public init?(_ shape: Shape) {
    switch shape.axes.count {
    case 3 where [1, 3].contains(shape[0]):
      self.init(channels: shape[0], height: shape[1], width: shape[2], channelsLast: false)
    case 3 where [1, 3].contains(shape[2]):
      self.init(channels: shape[2], height: shape[0], width: shape[1], channelsLast: true)
    case 2:
      self.init(channels: 1, height: shape[0], width: shape[1], channelsLast: false)
    case 1:
      let side = Int(Double(shape[0]).squareRoot().rounded())
      guard side * side == shape[0] else { return nil }
      self.init(channels: 1, height: side, width: side, channelsLast: false)
    default:
      return nil
    }
  }

  private init(channels: Int, height: Int, width: Int, channelsLast: Bool) {
    self.channels = channels
    self.height = height
    self.width = width
    self.channelsLast = channelsLast
  }

  /// Where a channel of a pixel stands among the input's numbers.
  func place(channel: Int, pixel: Int) -> Int {
    channelsLast ? pixel * channels + channel : channel * height * width + pixel
  }
}
