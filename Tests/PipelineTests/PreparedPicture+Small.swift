import Imaging
import Tensors
import Testing

@testable import Pipeline

extension PreparedPicture {
  /// A picture of two by two pixels that went to the model as it is.
  static func small(channels: Int = 1) throws -> PreparedPicture {
    PreparedPicture(
      values: Array(repeating: 0, count: 4 * channels),
      placement: .stretch(sourceWidth: 2, sourceHeight: 2, targetWidth: 2, targetHeight: 2),
      isInverted: false, layout: try #require(PictureLayout([channels, 2, 2])))
  }
}
