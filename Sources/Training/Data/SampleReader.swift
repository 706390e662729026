import Imaging
import Tensors

/// Makes samples of picture files.
struct SampleReader: Sendable {
  let shape: Shape
  let fit: PictureFit

  /// The planes of the picture in a file, one after the other.
  func bytes(of path: String) throws(ImageFileError) -> [UInt8] {
    bytes(of: try ImageFile.read(path).image)
  }

  /// The planes of a picture.
  func bytes(of image: Image) -> [UInt8] {
    let (channels, pixels) = (shape[0], shape[1] * shape[2])
    let fitted = FittedPicture(
      image, fit, width: shape[2], height: shape[1], channels: channels)
    var planes = Array(repeating: UInt8(0), count: channels * pixels)
    for pixel in 0..<pixels {
      for channel in 0..<channels {
        planes[channel * pixels + pixel] = fitted.level(pixel, channel)
      }
    }
    return planes
  }
}

extension FittedPicture {
  /// A number in steps of 1/255.
  fileprivate func level(_ pixel: Int, _ channel: Int) -> UInt8 {
    let value = self[pixel: pixel, channel: channel]
    return UInt8(min(max(value, 0), 1) * 255 + 0.5)
  }
}
